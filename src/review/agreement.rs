//! How far do reviewers agree beyond chance?
//!
//! Raw agreement, Cohen's kappa (Cohen 1960) for two, Krippendorff's alpha for any number with values missing by design, nominal and
//! ordinal. Where a measure is not defined the reason is given, never a number. Intervals: percentiles of 1,000 resamples of whole inquiries, from a fixed seed.

use super::state::State;
use crate::evaluation::Bootstrap;
use crate::evaluation::reliability::weighted_alpha;
use crate::id::TopicId;
use crate::topics::Taxonomy;
use serde::Serialize;
use std::collections::BTreeMap;

pub use crate::evaluation::reliability::{Measure, Metric, Undefined, alpha};

/// The values that a field can have: grades 0 to 2; for "linked" 0 and 1.
pub const VALUES: usize = 3;

/// Cohen's kappa of pairs of values, unweighted.
#[expect(clippy::cast_precision_loss, reason = "counts of values")]
pub fn kappa(pairs: &[(u8, u8)]) -> Measure {
    if pairs.is_empty() {
        return Err(Undefined::NoPairs);
    }
    let all = pairs.len() as f64;
    let confusion = confusion(pairs);
    let agreed: usize = (0..VALUES).map(|value| confusion[value][value]).sum();
    let rows = confusion.map(|row| row.iter().sum::<usize>() as f64);
    let columns: [f64; VALUES] =
        std::array::from_fn(|column| confusion.iter().map(|row| row[column]).sum::<usize>() as f64);
    let chance: f64 = rows.iter().zip(columns).map(|(row, column)| row * column).sum::<f64>() / (all * all);
    if chance >= 1.0 { Err(Undefined::OneValue) } else { Ok((agreed as f64 / all - chance) / (1.0 - chance)) }
}

/// How often the first gave a value (row) and the second another (column).
pub fn confusion(pairs: &[(u8, u8)]) -> [[usize; VALUES]; VALUES] {
    let mut table = [[0; VALUES]; VALUES];
    for (a, b) in pairs {
        table[usize::from(*a).min(VALUES - 1)][usize::from(*b).min(VALUES - 1)] += 1;
    }
    table
}

/// The share of pairs of values within units that are equal.
#[expect(clippy::cast_precision_loss, reason = "counts of values")]
pub fn raw<'a>(units: impl Iterator<Item = &'a [u8]>) -> Measure {
    let (mut equal, mut all) = (0_usize, 0_usize);
    for unit in units {
        for (place, a) in unit.iter().enumerate() {
            for b in &unit[place + 1..] {
                all += 1;
                equal += usize::from(a == b);
            }
        }
    }
    if all == 0 { Err(Undefined::NoPairs) } else { Ok(equal as f64 / all as f64) }
}

/// A measure with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The measure; `null` where it is not defined.
    pub value: Option<f64>,
    /// Why it is not.
    pub undefined: Option<Undefined>,
    /// 2.5th percentile of the resamples in which it is defined.
    pub low: Option<f64>,
    /// 97.5th percentile.
    pub high: Option<f64>,
}

/// The agreement on one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldAgreement {
    /// `grade`, `linked` or `topics`; of one topic, its id.
    pub field: String,
    /// Pairs of inquiry and promise, or of inquiry and topic, that two people or more judged.
    pub units: usize,
    /// Share of equal values.
    pub raw: Estimate,
    /// Krippendorff's alpha, nominal.
    pub nominal: Estimate,
    /// Krippendorff's alpha, ordinal; the same as nominal for two values.
    pub ordinal: Estimate,
}

/// Two reviewers beside each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Together {
    /// The rows of the confusion.
    pub first: String,
    /// Its columns.
    pub second: String,
    /// Pairs that both judged.
    pub units: usize,
    /// Share of equal grades.
    pub raw: Estimate,
    /// Cohen's kappa of the grades.
    pub kappa: Estimate,
    /// Grades of the first by grades of the second.
    pub confusion: [[usize; VALUES]; VALUES],
}

/// The agreement of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// By field; `topics` takes all pairs of an inquiry and a topic together.
    pub fields: Vec<FieldAgreement>,
    /// By topic, in the taxonomy's order.
    pub topics: Vec<FieldAgreement>,
    /// By two reviewers.
    pub together: Vec<Together>,
}

struct Unit {
    cluster: usize,
    values: Vec<u8>,
}

impl Agreement {
    /// The agreement of what stands. Rulings do not count: they are no independent judgement.
    pub fn of(state: &State, taxonomy: &Taxonomy) -> Self {
        let mut clusters: BTreeMap<String, usize> = BTreeMap::new();
        let mut units = Vec::new();
        let mut both: BTreeMap<(String, String), Vec<(usize, u8, u8)>> = BTreeMap::new();
        for (inquiry, clause, _) in state.pairs() {
            let opinions = state.opinions(inquiry, clause);
            if opinions.len() < 2 {
                continue;
            }
            let next = clusters.len();
            let cluster = *clusters.entry(inquiry.to_owned()).or_insert(next);
            for (place, (first, a)) in opinions.iter().enumerate() {
                for (second, b) in &opinions[place + 1..] {
                    let names = ((*first).to_owned(), (*second).to_owned());
                    both.entry(names).or_default().push((cluster, a.grade, b.grade));
                }
            }
            units.push(Unit { cluster, values: opinions.iter().map(|(_, opinion)| opinion.grade).collect() });
        }
        let resamples = Bootstrap::new(clusters.len(), 1000);
        let linked: Vec<Unit> = units
            .iter()
            .map(|unit| Unit {
                cluster: unit.cluster,
                values: unit.values.iter().map(|grade| (*grade).min(1)).collect(),
            })
            .collect();
        let mut fields = vec![field("grade", &units, &resamples), field("linked", &linked, &resamples)];
        let (together_with_topics, topics) = topics(state, taxonomy);
        fields.push(together_with_topics);
        let together = both.into_iter().map(|((first, second), rows)| {
            let pairs: Vec<(u8, u8)> = rows.iter().map(|(_, a, b)| (*a, *b)).collect();
            let kappa = estimate(&resamples, |weights| match weights {
                None => kappa(&pairs),
                Some(weights) => kappa(&repeated(&rows, weights)),
            });
            let equal = |pairs: &[(u8, u8)]| {
                let pairs: Vec<[u8; 2]> = pairs.iter().map(|(a, b)| [*a, *b]).collect();
                raw(pairs.iter().map(<[u8; 2]>::as_slice))
            };
            let raw = estimate(&resamples, |weights| match weights {
                None => equal(&pairs),
                Some(weights) => equal(&repeated(&rows, weights)),
            });
            Together { first, second, units: pairs.len(), raw, kappa, confusion: confusion(&pairs) }
        });
        Self { fields, topics, together: together.collect() }
    }
}

/// The agreement on topics: on all together, and on each.
fn topics(state: &State, taxonomy: &Taxonomy) -> (FieldAgreement, Vec<FieldAgreement>) {
    let opinions = state.inquiries_with_topics(taxonomy).into_iter();
    let opinions = opinions.map(|(inquiry, _)| state.topic_opinions(inquiry, taxonomy));
    let judged: Vec<_> = opinions.filter(|opinions| opinions.len() > 1).collect();
    let unit = |topic: &TopicId, cluster: usize| Unit {
        cluster,
        values: judged[cluster].iter().map(|(_, _, given)| u8::from(given.contains(topic))).collect(),
    };
    let resamples = Bootstrap::new(judged.len(), 1000);
    let units = |topic: &TopicId| (0..judged.len()).map(|cluster| unit(topic, cluster)).collect::<Vec<Unit>>();
    let ids = || taxonomy.topics.iter().map(|topic| &topic.id);
    let each = ids().map(|id| field(id.as_str(), &units(id), &resamples)).collect();
    (field("topics", &ids().flat_map(units).collect::<Vec<Unit>>(), &resamples), each)
}

fn repeated(rows: &[(usize, u8, u8)], weights: &[u32]) -> Vec<(u8, u8)> {
    rows.iter().flat_map(|(cluster, a, b)| std::iter::repeat_n((*a, *b), weights[*cluster] as usize)).collect()
}

fn field(field: &str, units: &[Unit], resamples: &Bootstrap) -> FieldAgreement {
    let of = |metric: Metric| {
        estimate(resamples, |weights| {
            let weight = |unit: &Unit| weights.map_or(1, |weights| weights[unit.cluster]);
            weighted_alpha(units.iter().map(|unit| (unit.values.as_slice(), weight(unit))), metric)
        })
    };
    let raw = estimate(resamples, |weights| {
        let times = |unit: &Unit| weights.map_or(1, |weights| weights[unit.cluster]) as usize;
        raw(units.iter().flat_map(|unit| std::iter::repeat_n(unit.values.as_slice(), times(unit))))
    });
    let nominal = of(Metric::Nominal);
    let is_yes_or_no = units.iter().flat_map(|unit| &unit.values).all(|value| *value < 2);
    let ordinal = if is_yes_or_no { nominal } else { of(Metric::Ordinal) };
    FieldAgreement { field: field.to_owned(), units: units.len(), raw, nominal, ordinal }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a list"
)]
fn estimate(resamples: &Bootstrap, of: impl Fn(Option<&[u32]>) -> Measure) -> Estimate {
    let whole = of(None);
    let mut values: Vec<f64> = match whole {
        Ok(_) => resamples.weights().iter().filter_map(|weights| of(Some(weights)).ok()).collect(),
        Err(_) => Vec::new(),
    };
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values.get((share * (values.len().max(1) - 1) as f64).round() as usize).copied();
    Estimate { value: whole.ok(), undefined: whole.err(), low: at(0.025), high: at(0.975) }
}
