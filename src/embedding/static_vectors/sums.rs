//! Sums of rows in whole numbers: the same on every machine, and sixteen bits wide while they last.

use super::file::MAX_DIMENSION;

/// Rows that 16 bits can sum: 16 times 255 (the largest scale) times 15 (the largest nibble) is below 65,536.
const BATCH: u32 = 16;

/// The running sum of vectors that are stored as nibbles (value + 8) with a scale.
pub struct Sums {
    low: [u16; MAX_DIMENSION / 2],
    high: [u16; MAX_DIMENSION / 2],
    total: [i64; MAX_DIMENSION],
    half: usize,
    rows: u32,
    scales: u16,
}

impl Sums {
    /// Nothing summed yet; `dimension` is even and at most [`MAX_DIMENSION`].
    pub fn of(dimension: usize) -> Self {
        let half = (dimension / 2).min(MAX_DIMENSION / 2);
        Self {
            low: [0; MAX_DIMENSION / 2],
            high: [0; MAX_DIMENSION / 2],
            total: [0; MAX_DIMENSION],
            half,
            rows: 0,
            scales: 0,
        }
    }

    /// Adds `scale` times a row. Byte `j` holds dimension `j` below and dimension `j + half` above.
    #[inline]
    pub fn add(&mut self, nibbles: &[u8], scale: u8) {
        let scale = u16::from(scale);
        let lanes = self.low.iter_mut().zip(&mut self.high).zip(nibbles);
        for ((low, high), byte) in lanes {
            *low += u16::from(byte & 15) * scale;
            *high += u16::from(byte >> 4) * scale;
        }
        self.scales += scale;
        self.rows += 1;
        if self.rows == BATCH {
            self.settle();
        }
    }

    /// Moves the narrow sums to the wide ones and takes the eights off.
    fn settle(&mut self) {
        let eights = i64::from(self.scales) * 8;
        let (first, second) = self.total.split_at_mut(self.half);
        for (total, sum) in first.iter_mut().zip(&mut self.low) {
            *total += i64::from(std::mem::take(sum)) - eights;
        }
        for (total, sum) in second.iter_mut().zip(&mut self.high).take(self.half) {
            *total += i64::from(std::mem::take(sum)) - eights;
        }
        (self.rows, self.scales) = (0, 0);
    }

    /// Writes the sum, brought to unit length, into `out`; gives the length it had. A sum of nothing is zeros.
    pub fn unit_into(mut self, out: &mut [f32]) -> f32 {
        self.settle();
        let total = self.total.get(..self.half * 2).unwrap_or_default();
        #[allow(clippy::cast_precision_loss)]
        let square: f64 = total.iter().map(|n| (*n as f64) * (*n as f64)).sum();
        let length = square.sqrt();
        let factor = if length > 0.0 { length.recip() } else { 0.0 };
        out.fill(0.0);
        for (out, sum) in out.iter_mut().zip(total) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
            let value = (*sum as f64 * factor) as f32;
            *out = value;
        }
        #[allow(clippy::cast_possible_truncation)]
        let length = length as f32;
        length
    }
}
