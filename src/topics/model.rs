//! The topic model: what cues and nearness in meaning are worth, the same for all topics, and what each topic's labels taught beyond that.
//!
//! Takes the scores by words and the vectors of a text and of the topics' sentences; gives the scores by both. Linear in log-odds, so that the parts
//! sum to the score; all weights but the offsets are not negative. Does not know: where vectors come from, or how weights are fitted.

use super::{TopicPart, TopicScore};
use crate::embedding::Choice;
use crate::id::TopicId;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const STATIC: (&str, &str) = ("models/topics/model.toml", include_str!("../../models/topics/model.toml"));
const TRANSFORMER: (&str, &str) =
    ("models/topics/model-transformer.toml", include_str!("../../models/topics/model-transformer.toml"));
/// How many of a topic's sentences, the nearest, are averaged.
const NEAREST: usize = 4;
/// Among how many subjects of policy, the nearest, a text is placed.
const NEAREST_SUBJECTS: usize = 3;

/// The comparisons of a text's meaning with a topic's, in the order of every explanation: all of the text with the topic's nearest
/// sentences, its ask and its nearest sentence with the nearest of them, by how much the first is above the next topic's and above the
/// nearest subjects of all policy, and how far it lies in the direction of the texts that people gave the topic.
pub const COMPARISONS: [&str; 6] = ["examples", "ask", "sentence", "lead", "subject", "labelled"];

/// A topic model, as its file has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicModel {
    /// Name and version.
    pub version: String,
    /// A topic is given to a text from this probability on: where the mean F1 on held-out owners is highest.
    pub threshold: f64,
    /// Added to every topic's prior.
    pub prior: f64,
    /// What a unit of a cue's weight is worth.
    pub cues: f64,
    /// What a unit of each comparison is worth.
    pub comparison: BTreeMap<String, f64>,
    /// Added to the prior of a topic that had labels; one that is not listed had none.
    #[serde(default)]
    pub offset: BTreeMap<TopicId, f64>,
    /// Where in the space of vectors the labelled texts of a topic lie, against all others; a topic that is not listed had none.
    #[serde(default)]
    pub direction: BTreeMap<TopicId, Vec<f64>>,
}

/// The vectors of a topic.
#[derive(Debug, Clone, Copy)]
pub struct TopicVectors<'a> {
    /// Of its description and examples.
    pub sentences: &'a [Vec<f32>],
    /// See [`TopicModel::direction`]; empty where there is none.
    pub direction: &'a [f64],
}

/// The vectors of a text, of unit length and centred; empty where it has none.
#[derive(Debug, Clone, Copy)]
pub struct TextVectors<'a> {
    /// Of all of it.
    pub whole: &'a [f32],
    /// Of its ask.
    pub ask: &'a [f32],
    /// Of each sentence.
    pub sentences: &'a [Vec<f32>],
    /// The subjects of policy that all of it is held against, whether they belong to a topic or not.
    pub subjects: &'a [Vec<f32>],
}

/// What each comparison finds for each topic, in the order of `topics`.
pub fn compare(text: TextVectors<'_>, topics: &[TopicVectors<'_>]) -> Vec<[f64; COMPARISONS.len()]> {
    let nearest = |view: &[f32], topic: &[Vec<f32>]| topic.iter().map(|sentence| dot(view, sentence)).reduce(f64::max);
    let subjects = nearness(text.whole, text.subjects, NEAREST_SUBJECTS);
    let mut found: Vec<[f64; COMPARISONS.len()]> = topics
        .iter()
        .map(|topic| {
            let examples = nearness(text.whole, topic.sentences, NEAREST);
            let sentence = text.sentences.iter().filter_map(|view| nearest(view, topic.sentences)).reduce(f64::max);
            let ask = nearest(text.ask, topic.sentences).unwrap_or(0.0);
            [examples, ask, sentence.unwrap_or(0.0), 0.0, examples - subjects, along(text.whole, topic.direction)]
        })
        .collect();
    let first: Vec<f64> = found.iter().map(|values| values[0]).collect();
    for (place, values) in found.iter_mut().enumerate() {
        let others = first.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, value)| *value);
        values[3] = values[0] - others.reduce(f64::max).unwrap_or(0.0);
    }
    found
}

impl TopicModel {
    /// The model that ships with the program, for likenesses by `encoder`.
    ///
    /// # Errors
    /// [`Error::Model`], for which a test stands.
    pub fn bundled(encoder: &Choice) -> Result<Self> {
        let (file, text) = if *encoder == Choice::Static { STATIC } else { TRANSFORMER };
        Self::parse(text, file)
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`Error::Model`]: not toml, a comparison that is missing or unknown, a weight below 0 or not finite, a threshold outside of 0 to 1.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let model: Self = toml::from_str(text).map_err(|error| Error::toml(file, text, &error))?;
        let known = COMPARISONS.join(", ");
        if model.comparison.len() != COMPARISONS.len()
            || !COMPARISONS.iter().all(|name| model.comparison.contains_key(*name))
        {
            return Err(Error::model(file, format!("expected exactly the comparisons {known}")));
        }
        if !model.comparison.values().chain([&model.cues]).all(|weight| weight.is_finite() && *weight >= 0.0) {
            return Err(Error::model(file, "weights must be finite and not below 0"));
        }
        let free = model.offset.values().chain(model.direction.values().flatten());
        if !free.chain([&model.prior]).all(|weight| weight.is_finite()) {
            return Err(Error::model(file, "nan or inf: expected finite numbers everywhere"));
        }
        if !(0.0..=1.0).contains(&model.threshold) {
            return Err(Error::model(file, "threshold: expected a probability"));
        }
        Ok(model)
    }

    /// That its directions lie in a space of so many dimensions: that it was fitted with the encoder at hand.
    ///
    /// # Errors
    /// [`Error::Model`]
    pub fn require_dimension(&self, dimension: usize) -> Result<()> {
        match self.direction.iter().find(|(_, direction)| direction.len() != dimension) {
            None => Ok(()),
            Some((topic, direction)) => Err(Error::model(
                format!("topic model {}", self.version),
                format!(
                    "direction of «{topic}»: {} numbers; expected {dimension}, as the encoder has: fit it with this encoder",
                    direction.len()
                ),
            )),
        }
    }

    /// The direction of a topic's labelled texts; empty where it had none.
    pub fn direction(&self, topic: &TopicId) -> &[f64] {
        self.direction.get(topic).map_or(&[], Vec::as_slice)
    }

    /// The model as a file.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be written as toml.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string(self).map_err(|error| Error::Internal(error.to_string()))
    }

    /// The scores of all topics on a text: `by_words` are those of its words, `found` what [`compare`] found.
    pub fn score(&self, by_words: &[TopicScore], found: &[[f64; COMPARISONS.len()]]) -> Vec<TopicScore> {
        let score = |(words, values): (&TopicScore, &[f64; COMPARISONS.len()])| {
            let mut score = words.clone();
            score.prior += self.prior + self.offset.get(&score.topic).copied().unwrap_or(0.0);
            score.cues.iter_mut().for_each(|cue| cue.weight *= self.cues);
            let part = |(comparison, value): (&'static str, &f64)| {
                let weight = self.comparison.get(comparison).copied().unwrap_or(0.0);
                TopicPart { comparison, value: *value, weight: weight * value }
            };
            score.parts = COMPARISONS.into_iter().zip(values).map(part).collect();
            score.score = score.sum();
            score.probability = 1.0 / (1.0 + (-score.score).exp());
            score.label = score.probability >= self.threshold;
            score
        };
        by_words.iter().zip(found).map(score).collect()
    }
}

/// How far a text lies in a direction; nowhere along an empty one.
pub fn along(text: &[f32], direction: &[f64]) -> f64 {
    text.iter().zip(direction).map(|(text, direction)| f64::from(*text) * direction).sum()
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum()
}

/// How near a text is to the nearest `most` of `others`, in the mean.
#[expect(clippy::cast_precision_loss, reason = "a few sentences")]
fn nearness(text: &[f32], others: &[Vec<f32>], most: usize) -> f64 {
    let mut near: Vec<f64> = others.iter().map(|other| dot(text, other)).collect();
    near.sort_by(|a, b| b.total_cmp(a));
    near.truncate(most);
    near.iter().sum::<f64>() / near.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::topics::Taxonomy;

    #[test]
    fn both_bundled_models_are_whole() {
        for encoder in [Choice::Static, Choice::Bundled] {
            assert!(TopicModel::bundled(&encoder).is_ok());
        }
        let text = STATIC.1.replace("lead =", "laed =");
        assert!(
            TopicModel::parse(&text, "mine.toml").expect_err("an unknown comparison").to_string().contains("mine.toml")
        );
    }

    #[test]
    fn a_new_topic_works_by_its_sentences_and_the_parts_sum_to_the_score() {
        let taxonomy = "[[topic]]\nid = \"bees\"\nname = { kk = \"Ара\", ru = \"Пчёлы\", en = \"Bees\" }\nprior = -3.0\n\
                        description = { ru = \"Пчеловодство\" }\n[[topic.cue]]\ntext = \"мёд\"\nlang = \"ru\"\nweight = 2.0\n";
        let analyzer = Analyzer::default();
        let taxonomy = Taxonomy::parse(taxonomy, "topics.toml", &analyzer).expect("a taxonomy");
        assert_eq!(taxonomy.sentences(), [["Пчеловодство"]]);
        let words = taxonomy.classify(&analyzer.tokens("Мёд и улья.", None));
        let model = TopicModel::bundled(&Choice::Static).expect("the bundled model");
        let at = |vector: [f32; 2]| {
            let sentences = [vector.to_vec()];
            let text =
                TextVectors { whole: &vector, ask: &vector, sentences: &sentences, subjects: &[vec![0.2, 0.98]] };
            let topic = TopicVectors { sentences: &[vec![1.0, 0.0]], direction: &[] };
            model.score(&words, &compare(text, &[topic])).remove(0)
        };
        let (near, far) = (at([1.0, 0.0]), at([0.0, 1.0]));
        assert!(near.probability > 0.9 && far.probability < 0.5, "{near:?} {far:?}");
        assert!((near.sum() - near.score).abs() < 1e-12 && near.parts.len() == COMPARISONS.len());
    }

    #[test]
    fn a_direction_speaks_for_texts_that_lie_its_way_and_belongs_to_its_encoder() {
        let along = |direction: &[f64]| {
            let text = TextVectors { whole: &[0.6, 0.8], ask: &[], sentences: &[], subjects: &[] };
            compare(text, &[TopicVectors { sentences: &[], direction }])[0][COMPARISONS.len() - 1]
        };
        assert!((along(&[1.0, 0.5]) - 1.0).abs() < 1e-6);
        assert_eq!(along(&[]), 0.0);
        let model = TopicModel::bundled(&Choice::Static).expect("the bundled model");
        let dimension = model.direction.values().next().expect("a direction").len();
        assert!(model.require_dimension(dimension).is_ok());
        let refused = model.require_dimension(dimension + 1).expect_err("another encoder").to_string();
        assert!(refused.contains(&dimension.to_string()), "{refused}");
    }
}
