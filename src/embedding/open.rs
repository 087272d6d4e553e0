//! From what a user asks for to an encoder.

use super::{DirectoryEncoder, EmbeddingError, Encoder};
use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

/// Which encoder is wanted: `static`, `bundled` or a folder with a model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// A vector a word: thousands of texts a second.
    #[default]
    Static,
    /// The bundled transformer: slower, reads words in their context.
    Bundled,
    /// A model of the user's own.
    Directory(PathBuf),
}

impl FromStr for Choice {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "static" => Self::Static,
            "bundled" => Self::Bundled,
            folder => Self::Directory(folder.into()),
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
        Choice::Directory(folder) => Ok(Box::new(DirectoryEncoder::from_dir(folder)?)),
        Choice::Static => Ok(Box::new(super::StaticVectors::bundled()?)),
        #[cfg(feature = "encoder")]
        Choice::Bundled => Ok(Box::new(super::BundledEncoder::load()?)),
        #[cfg(not(feature = "encoder"))]
        Choice::Bundled => Err(EmbeddingError::NotBuiltIn),
    }
}
