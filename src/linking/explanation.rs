//! Why a link has its score: a tree whose leaves sum to it.

use super::comparison::{COMPARISONS, Value, levels};
use super::model::Weights;
use crate::span::Span;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::sync::Arc;

/// The score taken apart: the prior and one leaf a comparison, in the order of [`COMPARISONS`]. A run has hundreds of thousands of them, so a level
/// is kept as its place in [`levels`], and what a value is worth is looked up in the model's weights, which all of them share.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Log-odds before anything was compared.
    pub prior: f64,
    values: [f64; COMPARISONS.len()],
    weights: Arc<[Weights]>,
}

/// One comparison's share in the score.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Part {
    /// The comparison's name.
    pub comparison: &'static str,
    /// What it found.
    pub value: Value,
    /// What that is worth, log-odds.
    pub weight: f64,
}

/// A word that both texts have, with its place in each.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SharedWord {
    /// `title` or `text`.
    pub field: &'static str,
    /// In that field of the inquiry.
    pub inquiry: Span,
    /// In the clause.
    pub clause: Span,
    /// The word of the inquiry.
    pub inquiry_word: Arc<str>,
    /// The word of the clause.
    pub clause_word: Arc<str>,
    /// The glossary concept that joins them; `null` for forms of one word.
    pub concept: Option<Arc<str>>,
}

impl Explanation {
    /// `weights[i]` are those of comparison `i`.
    pub(super) fn new(prior: f64, values: &[Value; COMPARISONS.len()], weights: &Arc<[Weights]>) -> Self {
        let mut kept = [0.0; COMPARISONS.len()];
        for ((kept, value), comparison) in kept.iter_mut().zip(values).zip(COMPARISONS) {
            *kept = match *value {
                Value::Number(number) => number,
                Value::Level(level) => places()
                    .zip(levels(comparison))
                    .find(|(_, name)| **name == level)
                    .map_or(f64::NAN, |(place, _)| place),
            };
        }
        Self { prior, values: kept, weights: Arc::clone(weights) }
    }

    /// What each comparison added.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let found = COMPARISONS.into_iter().zip(self.values).zip(&*self.weights);
        found.map(|((comparison, kept), weights)| {
            let level = places().zip(levels(comparison)).find(|(place, _)| *place == kept);
            let value = level.map_or(Value::Number(kept), |(_, name)| Value::Level(name));
            Part { comparison, value, weight: weights.of(value) }
        })
    }

    /// The sum of the leaves: the score.
    pub fn sum(&self) -> f64 {
        self.parts().fold(self.prior, |sum, part| sum + part.weight)
    }
}

/// Places in a list of levels, as they are kept.
fn places() -> impl Iterator<Item = f64> {
    (0..u8::MAX).map(f64::from)
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Explanation", 2)?;
        out.serialize_field("prior", &self.prior)?;
        out.serialize_field("parts", &self.parts().collect::<Vec<_>>())?;
        out.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::{Role, Scope};

    #[test]
    fn levels_and_numbers_come_back_as_they_went_in() {
        let scopes: Vec<&str> = Scope::ALL.iter().map(|(code, _)| *code).collect();
        let roles: Vec<&str> = Role::ALL.iter().map(|(code, _)| *code).collect();
        assert_eq!((levels("scope"), levels("role")), (&*scopes, &*roles));
        let weights: Arc<[Weights]> = COMPARISONS.into_iter().map(|_| Weights::default()).collect();
        for turn in 0..4_u8 {
            let value = |comparison: &str| match levels(comparison) {
                [] => Value::Number(f64::from(turn) / 2.0),
                all => Value::Level(all[usize::from(turn) % all.len()]),
            };
            let values = COMPARISONS.map(value);
            let back: Vec<Value> = Explanation::new(-1.0, &values, &weights).parts().map(|part| part.value).collect();
            assert_eq!(back, values);
        }
    }
}
