//! Does a stemmer give the forms of one lemma, and only those, the same key?
//!
//! Over all pairs of distinct forms: gold = the two share a lemma, system = they get the same stem; precision, recall and F1 of the two
//! sets of pairs. Intervals by resampling lemmas. After Paice 1994 (an evaluation method for stemming algorithms), in its plain
//! pairwise form.

use super::data::FormRow;
use crate::evaluation::{Bootstrap, Estimate};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Resamples of the lemmas.
const ROUNDS: usize = 500;

/// Precision, recall and F1 over pairs of forms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conflation {
    /// Of pairs with one stem, those with one lemma.
    pub precision: Estimate,
    /// Of pairs with one lemma, those with one stem.
    pub recall: Estimate,
    /// Their harmonic mean.
    pub f1: Estimate,
}

/// Pairs counted at the lemma of their first form.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    gold: u64,
    system: u64,
    both: u64,
}

/// Compares `stem` with the lemmas of `rows`.
pub fn measure(rows: &[FormRow], stem: impl Fn(&str) -> String) -> Conflation {
    let (mut by_lemma, mut by_stem) = (BTreeMap::<&str, Vec<usize>>::new(), BTreeMap::<String, Vec<usize>>::new());
    for (place, row) in rows.iter().enumerate() {
        by_stem.entry(stem(&row.form)).or_default().push(place);
        for lemma in &row.lemmas {
            by_lemma.entry(lemma).or_default().push(place);
        }
    }
    let gold = pairs(by_lemma.values());
    let system = pairs(by_stem.values());
    let mut lemmas: HashMap<&str, usize> = HashMap::new();
    let of_row: Vec<usize> = rows
        .iter()
        .map(|row| {
            let next = lemmas.len();
            *lemmas.entry(row.lemmas.first().map_or("", String::as_str)).or_insert(next)
        })
        .collect();
    let mut counts = vec![Counts::default(); lemmas.len()];
    for (first, second) in &gold {
        counts[of_row[*first]].gold += 1;
        counts[of_row[*first]].both += u64::from(system.contains(&(*first, *second)));
    }
    for (first, _) in &system {
        counts[of_row[*first]].system += 1;
    }
    let whole = shares(&counts, &vec![1; counts.len()]);
    let rounds: Vec<[f64; 3]> =
        Bootstrap::new(counts.len(), ROUNDS).weights().iter().map(|weights| shares(&counts, weights)).collect();
    let estimate = |at: usize| Estimate::of_resamples(whole[at], rounds.iter().map(|round| round[at]).collect());
    Conflation { precision: estimate(0), recall: estimate(1), f1: estimate(2) }
}

fn pairs<'a>(groups: impl Iterator<Item = &'a Vec<usize>>) -> BTreeSet<(usize, usize)> {
    let of = |group: &Vec<usize>| -> Vec<(usize, usize)> {
        let after = |(nth, first): (usize, &usize)| group[nth + 1..].iter().map(|s| (*first, *s)).collect::<Vec<_>>();
        group.iter().enumerate().flat_map(after).collect()
    };
    groups.flat_map(of).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn shares(counts: &[Counts], weights: &[u32]) -> [f64; 3] {
    let mut sum = Counts::default();
    for (count, weight) in counts.iter().zip(weights) {
        let weight = u64::from(*weight);
        sum.gold += count.gold * weight;
        sum.system += count.system * weight;
        sum.both += count.both * weight;
    }
    let part = |part: u64, all: u64| part as f64 / all.max(1) as f64;
    [part(sum.both, sum.system), part(sum.both, sum.gold), part(2 * sum.both, sum.gold + sum.system)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(form: &str, lemma: &str) -> FormRow {
        FormRow { form: form.to_owned(), lemmas: vec![lemma.to_owned()], name: false }
    }

    #[test]
    fn pairs_are_counted_as_by_hand() {
        // Gold pairs: мектеп-мектептер, су-суы. By the first letter: мектеп-мектептер, су-суы, су-саз, суы-саз.
        let rows =
            [row("мектеп", "мектеп"), row("мектептер", "мектеп"), row("су", "су"), row("суы", "су"), row("саз", "саз")];
        let found = measure(&rows, |form| form.chars().take(1).collect());
        assert!((found.precision.value - 0.5).abs() < 1e-12 && (found.recall.value - 1.0).abs() < 1e-12);
        assert!((found.f1.value - 2.0 / 3.0).abs() < 1e-12);
        let found = measure(&rows, str::to_owned);
        assert!((found.recall.value, found.f1.value) == (0.0, 0.0));
    }
}
