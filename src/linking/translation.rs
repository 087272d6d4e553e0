//! How much of a clause do near words of an inquiry cover, where the two share no form: translations, synonyms, words of one family?
//!
//! Takes readings; gives the share of a clause's content words, by idf, that an inquiry's words come near to. Word vectors are the static ones,
//! whichever encoder reads whole texts. What is near is looked up once for every distinct word of a project, so that a pair costs a few additions.
//! Promises: 0 where nothing is near, 1 where every word stands there itself; deterministic. Does not know: order, or phrases.

use super::meaning::dot;
use super::reading::Reading;
use super::statistics::Statistics;
use crate::Result;
use crate::embedding::{EmbeddingError, StaticVectors};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Words of a smaller cosine are strangers.
const NEAR: f64 = 0.3;
/// What 1 is in a vector of whole numbers.
const WHOLE: f32 = 32_767.0;
/// By how much the cosine of vectors of whole numbers can miss that of the vectors: half a unit in each of some hundred dimensions, twice, and some.
const ROUNDING: f64 = 0.002;
/// So many words of inquiries are held against each word of the clauses at a time: as many as the nearest memory of a processor holds.
const TOGETHER: usize = 16;

/// The near words of one project.
#[derive(Debug)]
pub struct Translations {
    vectors: StaticVectors,
    /// The vector of each distinct word of the clauses.
    words: Vec<Spread>,
    /// The words of each clause with their idf, which sums to 1.
    clauses: Vec<Vec<(usize, f64)>>,
    /// For each word of the inquiries the clauses' words that are near, and how near.
    near: HashMap<Arc<str>, Vec<(u32, f32)>>,
}

/// A vector, and the same in whole numbers, which are multiplied several times as fast.
#[derive(Debug)]
struct Spread {
    exact: Vec<f32>,
    whole: Vec<i16>,
}

impl Spread {
    #[expect(clippy::cast_possible_truncation, reason = "of unit length")]
    fn new(exact: Vec<f32>) -> Self {
        let whole = exact.iter().map(|x| (x * WHOLE).round() as i16).collect();
        Self { exact, whole }
    }

    /// The cosine of two vectors where it is above [`NEAR`].
    fn near(&self, other: &Self) -> Option<f64> {
        // Of two vectors of unit length no sum of products is beyond the range.
        let product: i32 = self.whole.iter().zip(&other.whole).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        let far = f64::from(product) < (NEAR - ROUNDING) * f64::from(WHOLE) * f64::from(WHOLE);
        (!far).then(|| dot(&self.exact, &other.exact)).filter(|cosine| *cosine > NEAR)
    }
}

/// How near an inquiry comes to each word of the clauses, from 0 to 1.
#[derive(Debug, Clone)]
pub struct Met(Vec<f32>);

impl Translations {
    /// Looks up what is near in a project.
    ///
    /// # Errors
    /// [`crate::Error::Embedding`] for damaged word vectors.
    pub fn new(clauses: &[Reading], inquiries: &[Reading], statistics: &Statistics) -> Result<Self> {
        let vectors = StaticVectors::bundled().map_err(EmbeddingError::from)?;
        let mut places: HashMap<Arc<str>, usize> = HashMap::new();
        let mut words = Vec::new();
        let mut of = |reading: &Reading| {
            let word = |place: &usize| {
                let token = &reading.tokens[*place];
                let word = *places.entry(token.stem.clone()).or_insert_with(|| {
                    words.push(Spread::new(vectors.vector(&token.folded)));
                    words.len() - 1
                });
                (word, statistics.idf(reading, *place))
            };
            let mut row: Vec<(usize, f64)> = reading.content.iter().map(word).collect();
            let sum: f64 = row.iter().map(|(_, idf)| idf).sum();
            for (_, idf) in &mut row {
                *idf /= sum.max(f64::EPSILON);
            }
            row
        };
        let clauses = clauses.iter().map(&mut of).collect();
        let mut distinct: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
        for reading in inquiries {
            for token in reading.content.iter().map(|place| &reading.tokens[*place]) {
                distinct.entry(token.stem.clone()).or_insert_with(|| token.folded.clone());
            }
        }
        let mut translations = Self { vectors, words, clauses, near: HashMap::new() };
        let distinct: Vec<(Arc<str>, Arc<str>)> = distinct.into_iter().collect();
        let near = distinct.par_chunks(TOGETHER).flat_map_iter(|some| {
            let words: Vec<&str> = some.iter().map(|(_, word)| &**word).collect();
            some.iter().map(|(stem, _)| stem.clone()).zip(translations.near(&words))
        });
        translations.near = near.collect();
        Ok(translations)
    }

    /// The clauses' words that are near each of `words`, with how near: from 0 at the threshold to 1.
    fn near(&self, words: &[&str]) -> Vec<Vec<(u32, f32)>> {
        let words: Vec<Spread> = words.iter().map(|word| Spread::new(self.vectors.vector(word))).collect();
        let mut near = vec![Vec::new(); words.len()];
        for (place, other) in (0..).zip(&self.words) {
            for (word, near) in words.iter().zip(&mut near) {
                if let Some(cosine) = word.near(other) {
                    #[expect(clippy::cast_possible_truncation, reason = "from 0 to 1")]
                    near.push((place, ((cosine - NEAR) / (1.0 - NEAR)).min(1.0) as f32));
                }
            }
        }
        near.iter_mut().for_each(Vec::shrink_to_fit);
        near
    }

    /// How near an inquiry comes to each word; with `focus` by its title and ask alone.
    pub fn met(&self, inquiry: &Reading, focus: bool) -> Met {
        let mut met = vec![0.0_f32; self.words.len()];
        for place in inquiry.content.iter().filter(|place| !focus || inquiry.focus[**place]) {
            let token = &inquiry.tokens[*place];
            let unknown;
            let near = if let Some(near) = self.near.get(&token.stem) {
                near
            } else {
                unknown = self.near(&[&token.folded]).pop().unwrap_or_default();
                &unknown
            };
            for (word, share) in near {
                let met = &mut met[*word as usize];
                *met = met.max(*share);
            }
        }
        Met(met)
    }

    /// The share of a clause, by its place, that is met.
    pub fn coverage(&self, clause: usize, met: &Met) -> f64 {
        let Some(words) = self.clauses.get(clause) else { return 0.0 };
        words.iter().map(|(word, idf)| idf * f64::from(met.0[*word])).sum()
    }
}
