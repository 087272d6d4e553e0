//! The encoder that is compiled in: multilingual-e5-small with 4-bit weights and the pieces of Kazakh, Russian and English
//! (`models/encoder/README.md`).

use std::borrow::Cow;

use super::error::EmbeddingError;
use super::model::{GgufEncoder, Prompts};
use super::{Encoder, Progress, Role};

static MODEL: &[u8] = include_bytes!("../../models/encoder/e5-small-kk-ru-en.gguf");

/// The bundled encoder: vectors of 384 numbers.
pub struct BundledEncoder(GgufEncoder);

impl BundledEncoder {
    /// Unpacks the model (some 85 MiB).
    pub fn load() -> Result<Self, EmbeddingError> {
        GgufEncoder::from_bytes("models/encoder/e5-small-kk-ru-en.gguf", Cow::Borrowed(MODEL), Prompts::e5()).map(Self)
    }
}

impl Encoder for BundledEncoder {
    fn dimension(&self) -> usize {
        self.0.dimension()
    }

    fn fingerprint(&self) -> &str {
        self.0.fingerprint()
    }

    fn embed(&self, role: Role, texts: &[&str], progress: Progress<'_>) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        self.0.embed(role, texts, progress)
    }
}
