//! How telling a word is: statistics over all texts of the project.

use super::reading::Reading;
use std::collections::HashMap;

/// At most this many inquiries make up the background that a clause's coverage is held against.
const BACKGROUND: usize = 200;
/// Weight of the assumption that a clause shares nothing with an inquiry that is not about it, in inquiries.
const PRIOR_INQUIRIES: f64 = 10.0;

/// Document frequencies of stems and concepts.
#[derive(Debug, Default)]
pub struct Statistics {
    texts: usize,
    stems: HashMap<String, usize>,
    concepts: HashMap<usize, usize>,
}

impl Statistics {
    /// Counts over `readings`.
    pub fn new<'a>(readings: impl Iterator<Item = &'a Reading>) -> Self {
        let mut statistics = Self::default();
        for reading in readings {
            statistics.texts += 1;
            for stem in reading.stems.keys() {
                *statistics.stems.entry(stem.clone()).or_default() += 1;
            }
            for concept in reading.concept_places.keys() {
                *statistics.concepts.entry(*concept).or_default() += 1;
            }
        }
        statistics
    }

    /// Robertson-Sparck Jones idf of token `place` of a text, by its concept where that is commoner than its stem; never below 0.
    pub fn idf(&self, reading: &Reading, place: usize) -> f64 {
        let stem = self.stems.get(&reading.tokens[place].stem).copied().unwrap_or(0);
        let concepts = reading.concepts[place].iter().filter_map(|concept| self.concepts.get(concept)).copied();
        self.of_frequency(concepts.fold(stem, usize::max))
    }

    /// The idf of a word that stands in one text only: the largest there is.
    pub fn largest(&self) -> f64 {
        self.of_frequency(1).max(f64::EPSILON)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of texts")]
    fn of_frequency(&self, frequency: usize) -> f64 {
        let (texts, frequency) = (self.texts as f64, frequency as f64);
        ((texts + 1.0) / (frequency + 0.5)).ln().max(0.0)
    }
}

/// The mean coverage of each clause over the project's inquiries, drawn towards 0 where there are few: what a clause shares
/// with inquiries in general says nothing about one of them (hubness).
#[expect(clippy::cast_precision_loss, reason = "counts of texts")]
pub fn background(
    clauses: &[Reading],
    inquiries: &[Reading],
    coverage: impl Fn(&Reading, &Reading) -> f64 + Sync,
) -> Vec<f64> {
    use rayon::prelude::*;
    let step = inquiries.len().div_ceil(BACKGROUND).max(1);
    let sample: Vec<&Reading> = inquiries.iter().step_by(step).collect();
    let count = sample.len() as f64 + PRIOR_INQUIRIES;
    clauses
        .par_iter()
        .map(|clause| sample.iter().map(|inquiry| coverage(clause, inquiry)).sum::<f64>() / count)
        .collect()
}
