//! Which language is this: of a word, of each word of a text, of a whole text.
//!
//! Takes folded words (lower case, composed, `ё` as `е`) in Cyrillic, Latin or Arabic letters; gives Kazakh, Russian,
//! other, and of whole texts mixed, each with its evidence in log-odds. A log-linear model over letter sequences of one
//! to five letters, the word's edges among them, and whole function words; its weights are the tables of
//! `models/language/`. Promises: deterministic, never panics, no allocation per word. Does not know: the meaning of a
//! word, languages it was never told of when they share the letters and the endings of Kazakh or Russian.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "sums of small table weights, and places in small tables"
)]

mod evidence;
mod grams;
mod letters;
mod model;
mod settle;

pub use super::token::Language;
pub use evidence::{Decision, Evidence, Scores, Standing, UNITS_PER_NAT};
pub use grams::each_gram;
pub use letters::Codes;
pub use model::LanguageModel;
pub(super) use settle::DECLARED;
pub use settle::{label, settle};

/// The text of every table that a [`LanguageModel`] reads, for fingerprints.
pub(super) fn tables() -> [&'static str; 2] {
    [model::PAIR, model::OPEN]
}
