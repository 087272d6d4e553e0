//! A word or number of a text, with the span of the original it came from.

use crate::span::Span;
use serde::Serialize;
use std::sync::Arc;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits, perhaps with a separator: `3,5`, `2027`.
    Number,
}

/// The language of a word, a clause or a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Language {
    /// Kazakh, in any of its scripts.
    #[serde(rename = "kk")]
    Kazakh,
    /// Russian.
    #[serde(rename = "ru")]
    Russian,
    /// Kazakh and Russian passages in one text; never of a single word.
    #[serde(rename = "mixed")]
    Mixed,
    /// Any other language, or no words at all.
    #[serde(rename = "other")]
    Other,
}

impl Language {
    /// The code in tables and output.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kazakh => "kk",
            Self::Russian => "ru",
            Self::Mixed => "mixed",
            Self::Other => "other",
        }
    }
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// The folded form: lower case, composed, `ё` as `е`, look-alike letters of the other script mended.
    pub folded: Arc<str>,
    /// The conflation key: the folded form without its inflection.
    pub stem: Arc<str>,
    /// Where it stands in the original.
    pub span: Span,
    /// Word or number.
    pub kind: TokenKind,
    /// Its language, by its letters, its form and its neighbours.
    pub language: Language,
    /// True for words that carry no subject: function words and the phrases of every inquiry.
    pub stop: bool,
}
