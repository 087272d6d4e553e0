//! Fits the weights that tell promises from headings, diagnoses and the other kinds: one logistic regression a kind.
//!
//! Takes the features of labelled units; gives [`KindWeights`]. Deterministic. Knows nothing of: files.

use super::logistic::{self, Bound};
use crate::programme::kind::{Kind, KindWeights};
use std::collections::{BTreeMap, BTreeSet};

/// A feature that fewer units have is left out.
const LEAST: usize = 3;
/// Weights smaller than this are not stored.
const SMALL: f64 = 0.005;

/// Weights for units with features and a kind each; `penalty` is the quadratic penalty.
pub fn fit_kinds(units: &[(BTreeMap<String, f64>, Kind)], penalty: f64) -> KindWeights {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in units.iter().flat_map(|(features, _)| features.keys()) {
        *counts.entry(name).or_default() += 1;
    }
    let names: BTreeSet<&str> =
        counts.iter().filter(|(name, count)| **count >= LEAST && **name != "bias").map(|(name, _)| *name).collect();
    // The first coefficient is the intercept: it is not penalised.
    let names: Vec<&str> = std::iter::once("bias").chain(names).collect();
    let rows: Vec<Vec<f64>> = units
        .iter()
        .map(|(features, _)| names.iter().map(|name| features.get(*name).copied().unwrap_or(0.0)).collect())
        .collect();
    let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
    let bounds = vec![Bound::Free; names.len()];
    let fit = |kind: Kind| {
        let is: Vec<bool> = units.iter().map(|(_, known)| *known == kind).collect();
        let weights = logistic::fit(&rows, &is, &bounds, penalty);
        let rounded = names.iter().zip(weights).filter(|(_, weight)| weight.abs() >= SMALL);
        let rounded = rounded.map(|(name, weight)| ((*name).to_owned(), (weight * 1000.0).round() / 1000.0)).collect();
        (kind.code().to_owned(), rounded)
    };
    KindWeights { weights: Kind::ALL.into_iter().map(fit).collect() }
}
