//! From the values of the comparisons to the features of a logistic model, and from its coefficients back to weights.
//!
//! A numeric comparison is a straight line between knots, rising everywhere: one feature for each stretch between two knots,
//! which runs from 0 to 1 along it, with a coefficient that is not negative. A level is a feature of its own.

use super::logistic::Bound;
use super::round;
use crate::linking::{COMPARISONS, Value, Weights};
use std::collections::BTreeMap;

/// Knots or levels of one comparison.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// Values at which the line may bend.
    Knots(&'static [f64]),
    /// Levels with what their weight may be; the other levels are worth 0.
    Levels(&'static [(&'static str, Bound)]),
    /// Weights by judgement: the gold holds no pair that could teach them.
    Fixed(&'static [(&'static str, f64)]),
}

/// The shapes of all comparisons, in the order of [`COMPARISONS`].
#[derive(Debug, Clone)]
pub struct Design {
    shapes: [Shape; COMPARISONS.len()],
}

impl Default for Design {
    fn default() -> Self {
        let of = |comparison: &str| match comparison {
            "meaning" | "ask" => Shape::Knots(&[-0.1, 0.0, 0.1, 0.2, 0.3, 0.45, 0.6]),
            "sentence" | "request" => Shape::Knots(&[0.0, 0.1, 0.2, 0.3, 0.4, 0.55, 0.7]),
            "lead" => Shape::Knots(&[-0.4, -0.25, -0.15, -0.07, 0.0, 0.1, 0.25, 0.4]),
            "coverage" => Shape::Knots(&[0.0, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0]),
            "focus" => Shape::Knots(&[0.0, 0.1, 0.2, 0.35, 0.5, 0.7]),
            "subject" | "subject_ask" => Shape::Knots(&[0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95]),
            "example" | "example_ask" => Shape::Knots(&[0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65]),
            "lead_words" => Shape::Knots(&[-0.4, -0.2, -0.1, 0.0, 0.1, 0.25, 0.4]),
            "translation" | "translation_ask" => Shape::Knots(&[-0.06, -0.02, 0.0, 0.05, 0.1, 0.2, 0.4]),
            "contrast" => Shape::Knots(&[-0.08, -0.03, 0.0, 0.05, 0.1, 0.2, 0.35, 0.5]),
            "across" => Shape::Knots(&[0.0, 0.05, 0.08, 0.13, 0.18, 0.28, 0.43, 0.58]),
            "rare_term" => Shape::Knots(&[0.0, 0.3, 0.5, 0.7, 0.85, 1.0]),
            "topic" => Shape::Knots(&[0.0, 0.1, 0.5, 1.0]),
            "place" | "name" => Shape::Levels(&[("shared", Bound::NotBelow(0.0)), ("elsewhere", Bound::NotAbove(0.0))]),
            "number" | "institution" => Shape::Levels(&[("shared", Bound::NotBelow(0.0))]),
            "scope" => Shape::Levels(&[("party", Bound::Free)]),
            _ => Shape::Fixed(&[("cosigner", 0.0), ("none", -1.0)]),
        };
        Self { shapes: COMPARISONS.map(of) }
    }
}

impl Design {
    /// Bounds of the coefficients; the first is the prior's.
    pub fn bounds(&self) -> Vec<Bound> {
        let of = |shape: &Shape| match shape {
            Shape::Knots(knots) => vec![Bound::NotBelow(0.0); knots.len() - 1],
            Shape::Levels(levels) => levels.iter().map(|(_, bound)| *bound).collect(),
            Shape::Fixed(_) => Vec::new(),
        };
        std::iter::once(Bound::Free).chain(self.shapes.iter().flat_map(of)).collect()
    }

    /// The features of a pair; the first is 1.
    pub fn features(&self, values: &[Value; COMPARISONS.len()]) -> Vec<f64> {
        let mut features = vec![1.0];
        for (shape, value) in self.shapes.iter().zip(values) {
            match (shape, value) {
                (Shape::Knots(knots), Value::Number(value)) => {
                    let along = |pair: &[f64]| ((value - pair[0]) / (pair[1] - pair[0])).clamp(0.0, 1.0);
                    features.extend(knots.windows(2).map(along));
                }
                (Shape::Levels(levels), Value::Level(level)) => {
                    features.extend(levels.iter().map(|(name, _)| f64::from(u8::from(name == level))));
                }
                (Shape::Knots(knots), Value::Level(_)) => features.extend(knots.iter().skip(1).map(|_| 0.0)),
                (Shape::Levels(levels), Value::Number(_)) => features.extend(levels.iter().map(|_| 0.0)),
                (Shape::Fixed(_), _) => {}
            }
        }
        features
    }

    /// The weights that coefficients stand for.
    pub fn weights(&self, coefficients: &[f64]) -> BTreeMap<String, Weights> {
        let mut rest = coefficients.iter().skip(1);
        let mut weights = BTreeMap::new();
        for (comparison, shape) in COMPARISONS.iter().zip(&self.shapes) {
            let of = match shape {
                Shape::Knots(knots) => {
                    let mut sum = 0.0;
                    let mut line = vec![[knots[0], 0.0]];
                    for knot in &knots[1..] {
                        sum += rest.next().copied().unwrap_or_default();
                        line.push([*knot, round(sum)]);
                    }
                    Weights::Knots { knots: line }
                }
                Shape::Levels(levels) => {
                    let level = |(name, _): &(&str, Bound)| {
                        ((*name).to_owned(), round(rest.next().copied().unwrap_or_default()))
                    };
                    Weights::Levels { levels: levels.iter().map(level).collect() }
                }
                Shape::Fixed(levels) => Weights::Levels {
                    levels: levels.iter().map(|(name, weight)| ((*name).to_owned(), *weight)).collect(),
                },
            };
            weights.insert((*comparison).to_owned(), of);
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_models_weight_is_the_sum_of_its_features() {
        let design = Design::default();
        let coefficients: Vec<f64> =
            (0..design.bounds().len()).map(|place| f64::from(u8::try_from(place).unwrap_or(0)) / 8.0).collect();
        let weights = design.weights(&coefficients);
        let values: [Value; COMPARISONS.len()] = COMPARISONS.map(|comparison| match comparison {
            "place" | "name" | "number" | "institution" => Value::Level("shared"),
            "scope" => Value::Level("party"),
            "role" => Value::Level("initiator"),
            _ => Value::Number(0.42),
        });
        let linear: f64 = design.features(&values).iter().zip(&coefficients).skip(1).map(|(x, w)| x * w).sum();
        let summed: f64 =
            COMPARISONS.iter().zip(values).map(|(comparison, value)| weights[*comparison].of(value)).sum();
        assert!((linear - summed).abs() < 0.01, "{linear} {summed}");
    }
}
