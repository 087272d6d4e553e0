//! How telling a word is: statistics over all texts of the project.

use super::reading::Reading;
use crate::analysis::Glossary;
use crate::{Error, Result};
use std::collections::HashMap;

const FILE: &str = "models/linking/frequencies.tsv";
const TABLE: &str = include_str!("../../models/linking/frequencies.tsv");
/// The sign before the name of a concept; no stem begins with it.
const CONCEPT: char = '§';
/// At most this many inquiries make up the background that a clause's coverage is held against.
const BACKGROUND: usize = 300;
/// Weight of the assumption that a clause shares nothing with an inquiry that is not about it, in inquiries.
const PRIOR_INQUIRIES: f64 = 10.0;

/// Document frequencies of stems and concepts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statistics {
    texts: usize,
    stems: HashMap<String, usize>,
    concepts: HashMap<usize, usize>,
}

impl Statistics {
    /// Counts over `readings` alone.
    pub fn new<'a>(readings: impl Iterator<Item = &'a Reading>) -> Self {
        let mut statistics = Self::default();
        statistics.add(readings);
        statistics
    }

    /// The counts of a reference collection (`models/linking/frequencies.tsv`), so that in a small project a common word of
    /// the register is not taken for a rare one.
    ///
    /// # Errors
    /// [`Error::Model`], for which a test stands.
    pub fn reference(glossary: &Glossary) -> Result<Self> {
        let wrong = || Error::model(FILE, "expected `texts<TAB>N`, then `key<TAB>N` in each line");
        let mut rows = TABLE.lines().filter(|row| !row.starts_with('#')).map(|row| {
            let (key, count) = row.split_once('\t').ok_or_else(wrong)?;
            Ok::<_, Error>((key, count.parse::<usize>().map_err(|_| wrong())?))
        });
        let mut statistics = Self { texts: rows.next().ok_or_else(wrong)??.1, ..Self::default() };
        let concepts: HashMap<&str, usize> =
            (0..glossary.len()).map(|concept| (glossary.name(concept), concept)).collect();
        for row in rows {
            let (key, count) = row?;
            match key.strip_prefix(CONCEPT) {
                None => drop(statistics.stems.insert(key.to_owned(), count)),
                Some(name) => {
                    if let Some(concept) = concepts.get(name) {
                        statistics.concepts.insert(*concept, count);
                    }
                }
            }
        }
        Ok(statistics)
    }

    /// Counts `readings` too.
    pub fn add<'a>(&mut self, readings: impl Iterator<Item = &'a Reading>) {
        for reading in readings {
            self.texts += 1;
            for stem in reading.stems.keys() {
                *self.stems.entry(stem.to_string()).or_default() += 1;
            }
            for concept in reading.concept_places.keys() {
                *self.concepts.entry(*concept).or_default() += 1;
            }
        }
    }

    /// The counts as the file of a reference collection: keys that stand in two texts or more, sorted.
    pub fn to_table(&self, glossary: &Glossary) -> String {
        let stems = self.stems.iter().map(|(stem, count)| (stem.clone(), *count));
        let concepts =
            self.concepts.iter().map(|(concept, count)| (format!("{CONCEPT}{}", glossary.name(*concept)), *count));
        let mut rows: Vec<(String, usize)> = stems.chain(concepts).filter(|(_, count)| *count > 1).collect();
        rows.sort();
        let rows = rows.into_iter().map(|(key, count)| format!("{key}\t{count}\n"));
        std::iter::once(format!("texts\t{}\n", self.texts)).chain(rows).collect()
    }

    /// Robertson-Sparck Jones idf of token `place` of a text, by its concept where that is commoner than its stem; never below 0.
    pub fn idf(&self, reading: &Reading, place: usize) -> f64 {
        let stem = self.stems.get(&*reading.tokens[place].stem).copied().unwrap_or(0);
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

/// What each clause shares with inquiries in general, in each language: it says nothing about one of them (hubness), and two texts of one language
/// share more words than texts of two.
#[derive(Debug, Clone, Default)]
pub struct Background(Vec<[f64; 2]>);

impl Background {
    /// The means of `coverage`, of a clause and an inquiry by their places, over a sample of `inquiries`, drawn towards 0 where there are few.
    pub fn new(clauses: usize, inquiries: &[Reading], coverage: impl Fn(usize, usize) -> f64 + Sync) -> Self {
        use rayon::prelude::*;
        let sample = sample(inquiries.len());
        let shares: Vec<f64> = sample.iter().map(|inquiry| f64::from(inquiries[*inquiry].kazakh)).collect();
        let kazakh: f64 = shares.iter().sum();
        let counts = [kazakh, shares.iter().map(|share| 1.0 - share).sum()].map(|count| count + PRIOR_INQUIRIES);
        let of = |clause: usize| {
            let mut sums = [0.0; 2];
            for (inquiry, share) in sample.iter().zip(&shares) {
                let value = coverage(clause, *inquiry);
                sums[0] += share * value;
                sums[1] += (1.0 - share) * value;
            }
            [sums[0] / counts[0], sums[1] / counts[1]]
        };
        Self((0..clauses).into_par_iter().map(of).collect())
    }

    /// What a clause shares with inquiries that are Kazakh to this share.
    pub fn of(&self, clause: usize, kazakh: f32) -> f64 {
        let [in_kazakh, in_russian] = self.0.get(clause).copied().unwrap_or_default();
        f64::from(kazakh) * in_kazakh + f64::from(1.0 - kazakh) * in_russian
    }
}

/// The places of the inquiries that make up a background: evenly spread over all.
pub fn sample(inquiries: usize) -> Vec<usize> {
    (0..inquiries).step_by(inquiries.div_ceil(BACKGROUND).max(1)).collect()
}
