//! Link metrics over judged pairs, with bootstrap intervals over inquiries.

use super::estimate::{Bootstrap, Estimate};
use rayon::prelude::*;

/// One judged pair and what a system said of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// Number of the inquiry, from 0; pairs of an inquiry stand together.
    pub inquiry: usize,
    /// 0, 1 or 2.
    pub grade: u8,
    /// The system's score: higher is likelier.
    pub score: f64,
    /// The system's probability, if it gives one.
    pub probability: Option<f64>,
    /// True where promise and inquiry are in different languages, Kazakh and Russian.
    pub crosses: bool,
}

/// The metrics by name, in the order of every table. `NaN` where one is undefined (no link at all).
pub const METRICS: [&str; 13] = [
    "AP",
    "AP_grade2",
    "AP_cross",
    "AP_mono",
    "nDCG@5",
    "R@1",
    "R@3",
    "MRR",
    "no-link AUROC",
    "best F1",
    "F1@0.5",
    "Brier",
    "ECE",
];

impl Bootstrap {
    /// Every metric of `pairs` with its interval.
    pub fn estimates(&self, pairs: &[Judged]) -> Vec<Estimate> {
        let sorted = Sorted::new(pairs, self.units());
        self.each(|weights| sorted.metrics(weights))
    }

    /// How much better `a` is than `b` on each metric, with the interval of the paired difference.
    pub fn differences(&self, a: &[Judged], b: &[Judged]) -> Vec<Estimate> {
        let (a, b) = (Sorted::new(a, self.units()), Sorted::new(b, self.units()));
        self.each(|weights| {
            let (a, b) = (a.metrics(weights), b.metrics(weights));
            std::array::from_fn(|place| a[place] - b[place])
        })
    }

    /// Each metric as counted on the data as they are, with the interval of its resamples.
    fn each(&self, metrics: impl Fn(&[u32]) -> [f64; METRICS.len()] + Sync) -> Vec<Estimate> {
        let whole = metrics(&vec![1; self.units()]);
        let rounds: Vec<_> = self.weights().par_iter().map(|weights| metrics(weights)).collect();
        let estimate =
            |(place, value)| Estimate::of_resamples(value, rounds.iter().map(|round| round[place]).collect());
        whole.into_iter().enumerate().map(estimate).collect()
    }
}

/// Pairs sorted once for all resamples: over all inquiries and within each.
struct Sorted<'a> {
    pairs: &'a [Judged],
    by_score: Vec<usize>,
    of_inquiry: Vec<Vec<usize>>,
}

impl<'a> Sorted<'a> {
    fn new(pairs: &'a [Judged], inquiries: usize) -> Self {
        // A stable sort: ties stay in the order of the tables, for every system alike.
        let mut by_score: Vec<usize> = (0..pairs.len()).collect();
        by_score.sort_by(|a, b| pairs[*b].score.total_cmp(&pairs[*a].score));
        let mut of_inquiry = vec![Vec::new(); inquiries];
        for place in &by_score {
            of_inquiry[pairs[*place].inquiry].push(*place);
        }
        Self { pairs, by_score, of_inquiry }
    }

    fn metrics(&self, weights: &[u32]) -> [f64; METRICS.len()] {
        let any = |pair: &Judged| pair.grade > 0;
        let [ndcg, first, third, mrr] = self.rankings(weights);
        let (f1_half, brier, ece) = self.calibration(weights);
        [
            self.average_precision(weights, &|_| true, &any),
            self.average_precision(weights, &|_| true, &|pair| pair.grade == 2),
            self.average_precision(weights, &|pair| pair.crosses, &any),
            self.average_precision(weights, &|pair| !pair.crosses, &any),
            ndcg,
            first,
            third,
            mrr,
            self.no_link_auroc(weights),
            self.best_f1(weights),
            f1_half,
            brier,
            ece,
        ]
    }

    fn weighted<'b>(&'b self, weights: &'b [u32]) -> impl Iterator<Item = (&'b Judged, f64)> {
        let of = |place: &usize| (&self.pairs[*place], f64::from(weights[self.pairs[*place].inquiry]));
        self.by_score.iter().map(of).filter(|(_, weight)| *weight > 0.0)
    }

    fn average_precision(&self, weights: &[u32], of: &dyn Fn(&Judged) -> bool, hit: &dyn Fn(&Judged) -> bool) -> f64 {
        let (mut seen, mut hits, mut sum) = (0.0, 0.0, 0.0);
        for (pair, weight) in self.weighted(weights).filter(|(pair, _)| of(pair)) {
            seen += weight;
            if hit(pair) {
                hits += weight;
                sum += weight * hits / seen;
            }
        }
        sum / hits
    }

    /// nDCG@5 with gains `2^grade - 1` (Järvelin & Kekäläinen 2002), recall at 1 and 3 (of at most as many), reciprocal rank; means over the
    /// inquiries that have a link.
    fn rankings(&self, weights: &[u32]) -> [f64; 4] {
        let mut sums = [0.0; 4];
        let mut inquiries = 0.0;
        for (places, weight) in self.of_inquiry.iter().zip(weights).filter(|(_, weight)| **weight > 0) {
            let grades: Vec<u8> = places.iter().map(|place| self.pairs[*place].grade).collect();
            let Some(first) = grades.iter().position(|grade| *grade > 0) else { continue };
            let mut ideal = grades.clone();
            ideal.sort_by(|a, b| b.cmp(a));
            let links = grades.iter().filter(|grade| **grade > 0).count();
            let top = grades.iter().take(3).filter(|grade| **grade > 0).count();
            let values = [
                discounted(&grades) / discounted(&ideal),
                f64::from(u8::from(first == 0)),
                ratio(top, links.min(3)),
                ratio(1, first + 1),
            ];
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += value * f64::from(*weight);
            }
            inquiries += f64::from(*weight);
        }
        sums.map(|sum| sum / inquiries)
    }

    /// How well an inquiry's best score tells inquiries with a link from those without.
    fn no_link_auroc(&self, weights: &[u32]) -> f64 {
        let mut tops: Vec<(f64, bool, f64)> = Vec::new();
        for (places, weight) in
            self.of_inquiry.iter().zip(weights).filter(|(places, weight)| **weight > 0 && !places.is_empty())
        {
            let linked = places.iter().any(|place| self.pairs[*place].grade > 0);
            tops.push((self.pairs[places[0]].score, linked, f64::from(*weight)));
        }
        tops.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut wins, mut below, mut linked, mut place) = (0.0, 0.0, 0.0, 0);
        while place < tops.len() {
            let tied = tops[place..].iter().take_while(|top| top.0 == tops[place].0).count();
            let sum =
                |wanted: bool| tops[place..place + tied].iter().filter(|t| t.1 == wanted).map(|t| t.2).sum::<f64>();
            let (with, without) = (sum(true), sum(false));
            wins += with * (below + without / 2.0);
            below += without;
            linked += with;
            place += tied;
        }
        wins / (linked * below)
    }

    fn best_f1(&self, weights: &[u32]) -> f64 {
        let links: f64 = self.weighted(weights).filter(|(pair, _)| pair.grade > 0).map(|(_, weight)| weight).sum();
        let (mut seen, mut hits, mut best) = (0.0, 0.0, 0.0_f64);
        for (pair, weight) in self.weighted(weights) {
            seen += weight;
            hits += if pair.grade > 0 { weight } else { 0.0 };
            best = best.max(2.0 * hits / (seen + links));
        }
        best
    }

    /// F1 at probability one half, Brier score, and expected calibration error over ten equal bins.
    fn calibration(&self, weights: &[u32]) -> (f64, f64, f64) {
        let mut bins = [[0.0; 3]; 10];
        let (mut squares, mut all, mut predicted, mut hits, mut links) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (pair, weight) in self.weighted(weights) {
            let Some(probability) = pair.probability else { return (f64::NAN, f64::NAN, f64::NAN) };
            let truth = f64::from(u8::from(pair.grade > 0));
            squares += weight * (probability - truth).powi(2);
            all += weight;
            links += weight * truth;
            if probability >= 0.5 {
                predicted += weight;
                hits += weight * truth;
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a bin of ten")]
            let bin = &mut bins[((probability * 10.0) as usize).min(9)];
            for (sum, value) in bin.iter_mut().zip([weight, weight * probability, weight * truth]) {
                *sum += value;
            }
        }
        let ece: f64 = bins.iter().map(|[_, said, was]| (said - was).abs() / all).sum();
        (2.0 * hits / (predicted + links), squares / all, ece)
    }
}

/// Discounted gain of the first five grades.
fn discounted(grades: &[u8]) -> f64 {
    let gain = |(rank, grade): (usize, &u8)| (f64::from(1_u32 << grade) - 1.0) / ratio(rank + 2, 1).log2();
    grades.iter().take(5).enumerate().map(gain).sum()
}

#[expect(clippy::cast_precision_loss, reason = "ranks and counts")]
fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(inquiry: usize, grade: u8, score: f64) -> Judged {
        Judged { inquiry, grade, score, probability: Some(score), crosses: false }
    }

    #[test]
    fn values_worked_out_by_hand() {
        let pairs = [pair(0, 0, 0.9), pair(0, 2, 0.8), pair(0, 0, 0.1), pair(1, 0, 0.3), pair(1, 0, 0.2)];
        let of = |name: &str| {
            let place = METRICS.iter().position(|metric| *metric == name).expect("a metric");
            Bootstrap::new(2, 10).estimates(&pairs)[place].value
        };
        assert_eq!(of("AP"), 0.5);
        assert!((of("nDCG@5") - 1.0 / 3.0_f64.log2()).abs() < 1e-12);
        assert_eq!([of("R@1"), of("R@3"), of("MRR")], [0.0, 1.0, 0.5]);
        assert_eq!(of("no-link AUROC"), 1.0);
        assert!((of("best F1") - 2.0 / 3.0).abs() < 1e-12);
        assert!((of("Brier") - (0.81 + 0.04 + 0.01 + 0.09 + 0.04) / 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_system_is_no_better_than_itself() {
        let pairs = [pair(0, 1, 0.9), pair(0, 0, 0.8), pair(1, 0, 0.1), pair(1, 1, 0.3)];
        let same = Bootstrap::new(2, 50).differences(&pairs, &pairs);
        assert!(same.iter().filter(|d| d.value.is_finite()).all(|d| d.value == 0.0 && d.low == 0.0 && d.high == 0.0));
    }
}
