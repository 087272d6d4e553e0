//! What does a text mean, whatever its language?
//!
//! Takes texts; gives vectors of unit length whose dot product says how near two texts are in meaning. Two encoders stand
//! behind one trait: [`TransformerEncoder`] (multilingual-e5-small, compiled in, or any local model of the BERT and XLM-R family)
//! and [`StaticVectors`] (a vector a word, fitted to it, compiled in); [`CachedEncoder`] remembers what one of them has read.
//! [`open`] gives the one that a user asks for.
//!
//! Promises: a text's vector depends on the text, its [`Role`] and the model alone: never on its neighbours in the call,
//! nor on the number of threads. Nothing is fetched from anywhere. No text panics or hangs: beyond
//! [`MAX_WINDOWS`] windows a text is not read.
//! Does not know: inquiries, promises, or what a vector is used for. On another processor the last bits of a vector may
//! differ, as the kernels of the matrix product do.

mod adapter;
mod cache;
mod directory;
mod error;
mod gguf;
mod model;
mod open;
mod safetensors;
mod static_vectors;
mod tokenizer;
mod transformer;
mod weights;
mod windows;

pub use cache::CachedEncoder;
pub use error::EmbeddingError;
pub use model::{Prompts, TransformerEncoder};
pub use open::{Choice, open};
pub use static_vectors::{Alignment, StaticVectors, StaticVectorsError};
pub use windows::MAX_WINDOWS;

/// What a text is to the search: many encoders are trained with a prompt for each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A short question to passages.
    Query,
    /// A passage; also either side when like is compared with like, an inquiry with a promise or a text with its
    /// translation: measured better than two queries (`models/encoder/README.md`).
    Passage,
}

/// Called now and then from any thread with the work done and the work in all (pieces of text, not texts: a long text
/// counts for more, so that the time left can be told from the share done). The last call has both equal.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// A reader of texts.
pub trait Encoder: Send + Sync {
    /// The length of every vector.
    fn dimension(&self) -> usize;

    /// A digest of all that the vectors depend on: weights, vocabulary, prompts, settings and this program's way of
    /// computing. Two encoders with one fingerprint give the same vectors.
    fn fingerprint(&self) -> &str;

    /// One vector of unit length for each text, in the order of `texts`.
    fn embed(&self, role: Role, texts: &[&str], progress: Progress<'_>) -> Result<Vec<Vec<f32>>, EmbeddingError>;
}

impl<E: Encoder + ?Sized> Encoder for Box<E> {
    fn dimension(&self) -> usize {
        (**self).dimension()
    }

    fn fingerprint(&self) -> &str {
        (**self).fingerprint()
    }

    fn embed(&self, role: Role, texts: &[&str], progress: Progress<'_>) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        (**self).embed(role, texts, progress)
    }
}
