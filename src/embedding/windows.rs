//! Windows over long texts.
//!
//! Takes the pieces of a text; cuts them into stretches that the model can read at once and joins the stretches' vectors
//! to one. The joint vector is the mean of the windows' pooled vectors weighted by their pieces, brought to unit length: with
//! mean pooling, the mean over all pieces of the text, each read with its window as context. Windows do not overlap.

use std::ops::Range;

/// Beyond so many windows a text is not read (about 32,000 pieces of a small model: a long programme whole).
pub const MAX_WINDOWS: usize = 64;

/// The stretches of `pieces` pieces, none longer than `longest`: all full but the last. A text without pieces has one
/// empty window, so that every text has a vector.
pub(super) fn windows(pieces: usize, longest: usize) -> impl Iterator<Item = Range<usize>> {
    let longest = longest.max(1);
    (0..pieces.max(1))
        .step_by(longest)
        .take(MAX_WINDOWS)
        .map(move |start| start..(start + longest).min(pieces.max(start)))
}

/// Joins the vectors of a text's windows (with their numbers of pieces) in their order.
pub(super) fn join<'a>(width: usize, parts: impl Iterator<Item = (usize, &'a [f32])>) -> Vec<f32> {
    let mut sum = vec![0.0f64; width];
    for (pieces, vector) in parts {
        #[expect(clippy::cast_precision_loss, reason = "a window has some thousand pieces at most")]
        let weight = pieces.max(1) as f64;
        for (sum, &number) in sum.iter_mut().zip(vector) {
            *sum += weight * f64::from(number);
        }
    }
    let length = sum.iter().map(|number| number * number).sum::<f64>().sqrt();
    // The null vector has no direction; it stays what it is.
    let scale = if length > 0.0 { length.recip() } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, reason = "vectors are given in single precision")]
    sum.into_iter().map(|number| (number * scale) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_tile_a_text() {
        for pieces in 0..40 {
            for longest in 1..12 {
                let all: Vec<_> = windows(pieces, longest).collect();
                assert_eq!(all[0].start, 0);
                assert!(all.windows(2).all(|pair| pair[0].end == pair[1].start), "{all:?}");
                assert_eq!(all[all.len() - 1].end, pieces);
                assert!(all.iter().all(|window| window.len() <= longest && (pieces == 0 || !window.is_empty())));
            }
        }
    }

    #[test]
    fn an_endless_text_is_read_to_the_limit() {
        assert_eq!(windows(usize::MAX, 510).count(), MAX_WINDOWS);
    }

    #[test]
    fn longer_windows_weigh_more_and_the_sum_has_unit_length() {
        let joined = join(2, [(3, [1.0, 0.0].as_slice()), (1, [0.0, 1.0].as_slice())].into_iter());
        let expected = [3.0 / 10f32.sqrt(), 1.0 / 10f32.sqrt()];
        assert!(joined.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{joined:?}");
    }
}
