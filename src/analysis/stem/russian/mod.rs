//! Russian: verbs by paradigm, fleeting vowels by table, the rest by Snowball's measure.
//!
//! Takes one lower-cased NFC token with `ё` folded to `е`; gives the conflation key. The layers, first hit
//! wins: irregular forms, listed noun stems, nouns in -ие/-ия and -ость, verbs, adverbs, nominal endings; what
//! still looks verbal goes to Snowball. Promises: never empty, deterministic, never panics. Does not know:
//! part of speech, so a form that is both a noun and a verb gets one of them.

mod endings;
mod regular;
mod verbs;

use crate::analysis::stem::Depth;
use foldhash::{HashMap, HashSet};
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use verbs::Verbs;

const EXCEPTIONS: &str = include_str!("../../../../models/stem/russian-exceptions.tsv");
const ADJECTIVES: &str = include_str!("../../../../models/stem/russian-adjectives.tsv");
const NOUNS: &str = include_str!("../../../../models/stem/russian-nouns.tsv");
const VERBS: &str = include_str!("../../../../models/stem/russian-verbs.tsv");

/// The text of every table that [`RussianStemmer::new`] reads.
pub const TABLES: [&str; 4] = [NOUNS, VERBS, ADJECTIVES, EXCEPTIONS];

/// Russian stemmer; built once, shared freely.
pub struct RussianStemmer {
    snowball: Stemmer,
    exceptions: HashMap<&'static str, &'static str>,
    nouns: HashMap<&'static str, &'static str>,
    adjectives: HashSet<&'static str>,
    verbs: Verbs,
    depth: Depth,
}

impl RussianStemmer {
    /// Builds it from the tables, for inflection only.
    #[must_use]
    pub fn new() -> Self {
        Self::with_depth(Depth::Inflection)
    }

    /// Builds it for a depth.
    #[must_use]
    pub fn with_depth(depth: Depth) -> Self {
        let rows = |table: &'static str| table.lines().filter(|line| !line.starts_with('#'));
        let exceptions = rows(EXCEPTIONS).filter_map(|line| line.split_once('\t')).collect();
        let mut nouns = HashMap::default();
        for line in rows(NOUNS) {
            let canonical = line.split('\t').next().unwrap_or_default();
            for stem in line.split('\t').filter(|stem| !stem.is_empty()) {
                nouns.entry(stem).or_insert(canonical);
            }
        }
        Self {
            snowball: Stemmer::create(Algorithm::Russian),
            exceptions,
            nouns,
            adjectives: rows(ADJECTIVES).collect(),
            verbs: Verbs::read(VERBS),
            depth,
        }
    }

    /// The listed stems, and the keys of the listed forms.
    pub fn listed(&self) -> impl Iterator<Item = &'static str> {
        let rows = |table: &'static str, column: usize| {
            table.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| line.split('\t').nth(column))
        };
        rows(NOUNS, 0).chain(rows(ADJECTIVES, 0)).chain(rows(EXCEPTIONS, 1))
    }

    /// The key of `word`, to the depth that the stemmer was built for.
    #[must_use]
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let key = self.stem_inflection(word);
        match self.depth {
            Depth::Inflection => key,
            Depth::Derivation => endings::underived(key),
        }
    }

    /// The key of `word` for inflection only.
    #[must_use]
    pub fn stem_inflection<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if let Some(key) = self.exceptions.get(word) {
            return shared(word, key);
        }
        if let Some(key) = self.listed_noun(word) {
            return shared(word, key);
        }
        if let Some(stem) = endings::ADJECTIVE
            .iter()
            .filter_map(|ending| endings::before(word, ending))
            .find(|stem| self.adjectives.contains(stem))
        {
            return Cow::Borrowed(stem);
        }
        if let Some(keep) = endings::soft_noun(word).or_else(|| endings::quality_noun(word)) {
            return Cow::Borrowed(&word[..keep]);
        }
        if let Some(key) = self.verbs.key(word) {
            return Cow::Owned(key);
        }
        if endings::is_adverb(word) {
            return Cow::Borrowed(word);
        }
        if endings::looks_verbal(word) {
            return self.snowball.stem(word);
        }
        let stem = endings::nominal(word);
        if stem.len() == word.len() { endings::without_fleeting(word) } else { Cow::Borrowed(stem) }
    }

    /// The stem of a listed noun that `word` is a form of: the one that leaves the shortest ending.
    fn listed_noun(&self, word: &str) -> Option<&'static str> {
        endings::NOUN
            .iter()
            .filter_map(|ending| endings::before(word, ending))
            .find_map(|stem| self.nouns.get(stem).copied())
    }
}

impl Default for RussianStemmer {
    fn default() -> Self {
        Self::new()
    }
}

/// The key, borrowed from the word where it is a beginning of it.
fn shared<'a>(word: &'a str, key: &'static str) -> Cow<'a, str> {
    if word.starts_with(key) { Cow::Borrowed(&word[..key.len()]) } else { Cow::Borrowed(key) }
}
