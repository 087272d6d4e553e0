//! How far did the two readers of a gold standard of programmes agree?
//!
//! Takes `gold/clauses-reader-a.jsonl` and `-b.jsonl`; gives the F1 of their borders and Krippendorff's alpha of every label on the units
//! that both cut and labelled, with a 95 % interval from resamples of the units. Knows nothing of: who is right.

use super::gold::rows;
use super::programmes::{Figure, ROUNDS};
use super::reliability::{Metric, weighted_alpha};
use super::{Bootstrap, Estimate};
use crate::Result;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The labels that are compared; of an ordinal one the values from the lowest.
const LABELS: [(&str, &str, Metric, &[&str]); 4] = [
    ("agreement-kind", "kind", Metric::Nominal, &[]),
    ("agreement-testability", "testability", Metric::Ordinal, &["vague", "specific", "testable"]),
    ("agreement-act", "act", Metric::Nominal, &[]),
    ("agreement-origin", "origin", Metric::Nominal, &[]),
];

/// A unit as a reader cut and labelled it.
#[derive(Debug, Deserialize)]
struct Unit {
    document: String,
    start: usize,
    end: usize,
    #[serde(flatten)]
    labels: BTreeMap<String, serde_json::Value>,
}

type Reading = BTreeMap<(String, usize, usize), BTreeMap<String, serde_json::Value>>;

/// The figures of the readers of the gold in `folder`; none where it keeps no two readings.
///
/// # Errors
/// [`crate::Error::Model`] for a line that is no unit.
pub fn agreement(folder: &Path) -> Result<Vec<Figure>> {
    let files = ["a", "b"].map(|reader| folder.join("gold").join(format!("clauses-reader-{reader}.jsonl")));
    if !files.iter().all(|file| file.exists()) {
        return Ok(Vec::new());
    }
    let [a, b] = &files;
    let (a, b) = (reading(a)?, reading(b)?);
    let shared: Vec<_> = a.keys().filter(|unit| b.contains_key(*unit)).collect();
    let mut figures = vec![borders(&a, &b)];
    for (measure, label, metric, order) in LABELS {
        let values = |unit: &&(String, usize, usize)| {
            let value =
                |reading: &Reading| reading[*unit].get(label).and_then(|value| value.as_str()).map(str::to_owned);
            Some([value(&a)?, value(&b)?])
        };
        let units: Vec<[String; 2]> = shared.iter().filter_map(values).collect();
        figures.extend(of_label(measure, &units, metric, order));
    }
    Ok(figures)
}

fn reading(file: &Path) -> Result<Reading> {
    let units = rows::<Unit>(file)?.into_iter();
    Ok(units.map(|(_, unit)| ((unit.document, unit.start, unit.end), unit.labels)).collect())
}

/// F1 of the first bytes of units.
#[expect(clippy::cast_precision_loss, reason = "counts of units")]
fn borders(a: &Reading, b: &Reading) -> Figure {
    let starts = |reading: &Reading| -> BTreeSet<(String, usize)> {
        reading.keys().map(|(document, start, _)| (document.clone(), *start)).collect()
    };
    let (a, b) = (starts(a), starts(b));
    let value = 2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()) as f64;
    let estimate = Estimate { value, low: f64::NAN, high: f64::NAN };
    Figure { measure: "agreement-borders", split: READERS.to_owned(), count: a.union(&b).count(), estimate }
}

/// What the figures are of, where others name a split.
const READERS: &str = "readers";

fn of_label(measure: &'static str, units: &[[String; 2]], metric: Metric, order: &[&str]) -> Option<Figure> {
    let mut names: Vec<&str> = order.to_vec();
    names.extend(
        units
            .iter()
            .flatten()
            .map(String::as_str)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter(|name| !order.contains(name)),
    );
    let place = |name: &String| names.iter().position(|other| other == name).and_then(|place| u8::try_from(place).ok());
    let coded: Vec<[u8; 2]> = units.iter().filter_map(|[a, b]| Some([place(a)?, place(b)?])).collect();
    let alpha = |weights: Option<&[u32]>| {
        let weight = |place: usize| weights.map_or(1, |weights| weights[place]);
        weighted_alpha(coded.iter().enumerate().map(|(at, unit)| (unit.as_slice(), weight(at))), metric)
    };
    let value = alpha(None).ok()?;
    let resamples = Bootstrap::new(coded.len(), ROUNDS);
    let resampled = resamples.weights().iter().filter_map(|weights| alpha(Some(weights)).ok()).collect();
    let estimate = Estimate::of_resamples(value, resampled);
    Some(Figure { measure, split: READERS.to_owned(), count: coded.len(), estimate })
}
