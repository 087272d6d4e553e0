//! What are cues and nearness in meaning worth for telling topics?
//!
//! Takes projects with topic labels, gold or decided; gives a [`TopicModel`]: one logistic regression over all pairs of an inquiry and a topic, so
//! that a topic without labels profits from those with them, and an offset for each topic that has labels. Before it, a logistic regression for each
//! topic over the vectors of texts gives the direction in which its texts lie; what a text is worth by it is learned from texts of other owners
//! (stacking: Wolpert 1992).
//! Promises: penalty and threshold are chosen on owners that the weights have not seen, each project counting alike for the threshold; the same
//! data give the same model.

use super::logistic::{self, Bound};
use super::{PENALTIES, Source, round};
use crate::id::{OwnerId, TopicId};
use crate::run::{Bench, Language, Prepared, Settings};
use crate::topics::model::along;
use crate::topics::{COMPARISONS, CueMatch, TopicModel};
use crate::{Error, Result};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Likenesses are tenths where cues are units: brought to one size, so that the penalty treats both alike.
const SIZE: f64 = 5.0;
/// The column of what directions say, the last of the comparisons.
const LABELLED_COLUMN: usize = COMMON - 1;
/// Columns before the topics' own: one, the cues, the comparisons.
const COMMON: usize = 2 + COMPARISONS.len();
/// What a unit of a direction's squared length costs its fit: of 0.03, 0.1 and 0.3 the best on `corpus/topics-gold`, split dev.
const DIRECTION_PENALTY: f64 = 0.3;
/// Owners are left out of the fits of directions in so many groups.
const FOLDS: usize = 5;
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
    /// Mean F1 over topics, and over projects, on held-out owners, at the threshold chosen on the same owners.
    pub held_out_f1: f64,
}

/// One pair of an inquiry and a topic.
struct Row {
    /// The place of its project among the sources.
    source: usize,
    owner: OwnerId,
    topic: usize,
    features: Vec<f64>,
    prior: f64,
    is: bool,
}

/// A labelled inquiry.
struct Text {
    owner: OwnerId,
    vector: Vec<f32>,
    /// By topic.
    is: Vec<bool>,
}

/// Fits a model on `sources`, named `version`. With a `known` model it begins from that one: weights move from it as far as the labels call for, and
/// its threshold stays.
///
/// # Errors
/// [`Error::Unknown`] for a split that the gold does not have; [`Error::Model`] where there are no topic labels, or projects of other topics.
pub fn train(
    sources: &[Source<'_>],
    known: Option<&TopicModel>,
    language: &Language,
    settings: &Settings,
    version: &str,
) -> Result<TrainedTopics> {
    let (mut texts, mut rows, mut topics) = (Vec::new(), Vec::new(), Vec::new());
    for (place, source) in sources.iter().enumerate() {
        source.gold.require_split(source.split)?;
        let Prepared { project, clauses, .. } = source.prepared;
        let bench = Bench::new(project, clauses, language, settings, &|_| {})?;
        let of_source: Vec<TopicId> = bench.taxonomy.topics.iter().map(|topic| topic.id.clone()).collect();
        if !topics.is_empty() && topics != of_source {
            return Err(Error::model("topics.toml", "expected the same topics in all projects"));
        }
        topics = of_source;
        let (of_texts, of_rows) = rows_of(source, place, &bench)?;
        texts.extend(of_texts);
        rows.extend(of_rows);
    }
    let labels = rows.iter().filter(|row| row.is).count();
    let owners: BTreeSet<&OwnerId> = texts.iter().map(|text| &text.owner).collect();
    if owners.len() < 3 || labels == 0 {
        let message = format!("{} owners, {labels} topic labels; expected three owners and a label", owners.len());
        return Err(Error::model("gold", message));
    }
    let groups = groups(&owners);
    let known_direction = |topic: usize| known.map_or(&[][..], |model| model.direction(&topics[topic]));
    let unseen = |group: usize, topic: usize| {
        direction(texts.iter().filter(|text| groups[&text.owner] != group), topic, known_direction(topic))
    };
    let folds: Vec<Vec<Vec<f64>>> = (0..FOLDS)
        .into_par_iter()
        .map(|group| (0..topics.len()).into_par_iter().map(|topic| unseen(group, topic)).collect())
        .collect();
    for (place, row) in rows.iter_mut().enumerate() {
        let text: &Text = &texts[place / topics.len()];
        row.features[LABELLED_COLUMN] = along(&text.vector, &folds[groups[&row.owner]][row.topic]) * SIZE;
    }
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    let prior = rows.iter().map(|row| row.prior).sum::<f64>() / rows.len() as f64;
    let known_weights = known.map(|model| coefficients(model, &topics, prior));
    let fit = |rows: &mut dyn Iterator<Item = &Row>, penalty| fit(rows, penalty, prior, known_weights.as_deref());
    let is: Vec<bool> = rows.iter().map(|row| row.is).collect();
    let tried = PENALTIES.map(|penalty| {
        let mut scores = vec![0.0; rows.len()];
        for owner in &owners {
            let weights = fit(&mut rows.iter().filter(|row| row.owner != **owner), penalty);
            for (score, row) in scores.iter_mut().zip(&rows).filter(|(_, row)| row.owner == **owner) {
                *score = row.prior + logistic::score(&weights, &row.features);
            }
        }
        (logistic::loss(&scores, &is), penalty, scores)
    });
    let best = tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let (_, penalty, scores) = best.ok_or_else(|| Error::Internal("no penalty to try".into()))?;
    let at = |threshold: f64| (macro_f1(&rows, &scores, threshold, topics.len()), threshold);
    let (held_out_f1, threshold) = match known {
        Some(model) => at(model.threshold),
        None => THRESHOLDS
            .map(|hundredths| at(f64::from(hundredths) / 100.0))
            .fold((0.0, 0.5), |best, next| if next.0 > best.0 { next } else { best }),
    };
    let weights = fit(&mut rows.iter(), penalty);
    let mut offset: BTreeMap<TopicId, f64> = known.map(|model| model.offset.clone()).unwrap_or_default();
    let labelled = rows.iter().filter(|row| row.is).map(|row| row.topic);
    offset.extend(labelled.map(|topic| (topics[topic].clone(), round(weights[COMMON + topic]))));
    let mut directions = known.map(|model| model.direction.clone()).unwrap_or_default();
    let labelled: BTreeSet<usize> = rows.iter().filter(|row| row.is).map(|row| row.topic).collect();
    let fitted = labelled.into_par_iter().map(|topic| {
        let direction = direction(texts.iter(), topic, known_direction(topic));
        (topics[topic].clone(), direction.into_iter().map(round).collect())
    });
    directions.extend(fitted.collect::<Vec<(TopicId, Vec<f64>)>>());
    let comparison = COMPARISONS.iter().zip(&weights[2..]);
    let model = TopicModel {
        version: version.to_owned(),
        threshold,
        prior: round(weights[0]),
        cues: round(weights[1]),
        comparison: comparison.map(|(name, weight)| ((*name).to_owned(), round(weight * SIZE))).collect(),
        offset,
        direction: directions,
    };
    Ok(TrainedTopics { model, inquiries: rows.len() / topics.len().max(1), labels, penalty, held_out_f1 })
}

/// The group of each owner.
fn groups(owners: &BTreeSet<&OwnerId>) -> BTreeMap<OwnerId, usize> {
    owners.iter().enumerate().map(|(place, owner)| ((*owner).clone(), place % FOLDS)).collect()
}

/// The direction of the texts that have a topic, against those that have not, from the `known` one on; its units are those of the comparisons.
/// A direction of nowhere where no text has the topic.
fn direction<'a>(texts: impl Iterator<Item = &'a Text>, topic: usize, known: &[f64]) -> Vec<f64> {
    let (mut rows, mut is) = (Vec::new(), Vec::new());
    for text in texts.filter(|text| !text.vector.is_empty()) {
        rows.push(std::iter::once(1.0).chain(text.vector.iter().map(|value| f64::from(*value))).collect::<Vec<f64>>());
        is.push(text.is[topic]);
    }
    if !is.contains(&true) {
        return known.to_vec();
    }
    let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
    let width = rows.first().map_or(1, |row| row.len());
    let mut from = vec![0.0; width];
    from[1..].iter_mut().zip(known).for_each(|(from, known)| *from = known * SIZE);
    let mut penalties = vec![DIRECTION_PENALTY; width];
    penalties[0] = 0.0;
    let weights = logistic::descend(&rows, &is, &vec![Bound::Free; width], &penalties, &from);
    weights[1..].iter().map(|weight| weight / SIZE).collect()
}

/// The texts of a project that have labels, and a row for each of them and each topic in turn.
fn rows_of(source: &Source<'_>, place: usize, bench: &Bench<'_>) -> Result<(Vec<Text>, Vec<Row>)> {
    let Source { prepared: Prepared { project, clauses, .. }, gold, split } = source;
    if gold.topics.is_none() {
        return Err(Error::model("gold", "expected gold/topics.jsonl, or the table inquiry_topics"));
    }
    let linker = bench.linker(clauses)?;
    let values = bench.topic_values(&linker);
    let vectors = bench.whole_vectors(&linker);
    let (mut texts, mut rows) = (Vec::new(), Vec::new());
    let inquiries = project.inquiries.iter().zip(&bench.inquiries).zip(values.iter().zip(vectors));
    for ((inquiry, reading), (values, vector)) in inquiries {
        let Some(owner) = inquiry.initiator.as_ref().map(OwnerId::from) else { continue };
        let Some(labels) = gold.topics_of(&inquiry.id).filter(|_| gold.in_split(&owner, split)) else { continue };
        let is = reading.topics.iter().map(|words| labels.contains(&words.topic)).collect();
        texts.push(Text { owner: owner.clone(), vector, is });
        for (topic, (words, found)) in reading.topics.iter().zip(values).enumerate() {
            let cues: f64 = words.cues.iter().map(CueMatch::worth).sum();
            let mut features = vec![1.0, cues];
            features.extend(found.iter().map(|value| value * SIZE));
            features.extend((0..values.len()).map(|other| f64::from(u8::from(other == topic))));
            let is = labels.contains(&words.topic);
            rows.push(Row { source: place, owner: owner.clone(), topic, features, prior: words.prior, is });
        }
    }
    Ok((texts, rows))
}

/// The coefficients of a model over the columns of a row, as if `prior` were none.
fn coefficients(model: &TopicModel, topics: &[TopicId], prior: f64) -> Vec<f64> {
    let comparisons = COMPARISONS.iter().map(|name| model.comparison.get(*name).copied().unwrap_or(0.0) / SIZE);
    let offsets = topics.iter().map(|topic| model.offset.get(topic).copied().unwrap_or(0.0));
    [model.prior + prior, model.cues].into_iter().chain(comparisons).chain(offsets).collect()
}

/// The prior of a topic's file stands in each score; the intercept is what is added to it. Priors that differ are exact only where they are equal,
/// so the intercept is fitted on top of their mean, `prior`.
fn fit(rows: &mut dyn Iterator<Item = &Row>, penalty: f64, prior: f64, known: Option<&[f64]>) -> Vec<f64> {
    let rows: Vec<&Row> = rows.collect();
    let features: Vec<&[f64]> = rows.iter().map(|row| row.features.as_slice()).collect();
    let is: Vec<bool> = rows.iter().map(|row| row.is).collect();
    let width = features.first().map_or(COMMON, |row| row.len());
    let bound = |place: usize| if (1..COMMON).contains(&place) { Bound::NotBelow(0.0) } else { Bound::Free };
    let bounds: Vec<Bound> = (0..width).map(bound).collect();
    let mut weights = match known {
        Some(known) => logistic::fit_near(&features, &is, &bounds, penalty, known),
        None => logistic::fit(&features, &is, &bounds, penalty),
    };
    weights[0] -= prior;
    weights
}

/// Mean F1 of the topics that have labels, and of that the mean over projects: a topic is rarer in one than in another.
fn macro_f1(rows: &[Row], scores: &[f64], threshold: f64, topics: usize) -> f64 {
    let at = (threshold / (1.0 - threshold)).ln();
    let mut sources: BTreeMap<usize, Vec<[f64; 3]>> = BTreeMap::new();
    for (row, score) in rows.iter().zip(scores) {
        let said = *score >= at;
        let counts = &mut sources.entry(row.source).or_insert_with(|| vec![[0.0; 3]; topics])[row.topic];
        let add = [row.is, said, row.is && said];
        counts.iter_mut().zip(add).for_each(|(count, is)| *count += f64::from(u8::from(is)));
    }
    let of_source = |counts: &Vec<[f64; 3]>| {
        let labelled = counts.iter().filter(|row| row[0] > 0.0);
        mean(labelled.map(|row| 2.0 * row[2] / (row[0] + row[1])))
    };
    mean(sources.values().filter_map(of_source)).unwrap_or(0.0)
}

/// The mean; none of nothing.
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}
