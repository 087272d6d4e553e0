//! What every linker must beat: BM25 over words as they stand, and over their stems.

use crate::analysis::Analyzer;
use std::collections::{BTreeSet, HashMap};
use unicode_segmentation::UnicodeSegmentation;

/// Okapi BM25 with the usual constants (Robertson & Zaragoza 2009).
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// How a baseline cuts a text into keys.
#[derive(Clone, Copy)]
pub enum Keys<'a> {
    /// Lower-cased words.
    Words,
    /// Stems.
    Stems(&'a Analyzer),
}

impl Keys<'_> {
    fn of(self, text: &str) -> Vec<String> {
        match self {
            Self::Words => text.unicode_words().map(str::to_lowercase).collect(),
            Self::Stems(analyzer) => {
                analyzer.tokens(text, None).into_iter().map(|token| token.stem.to_string()).collect()
            }
        }
    }
}

/// BM25 over a fixed list of texts.
pub struct Bm25<'a> {
    keys: Keys<'a>,
    frequencies: Vec<HashMap<String, f64>>,
    lengths: Vec<f64>,
    mean_length: f64,
    idf: HashMap<String, f64>,
}

impl<'k> Bm25<'k> {
    /// An index over `texts`.
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>, keys: Keys<'k>) -> Self {
        let texts: Vec<Vec<String>> = texts.map(|text| keys.of(text)).collect();
        let lengths: Vec<f64> = texts.iter().map(|text| text.len() as f64).collect();
        let mut documents: HashMap<String, f64> = HashMap::new();
        let mut frequencies = Vec::new();
        for text in &texts {
            let mut counts: HashMap<String, f64> = HashMap::new();
            for key in text {
                *counts.entry(key.clone()).or_default() += 1.0;
            }
            for key in counts.keys() {
                *documents.entry(key.clone()).or_default() += 1.0;
            }
            frequencies.push(counts);
        }
        let count = texts.len() as f64;
        let idf = |n: f64| (1.0 + (count - n + 0.5) / (n + 0.5)).ln();
        let mean_length = lengths.iter().sum::<f64>() / count.max(1.0);
        let idf = documents.into_iter().map(|(key, n)| (key, idf(n))).collect();
        Self { keys, frequencies, lengths, mean_length, idf }
    }

    /// The score of text number `text` for a query; every distinct word of the query counts once.
    pub fn score(&self, query: &Query, text: usize) -> f64 {
        let norm = K1 * (1.0 - B + B * self.lengths[text] / self.mean_length);
        let term = |key: &String| {
            let frequency = self.frequencies[text].get(key)?;
            Some(self.idf.get(key)? * frequency * (K1 + 1.0) / (frequency + norm))
        };
        query.0.iter().filter_map(term).sum()
    }

    /// The query of a text.
    pub fn query(&self, text: &str) -> Query {
        Query(self.keys.of(text).into_iter().collect())
    }
}

/// The distinct keys of a query.
#[derive(Debug)]
pub struct Query(BTreeSet<String>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_meet_where_words_do_not() {
        let analyzer = Analyzer::default();
        let texts = ["мектеп салу", "жол жөндеу"];
        let score = |keys| {
            let bm25 = Bm25::new(texts.into_iter(), keys);
            [0, 1].map(|text| bm25.score(&bm25.query("Мектептің құрылысы"), text))
        };
        assert_eq!(score(Keys::Words), [0.0, 0.0]);
        let [school, road] = score(Keys::Stems(&analyzer));
        assert!(school > 0.0 && road == 0.0);
    }
}
