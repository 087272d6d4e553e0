//! Where are links good and where not? By the languages of inquiry and promise, by the manner of writing, by comparison left out.

use super::metrics::{Judged, METRICS};
use super::{Bootstrap, Estimate};
use crate::ingest::{Inquiry, TextLanguage};
use crate::linking::Link;
use serde::Serialize;

/// Metrics of one part of the judged pairs.
#[derive(Debug, Clone, Serialize)]
pub struct Slice {
    /// What its pairs have in common: `kk->ru` is a Kazakh inquiry and a Russian promise.
    pub name: String,
    /// Inquiries in it.
    pub inquiries: usize,
    /// Pairs.
    pub pairs: usize,
    /// Pairs with a grade above 0.
    pub links: usize,
    /// By metric, over the pairs of the slice alone.
    pub metrics: Vec<(&'static str, Estimate)>,
}

/// What is lost without one comparison, the other weights as they are.
#[derive(Debug, Clone, Serialize)]
pub struct Ablation {
    /// The comparison.
    pub comparison: &'static str,
    /// By metric: with it less without it, paired; above 0 where it helps.
    pub gain: Vec<(&'static str, Estimate)>,
}

/// How a probability holds: one of ten equal bins.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// From this probability on.
    pub from: f64,
    /// Pairs.
    pub pairs: usize,
    /// Mean probability said.
    pub said: Option<f64>,
    /// Share of links.
    pub was: Option<f64>,
}

/// What a threshold costs: the pairs from a probability on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Risk {
    /// The probability.
    pub threshold: f64,
    /// Pairs at or above it.
    pub suggested: usize,
    /// Share of all links among them.
    pub coverage: f64,
    /// Share of them that are no links.
    pub false_share: f64,
}

/// The slices of `pairs`: `names[i]` names those that pair `i` belongs to. In the order of their names.
pub fn slices(pairs: &[Judged], names: &[Vec<String>], bootstrap: &Bootstrap) -> Vec<Slice> {
    let all: std::collections::BTreeSet<&String> = names.iter().flatten().collect();
    let of = |name: &String| {
        let inside = pairs.iter().zip(names).filter(|(_, names)| names.contains(name)).map(|(pair, _)| *pair);
        let inside: Vec<Judged> = inside.collect();
        let inquiries: std::collections::BTreeSet<usize> = inside.iter().map(|pair| pair.inquiry).collect();
        Slice {
            name: name.clone(),
            inquiries: inquiries.len(),
            pairs: inside.len(),
            links: inside.iter().filter(|pair| pair.grade > 0).count(),
            metrics: METRICS.into_iter().zip(bootstrap.estimates(&inside)).collect(),
        }
    };
    all.into_iter().map(of).collect()
}

/// The slices that a pair of an inquiry and a promise belongs to.
pub fn names(inquiry: &Inquiry, promise: TextLanguage) -> Vec<String> {
    let language = inquiry.lang.map_or("unknown", TextLanguage::code);
    let pair = match language {
        "kk" | "ru" => format!("{language}->{}", promise.code()),
        _ => language.to_owned(),
    };
    vec![pair, format!("inquiry {language}"), format!("writing {}", manner(inquiry))]
}

/// How a text is written, by its letters: `latin`, Kazakh `without_kazakh_letters`, with `broken_lines`, or `clean`.
fn manner(inquiry: &Inquiry) -> &'static str {
    let letters = || inquiry.text.chars().filter(|letter| letter.is_alphabetic());
    let latin = letters().filter(char::is_ascii_alphabetic).count();
    let of_kazakh = |letter: char| "әғқңөұүһіӘҒҚҢӨҰҮҺІ".contains(letter);
    match () {
        () if latin * 2 > letters().count() => "latin",
        () if inquiry.text.lines().any(|line| line.ends_with('-')) => "broken_lines",
        () if inquiry.lang == Some(TextLanguage::Kazakh) && !letters().any(of_kazakh) => "without_kazakh_letters",
        () => "clean",
    }
}

/// What each comparison adds: `links[i]` is the link of `pairs[i]`.
pub fn ablations(pairs: &[Judged], links: &[&Link], bootstrap: &Bootstrap) -> Vec<Ablation> {
    let without = |place: usize| {
        let score = |(pair, link): (&Judged, &&Link)| {
            let weight = link.explanation.parts().nth(place).map_or(0.0, |part| part.weight);
            Judged { score: pair.score - weight, probability: None, ..*pair }
        };
        let rest: Vec<Judged> = pairs.iter().zip(links).map(score).collect();
        METRICS.into_iter().zip(bootstrap.differences(pairs, &rest)).collect()
    };
    let comparisons = crate::linking::COMPARISONS.into_iter().enumerate();
    comparisons.map(|(place, comparison)| Ablation { comparison, gain: without(place) }).collect()
}

/// The reliability diagram of `pairs`.
#[expect(clippy::cast_precision_loss, reason = "counts")]
pub fn reliability(pairs: &[Judged]) -> Vec<Bin> {
    let bin = |place: u8| {
        let (from, to) = (f64::from(place) / 10.0, f64::from(place + 1) / 10.0);
        let inside = |pair: &&Judged| pair.probability.is_some_and(|p| p >= from && (p < to || place == 9));
        let inside: Vec<&Judged> = pairs.iter().filter(inside).collect();
        let mean = |sum: f64| (!inside.is_empty()).then(|| sum / inside.len() as f64);
        Bin {
            from,
            pairs: inside.len(),
            said: mean(inside.iter().filter_map(|pair| pair.probability).sum()),
            was: mean(inside.iter().map(|pair| f64::from(u8::from(pair.grade > 0))).sum()),
        }
    };
    (0..10).map(bin).collect()
}

/// The risk-coverage curve of `pairs`: a point for each probability that a pair has, from the highest, at most one a hundredth.
#[expect(clippy::cast_precision_loss, reason = "counts")]
pub fn risk_coverage(pairs: &[Judged]) -> Vec<Risk> {
    let links = pairs.iter().filter(|pair| pair.grade > 0).count().max(1) as f64;
    let risk = |hundredths: u8| {
        let threshold = f64::from(hundredths) / 100.0;
        let inside: Vec<&Judged> =
            pairs.iter().filter(|pair| pair.probability.is_some_and(|p| p >= threshold)).collect();
        let hits = inside.iter().filter(|pair| pair.grade > 0).count();
        (!inside.is_empty()).then(|| Risk {
            threshold,
            suggested: inside.len(),
            coverage: hits as f64 / links,
            false_share: 1.0 - hits as f64 / inside.len() as f64,
        })
    };
    (1..100).rev().filter_map(risk).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_worked_out_by_hand() {
        let pair = |grade: u8, p: f64| Judged { inquiry: 0, grade, score: p, probability: Some(p), crosses: false };
        let pairs = [pair(2, 0.95), pair(0, 0.91), pair(1, 0.42), pair(0, 0.05)];
        let bins = reliability(&pairs);
        assert_eq!((bins[9].pairs, bins[9].was), (2, Some(0.5)));
        assert_eq!((bins[1].pairs, bins[1].said), (0, None));
        let at = |threshold: f64| risk_coverage(&pairs).into_iter().find(|risk| risk.threshold == threshold);
        let risk = at(0.42).expect("a point");
        assert!((risk.coverage, risk.suggested) == (1.0, 3) && (risk.false_share - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(at(0.96), None);
    }
}
