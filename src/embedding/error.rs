//! Why a model could not be loaded, a text not be embedded, a cache not be used.

use std::path::{Path, PathBuf};

/// What went wrong, with the file and what was expected of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddingError {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A model folder lacks a file.
    #[error("{}: no such file; {expected}", path.display())]
    Missing {
        /// The file that should be there.
        path: PathBuf,
        /// What it should hold, or what to do.
        expected: &'static str,
    },
    /// A file does not say what it should.
    #[error("{file}: {message}")]
    Format {
        /// The file.
        file: String,
        /// What was found, and where.
        message: String,
    },
    /// The table of word vectors was damaged when the program was built.
    #[error(transparent)]
    Static(#[from] super::StaticVectorsError),
    /// A bundled encoder in a program that was built without one.
    #[error("no encoder is built in: build with the feature «encoder», or name the folder of a model")]
    NotBuiltIn,
    /// The weights lack a tensor.
    #[error("{file}: no tensor «{tensor}»")]
    MissingTensor {
        /// The file of weights.
        file: String,
        /// The tensor's name.
        tensor: String,
    },
    /// A tensor is of another shape than the configuration says.
    #[error("{file}: tensor «{tensor}» should be {expected:?} and is {found:?}")]
    Shape {
        /// The file of weights.
        file: String,
        /// The tensor's name.
        tensor: String,
        /// The shape by the configuration, rows first.
        expected: Vec<usize>,
        /// The shape in the file.
        found: Vec<usize>,
    },
    /// A model of a kind that this program does not run.
    #[error("{file}: {what} «{found}» is not supported (supported: {supported})")]
    Unsupported {
        /// The file that says so.
        file: String,
        /// Of what: architecture, activation, pooling…
        what: &'static str,
        /// What the file says.
        found: String,
        /// What it could say.
        supported: &'static str,
    },
    /// The tokenizer refused a text or its own file.
    #[error("{file}: {message}")]
    Tokenizer {
        /// The file of the tokenizer.
        file: String,
        /// What it said.
        message: String,
    },
    /// The matrix product refused its operands: a bug.
    #[error("internal: {0}")]
    Internal(String),
}

impl EmbeddingError {
    pub(super) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_owned(), source }
    }

    pub(super) fn format(file: &str, message: impl std::fmt::Display) -> Self {
        Self::Format { file: file.to_owned(), message: message.to_string() }
    }
}
