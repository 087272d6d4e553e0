//! Topic labels against gold: precision, recall and F1 of each topic, and their mean.

use crate::id::{InquiryId, TopicId};
use crate::ingest::Inquiry;
use crate::run::Run;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Topic metrics on one split.
#[derive(Debug, Clone, Serialize)]
pub struct TopicScores {
    /// Mean F1 of the topics that stand in the gold of the split.
    pub macro_f1: f64,
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

/// Scores the run's topic labels on `inquiries`; an inquiry without a row has no topic.
pub fn score(run: &Run, labels: &BTreeMap<InquiryId, BTreeSet<TopicId>>, inquiries: &[&Inquiry]) -> TopicScores {
    let chosen: BTreeSet<&InquiryId> = inquiries.iter().map(|inquiry| &inquiry.id).collect();
    let rows = run.project.inquiries.iter().zip(&run.topics).filter(|(inquiry, _)| chosen.contains(&inquiry.id));
    let rows: Vec<_> = rows.collect();
    let topic_row = |(place, topic): (usize, &crate::topics::Topic)| {
        let (mut gold, mut predicted, mut both) = (0, 0, 0);
        for (inquiry, scores) in &rows {
            let is = labels.get(&inquiry.id).is_some_and(|topics| topics.contains(&topic.id));
            let said = scores[place].label;
            gold += usize::from(is);
            predicted += usize::from(said);
            both += usize::from(is && said);
        }
        let share = |of: usize, all: usize| (all > 0).then(|| ratio(of, all));
        TopicRow {
            topic: topic.id.clone(),
            gold,
            predicted,
            precision: share(both, predicted),
            recall: share(both, gold),
            f1: share(2 * both, gold + predicted),
        }
    };
    let topics: Vec<TopicRow> = run.taxonomy.topics.iter().enumerate().map(topic_row).collect();
    let in_gold: Vec<f64> = topics.iter().filter(|row| row.gold > 0).filter_map(|row| row.f1).collect();
    let macro_f1 = in_gold.iter().sum::<f64>() / ratio(in_gold.len().max(1), 1);
    TopicScores { macro_f1, topics }
}

#[expect(clippy::cast_precision_loss, reason = "counts")]
pub(super) fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}
