//! What are cues and nearness in meaning worth for telling topics?
//!
//! Takes a project with topic labels; gives a [`TopicModel`] fitted on the owners of one split: one logistic regression over all pairs of an inquiry
//! and a topic, so that a topic without labels profits from those with them, and an offset for each topic that has labels.
//! Promises: penalty and threshold are chosen on owners that the weights have not seen; the same data give the same model.

use super::logistic::{self, Bound};
use super::{PENALTIES, round};
use crate::evaluation::Gold;
use crate::id::{OwnerId, TopicId};
use crate::run::{Bench, Language, Prepared, Settings};
use crate::topics::{COMPARISONS, CueMatch, TopicModel};
use crate::{Error, Result};
use std::collections::BTreeSet;

/// Likenesses are tenths where cues are units: brought to one size, so that the penalty treats both alike.
const SIZE: f64 = 5.0;
/// Columns before the topics' own: one, the cues, the comparisons.
const COMMON: usize = 2 + COMPARISONS.len();
/// Thresholds that are tried, in hundredths.
const THRESHOLDS: std::ops::RangeInclusive<u8> = 10..=60;

/// A fitted topic model and how it came about.
#[derive(Debug, Clone)]
pub struct TrainedTopics {
    /// The model.
    pub model: TopicModel,
    /// Inquiries that it was fitted on.
    pub inquiries: usize,
    /// Labels.
    pub labels: usize,
    /// The penalty chosen.
    pub penalty: f64,
    /// Mean F1 over topics on held-out owners, at the threshold chosen on the same owners.
    pub held_out_f1: f64,
}

/// One pair of an inquiry and a topic.
struct Row {
    owner: OwnerId,
    topic: usize,
    features: Vec<f64>,
    prior: f64,
    is: bool,
}

/// Fits a model on the owners of `split`, named `version`.
///
/// # Errors
/// [`Error::Unknown`] for a split that the gold does not have; [`Error::Model`] where it has no topic labels.
pub fn train(
    prepared: &Prepared,
    gold: &Gold,
    language: &Language,
    settings: &Settings,
    split: &str,
    version: &str,
) -> Result<TrainedTopics> {
    gold.require_split(split)?;
    let bench = Bench::new(&prepared.project, &prepared.clauses, language, settings, &|_| {})?;
    let topics: Vec<TopicId> = bench.taxonomy.topics.iter().map(|topic| topic.id.clone()).collect();
    let rows = rows(prepared, gold, &bench, split)?;
    let labels = rows.iter().filter(|row| row.is).count();
    let owners: BTreeSet<&OwnerId> = rows.iter().map(|row| &row.owner).collect();
    if owners.len() < 3 || labels == 0 {
        let message = format!(
            "split «{split}»: {} owners, {labels} topic labels; expected three owners and a label",
            owners.len()
        );
        return Err(Error::model("gold", message));
    }
    let is: Vec<bool> = rows.iter().map(|row| row.is).collect();
    let tried = PENALTIES.map(|penalty| {
        let mut scores = vec![0.0; rows.len()];
        for owner in &owners {
            let weights = fit(rows.iter().filter(|row| row.owner != **owner), penalty);
            for (score, row) in scores.iter_mut().zip(&rows).filter(|(_, row)| row.owner == **owner) {
                *score = row.prior + logistic::score(&weights, &row.features);
            }
        }
        (logistic::loss(&scores, &is), penalty, scores)
    });
    let best = tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let (_, penalty, scores) = best.ok_or_else(|| Error::Internal("no penalty to try".into()))?;
    let (held_out_f1, threshold) = THRESHOLDS
        .map(|hundredths| f64::from(hundredths) / 100.0)
        .map(|threshold| (macro_f1(&rows, &scores, threshold, topics.len()), threshold))
        .fold((0.0, 0.5), |best, next| if next.0 > best.0 { next } else { best });
    let weights = fit(rows.iter(), penalty);
    let labelled: BTreeSet<usize> = rows.iter().filter(|row| row.is).map(|row| row.topic).collect();
    let offset = labelled.into_iter().map(|topic| (topics[topic].clone(), round(weights[COMMON + topic])));
    let comparison = COMPARISONS.iter().zip(&weights[2..]);
    let model = TopicModel {
        version: version.to_owned(),
        threshold,
        prior: round(weights[0]),
        cues: round(weights[1]),
        comparison: comparison.map(|(name, weight)| ((*name).to_owned(), round(weight * SIZE))).collect(),
        offset: offset.collect(),
    };
    Ok(TrainedTopics { model, inquiries: rows.len() / topics.len().max(1), labels, penalty, held_out_f1 })
}

fn rows(prepared: &Prepared, gold: &Gold, bench: &Bench<'_>, split: &str) -> Result<Vec<Row>> {
    let Some(labels) = &gold.topics else { return Err(Error::model("gold", "expected gold/topics.jsonl")) };
    let linker = bench.linker(&prepared.clauses)?;
    let values = bench.topic_values(&linker);
    let mut rows = Vec::new();
    for ((inquiry, reading), values) in prepared.project.inquiries.iter().zip(&bench.inquiries).zip(&values) {
        let Some(owner) = inquiry.initiator.as_ref().map(OwnerId::from) else { continue };
        if !gold.in_split(&owner, split) {
            continue;
        }
        for (topic, (words, found)) in reading.topics.iter().zip(values).enumerate() {
            let cues: f64 = words.cues.iter().map(CueMatch::worth).sum();
            let mut features = vec![1.0, cues];
            features.extend(found.iter().map(|value| value * SIZE));
            features.extend((0..values.len()).map(|other| f64::from(u8::from(other == topic))));
            let is = labels.get(&inquiry.id).is_some_and(|labels| labels.contains(&words.topic));
            rows.push(Row { owner: owner.clone(), topic, features, prior: words.prior, is });
        }
    }
    Ok(rows)
}

/// The prior of a topic's file stands in each score; the intercept is what is added to it. Priors that differ are exact only where they are equal,
/// so the intercept is fitted on top of their mean.
fn fit<'a>(rows: impl Iterator<Item = &'a Row>, penalty: f64) -> Vec<f64> {
    let rows: Vec<&Row> = rows.collect();
    let features: Vec<&[f64]> = rows.iter().map(|row| row.features.as_slice()).collect();
    let is: Vec<bool> = rows.iter().map(|row| row.is).collect();
    let width = features.first().map_or(COMMON, |row| row.len());
    let bound = |place: usize| if (1..COMMON).contains(&place) { Bound::NotBelow(0.0) } else { Bound::Free };
    let bounds: Vec<Bound> = (0..width).map(bound).collect();
    let mut weights = logistic::fit(&features, &is, &bounds, penalty);
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    let prior = rows.iter().map(|row| row.prior).sum::<f64>() / rows.len().max(1) as f64;
    weights[0] -= prior;
    weights
}

/// Mean F1 of the topics that have labels.
fn macro_f1(rows: &[Row], scores: &[f64], threshold: f64, topics: usize) -> f64 {
    let at = (threshold / (1.0 - threshold)).ln();
    let mut counts = vec![[0.0_f64; 3]; topics];
    for (row, score) in rows.iter().zip(scores) {
        let said = *score >= at;
        let add = [row.is, said, row.is && said];
        counts[row.topic].iter_mut().zip(add).for_each(|(count, is)| *count += f64::from(u8::from(is)));
    }
    let f1: Vec<f64> = counts.iter().filter(|row| row[0] > 0.0).map(|row| 2.0 * row[2] / (row[0] + row[1])).collect();
    #[expect(clippy::cast_precision_loss, reason = "a few topics")]
    let count = f1.len().max(1) as f64;
    f1.iter().sum::<f64>() / count
}
