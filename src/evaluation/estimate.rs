//! A measured value with its 95 % interval: by bootstrap (Efron & Tibshirani 1993) or, of a share, by Wilson's score (1927).

use super::random::Random;
use serde::Serialize;

/// Standard normal quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;

/// A value with its interval; `NaN` where it is undefined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// On the data as they are.
    pub value: f64,
    /// 2.5th percentile of the resamples.
    pub low: f64,
    /// 97.5th percentile.
    pub high: f64,
}

impl Estimate {
    /// A value and the percentiles of its resamples; a resample in which it is undefined does not count.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
    pub fn of_resamples(value: f64, mut resamples: Vec<f64>) -> Self {
        resamples.retain(|value| value.is_finite());
        resamples.sort_by(f64::total_cmp);
        let at = |share: f64| match resamples.len() {
            0 => f64::NAN,
            len => resamples[((len - 1) as f64 * share).round() as usize],
        };
        Self { value, low: at(0.025), high: at(0.975) }
    }

    /// A share with Wilson's score interval; `NaN` of nothing.
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    pub fn of_share(hits: usize, of: usize) -> Self {
        if of == 0 {
            return Self { value: f64::NAN, low: f64::NAN, high: f64::NAN };
        }
        let (n, share) = (of as f64, hits as f64 / of as f64);
        let z2 = Z * Z;
        let centre = share + z2 / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z2 / n;
        Self { value: share, low: ((centre - half) / scale).max(0.0), high: ((centre + half) / scale).min(1.0) }
    }
}

/// Resamples of a number of units (inquiries, sentences, documents), the same for every system, so that differences are paired.
#[derive(Debug)]
pub struct Bootstrap {
    units: usize,
    weights: Vec<Vec<u32>>,
}

impl Bootstrap {
    /// `rounds` resamples of `units` units, from a fixed seed.
    pub fn new(units: usize, rounds: usize) -> Self {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let round = |()| {
            let mut weights = vec![0; units];
            for _ in 0..units {
                weights[random.below(units)] += 1;
            }
            weights
        };
        Self { units, weights: std::iter::repeat_n((), rounds).map(round).collect() }
    }

    /// How many units there are.
    pub fn units(&self) -> usize {
        self.units
    }

    /// How often each unit stands in each resample.
    pub fn weights(&self) -> &[Vec<u32>] {
        &self.weights
    }
}

#[cfg(test)]
mod tests {
    use super::Estimate;

    #[test]
    fn wilson_agrees_with_the_published_example() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
        let found = Estimate::of_share(81, 263);
        assert!((found.low - 0.2553).abs() < 5e-5 && (found.high - 0.3662).abs() < 5e-5, "{found:?}");
        assert!(Estimate::of_share(0, 0).value.is_nan());
    }
}
