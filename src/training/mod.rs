//! What is each comparison worth?
//!
//! Takes projects with gold labels; gives a [`LinkModel`] fitted on the owners of their splits.
//! Promises: weights never fall as agreement rises; links between two languages and within one count alike, however many the gold holds of each; the calibration is fitted on scores of owners that the weights have not
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
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Strengths of the penalty that are tried, weakest first.
const PENALTIES: [f64; 6] = [0.3, 1.0, 3.0, 10.0, 30.0, 100.0];
/// A link is suggested where it is likelier than not, and put up for review where there is one chance in ten.
const ZONES: Zones = Zones { suggest: 0.5, review: 0.1 };

/// Of fewer suggestions no share is told.
const LEAST_SUGGESTED: usize = 10;

/// A project to learn from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The project.
    pub prepared: &'a Prepared,
    /// Its labels.
    pub gold: &'a Gold,
    /// The owners to learn from; `all` for everybody.
    pub split: &'a str,
}

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
    /// True for a pair of two languages.
    across: Vec<bool>,
    /// The inquiry of each row, by its place in the project.
    inquiries: Vec<usize>,
}

/// Fits a model on the owners of `sources`, named `version`.
///
/// # Errors
/// [`Error::Unknown`] for a split that the gold does not have; [`Error::Model`] where it holds fewer than three owners or no link.
pub fn train(sources: &[Source<'_>], language: &Language, settings: &Settings, version: &str) -> Result<Trained> {
    let design = Design::default();
    let mut groups = Vec::new();
    // The pairs of the first source come first.
    let mut own = 0;
    for (place, source) in sources.iter().enumerate() {
        source.gold.require_split(source.split)?;
        let of_source = groups_of(source, (language, settings), &design)?;
        if place == 0 {
            own = of_source.iter().map(|group| group.links.len()).sum();
        }
        groups.extend(of_source);
    }
    let all = |pick: &dyn Fn(usize) -> bool| {
        let picked = groups.iter().enumerate().filter(|(place, _)| pick(*place)).map(|(_, group)| group);
        let (mut rows, mut links, mut across) = (Vec::new(), Vec::new(), Vec::new());
        for group in picked {
            rows.extend(group.rows.iter().map(Vec::as_slice));
            links.extend(&group.links);
            across.extend(&group.across);
        }
        let cases = case_weights(&links, &across);
        (rows, links, cases)
    };
    let (rows, links, cases) = all(&|_| true);
    let positives = links.iter().filter(|link| **link).count();
    if groups.len() < 3 || positives == 0 {
        let splits: BTreeSet<&str> = sources.iter().map(|source| source.split).collect();
        let splits = splits.into_iter().collect::<Vec<_>>().join(", ");
        let message = format!(
            "split «{splits}»: {} owners, {positives} links; expected three owners and a link at least",
            groups.len()
        );
        return Err(Error::model("gold", message));
    }
    // Scores of each owner by weights fitted without that owner.
    let held_out = |penalty: f64| {
        let scores = groups.par_iter().enumerate().flat_map_iter(|(place, group)| {
            let (rows, links, cases) = all(&|other| other != place);
            let weights = logistic::fit_weighted(&rows, &links, &cases, &design.bounds(), penalty);
            group.rows.iter().map(move |row| logistic::score(&weights, row))
        });
        scores.collect::<Vec<f64>>()
    };
    let tried = PENALTIES.map(|penalty| {
        let scores = held_out(penalty);
        (logistic::loss(&scores, &links), penalty, scores)
    });
    let best = tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let (held_out_loss, penalty, scores) = best.ok_or_else(|| Error::Internal("no penalty to try".into()))?;
    let weights = logistic::fit_weighted(&rows, &links, &cases, &design.bounds(), penalty);
    // How often things are links is the first project's: the others lend their pairs to the weights alone.
    let (scores, known) = (&scores[..own], &links[..own]);
    let calibration = calibrate(scores, known);
    let probabilities: Vec<f64> = scores.iter().map(|score| calibration.probability(*score)).collect();
    let inquiries: Vec<(usize, usize)> = groups
        .iter()
        .enumerate()
        .flat_map(|(owner, group)| group.inquiries.iter().map(move |place| (owner, *place)))
        .collect();
    let model = LinkModel {
        version: version.to_owned(),
        prior: round(weights[0]),
        risk: risk(&probabilities, known),
        calibration,
        none: none(&probabilities, known, &inquiries),
        zones: ZONES,
        comparison: design.weights(&weights),
    };
    Ok(Trained { model, owners: groups.len(), pairs: links.len(), links: positives, penalty, held_out_loss })
}

/// Case weights with which links are as frequent among pairs of one language as among those of two: gold is written with many links between
/// languages, which says nothing of what deputies do. Links alone are weighed, those of the two kinds inversely.
fn case_weights(links: &[bool], across: &[bool]) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts")]
    let share = |wanted: bool| {
        let pairs = links.iter().zip(across).filter(|(_, across)| **across == wanted);
        let (all, linked) = (pairs.clone().count(), pairs.filter(|(link, _)| **link).count());
        (linked.max(1)) as f64 / (all.max(1)) as f64
    };
    let ratio = (share(true) / share(false)).sqrt();
    let weight = |(link, across): (&bool, &bool)| match (link, across) {
        (false, _) => 1.0,
        (true, true) => 1.0 / ratio,
        (true, false) => ratio,
    };
    links.iter().zip(across).map(weight).collect()
}

fn groups_of(source: &Source<'_>, (language, settings): (&Language, &Settings), design: &Design) -> Result<Vec<Group>> {
    let Source { prepared: Prepared { project, clauses, .. }, gold, split } = source;
    let bench = Bench::new(project, clauses, language, settings, &|_| {})?;
    let linker = bench.linker(clauses)?;
    let candidates = bench.candidates(project, clauses, 0)?;
    let owners: BTreeSet<OwnerId> =
        project.inquiries.iter().filter_map(|row| row.initiator.as_ref()).map(Into::into).collect();
    let mut groups = Vec::new();
    for owner in owners.into_iter().filter(|owner| gold.in_split(owner, split)) {
        let mut group = Group { rows: Vec::new(), links: Vec::new(), across: Vec::new(), inquiries: Vec::new() };
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
                    group.across.push(reading.apart(&bench.clauses[candidate.clause]) > 0.5);
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
    for hundredths in (5..96_u8).step_by(5).chain(96..100).rev() {
        let threshold = f64::from(hundredths) / 100.0;
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

/// How probable it is that an inquiry (an owner's, in a project) pursues nothing, from the probabilities of its pairs.
fn none(probabilities: &[f64], links: &[bool], inquiries: &[(usize, usize)]) -> Calibration {
    let mut pairs: BTreeMap<(usize, usize), (Vec<f64>, bool)> = BTreeMap::new();
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
