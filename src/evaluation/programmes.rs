//! How well are programmes read? Clauses, promises, testability and origin against gold units.
//!
//! Takes a prepared project and its `gold/clauses.jsonl`; gives one [`Figure`] a measure and split, with a 95 % interval from resamples of
//! the documents. Boundaries are the first bytes of units, list marks and white space apart; labels are compared on units that begin at
//! the same byte. Knows nothing of: how units are cut.

use super::Estimate;
use super::estimate::Bootstrap;
use super::gold::rows;
use crate::id::OwnerId;
use crate::ingest::{Availability, Origin, Person};
use crate::programme::{self, Clause, Fields, Kind, layout};
use crate::run::Prepared;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Resamples for every interval.
pub(super) const ROUNDS: usize = 1000;

/// One measure on one split.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What was measured; a stable key.
    pub measure: &'static str,
    /// The split, or `all`.
    pub split: String,
    /// How many units or programmes were judged.
    pub count: usize,
    /// The figure with its interval.
    pub estimate: Estimate,
}

/// A labelled unit.
#[derive(Debug, Clone, Deserialize)]
struct GoldUnit {
    document: String,
    start: usize,
    kind: Kind,
    testability: Option<String>,
    #[serde(default)]
    fields: Fields,
    origin: Option<String>,
    #[serde(default)]
    split: String,
}

/// Counts on one document, from which every measure follows.
#[derive(Debug, Clone, Default)]
struct Counts {
    /// Boundaries in both, found, wanted.
    boundary: [f64; 3],
    pledge: [f64; 3],
    kind: [f64; 2],
    /// By label: in both, found, wanted.
    kinds: BTreeMap<String, [f64; 3]>,
    testability: BTreeMap<String, [f64; 3]>,
    /// Fields that a promise has, whatever they quote, all kinds of them together.
    fields: [f64; 3],
    origin: BTreeMap<String, [f64; 3]>,
    class: [f64; 2],
}

type Measure = (&'static str, fn(&Counts) -> f64, fn(&Counts) -> f64);

const MEASURES: [Measure; 10] = [
    ("boundary-precision", |c| c.boundary[0] / c.boundary[1], |c| c.boundary[2]),
    ("boundary-recall", |c| c.boundary[0] / c.boundary[2], |c| c.boundary[2]),
    ("boundary-f1", |c| f1(&c.boundary), |c| c.boundary[2]),
    ("promise-f1", |c| f1(&c.pledge), |c| c.pledge[2]),
    ("kind-macro-f1", |c| macro_f1(&c.kinds), |c| c.kind[1]),
    ("kind-accuracy", |c| c.kind[0] / c.kind[1], |c| c.kind[1]),
    ("testability-macro-f1", |c| macro_f1(&c.testability), |c| total(&c.testability)),
    ("fields-f1", |c| f1(&c.fields), |c| c.fields[2]),
    ("origin-macro-f1", |c| macro_f1(&c.origin), |c| total(&c.origin)),
    ("class-accuracy", |c| c.class[0] / c.class[1], |c| c.class[1]),
];

/// The figures of a project's programmes, split by split and over all.
///
/// # Errors
/// [`Error::File`] without gold; [`Error::Model`] for a gold line that is no unit or names no programme text.
pub fn evaluate(folder: &Path, prepared: &Prepared) -> Result<Vec<Figure>> {
    let file = folder.join("gold").join("clauses.jsonl");
    let mut gold: BTreeMap<String, Vec<GoldUnit>> = BTreeMap::new();
    for (_, unit) in rows::<GoldUnit>(&file)? {
        gold.entry(unit.document.clone()).or_default().push(unit);
    }
    let mut documents: Vec<(String, Counts)> = Vec::new();
    for (document, units) in &gold {
        let found = prepared.project.programmes.iter().find(|programme| {
            programme.file == *document
                || Path::new(&programme.file).file_stem().is_some_and(|stem| stem == document.as_str())
        });
        let Some(programme) = found.filter(|programme| !programme.text.is_empty()) else {
            return Err(Error::model(file.display().to_string(), format!("no programme text for «{document}»")));
        };
        let clauses: Vec<&Clause> = prepared
            .clauses
            .iter()
            .filter(|clause| clause.document == programme.file && clause.owner == programme.owner)
            .collect();
        let person = prepared.project.people.iter().any(|person| person.id.as_str() == programme.owner.as_str());
        let mut counts = count(&programme.text, &clauses, units);
        if person {
            let got = programme::class(&prepared.clauses, &programme.owner);
            counts.class = [f64::from(u8::from(got == Some(class_of(units)))), 1.0];
        }
        documents.push((units.first().map(|unit| unit.split.clone()).unwrap_or_default(), counts));
    }
    let splits: BTreeSet<&str> =
        documents.iter().map(|(split, _)| split.as_str()).filter(|split| !split.is_empty()).collect();
    let mut figures = Vec::new();
    for split in splits.into_iter().chain(["all"]) {
        let chosen: Vec<&Counts> =
            documents.iter().filter(|(name, _)| split == "all" || name == split).map(|(_, counts)| counts).collect();
        figures.extend(figures_of(split, &chosen));
    }
    figures.extend(availability(prepared));
    Ok(figures)
}

/// Whether each person's programme was obtained: the share of people whom the clauses bear out, having some where the table says that
/// the programme was obtained and none where it says that it was not. `None` where the table says nothing.
fn availability(prepared: &Prepared) -> Option<Figure> {
    let owners: BTreeSet<&str> = prepared.clauses.iter().map(|clause| clause.owner.as_str()).collect();
    let right = |person: &Person| {
        let obtained = prepared.project.obtained(&OwnerId::from(&person.id))?;
        Some((obtained != Availability::NotObtained) == owners.contains(person.id.as_str()))
    };
    let people: Vec<bool> = prepared.project.people.iter().filter_map(right).collect();
    let hits = people.iter().filter(|right| **right).count();
    let estimate = Estimate::of_share(hits, people.len());
    let figure = Figure { measure: "availability-accuracy", split: "all".to_owned(), count: people.len(), estimate };
    (!people.is_empty()).then_some(figure)
}

fn figures_of(split: &str, documents: &[&Counts]) -> Vec<Figure> {
    let whole = sum(documents, &vec![1; documents.len()]);
    let bootstrap = Bootstrap::new(documents.len(), ROUNDS);
    let rounds: Vec<Counts> = bootstrap.weights().iter().map(|weights| sum(documents, weights)).collect();
    let figure = |(measure, value, count): Measure| {
        let resamples = rounds.iter().map(value).collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let count = count(&whole) as usize;
        let estimate = Estimate::of_resamples(value(&whole), resamples);
        Figure { measure, split: split.to_owned(), count, estimate }
    };
    MEASURES.into_iter().map(figure).collect()
}

fn count(text: &str, clauses: &[&Clause], gold: &[GoldUnit]) -> Counts {
    let mut counts = Counts::default();
    let wanted: BTreeMap<usize, &GoldUnit> = gold.iter().map(|unit| (content_start(text, unit.start), unit)).collect();
    let found: BTreeMap<usize, &&Clause> =
        clauses.iter().map(|clause| (content_start(text, clause.start), clause)).collect();
    let both = |a: bool, b: bool| [f64::from(u8::from(a && b)), f64::from(u8::from(a)), f64::from(u8::from(b))];
    let places: BTreeSet<usize> = wanted.keys().chain(found.keys()).copied().collect();
    for place in places {
        let (gold, clause) = (wanted.get(&place), found.get(&place));
        add(&mut counts.boundary, both(clause.is_some(), gold.is_some()));
        let promised = [clause.is_some_and(|clause| clause.pledge), gold.is_some_and(|gold| gold.kind == Kind::Pledge)];
        add(&mut counts.pledge, both(promised[0], promised[1]));
        let (Some(gold), Some(clause)) = (gold, clause) else { continue };
        let kind = clause.kind.unwrap_or(Kind::Pledge);
        counts.kind[0] += f64::from(u8::from(kind == gold.kind));
        counts.kind[1] += 1.0;
        tally(&mut counts.kinds, kind.code(), gold.kind.code());
        if promised == [true, true] {
            if let Some(wanted) = &gold.testability {
                tally(&mut counts.testability, &code(clause.testability.as_ref()), wanted);
            }
            for (found, wanted) in has(&clause.fields).into_iter().zip(has(&gold.fields)) {
                add(&mut counts.fields, both(found, wanted));
            }
            if let Some(wanted) = &gold.origin {
                tally(&mut counts.origin, &code(clause.origin.as_ref()), wanted);
            }
        }
    }
    counts
}

/// The first byte of a unit after white space and list marks.
fn content_start(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.trim_start();
    let begin = start + rest.len() - line.len();
    let first = line.lines().next().unwrap_or_default();
    let opens = text[..begin].trim_end_matches([' ', '\t']).ends_with('\n') || begin == 0;
    if !opens {
        return begin;
    }
    let mark = layout::mark_length(first);
    // The number of a table row stands before its first cell, or on a line of its own.
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &line[digits..];
    if mark == 0 && digits > 0 && digits < 4 && behind.starts_with([' ', '\n', '\t']) {
        return begin + digits + behind.len() - behind.trim_start().len();
    }
    begin + mark
}

/// Whether there is a deadline, a quantity, a place, an addressee.
fn has(fields: &Fields) -> [bool; 4] {
    [&fields.deadline, &fields.quantity, &fields.place, &fields.addressee].map(|quotes| !quotes.is_empty())
}

/// The code of a label in files.
fn code<T: Serialize>(label: Option<&T>) -> String {
    serde_json::to_value(label).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn tally(labels: &mut BTreeMap<String, [f64; 3]>, found: &str, wanted: &str) {
    labels.entry(found.to_owned()).or_default()[1] += 1.0;
    labels.entry(wanted.to_owned()).or_default()[2] += 1.0;
    if found == wanted {
        labels.entry(wanted.to_owned()).or_default()[0] += 1.0;
    }
}

fn add(sum: &mut [f64; 3], more: [f64; 3]) {
    sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

fn sum(documents: &[&Counts], weights: &[u32]) -> Counts {
    let mut all = Counts::default();
    for (document, weight) in documents.iter().zip(weights) {
        let weight = f64::from(*weight);
        let scaled = |counts: &[f64; 3]| counts.map(|count| count * weight);
        add(&mut all.boundary, scaled(&document.boundary));
        add(&mut all.pledge, scaled(&document.pledge));
        add(&mut all.fields, scaled(&document.fields));
        for (sum, more) in [(&mut all.kind, &document.kind), (&mut all.class, &document.class)] {
            sum[0] += more[0] * weight;
            sum[1] += more[1] * weight;
        }
        let maps = [
            (&mut all.kinds, &document.kinds),
            (&mut all.testability, &document.testability),
            (&mut all.origin, &document.origin),
        ];
        for (sum, more) in maps {
            for (label, counts) in more {
                add(sum.entry(label.clone()).or_default(), scaled(counts));
            }
        }
    }
    all
}

fn f1(counts: &[f64; 3]) -> f64 {
    2.0 * counts[0] / (counts[1] + counts[2])
}

/// The mean F1 of the labels that stand in the gold.
fn macro_f1(labels: &BTreeMap<String, [f64; 3]>) -> f64 {
    let wanted: Vec<f64> = labels.values().filter(|counts| counts[2] > 0.0).map(f1).collect();
    #[expect(clippy::cast_precision_loss, reason = "a few labels")]
    let count = wanted.len() as f64;
    wanted.iter().sum::<f64>() / count
}

fn total(labels: &BTreeMap<String, [f64; 3]>) -> f64 {
    labels.values().map(|counts| counts[2]).sum()
}

/// The class that the gold labels of a programme give.
fn class_of(units: &[GoldUnit]) -> Origin {
    let origins: Vec<&str> =
        units.iter().filter(|unit| unit.kind == Kind::Pledge).filter_map(|unit| unit.origin.as_deref()).collect();
    let party = origins.iter().filter(|origin| **origin != "own").count();
    match (origins.len(), party) {
        (0, _) => Origin::None,
        (all, party) if party * 10 < all => Origin::Own,
        (all, party) if party * 10 > all * 9 => Origin::Party,
        _ => Origin::OwnAndParty,
    }
}
