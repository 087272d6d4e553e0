//! Which public-interest topics does a text touch?
//!
//! Takes a text's tokens and its vectors; gives a probability for each topic of a taxonomy file, several or none of them labels.
//! Promises: the score is the sum of the prior, of what the cues found are worth (a word of both languages counting once) and of what each
//! comparison of meanings is worth; cues keep their spans. A topic that nobody has labelled yet works by its description, examples and cues:
//! the weights are common to all topics. Knows nothing of: who wrote the text, promises, links.

pub mod model;
pub mod taxonomy;
pub mod decided;

pub use model::{COMPARISONS, TextVectors, TopicModel, TopicVectors};

pub use taxonomy::{Cue, Taxonomy, Topic};

use crate::analysis::Token;
use crate::id::TopicId;
use crate::span::Span;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A topic's score on a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicScore {
    /// The topic.
    pub topic: TopicId,
    /// Log-odds.
    pub score: f64,
    /// The score as a probability.
    pub probability: f64,
    /// True where the topic is given to the text.
    pub label: bool,
    /// True where a person decided the label.
    pub decided: bool,
    /// Log-odds before anything was compared.
    pub prior: f64,
    /// Words that spoke for it and against it.
    pub cues: Vec<CueMatch>,
    /// What its meaning spoke; empty where only words were looked at.
    pub parts: Vec<TopicPart>,
}

/// A comparison of a text's meaning with a topic's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicPart {
    /// Its name, one of [`COMPARISONS`].
    pub comparison: &'static str,
    /// What it found, mostly from -1 to 1.
    pub value: f64,
    /// What that is worth, log-odds.
    pub weight: f64,
}

impl TopicScore {
    /// The sum of prior, cues and parts: the score.
    pub fn sum(&self) -> f64 {
        let cues: f64 = self.cues.iter().map(CueMatch::worth).sum();
        self.prior + cues + self.parts.iter().map(|part| part.weight).sum::<f64>()
    }
}

/// A cue found in a text, once for each cue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CueMatch {
    /// The cue's dictionary form.
    pub cue: String,
    /// Its weight, log-odds.
    pub weight: f64,
    /// How often it stands in the text.
    pub count: usize,
    /// Where it first stands.
    pub span: Span,
}

impl Taxonomy {
    /// The scores of all topics on a text by its words alone, in the taxonomy's order.
    pub fn classify(&self, tokens: &[Token]) -> Vec<TopicScore> {
        // A word that is a cue in both languages is one cue: found cues go by their words, the heavier weight counting.
        let mut found: Vec<BTreeMap<Vec<&str>, CueMatch>> = vec![BTreeMap::new(); self.topics.len()];
        let mut places = BTreeSet::new();
        for phrase in self.phrases.find(tokens) {
            let (topic, cue) = self.cues[phrase.value];
            let cue = &self.topics[topic].cues[cue];
            let words = tokens[phrase.first..phrase.first + phrase.len].iter().map(|token| &*token.stem).collect();
            let new = || CueMatch { cue: cue.text.clone(), weight: cue.weight, count: 0, span: phrase.span };
            let entry = found[topic].entry(words).or_insert_with(new);
            if cue.weight.abs() > entry.weight.abs() {
                *entry = CueMatch { count: entry.count, span: entry.span, ..new() };
            }
            // The same words at the same place are found once for each language.
            entry.count += usize::from(places.insert((topic, phrase.first)));
        }
        let scored = self.topics.iter().zip(found).map(|(topic, found)| {
            let mut cues: Vec<CueMatch> = found.into_values().collect();
            cues.sort_by_key(|cue| cue.span);
            let score = topic.prior + cues.iter().map(CueMatch::worth).sum::<f64>();
            let probability = 1.0 / (1.0 + (-score).exp());
            let (prior, label) = (topic.prior, probability >= 0.5);
            TopicScore {
                topic: topic.id.clone(),
                score,
                probability,
                label,
                decided: false,
                prior,
                cues,
                parts: Vec::new(),
            }
        });
        scored.collect()
    }
}

impl CueMatch {
    /// What it adds to the score: its weight, and half as much again for each time that its count grows e-fold.
    #[expect(clippy::cast_precision_loss, reason = "a count of words")]
    pub fn worth(&self) -> f64 {
        self.weight * (1.0 + 0.5 * (self.count.max(1) as f64).ln())
    }
}

/// How much two texts agree on topics: the largest product of their probabilities for one topic.
pub fn agreement(a: &[TopicScore], b: &[TopicScore]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.probability * b.probability).fold(0.0, f64::max)
}
