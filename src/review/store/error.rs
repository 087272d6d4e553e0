//! Why a decision could not be kept or read, in the reader's language too.

use crate::Error;
use crate::locale::{Arg, Lang};
use std::path::PathBuf;

/// Why the store refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// SQLite said so.
    #[error("decisions.sqlite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file is no decisions store.
    #[error("{}: not a store of decisions", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
    },
    /// A later version of the program made it.
    #[error("{}: made by a later version (schema {found}, this program knows {known})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i32,
        /// The newest that this program knows.
        known: i32,
    },
    /// The same key was used for another decision.
    #[error("key «{key}» was used for another decision")]
    KeyReused {
        /// The key.
        key: String,
    },
    /// A field of a decision is missing, too long or out of place.
    #[error("field `{what}` of the decision is not as it must be")]
    Invalid {
        /// The field.
        what: &'static str,
    },
    /// A decision's content is not that of its id.
    #[error("decision {id} was altered")]
    Altered {
        /// The id as given.
        id: String,
    },
    /// There is nothing that an undo could take back.
    #[error("nothing to undo")]
    NothingToUndo,
    /// A line of a file could not be read.
    #[error("{file}:{line}: {reason}")]
    Line {
        /// The file as named in the call.
        file: String,
        /// From 1.
        line: u64,
        /// What was wrong.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl StoreError {
    /// An error of the file system at `path`.
    pub fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_owned(), source }
    }

    /// The error in words of `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let path = |path: &std::path::Path| Arg::from(path.display().to_string());
        match self {
            Self::NotAStore { path: file } => lang.say("store-not-a-store", &[("path", path(file))]),
            Self::Newer { path: file, .. } => lang.say("store-newer", &[("path", path(file))]),
            Self::KeyReused { key } => lang.say("store-key-reused", &[("key", key.as_str().into())]),
            Self::Invalid { what } => lang.say("store-invalid", &[("field", (*what).into())]),
            Self::Altered { id } => lang.say("store-altered", &[("id", id.as_str().into())]),
            Self::NothingToUndo => lang.text("store-nothing-to-undo"),
            Self::Sqlite(_) | Self::Line { .. } | Self::File { .. } => self.to_string(),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::File { path, source } => Self::File { path, source },
            StoreError::Line { file, line, reason } => Self::model(format!("{file}:{line}"), reason),
            other => Self::model("decisions.sqlite", other),
        }
    }
}
