//! What can go wrong outside the data: files, models, the index. Faults *in* the data are [`crate::ingest::Problem`]s.

use std::path::{Path, PathBuf};

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call could not do its work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A model or settings file does not say what it should.
    #[error("{file}{}: {message}", line.map(|line| format!(":{line}")).unwrap_or_default())]
    Model {
        /// The file, as given or as bundled.
        file: String,
        /// The line, where it is known.
        line: Option<u64>,
        /// What was found and what was expected.
        message: String,
    },
    /// The full-text index could not be written or searched.
    #[error("index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// A sentence encoder could not be loaded or used.
    #[error("encoder: {0}")]
    Embedding(#[from] crate::embedding::EmbeddingError),
    /// A name on the command line or in a call that the project does not know.
    #[error("{what} «{name}» is not in the project{}", hint.as_ref().map_or_else(String::new, |near| format!(" (did you mean «{near}»?)")))]
    Unknown {
        /// The kind of thing: `inquiry`, `promise`, `split`…
        what: &'static str,
        /// What was asked for.
        name: String,
        /// What is known by nearly the same name.
        hint: Option<String>,
    },
    /// The project's tables have problems and the caller did not ask to go on without the bad rows.
    #[error("{errors} problems in the project's tables")]
    Problems {
        /// How many errors stand in the tables (warnings not counted).
        errors: usize,
    },
    /// A bug: a template or bundled table that does not hold what the program needs.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// A [`Error::File`] for `path`.
    pub fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_owned(), source }
    }

    /// A [`Error::Model`] for `file`.
    pub fn model(file: impl Into<String>, message: impl std::fmt::Display) -> Self {
        Self::Model { file: file.into(), line: None, message: message.to_string() }
    }

    /// A [`Error::Model`] for what is wrong in the TOML `text` of `file`, with its line.
    pub fn toml(file: impl Into<String>, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| {
            let before = text.as_bytes().iter().take(span.start);
            1 + before.filter(|byte| **byte == b'\n').count() as u64
        });
        Self::Model { file: file.into(), line, message: error.message().to_owned() }
    }

    /// A [`Error::Unknown`] with the nearest of `known` as a hint.
    pub fn unknown<'a>(what: &'static str, name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let nearest = known
            .map(|candidate| (strsim::jaro_winkler(candidate, name), candidate))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
        let hint = nearest.filter(|(similarity, _)| *similarity > 0.7).map(|(_, candidate)| candidate.to_owned());
        Self::Unknown { what, name: name.to_owned(), hint }
    }
}
