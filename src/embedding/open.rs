//! From what a user asks for to an encoder.

use super::{EmbeddingError, Encoder, Prompts, TransformerEncoder};
use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

/// Which encoder is wanted: `static`, `bundled`, or the folder or GGUF file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// A vector a word: thousands of texts a second. What a library gets that asks for nothing; the program asks for the transformer.
    #[default]
    Static,
    /// The bundled transformer, taught which asks pursue which promise: slower and more exact.
    Bundled,
    /// A model of the user's own: a folder in the usual layout, or a GGUF file of the E5 family.
    Path(PathBuf),
}

impl FromStr for Choice {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "static" => Self::Static,
            "bundled" => Self::Bundled,
            path => Self::Path(path.into()),
        })
    }
}

/// Loads the encoder.
///
/// # Errors
/// [`EmbeddingError`] for a folder without a usable model, and for a bundled one in a program that was built without the feature
/// `encoder`.
pub fn open(choice: &Choice) -> Result<Box<dyn Encoder>, EmbeddingError> {
    match choice {
        Choice::Path(file) if file.is_file() => Ok(Box::new(TransformerEncoder::from_gguf(file, Prompts::e5())?)),
        Choice::Path(folder) => Ok(Box::new(TransformerEncoder::from_dir(folder)?)),
        Choice::Static => Ok(Box::new(super::StaticVectors::bundled()?)),
        #[cfg(feature = "encoder")]
        Choice::Bundled => Ok(Box::new(TransformerEncoder::bundled()?)),
        #[cfg(not(feature = "encoder"))]
        Choice::Bundled => Err(EmbeddingError::NotBuiltIn),
    }
}
