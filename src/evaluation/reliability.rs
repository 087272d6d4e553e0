//! How far do people who label the same things agree beyond chance?
//!
//! Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's alpha-reliability") for any number of people, with values missing
//! by design, nominal and ordinal. Where it is not defined the reason is given, never a number. Knows nothing of: what the values mean.

use serde::Serialize;

/// How far apart two different values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// All alike.
    Nominal,
    /// By what lies between them.
    Ordinal,
}

/// Why a measure is not defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undefined {
    /// Nothing was judged by two people.
    NoPairs,
    /// Everybody always gave the same value: chance agreement is complete, and nothing can be said of agreement beyond it.
    OneValue,
}

/// A measure, or why there is none.
pub type Measure = Result<f64, Undefined>;

/// Krippendorff's alpha of `units`, each the values that it was given. Units with fewer than two values do not count.
pub fn alpha<'a>(units: impl Iterator<Item = &'a [u8]>, metric: Metric) -> Measure {
    weighted_alpha(units.map(|unit| (unit, 1)), metric)
}

/// The same of units that count more than once, as in a resample.
#[expect(clippy::cast_precision_loss, reason = "counts of values")]
pub fn weighted_alpha<'a>(units: impl Iterator<Item = (&'a [u8], u32)>, metric: Metric) -> Measure {
    let units: Vec<(&[u8], u32)> = units.filter(|(unit, weight)| unit.len() > 1 && *weight > 0).collect();
    let size = units.iter().flat_map(|(unit, _)| *unit).max().map_or(0, |value| usize::from(*value) + 1);
    let mut coincidences = vec![vec![0.0_f64; size]; size];
    for (unit, weight) in units {
        let mut counts = vec![0.0_f64; size];
        for value in unit {
            counts[usize::from(*value)] += 1.0;
        }
        let share = f64::from(weight) / (unit.len() as f64 - 1.0);
        for (a, row) in coincidences.iter_mut().enumerate() {
            for (b, cell) in row.iter_mut().enumerate() {
                let same = if a == b { counts[a] } else { 0.0 };
                *cell += (counts[a] * counts[b] - same) * share;
            }
        }
    }
    let totals: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let all: f64 = totals.iter().sum();
    if all == 0.0 {
        return Err(Undefined::NoPairs);
    }
    let distance = |a: usize, b: usize| match metric {
        _ if a == b => 0.0,
        Metric::Nominal => 1.0,
        Metric::Ordinal => {
            let (low, high) = (a.min(b), a.max(b));
            (totals[low..=high].iter().sum::<f64>() - f64::midpoint(totals[low], totals[high])).powi(2)
        }
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for (a, row) in coincidences.iter().enumerate() {
        for (b, cell) in row.iter().enumerate() {
            observed += cell * distance(a, b);
            expected += totals[a] * totals[b] * distance(a, b);
        }
    }
    if expected == 0.0 { Err(Undefined::OneValue) } else { Ok(1.0 - (all - 1.0) * observed / expected) }
}
