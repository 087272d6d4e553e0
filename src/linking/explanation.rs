//! Why a link has its score: a tree whose leaves sum to it.

use super::comparison::Value;
use crate::span::Span;
use serde::Serialize;

/// The score taken apart: the prior and one leaf a comparison, in the order of the model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Log-odds before anything was compared.
    pub prior: f64,
    /// What each comparison added.
    pub parts: Vec<Part>,
}

/// One comparison's share in the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The comparison's name.
    pub comparison: &'static str,
    /// What it found.
    pub value: Value,
    /// What that is worth, log-odds.
    pub weight: f64,
}

/// A word that both texts have, with its place in each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharedWord {
    /// `title` or `text`.
    pub field: &'static str,
    /// In that field of the inquiry.
    pub inquiry: Span,
    /// In the clause.
    pub clause: Span,
    /// The word of the inquiry.
    pub inquiry_word: String,
    /// The word of the clause.
    pub clause_word: String,
    /// The glossary concept that joins them; `null` for forms of one word.
    pub concept: Option<String>,
}

impl Explanation {
    /// The sum of the leaves: the score.
    pub fn sum(&self) -> f64 {
        self.parts.iter().fold(self.prior, |sum, part| sum + part.weight)
    }
}
