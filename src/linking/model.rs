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
    /// Points `[probability, share]`: the share of false ones among all suggestions from that probability on, on owners that the weights had
    /// not seen; it never rises with the probability. Empty where it was not measured.
    #[serde(default)]
    pub risk: Vec<[f64; 2]>,
    /// From score to probability.
    pub calibration: Calibration,
    /// From the log-odds that no candidate is pursued, were they independent, to the probability that none is.
    #[serde(default)]
    pub none: Calibration,
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

impl Default for Calibration {
    /// Odds as they are.
    fn default() -> Self {
        Self { slope: 1.0, intercept: 0.0 }
    }
}

impl Calibration {
    /// The probability of a score.
    pub fn probability(self, score: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * score + self.intercept)).exp())
    }
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

impl Default for Weights {
    /// Nothing is worth anything.
    fn default() -> Self {
        Self::Knots { knots: Vec::new() }
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
        let model: Self = toml::from_str(text).map_err(|error| Error::toml(file, text, &error))?;
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
        let risk = model.risk.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][1] >= pair[1][1]);
        if !risk || !model.risk.iter().flatten().all(|number| (0.0..=1.0).contains(number)) {
            return Err(Error::model(file, "risk: expected rising probabilities with shares that do not rise"));
        }
        let weights = model.comparison.values().flat_map(|weights| match weights {
            Weights::Knots { knots } => knots.iter().flatten().copied().collect::<Vec<_>>(),
            Weights::Levels { levels } => levels.values().copied().collect(),
        });
        if !weights.chain([model.prior, slope, intercept, model.none.slope, model.none.intercept]).all(f64::is_finite) {
            return Err(Error::model(file, "nan or inf: expected finite numbers everywhere"));
        }
        if slope <= 0.0 || model.none.slope <= 0.0 {
            return Err(Error::model(file, "calibration.slope and none.slope must be above 0"));
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
        self.calibration.probability(score)
    }

    /// The probability that an inquiry pursues none of its candidates, which have these probabilities.
    pub fn none(&self, probabilities: impl Iterator<Item = f64>) -> f64 {
        self.none.probability(none_odds(probabilities))
    }

    /// The same model, suggesting from the lowest probability on at which, on held-out owners, at most the share `most` of suggestions was false.
    ///
    /// # Errors
    /// [`Error::Model`] where the model has no such probability.
    pub fn with_max_false(mut self, most: f64) -> Result<Self> {
        let Some([threshold, _]) = self.risk.iter().copied().find(|[_, share]| *share <= most) else {
            let least = self.risk.iter().map(|[_, share]| *share).reduce(f64::min);
            let least = least.map_or_else(|| "none was measured".to_owned(), |least| format!("the least is {least}"));
            return Err(Error::model(
                self.version,
                format!("no threshold keeps the share of false suggestions at {most}: {least}"),
            ));
        };
        self.zones = Zones { suggest: threshold, review: self.zones.review.min(threshold) };
        Ok(self)
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

/// The log-odds that none of independent events of these probabilities happens.
pub fn none_odds(probabilities: impl Iterator<Item = f64>) -> f64 {
    // Nothing is certain: 0 and 1 would be worth an infinity.
    let log: f64 = probabilities.map(|p| (1.0 - p.clamp(1e-9, 1.0 - 1e-9)).ln()).sum();
    log - (-log.exp_m1()).max(1e-12).ln()
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
    fn nothing_is_pursued_where_nothing_is_probable() {
        assert!((none_odds([0.5].into_iter())).abs() < 1e-9);
        assert!((none_odds([0.5, 0.5].into_iter()) - (0.25_f64 / 0.75).ln()).abs() < 1e-9);
        assert!(none_odds(std::iter::empty()).is_finite() && none_odds([1.0].into_iter()).is_finite());
    }

    #[test]
    fn an_error_budget_chooses_the_threshold() {
        let mut model = LinkModel::bundled(&Choice::Static).expect("links.toml");
        model.risk = vec![[0.3, 0.4], [0.5, 0.2], [0.7, 0.05]];
        let suggest = |most: f64| model.clone().with_max_false(most).map(|model| model.zones.suggest);
        assert_eq!((suggest(0.45).ok(), suggest(0.2).ok(), suggest(0.1).ok()), (Some(0.3), Some(0.5), Some(0.7)));
        assert!(suggest(0.01).expect_err("too strict").to_string().contains("0.05"));
    }

    #[test]
    fn a_faulty_model_says_what_is_wrong() {
        let text = STATIC.1.replace("[comparison.coverage]", "[comparison.covrage]");
        let error = LinkModel::parse(&text, "mine.toml").expect_err("an unknown comparison").to_string();
        assert!(error.contains("mine.toml") && error.contains("covrage") && error.contains("coverage"), "{error}");
    }
}
