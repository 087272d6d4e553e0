//! The model: tables in, answers about words and texts out.
//!
//! Takes the tables of `models/language/`, once; gives evidence, scores and decisions. Promises: cheap to share, the same
//! answer for the same words. Does not know tokens or spans: whoever cuts the text hands over folded words.

use super::evidence::{CLASSES, Decision, Evidence, LANES, Scores};
use super::grams::{Grams, key};
use super::letters::Codes;
use super::settle::{label, settle};
use crate::analysis::token::Language;

/// Kazakh against Russian: sequence, weight.
pub(super) const PAIR: &str = include_str!("../../../models/language/pair.tsv");
/// The open question: sequence, weights of Kazakh, plain Kazakh, Russian, western, eastern, unknown.
pub(super) const OPEN: &str = include_str!("../../../models/language/open.tsv");

/// Tells Kazakh, Russian and other languages. Build one and lend it.
#[derive(Debug, Clone)]
pub struct LanguageModel {
    codes: Codes,
    grams: Grams,
}

impl Default for LanguageModel {
    fn default() -> Self {
        Self::new(PAIR, OPEN)
    }
}

impl LanguageModel {
    /// A model of these tables. A line is a sequence, a tab, and weights by tab, where nothing is 0; `#` starts a comment; lines
    /// that do not read are passed over.
    pub fn new(pair: &str, open: &str) -> Self {
        let codes = Codes::default();
        let mut rows = Vec::new();
        for (table, first) in [(pair, 0), (open, 1)] {
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                let mut cells = line.split('\t');
                let Some(key) = cells.next().and_then(|written| key(&codes, written)) else { continue };
                let mut weights = [0; LANES];
                for (weight, cell) in weights[first..].iter_mut().zip(cells) {
                    *weight = cell.parse().unwrap_or(0);
                }
                rows.push((key, weights));
            }
        }
        Self { grams: Grams::new(&rows), codes }
    }

    /// What a folded word says about its language.
    #[inline]
    pub fn evidence(&self, folded: &str) -> Evidence {
        self.grams.sum(&self.codes, folded)
    }

    /// How much a folded word by itself speaks for each language.
    pub fn word(&self, folded: &str) -> Scores {
        self.evidence(folded).scores()
    }

    /// The language of a text of these folded words.
    pub fn text<'a>(&self, words: impl Iterator<Item = &'a str>) -> Decision {
        let evidence: Vec<Evidence> = words.map(|word| self.evidence(word)).collect();
        label(&evidence, &settle(&evidence, None))
    }

    /// Kazakh or Russian, where it is known to be one of them: also for Kazakh typed without its own letters.
    pub fn kazakh_or_russian<'a>(&self, words: impl Iterator<Item = &'a str>) -> Decision {
        let mut whole = Evidence::default();
        words.for_each(|word| whole.add(self.evidence(word).pair, [0; CLASSES]));
        let odds = whole.kazakh_over_russian();
        let language = if odds > 0.0 { Language::Kazakh } else { Language::Russian };
        Decision { language, confidence: 1.0 / (1.0 + (-odds.abs()).exp()) }
    }
}
