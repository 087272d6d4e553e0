//! How many links are probably still unfound?
//!
//! The unjudged pairs are put in strata by the model's probability. In each stratum the rate of links has a Beta distribution:
//! beforehand the model's own mean with the weight of [`PRIOR`] pairs, then what people found among the pairs they judged there.
//! The number of links among the stratum's unjudged pairs is then beta-binomial (Gelman et al., Bayesian Data Analysis, 3rd ed.,
//! ch. 2-3; stratified by score as in Cormack & Grossman 2016, "Scalability of continuous active learning"). The interval is
//! that of the sum, by simulation with a fixed seed.
//! It assumes that within a stratum the judged pairs are like the unjudged ones; the cards drawn at random among pairs that the
//! model leaves alone are there to make that so where it matters most.

use crate::evaluation::random::Random;

/// Upper ends of the strata.
const STRATA: [f64; 9] = [0.005, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0];
/// The weight of the model's own estimate, in pairs.
pub const PRIOR: f64 = 4.0;
const ROUNDS: usize = 2000;

/// The estimate.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Unfound {
    /// Links that people found.
    pub found: usize,
    /// Pairs that people judged.
    pub judged: usize,
    /// Pairs that nobody judged.
    pub unjudged: usize,
    /// Expected links among them.
    pub expected: f64,
    /// 2.5th percentile.
    pub low: u64,
    /// 97.5th percentile.
    pub high: u64,
}

/// The estimate for `pairs`: the model's probability of each, and whether people found it a link (`None`: unjudged).
#[expect(clippy::cast_precision_loss, reason = "counts of pairs")]
pub fn unfound(pairs: impl Iterator<Item = (f64, Option<bool>)>) -> Unfound {
    let mut strata = [Stratum::default(); STRATA.len()];
    for (probability, judged) in pairs {
        let place = STRATA.iter().position(|end| probability <= *end).unwrap_or(STRATA.len() - 1);
        let stratum = &mut strata[place];
        match judged {
            Some(link) => {
                stratum.judged += 1;
                stratum.links += usize::from(link);
            }
            None => stratum.unjudged += 1,
        }
        stratum.sum += probability;
    }
    let mut random = Draws(Random(0x005e_ed0f_5aa1));
    let mut sums = vec![0_u64; ROUNDS];
    let mut expected = 0.0;
    for stratum in strata.iter().filter(|stratum| stratum.unjudged > 0) {
        let all = (stratum.judged + stratum.unjudged) as f64;
        let mean = (stratum.sum / all).clamp(1e-4, 1.0 - 1e-4);
        let a = mean * PRIOR + stratum.links as f64;
        let b = (1.0 - mean) * PRIOR + (stratum.judged - stratum.links) as f64;
        expected += stratum.unjudged as f64 * a / (a + b);
        for sum in &mut sums {
            let (x, y) = (random.gamma(a), random.gamma(b));
            *sum += random.binomial(stratum.unjudged, x / (x + y).max(f64::MIN_POSITIVE));
        }
    }
    sums.sort_unstable();
    let total = |of: fn(&Stratum) -> usize| strata.iter().map(of).sum();
    Unfound {
        found: total(|stratum| stratum.links),
        judged: total(|stratum| stratum.judged),
        unjudged: total(|stratum| stratum.unjudged),
        expected,
        low: sums[ROUNDS / 40],
        high: sums[ROUNDS - 1 - ROUNDS / 40],
    }
}

#[derive(Clone, Copy, Default)]
struct Stratum {
    judged: usize,
    links: usize,
    unjudged: usize,
    sum: f64,
}

/// The distributions drawn from a stream of pseudo-random numbers.
struct Draws(Random);

impl Draws {
    fn normal(&mut self) -> f64 {
        (-2.0 * self.0.unit().ln()).sqrt() * (std::f64::consts::TAU * self.0.unit()).cos()
    }

    /// Gamma with that shape and scale 1 (Marsaglia & Tsang 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = self.0.unit().powf(1.0 / shape);
            return self.gamma(shape + 1.0) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.0.unit().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Successes among `trials`: by inversion where few are expected, else by the normal approximation.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts")]
    fn binomial(&mut self, trials: usize, p: f64) -> u64 {
        if p > 0.5 {
            return trials as u64 - self.binomial(trials, 1.0 - p);
        }
        let n = trials as f64;
        if n * p < 20.0 {
            let mut probability = (n * (-p).ln_1p()).exp();
            let (mut sum, mut count, wanted) = (probability, 0_u64, self.0.unit());
            while sum < wanted && count < trials as u64 {
                probability *= (n - count as f64) / (count as f64 + 1.0) * p / (1.0 - p);
                count += 1;
                sum += probability;
            }
            return count;
        }
        (n * p + self.normal() * (n * p * (1.0 - p)).sqrt()).round().clamp(0.0, n) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A calibrated model on 4,000 pairs, of which people judge a growing part, from the likeliest down.
    #[expect(clippy::cast_precision_loss, reason = "counts of pairs")]
    fn simulated(seed: u64, share: f64) -> (Unfound, u64) {
        let mut random = Random(seed);
        let mut pairs: Vec<(f64, bool)> = (0..4000)
            .map(|_| {
                let p = random.unit().powi(6);
                (p, random.unit() < p)
            })
            .collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let judged = |place: usize| (place as f64) < share * 4000.0 || place.is_multiple_of(50);
        let left = pairs.iter().enumerate().filter(|(place, pair)| !judged(*place) && pair.1).count() as u64;
        (unfound(pairs.iter().enumerate().map(|(place, (p, link))| (*p, judged(place).then_some(*link)))), left)
    }

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "counts of pairs")]
    fn the_interval_holds_what_is_left_nine_times_of_ten() {
        let mut inside = 0;
        for seed in 0..100 {
            let (estimate, left) = simulated(seed * 7919 + 1, 0.1 + 0.006 * seed as f64);
            inside += usize::from((estimate.low..=estimate.high).contains(&left));
            assert!(estimate.low as f64 <= estimate.expected + 1.0 && estimate.expected <= estimate.high as f64 + 1.0);
        }
        assert!(inside >= 90, "{inside} of 100");
    }

    #[test]
    fn nothing_left_is_nothing_unfound() {
        let done = unfound([(0.9, Some(true)), (0.1, Some(false))].into_iter());
        assert_eq!((done.found, done.unjudged, done.high), (1, 0, 0));
        assert_eq!(unfound(std::iter::empty()).high, 0);
    }
}
