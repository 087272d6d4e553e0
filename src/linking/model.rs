//! The link model: what each comparison's value is worth, how a score becomes a probability, and where the zones lie.

use super::comparison::{COMPARISONS, Value};
use crate::embedding::Choice;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Weights for likenesses by word vectors.
const STATIC: (&str, &str) = ("models/linking/links.toml", include_str!("../../models/linking/links.toml"));
/// Weights for likenesses by a transformer.
const TRANSFORMER: (&str, &str) =
    ("models/linking/links-transformer.toml", include_str!("../../models/linking/links-transformer.toml"));

/// A link model, as its file has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkModel {
    /// Name and version.
    pub version: String,
    /// Log-odds of a link before anything is compared.
    pub prior: f64,
    /// From score to probability.
    pub calibration: Calibration,
    /// From probability to zone.
    pub zones: Zones,
    /// Weights by comparison.
    pub comparison: BTreeMap<String, Weights>,
}

/// Platt scaling: `probability = 1 / (1 + exp(-(slope * score + intercept)))` (Platt 1999).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Positive, so that a higher score is never less probable.
    pub slope: f64,
    /// Log-odds at score 0.
    pub intercept: f64,
}

/// The least probability of each zone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zones {
    /// From here on a link is suggested.
    pub suggest: f64,
    /// From here on a person should look at it.
    pub review: f64,
}

/// What the values of one comparison are worth, in log-odds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Weights {
    /// For numbers: `[value, weight]`, straight lines between, level beyond.
    Knots {
        /// By rising value.
        knots: Vec<[f64; 2]>,
    },
    /// For levels: the weight of each; a level that is not listed is worth 0.
    Levels {
        /// By name.
        levels: BTreeMap<String, f64>,
    },
}

/// What is to be done with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// Probable enough to be shown as a suggestion.
    Suggest,
    /// A person should look at it.
    Review,
    /// Left alone.
    Leave,
}

impl Zone {
    /// The name in output.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suggest => "suggest",
            Self::Review => "review",
            Self::Leave => "leave",
        }
    }
}

impl Weights {
    /// What `value` is worth.
    pub fn of(&self, value: Value) -> f64 {
        match (self, value) {
            (Self::Knots { knots }, Value::Number(value)) => interpolate(knots, value),
            (Self::Levels { levels }, Value::Level(level)) => levels.get(level).copied().unwrap_or(0.0),
            _ => 0.0,
        }
    }
}

fn interpolate(knots: &[[f64; 2]], value: f64) -> f64 {
    let above = knots.iter().position(|[at, _]| *at > value);
    match (above, knots) {
        (_, []) => 0.0,
        (Some(0), [[_, weight], ..]) | (None, [.., [_, weight]]) => *weight,
        (Some(place), _) => {
            let ([x0, y0], [x1, y1]) = (knots[place - 1], knots[place]);
            y0 + (y1 - y0) * (value - x0) / (x1 - x0)
        }
    }
}

impl LinkModel {
    /// The model that ships with the program, for likenesses by `encoder`.
    ///
    /// # Errors
    /// [`Error::Model`], for which a test stands.
    pub fn bundled(encoder: &Choice) -> Result<Self> {
        let (file, text) = if *encoder == Choice::Static { STATIC } else { TRANSFORMER };
        Self::parse(text, file)
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`Error::Model`]: not toml, a comparison that the program does not know or that is missing, weights or thresholds out of order.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let model: Self = toml::from_str(text).map_err(|error| Error::model(file, error))?;
        let known = COMPARISONS.join(", ");
        if let Some(name) = model.comparison.keys().find(|name| !COMPARISONS.contains(&name.as_str())) {
            return Err(Error::model(file, format!("unknown comparison «{name}»; there are: {known}")));
        }
        if let Some(name) = COMPARISONS.iter().find(|name| !model.comparison.contains_key(**name)) {
            return Err(Error::model(file, format!("comparison «{name}» is missing; expected all of: {known}")));
        }
        for (name, weights) in &model.comparison {
            if let Weights::Knots { knots } = weights
                && !knots.windows(2).all(|pair| pair[0][0] < pair[1][0])
            {
                return Err(Error::model(file, format!("comparison «{name}»: knots must rise in their first number")));
            }
        }
        let Zones { suggest, review } = model.zones;
        if !(0.0 <= review && review <= suggest && suggest <= 1.0) {
            return Err(Error::model(file, "zones: expected 0 <= review <= suggest <= 1"));
        }
        let Calibration { slope, intercept } = model.calibration;
        let weights = model.comparison.values().flat_map(|weights| match weights {
            Weights::Knots { knots } => knots.iter().flatten().copied().collect::<Vec<_>>(),
            Weights::Levels { levels } => levels.values().copied().collect(),
        });
        if !weights.chain([model.prior, slope, intercept]).all(f64::is_finite) {
            return Err(Error::model(file, "nan or inf: expected finite numbers everywhere"));
        }
        if slope <= 0.0 {
            return Err(Error::model(file, "calibration.slope must be above 0"));
        }
        Ok(model)
    }

    /// The model as a file.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be written as toml.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string(self).map_err(|error| Error::Internal(error.to_string()))
    }

    /// The probability of a score, by the stored calibration alone.
    pub fn probability(&self, score: f64) -> f64 {
        1.0 / (1.0 + (-(self.calibration.slope * score + self.calibration.intercept)).exp())
    }

    /// The zone of a probability.
    pub fn zone(&self, probability: f64) -> Zone {
        match probability {
            p if p >= self.zones.suggest => Zone::Suggest,
            p if p >= self.zones.review => Zone::Review,
            _ => Zone::Leave,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_model_is_whole_and_monotone() {
        let model = LinkModel::bundled(&Choice::Static).expect("models/linking/links.toml");
        assert!(LinkModel::bundled(&Choice::Bundled).is_ok());
        for (name, weights) in &model.comparison {
            if let Weights::Knots { knots } = weights {
                assert!(knots.windows(2).all(|pair| pair[0][1] <= pair[1][1]), "{name}: more agreement, less weight");
            }
        }
    }

    #[test]
    fn weights_run_straight_between_knots_and_level_beyond() {
        let weights = Weights::Knots { knots: vec![[0.0, 0.0], [0.5, 2.0]] };
        let at = |value| weights.of(Value::Number(value));
        assert_eq!([at(-1.0), at(0.25), at(0.5), at(9.0)], [0.0, 1.0, 2.0, 2.0]);
        assert_eq!(interpolate(&[], 1.0), 0.0);
    }

    #[test]
    fn a_faulty_model_says_what_is_wrong() {
        let text = STATIC.1.replace("[comparison.coverage]", "[comparison.covrage]");
        let error = LinkModel::parse(&text, "mine.toml").expect_err("an unknown comparison").to_string();
        assert!(error.contains("mine.toml") && error.contains("covrage") && error.contains("coverage"), "{error}");
    }
}
