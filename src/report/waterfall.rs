//! The bars of an explanation: each begins where the one before ended.
//!
//! Takes an [`Explanation`]; gives its prior and its parts that weigh anything, as bars from 0 to 100. Knows nothing of: how they are drawn.

use super::wording::Wording;
use crate::linking::{Explanation, Value};

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    comparison: &'static str,
    value: Value,
    /// What it is worth, log-odds.
    pub weight: f64,
    /// Left edge, in hundredths of the whole.
    pub left: f64,
    /// Width, likewise.
    pub width: f64,
}

impl Bar {
    /// What was compared and what was found.
    pub fn name(&self, wording: Wording<'_>) -> String {
        let name = wording.comparison(self.comparison);
        if self.comparison == PRIOR { name } else { format!("{name}: {}", wording.value(self.comparison, self.value)) }
    }
}

/// The comparison that the first bar is named after.
const PRIOR: &str = "prior";

/// The bars of `explanation`, the prior first.
pub fn bars(explanation: &Explanation) -> Vec<Bar> {
    let parts = explanation.parts().filter(|part| part.weight != 0.0);
    let steps = std::iter::once((PRIOR, Value::Level(""), explanation.prior))
        .chain(parts.map(|part| (part.comparison, part.value, part.weight)));
    let mut sum = 0.0;
    let mut bars: Vec<Bar> = steps
        .map(|(comparison, value, weight)| {
            let from = sum;
            sum += weight;
            Bar { comparison, value, weight, left: f64::min(from, sum), width: weight.abs() }
        })
        .collect();
    let low = bars.iter().map(|bar| bar.left).fold(0.0, f64::min);
    let high = bars.iter().map(|bar| bar.left + bar.width).fold(0.0, f64::max);
    let scale = 100.0 / (high - low).max(f64::EPSILON);
    for bar in &mut bars {
        bar.left = (bar.left - low) * scale;
        bar.width *= scale;
    }
    bars
}
