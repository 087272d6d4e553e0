//! Is a promise its owner's own, or taken from the party's programme?
//!
//! Takes the promises of a person and of the party; gives each an [`Aligned`] label: copied (the party's words), adapted (the same action on
//! the same object in other words, also in the other language), or own. Alignment is an idf-weighted overlap of stems, of glossary concepts
//! (which both languages share) and of numbers, and the nearness of the two meanings where the caller gives vectors.
//! Deterministic. Knows nothing of: files, inquiries.

use super::words::{Traits, Word};
use crate::analysis::{Analyzer, Glossary, Language, fold::plain};
use crate::ingest::choice;
use std::collections::{BTreeMap, BTreeSet, HashMap};

choice! {
    /// Where a promise comes from.
    ClauseOrigin {
        /// The owner's.
        Own = "own",
        /// The party's, in other words.
        Adapted = "adapted",
        /// The party's words.
        Copied = "copied",
    }
}

/// A promise against the party's programme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aligned {
    /// The label.
    pub origin: ClauseOrigin,
    /// The party's promise that is nearest, where the label is not own.
    pub from: Option<usize>,
    /// How near the nearest is, from 0 to 1.
    pub score: f64,
}

/// Gives the meaning of a text as a vector of unit length: the dot product of two says how near they are. An empty one says nothing.
pub type Meaning<'a> = &'a dyn Fn(&str) -> Vec<f32>;

/// From this score on a promise is adapted.
const ADAPTED: f64 = 0.34;
/// So near are the meanings of promises that have nothing to do with one another.
const APART: f64 = 0.3;
/// From this share of the party's words, in order, a promise is copied.
const COPIED: f64 = 0.9;

/// A promise as keys.
#[derive(Debug, Clone)]
pub struct Reading {
    text: String,
    words: Vec<String>,
    keys: BTreeSet<String>,
    concepts: BTreeSet<String>,
    numbers: BTreeSet<String>,
    kazakh: bool,
    row: bool,
    meaning: Vec<f32>,
}

impl Reading {
    /// Reads the words of a promise. `row`: it stands in a table row, among other cells.
    pub fn new(text: &str, words: &[Word], row: bool, analyzer: &Analyzer, glossary: &Glossary) -> Self {
        let tokens = analyzer.tokens(text, None);
        let mut concepts = BTreeSet::new();
        let mut covered = BTreeSet::new();
        for found in glossary.find(&tokens) {
            concepts.insert(glossary.name(found.value).to_owned());
            covered.extend(found.first..found.first + found.len);
        }
        let kept = tokens.iter().filter(|token| !token.stop);
        let keys = kept.clone().map(|token| token.stem.to_string()).collect();
        let numbers = tokens.iter().filter_map(|token| number(&plain(&token.folded))).collect();
        let kazakh = tokens.iter().filter(|token| token.language == Language::Kazakh).count() * 2 >= tokens.len();
        let words =
            words.iter().filter(|word| !word.traits.any(Traits::JOINS)).map(|word| word.plain.to_string()).collect();
        Self { text: text.to_owned(), words, keys, concepts, numbers, kazakh, row, meaning: Vec::new() }
    }

    /// The same promise with its meaning.
    #[must_use]
    pub fn with_meaning(mut self, meaning: Meaning<'_>) -> Self {
        self.meaning = meaning(&self.text);
        self
    }
}

/// The party's promises, ready to be compared with.
#[derive(Debug, Clone)]
pub struct PartyProgramme {
    promises: Vec<Reading>,
    idf: HashMap<String, f64>,
    most: f64,
}

impl PartyProgramme {
    /// Lays out a party's promises; `others` are texts in which words are counted too.
    pub fn new<'a>(promises: Vec<Reading>, others: impl Iterator<Item = &'a Reading>) -> Self {
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        let mut all = 0.0;
        let mut count = |reading: &Reading| {
            all += 1.0;
            for key in reading.keys.iter().cloned().chain(reading.concepts.iter().map(|name| format!("©{name}"))) {
                *counts.entry(key).or_default() += 1.0;
            }
        };
        promises.iter().for_each(&mut count);
        others.for_each(&mut count);
        let idf = |n: f64| (1.0 + (all + 1.0) / (n + 0.5)).ln();
        let idf = counts.into_iter().map(|(key, n)| (key, idf(n))).collect();
        Self { promises, idf, most: (1.0 + (all + 1.0) / 0.5_f64).ln() }
    }

    /// The nearest of the party's promises, and what that makes of the promise.
    pub fn align(&self, promise: &Reading) -> Aligned {
        let mut best = Aligned { origin: ClauseOrigin::Own, from: None, score: 0.0 };
        for (place, party) in self.promises.iter().enumerate() {
            let copied = copied(promise, party);
            let score = self.score(promise, party);
            let score = if copied { 1.0 + score } else { score };
            if score > best.score {
                best = Aligned {
                    origin: if copied { ClauseOrigin::Copied } else { ClauseOrigin::Adapted },
                    from: Some(place),
                    score,
                };
            }
        }
        best.score = best.score.min(1.0);
        if best.origin == ClauseOrigin::Adapted && best.score < ADAPTED {
            best.origin = ClauseOrigin::Own;
            best.from = None;
        }
        best
    }

    fn weight(&self, key: &str) -> f64 {
        self.idf.get(key).copied().unwrap_or(self.most)
    }

    /// How near two promises are: what they have in common of their words, and how much nearer their meanings are than those of any two.
    pub fn score(&self, promise: &Reading, party: &Reading) -> f64 {
        let product: f32 = promise.meaning.iter().zip(&party.meaning).map(|(a, b)| a * b).sum();
        self.shared_words(promise, party) + (f64::from(product) - APART).max(0.0)
    }

    /// The share of the two promises' weight that they have in common, leaning on the party's side.
    fn shared_words(&self, promise: &Reading, party: &Reading) -> f64 {
        let overlap = |mine: &BTreeSet<String>, theirs: &BTreeSet<String>, mark: &str| -> (f64, f64, f64) {
            let weigh = |keys: &mut dyn Iterator<Item = &String>| {
                keys.map(|key| self.weight(&format!("{mark}{key}"))).sum::<f64>()
            };
            (weigh(&mut mine.intersection(theirs)), weigh(&mut mine.iter()), weigh(&mut theirs.iter()))
        };
        let share = |(both, mine, theirs): (f64, f64, f64)| {
            if both == 0.0 { 0.0 } else { 0.4 * both / mine.max(1e-9) + 0.6 * both / theirs.max(1e-9) }
        };
        let by_concept = overlap(&promise.concepts, &party.concepts, "©");
        let concept = share(by_concept);
        if promise.kazakh == party.kazakh {
            let stems = share(overlap(&promise.keys, &party.keys, ""));
            return 0.75 * stems + 0.25 * concept;
        }
        // Across languages only concepts and numbers meet; few of them say little.
        let enough = (by_concept.0 / (2.0 * self.most)).min(1.0);
        let numbers = promise.numbers.intersection(&party.numbers).count();
        let bonus = if numbers > 0 { 0.12 } else { 0.0 };
        concept * (0.5 + 0.5 * enough) * 0.85 + bonus
    }
}

/// True where the promise has the party's words in their order, and hardly any other.
fn copied(promise: &Reading, party: &Reading) -> bool {
    if party.words.is_empty() || promise.words.len() > 400 || party.words.len() > 400 {
        return false;
    }
    let shared = common(&promise.words, &party.words);
    let share = |of: usize| ratio(shared, of.max(1));
    share(party.words.len()) >= COPIED && (promise.row || share(promise.words.len()) >= COPIED)
}

/// The length of the longest common subsequence.
fn common(a: &[String], b: &[String]) -> usize {
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}

/// A number as digits, also where it is a word of either language.
fn number(plain: &str) -> Option<String> {
    const WORDS: [(&str, &[&str]); 14] = [
        ("2", &["еки", "два", "две", "двух", "удвоим", "удвоить", "вдвое", "еселеу"]),
        ("3", &["уш", "три", "трех"]),
        ("4", &["торт", "четыре", "четырех"]),
        ("5", &["бес", "пять", "пяти"]),
        ("6", &["алты", "шесть", "шести"]),
        ("7", &["жети", "семь", "семи"]),
        ("8", &["сегиз", "восемь", "восьми"]),
        ("9", &["тогыз", "девять", "девяти"]),
        ("10", &["он", "десять", "десяти"]),
        ("20", &["жиырма", "двадцать", "двадцати"]),
        ("30", &["отыз", "тридцать", "тридцати"]),
        ("40", &["кырык", "сорок", "сорока"]),
        ("50", &["елу", "пятьдесят", "пятидесяти", "жартысын", "половину", "половина"]),
        ("500", &["пятисот"]),
    ];
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return Some(digits);
    }
    WORDS.iter().find(|(_, words)| words.contains(&plain)).map(|(digits, _)| (*digits).to_owned())
}
