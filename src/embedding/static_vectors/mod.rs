//! A text's meaning as the sum of its words' vectors: thousands of texts a second, and the weight and direction of each
//! word can be read off.
//!
//! Takes `&str`; gives vectors of unit length (a text without a single word or number: zeros). The table of vectors is
//! `models/static/vectors.bin`; its card says how it was fitted to the transformer and how good it is.
//! Promises: one text, one vector, on every machine and at any thread count (sums are of integers); no heap allocation per
//! word; no text panics. A word that the table lacks is read by its skeleton (Kazakh typed without its letters or in a Latin
//! alphabet), by its beginning, and last by its character n-grams and a pseudo-random vector of its own, so that unknown
//! names and numbers meet themselves.
//! Does not know: word order, negation, or what a vector is used for.

mod align;
mod file;
mod find;
mod fold;
mod hash;
mod sums;

pub use align::Alignment;
pub use file::StaticVectorsError;

use super::{EmbeddingError, Encoder, Progress, Role};
use file::Table;
use find::{Found, Spelling};
use fold::{Letters, Word};
use rayon::prelude::*;
use std::sync::LazyLock;
use sums::Sums;

static BUNDLED: &[u8] = include_bytes!("../../../models/static/vectors.bin");

/// Word vectors with the way from a text to them. Building one costs microseconds: the table is read where it lies.
#[derive(Debug, Clone)]
pub struct StaticVectors {
    fingerprint: String,
    table: Table<'static>,
    letters: &'static Letters,
}

impl StaticVectors {
    /// The bundled table. Its header is checked, its checksum only by [`StaticVectors::verify`].
    ///
    /// # Errors
    /// [`StaticVectorsError`] if the file was damaged when the program was built.
    pub fn bundled() -> Result<Self, StaticVectorsError> {
        Self::from_bytes(BUNDLED)
    }

    /// Reads a table of the layout that `models/static/README.md` specifies, without copying it.
    ///
    /// # Errors
    /// [`StaticVectorsError`] for another magic, a length that contradicts the header, or sizes out of bounds.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, StaticVectorsError> {
        static LETTERS: LazyLock<Letters> = LazyLock::new(Letters::default);
        let table = Table::parse(bytes)?;
        let digest: String = table.checksum.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { fingerprint: format!("static-{}-{digest}", find::VERSION), table, letters: &LETTERS })
    }

    /// Compares the checksum in the header with the contents.
    ///
    /// # Errors
    /// [`StaticVectorsError::Checksum`] if they differ.
    pub fn verify(&self) -> Result<(), StaticVectorsError> {
        self.table.verify()
    }

    /// The vector of `text`, of unit length.
    pub fn vector(&self, text: &str) -> Vec<f32> {
        let mut out = vec![0.0; self.table.dimension];
        self.vector_into(text, &mut out);
        out
    }

    /// Writes the vector of `text` into `out`, without allocating unless the text has soft hyphens or combining marks.
    ///
    /// # Panics
    /// Never: of an `out` of another length than [`Encoder::dimension`] only the common part is written.
    pub fn vector_into(&self, text: &str, out: &mut [f32]) {
        let mut sums = Sums::of(self.table.dimension);
        fold::words(text, self.letters, &mut |word| self.add(&word, &mut sums));
        sums.unit_into(out);
    }

    /// How much `word` counts in a text, beside other words: the length of its vector, 0 for no word at all.
    pub fn weight(&self, word: &str) -> f32 {
        let mut out = vec![0.0; self.table.dimension];
        self.raw_into(word, &mut out)
    }

    /// The sum of the vectors of `text`'s words brought to unit length in `out`; gives the length it had, in units in which
    /// the weightiest word family has about 1.
    fn raw_into(&self, text: &str, out: &mut [f32]) -> f32 {
        let mut sums = Sums::of(self.table.dimension);
        fold::words(text, self.letters, &mut |word| self.add(&word, &mut sums));
        sums.unit_into(out) / (f32::from(u8::MAX) * 48.0)
    }

    fn add(&self, word: &Word, sums: &mut Sums) {
        match find::find(&self.table, word) {
            Found::Row(row) => self.add_row(usize::from(row), sums),
            Found::Number(seed) => self.add_signs(seed, self.table.number_scale, sums),
            Found::Unknown(spelling) => self.add_unknown(&spelling, sums),
            Found::Nothing => {}
        }
    }

    fn add_row(&self, row: usize, sums: &mut Sums) {
        if let Some((scale, nibbles)) = self.table.row(row) {
            sums.add(nibbles, scale);
        }
    }

    fn add_unknown(&self, spelling: &Spelling, sums: &mut Sums) {
        self.add_signs(spelling.seed(), self.table.word_scale, sums);
        spelling.each_gram(|hash| {
            if let Some(bucket) = self.table.bucket(hash) {
                self.add_row(bucket, sums);
            }
        });
    }

    fn add_signs(&self, seed: u64, scale: u8, sums: &mut Sums) {
        let mut nibbles = [0u8; file::MAX_DIMENSION / 2];
        if let Some(part) = nibbles.get_mut(..self.table.dimension / 2) {
            hash::signs(seed, part);
            sums.add(part, scale);
        }
    }
}

impl Encoder for StaticVectors {
    fn dimension(&self) -> usize {
        self.table.dimension
    }

    /// Names the table and this program's way of reading it.
    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Either role reads alike.
    fn embed(&self, _: Role, texts: &[&str], progress: Progress<'_>) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        let vectors = texts.par_iter().map(|text| self.vector(text)).collect();
        progress(texts.len(), texts.len());
        Ok(vectors)
    }
}

#[cfg(test)]
mod tests;
