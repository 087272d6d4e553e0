//! A word or number of a text, with the span of the original it came from.

use crate::span::Span;
use serde::Serialize;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits, perhaps with a separator: `3,5`, `2027`.
    Number,
}

/// The language of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Language {
    /// Kazakh
    #[serde(rename = "kk")]
    Kazakh,
    /// Russian
    #[serde(rename = "ru")]
    Russian,
    /// Neither.
    #[serde(rename = "other")]
    Other,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// The folded form: lower case, composed, `ё` as `е`, look-alike letters of the other script mended.
    pub folded: String,
    /// The conflation key: the folded form without its inflection.
    pub stem: String,
    /// Where it stands in the original.
    pub span: Span,
    /// Word or number.
    pub kind: TokenKind,
    /// Its language, by its letters, its form and its neighbours.
    pub language: Language,
    /// True for words that carry no subject: function words and the phrases of every inquiry.
    pub stop: bool,
}
