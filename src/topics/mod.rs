//! Which public-interest topics does a text touch?
//!
//! Takes a text's tokens; gives a probability for each topic of a taxonomy file, several or none above one half.
//! Promises: the score is the topic's prior plus the weights of the cues found, each counted once; cues keep their spans.
//! Knows nothing of: who wrote the text, promises, links.

pub mod taxonomy;

pub use taxonomy::{Cue, Taxonomy, Topic};

use crate::analysis::Token;
use crate::id::TopicId;
use crate::span::Span;
use serde::Serialize;

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
    /// What spoke for it and against it.
    pub cues: Vec<CueMatch>,
}

/// A cue found in a text, once for each cue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CueMatch {
    /// The cue's dictionary form.
    pub cue: String,
    /// Its weight, log-odds.
    pub weight: f64,
    /// Where it first stands.
    pub span: Span,
}

impl Taxonomy {
    /// The scores of all topics on a text, in the taxonomy's order.
    pub fn classify(&self, tokens: &[Token]) -> Vec<TopicScore> {
        let mut matches: Vec<Vec<CueMatch>> = vec![Vec::new(); self.topics.len()];
        let mut seen = std::collections::BTreeSet::new();
        for found in self.phrases.find(tokens) {
            if seen.insert(found.value) {
                let (topic, cue) = self.cues[found.value];
                let cue = &self.topics[topic].cues[cue];
                matches[topic].push(CueMatch { cue: cue.text.clone(), weight: cue.weight, span: found.span });
            }
        }
        let scored = self.topics.iter().zip(matches).map(|(topic, cues)| {
            let score = topic.prior + cues.iter().map(|cue| cue.weight).sum::<f64>();
            let probability = 1.0 / (1.0 + (-score).exp());
            TopicScore { topic: topic.id.clone(), score, probability, label: probability >= 0.5, cues }
        });
        scored.collect()
    }
}

/// How much two texts agree on topics: the largest product of their probabilities for one topic.
pub fn agreement(a: &[TopicScore], b: &[TopicScore]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.probability * b.probability).fold(0.0, f64::max)
}
