//! What is each comparison worth?
//!
//! Takes a project with gold labels; gives a [`LinkModel`] fitted on the owners of the split `train`.
//! Promises: weights never fall as agreement rises; the calibration is fitted on scores of owners that the weights have not
//! seen; the same data give the same model. Knows nothing of: the other splits.

pub mod design;
pub mod kind;
pub mod logistic;
pub mod topics;

use crate::evaluation::Gold;
use crate::id::OwnerId;
use crate::linking::model::none_odds;
use crate::linking::{Calibration, LinkModel, Statistics, Zones};
use crate::run::{Bench, Language, Prepared, Settings};
use crate::{Error, Result};
use design::Design;
use std::collections::{BTreeMap, BTreeSet};

/// Strengths of the penalty that are tried, weakest first.
const PENALTIES: [f64; 6] = [0.3, 1.0, 3.0, 10.0, 30.0, 100.0];
/// A link is suggested where it is likelier than not, and put up for review where there is one chance in ten.
const ZONES: Zones = Zones { suggest: 0.5, review: 0.1 };

/// Of fewer suggestions no share is told.
const LEAST_SUGGESTED: usize = 10;

/// A fitted model and how it came about.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The model.
    pub model: LinkModel,
    /// Owners whose pairs were used.
    pub owners: usize,
    /// Pairs.
    pub pairs: usize,
    /// Pairs with a grade above 0.
    pub links: usize,
    /// The penalty chosen.
    pub penalty: f64,
    /// Mean log-loss on held-out owners, with that penalty.
    pub held_out_loss: f64,
}

/// Pairs of one owner's inquiries: rows of features, and whether they are links.
struct Group {
    rows: Vec<Vec<f64>>,
    links: Vec<bool>,
    /// The inquiry of each row, by its place in the project.
    inquiries: Vec<usize>,
}

/// Fits a model on the owners of `split`, named `version`.
///
/// # Errors
/// [`Error::Unknown`] for a split that the gold does not have; [`Error::Model`] where it holds fewer than three owners or no link.
pub fn train(
    prepared: &Prepared,
    gold: &Gold,
    language: &Language,
    settings: &Settings,
    split: &str,
    version: &str,
) -> Result<Trained> {
    gold.require_split(split)?;
    let design = Design::default();
    let groups = groups(prepared, gold, (language, settings), split, &design)?;
    let all = |pick: &dyn Fn(usize) -> bool| {
        let picked = groups.iter().enumerate().filter(|(place, _)| pick(*place)).map(|(_, group)| group);
        let (mut rows, mut links) = (Vec::new(), Vec::new());
        for group in picked {
            rows.extend(group.rows.iter().map(Vec::as_slice));
            links.extend(&group.links);
        }
        (rows, links)
    };
    let (rows, links) = all(&|_| true);
    let positives = links.iter().filter(|link| **link).count();
    if groups.len() < 3 || positives == 0 {
        let message = format!(
            "split «{split}»: {} owners, {positives} links; expected three owners and a link at least",
            groups.len()
        );
        return Err(Error::model("gold", message));
    }
    // Scores of each owner by weights fitted without that owner.
    let held_out = |penalty: f64| {
        let mut scores = Vec::new();
        for (place, group) in groups.iter().enumerate() {
            let (rows, links) = all(&|other| other != place);
            let weights = logistic::fit(&rows, &links, &design.bounds(), penalty);
            scores.extend(group.rows.iter().map(|row| logistic::score(&weights, row)));
        }
        scores
    };
    let tried = PENALTIES.map(|penalty| {
        let scores = held_out(penalty);
        (logistic::loss(&scores, &links), penalty, scores)
    });
    let best = tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let (held_out_loss, penalty, scores) = best.ok_or_else(|| Error::Internal("no penalty to try".into()))?;
    let weights = logistic::fit(&rows, &links, &design.bounds(), penalty);
    let calibration = calibrate(&scores, &links);
    let probabilities: Vec<f64> = scores.iter().map(|score| calibration.probability(*score)).collect();
    let inquiries: Vec<usize> = groups.iter().flat_map(|group| group.inquiries.iter().copied()).collect();
    let model = LinkModel {
        version: version.to_owned(),
        prior: round(weights[0]),
        risk: risk(&probabilities, &links),
        calibration,
        none: none(&probabilities, &links, &inquiries),
        zones: ZONES,
        comparison: design.weights(&weights),
    };
    Ok(Trained { model, owners: groups.len(), pairs: links.len(), links: positives, penalty, held_out_loss })
}

fn groups(
    prepared: &Prepared,
    gold: &Gold,
    (language, settings): (&Language, &Settings),
    split: &str,
    design: &Design,
) -> Result<Vec<Group>> {
    let Prepared { project, clauses, .. } = prepared;
    let bench = Bench::new(project, clauses, language, settings, &|_| {})?;
    let linker = bench.linker(clauses)?;
    let candidates = bench.candidates(project, clauses, 0)?;
    let owners: BTreeSet<OwnerId> =
        project.inquiries.iter().filter_map(|row| row.initiator.as_ref()).map(Into::into).collect();
    let mut groups = Vec::new();
    for owner in owners.into_iter().filter(|owner| gold.in_split(owner, split)) {
        let mut group = Group { rows: Vec::new(), links: Vec::new(), inquiries: Vec::new() };
        let rows = project.inquiries.iter().zip(&bench.inquiries).zip(&candidates).enumerate();
        let is_owner = |person: &crate::id::PersonId| person.as_str() == owner.as_str();
        for (place, ((inquiry, reading), candidates)) in
            rows.filter(|(_, ((row, _), _))| row.initiator.as_ref().is_some_and(is_owner))
        {
            // The initiator's own promises and those of the initiator's party: what the gold is exhaustive over.
            for (candidate, values) in candidates.iter().zip(linker.values(reading, candidates)) {
                let promise = &clauses[candidate.clause].id;
                if candidate.role == crate::retrieval::Role::Initiator && gold.knows(&inquiry.id, promise) {
                    group.rows.push(design.features(&values));
                    group.links.push(gold.grade(&inquiry.id, promise) > 0);
                    group.inquiries.push(place);
                }
            }
        }
        if !group.rows.is_empty() {
            groups.push(group);
        }
    }
    Ok(groups)
}

/// Document frequencies over a project's texts, as the file of a reference collection.
///
/// # Errors
/// Models and the index.
pub fn frequencies(prepared: &Prepared, language: &Language) -> Result<String> {
    let bench = Bench::new(&prepared.project, &prepared.clauses, language, &Settings::default(), &|_| {})?;
    Ok(Statistics::new(bench.clauses.iter().chain(&bench.inquiries)).to_table(&language.glossary))
}

/// Platt scaling by the same fitter, the slope kept above 0.
fn calibrate(scores: &[f64], links: &[bool]) -> Calibration {
    let rows: Vec<[f64; 2]> = scores.iter().map(|score| [1.0, *score]).collect();
    let rows: Vec<&[f64]> = rows.iter().map(<[f64; 2]>::as_slice).collect();
    let bounds = [logistic::Bound::Free, logistic::Bound::NotBelow(0.05)];
    let weights = logistic::fit(&rows, links, &bounds, 1e-6);
    Calibration { slope: round(weights[1]), intercept: round(weights[0]) }
}

/// From what probability on which share of suggestions is false; shares do not rise.
fn risk(probabilities: &[f64], links: &[bool]) -> Vec<[f64; 2]> {
    let mut points = Vec::new();
    let mut worst: f64 = 0.0;
    for twentieths in (1..20_u8).rev() {
        let threshold = f64::from(twentieths) / 20.0;
        let suggested = || probabilities.iter().zip(links).filter(|(p, _)| **p >= threshold);
        let (all, wrong) = (suggested().count(), suggested().filter(|(_, link)| !**link).count());
        if all >= LEAST_SUGGESTED {
            #[expect(clippy::cast_precision_loss, reason = "counts")]
            let share = wrong as f64 / all as f64;
            worst = worst.max(share);
            points.push([threshold, round(worst)]);
        }
    }
    points.reverse();
    points
}

/// How probable it is that an inquiry pursues nothing, from the probabilities of its pairs.
fn none(probabilities: &[f64], links: &[bool], inquiries: &[usize]) -> Calibration {
    let mut pairs: BTreeMap<usize, (Vec<f64>, bool)> = BTreeMap::new();
    for ((p, link), inquiry) in probabilities.iter().zip(links).zip(inquiries) {
        let (all, linked) = pairs.entry(*inquiry).or_default();
        all.push(*p);
        *linked |= link;
    }
    let odds: Vec<f64> = pairs.values().map(|(all, _)| none_odds(all.iter().copied())).collect();
    let nothing: Vec<bool> = pairs.values().map(|(_, linked)| !linked).collect();
    calibrate(&odds, &nothing)
}

/// Weights are kept to three decimals: a file that people read.
fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
