//! What words does a text hold, in which language, and which forms are one word?
//!
//! Takes `&str`; gives [`Token`]s with byte spans of the original, and finds phrases among them.
//! Promises: `text[token.span]` is the source; no filter moves a span; the same text gives the same tokens everywhere.
//! Knows nothing of: promises, inquiries, people. Does no I/O: its tables are compiled in from `models/`.

pub mod token;
pub mod fold;
pub mod language;
pub mod stopwords;
pub mod stem;
pub mod lexicon;
pub mod translit;
pub mod noise;
pub mod script;
mod forms;
pub mod analyzer;
pub mod phrases;
pub mod glossary;
pub mod gazetteer;

pub use analyzer::Analyzer;
pub use gazetteer::{Gazetteer, PlaceNames};
pub use glossary::Glossary;
pub use phrases::{PhraseMatch, Phrases};
pub use token::{Language, Token, TokenKind};
