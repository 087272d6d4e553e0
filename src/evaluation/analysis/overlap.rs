//! What does noise cost? Keys of clean texts against keys of the same texts made noisy.
//!
//! A key is the stem that the analyzer gives a word of two letters or more. *Recall*: the share of a clean text's keys that its noisy
//! twin has too, as bags. *Jaccard*: those over the keys of either, which also counts what only the noisy text has. *Raw*: recall of
//! lower-case words, what a search without a chain would find. *Collisions*: on clean texts, stems that are read as another word's by
//! the mending of noise; each stem beyond the commonest of its key counts, over all stems.

use super::corruption::Kind;
use crate::analysis::{Analyzer, Language, Token, TokenKind};
use crate::evaluation::{Bootstrap, Estimate};
use std::collections::{BTreeMap, HashMap};

/// Resamples of the texts.
const ROUNDS: usize = 500;

/// Shares over all texts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Keys of the clean texts.
    pub keys: usize,
    /// Recall of lower-case words.
    pub raw: Estimate,
    /// Recall of keys.
    pub recall: Estimate,
    /// Jaccard of keys.
    pub jaccard: Estimate,
}

/// What is counted of one text.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    words: u64,
    words_kept: u64,
    keys: u64,
    keys_kept: u64,
    either: u64,
}

/// Compares each of `texts` with itself made noisy.
pub fn measure(analyzer: &Analyzer, language: Language, texts: &[String], kind: Kind) -> Overlap {
    use rayon::prelude::*;
    let count = |(nth, text): (usize, &String)| {
        let noisy = kind.corrupt(text, nth as u64);
        let (words, noisy_words) = (bag(raw(text)), bag(raw(&noisy)));
        let of = |text: &str| bag(keys(analyzer, language, text).map(|token| token.stem.to_string()));
        let (clean, dirty) = (of(text), of(&noisy));
        let size = |bag: &HashMap<String, u64>| bag.values().sum::<u64>();
        let kept = shared(&clean, &dirty);
        Counts {
            words: size(&words),
            words_kept: shared(&words, &noisy_words),
            keys: size(&clean),
            keys_kept: kept,
            either: size(&clean) + size(&dirty) - kept,
        }
    };
    let counts: Vec<Counts> = texts.par_iter().enumerate().map(count).collect();
    let whole = shares(&counts, &vec![1; counts.len()]);
    let rounds: Vec<[f64; 3]> =
        Bootstrap::new(counts.len(), ROUNDS).weights().iter().map(|weights| shares(&counts, weights)).collect();
    let estimate = |at: usize| Estimate::of_resamples(whole[at], rounds.iter().map(|round| round[at]).collect());
    let keys = usize::try_from(counts.iter().map(|count| count.keys).sum::<u64>()).unwrap_or(usize::MAX);
    Overlap { keys, raw: estimate(0), recall: estimate(1), jaccard: estimate(2) }
}

/// The share of the clean texts' stems that meet another stem at the analyzer's key, and how many stems there are.
pub fn collisions(analyzer: &Analyzer, language: Language, texts: &[String]) -> (usize, Estimate) {
    let mut by_key: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for text in texts {
        for token in keys(analyzer, language, text).filter(|token| token.language == language) {
            let stem = analyzer.stem(&token.folded, language).into_owned();
            *by_key.entry(token.stem.to_string()).or_default().entry(stem).or_default() += 1;
        }
    }
    let stems: std::collections::BTreeSet<&String> = by_key.values().flat_map(BTreeMap::keys).collect();
    let merged = by_key.values().map(|stems| stems.len() - 1).sum();
    (stems.len(), Estimate::of_share(merged, stems.len()))
}

fn keys(analyzer: &Analyzer, language: Language, text: &str) -> impl Iterator<Item = Token> {
    let word = |token: &Token| token.kind == TokenKind::Word && token.folded.chars().nth(1).is_some();
    analyzer.tokens(text, Some(language)).into_iter().filter(word)
}

fn raw(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().nth(1).is_some() && word.chars().any(char::is_alphabetic)).map(str::to_lowercase)
}

fn bag(words: impl Iterator<Item = String>) -> HashMap<String, u64> {
    let mut bag = HashMap::new();
    for word in words {
        *bag.entry(word).or_default() += 1;
    }
    bag
}

fn shared(a: &HashMap<String, u64>, b: &HashMap<String, u64>) -> u64 {
    a.iter().map(|(key, count)| *count.min(b.get(key).unwrap_or(&0))).sum()
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn shares(counts: &[Counts], weights: &[u32]) -> [f64; 3] {
    let sum = |of: fn(&Counts) -> u64| -> f64 {
        counts.iter().zip(weights).map(|(count, weight)| of(count) * u64::from(*weight)).sum::<u64>() as f64
    };
    let kept = sum(|count| count.keys_kept);
    [sum(|c| c.words_kept) / sum(|c| c.words), kept / sum(|c| c.keys), kept / sum(|c| c.either)]
}
