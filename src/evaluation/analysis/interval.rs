//! 95 % intervals of shares.

use crate::evaluation::Estimate;

/// Standard normal quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;

/// A share with Wilson's score interval (1927); `NaN` of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
pub(in crate::evaluation) fn wilson(hits: usize, of: usize) -> Estimate {
    if of == 0 {
        return Estimate { value: f64::NAN, low: f64::NAN, high: f64::NAN };
    }
    let (n, share) = (of as f64, hits as f64 / of as f64);
    let z2 = Z * Z;
    let centre = share + z2 / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    Estimate { value: share, low: ((centre - half) / scale).max(0.0), high: ((centre + half) / scale).min(1.0) }
}

/// A value with the 2.5th and 97.5th percentile of its resamples.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
pub(in crate::evaluation) fn of_resamples(value: f64, mut resamples: Vec<f64>) -> Estimate {
    resamples.retain(|value| value.is_finite());
    resamples.sort_by(f64::total_cmp);
    let at = |share: f64| match resamples.len() {
        0 => f64::NAN,
        len => resamples[((len - 1) as f64 * share).round() as usize],
    };
    Estimate { value, low: at(0.025), high: at(0.975) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_agrees_with_the_published_example() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
        let found = wilson(81, 263);
        assert!((found.low - 0.2553).abs() < 5e-5 && (found.high - 0.3662).abs() < 5e-5, "{found:?}");
        assert!(wilson(0, 0).value.is_nan());
    }
}
