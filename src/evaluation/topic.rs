//! Topic labels against gold: precision, recall and F1 of each topic, and their mean.

use super::{Bootstrap, Estimate, Gold, ROUNDS};
use crate::id::{InquiryId, TopicId};
use crate::ingest::Inquiry;
use crate::run::Run;
use crate::{Error, Result};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Topic metrics on one split.
#[derive(Debug, Clone, Serialize)]
pub struct TopicScores {
    /// Inquiries.
    pub inquiries: usize,
    /// Mean F1 of the topics that stand in the gold of the split.
    pub macro_f1: Estimate,
    /// One row a topic, in the taxonomy's order.
    pub topics: Vec<TopicRow>,
}

/// One topic's metrics; `null` where undefined.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "plain words")]
pub struct TopicRow {
    pub topic: TopicId,
    pub gold: usize,
    pub predicted: usize,
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    pub f1: Option<f64>,
}

/// Scores the run's topic labels on the inquiries of one split, whether their initiators have promises or not.
///
/// # Errors
/// [`Error::Unknown`] for a split that the gold does not have; [`Error::Model`] for gold without topics.
pub fn evaluate(run: &Run, gold: &Gold, split: &str) -> Result<TopicScores> {
    gold.require_split(split)?;
    let labels = gold.topics.as_ref().ok_or_else(|| Error::model("gold", "expected gold/topics.jsonl"))?;
    let initiator = |inquiry: &Inquiry| inquiry.initiator.as_ref().map(Into::into);
    let in_split =
        |inquiry: &&Inquiry| split == "all" || initiator(inquiry).is_some_and(|owner| gold.in_split(&owner, split));
    Ok(score(run, labels, &run.project.inquiries.iter().filter(in_split).collect::<Vec<_>>()))
}

/// How often a topic is in the gold, was said, and both.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    gold: u32,
    predicted: u32,
    both: u32,
}

impl Counts {
    fn f1(self) -> Option<f64> {
        share(2 * self.both, self.gold + self.predicted)
    }
}

/// Scores the run's topic labels on `inquiries` but those whose topics people decided; an inquiry without a row has no topic.
pub fn score(run: &Run, labels: &BTreeMap<InquiryId, BTreeSet<TopicId>>, inquiries: &[&Inquiry]) -> TopicScores {
    let chosen: BTreeSet<&InquiryId> = inquiries.iter().map(|inquiry| &inquiry.id).collect();
    let rows = run.project.inquiries.iter().zip(&run.topics).filter(|(inquiry, _)| chosen.contains(&inquiry.id));
    // What people decided in the project is not what the model says.
    let rows: Vec<_> = rows.filter(|(_, scores)| !scores.iter().any(|score| score.decided)).collect();
    // By topic, then by inquiry: whether it is in the gold, and whether it was said.
    let answers = run.taxonomy.topics.iter().enumerate().map(|(place, topic)| {
        let has = |inquiry: &Inquiry| labels.get(&inquiry.id).is_some_and(|topics| topics.contains(&topic.id));
        rows.iter().map(|(inquiry, scores)| (has(inquiry), scores[place].label)).collect()
    });
    let answers: Vec<Vec<(bool, bool)>> = answers.collect();
    let count = |answers: &[(bool, bool)], weights: &[u32]| {
        let mut counts = Counts::default();
        for ((is, said), weight) in answers.iter().copied().zip(weights) {
            counts.gold += weight * u32::from(is);
            counts.predicted += weight * u32::from(said);
            counts.both += weight * u32::from(is && said);
        }
        counts
    };
    let all = |weights: &[u32]| -> Vec<Counts> { answers.iter().map(|answers| count(answers, weights)).collect() };
    let whole = all(&vec![1; rows.len()]);
    let resamples = Bootstrap::new(rows.len(), ROUNDS);
    let resampled = resamples.weights().iter().map(|weights| macro_f1(&all(weights))).collect();
    let row = |(topic, counts): (&crate::topics::Topic, &Counts)| TopicRow {
        topic: topic.id.clone(),
        gold: counts.gold as usize,
        predicted: counts.predicted as usize,
        precision: share(counts.both, counts.predicted),
        recall: share(counts.both, counts.gold),
        f1: counts.f1(),
    };
    TopicScores {
        inquiries: rows.len(),
        macro_f1: Estimate::of_resamples(macro_f1(&whole), resampled),
        topics: run.taxonomy.topics.iter().zip(&whole).map(row).collect(),
    }
}

/// The mean F1 of the topics that stand in the gold; `NaN` where none does.
fn macro_f1(topics: &[Counts]) -> f64 {
    let f1: Vec<f64> = topics.iter().filter(|counts| counts.gold > 0).filter_map(|counts| counts.f1()).collect();
    f1.iter().sum::<f64>() / ratio(f1.len(), 1)
}

fn share(of: u32, all: u32) -> Option<f64> {
    (all > 0).then(|| f64::from(of) / f64::from(all))
}

#[expect(clippy::cast_precision_loss, reason = "counts")]
pub(super) fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}
