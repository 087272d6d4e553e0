//! The lines of `models/stem/kazakh-chain.tsv` spelt out: what the stemmer and the lexicon of noisy words both read.
//!
//! Takes the table; gives its lines with states as bits and every suffix in both rows, and an index of suffixes by their last letter.
//! A line that does not read is left out (the tests check that there is none). Does not know which suffix a word has.

use super::phonology::{Archiphoneme, before};

/// A set of states, one bit each.
pub(crate) type States = u64;

/// The names of states, each with its bit.
#[derive(Debug, Default)]
pub(crate) struct StateNames(Vec<String>);

impl StateNames {
    /// The bits of a comma list of state names.
    pub fn bits(&mut self, list: &str) -> States {
        list.split(',').fold(0, |set, name| {
            let at = self.0.iter().position(|known| known == name).unwrap_or_else(|| {
                self.0.push(name.to_owned());
                self.0.len() - 1
            });
            set | 1_u64.checked_shl(u32::try_from(at).unwrap_or(63)).unwrap_or(0)
        })
    }
}

/// One line of the table.
#[derive(Debug)]
pub(crate) struct Line<'t> {
    pub from: States,
    pub to: States,
    /// Classes of letter that may stand before it, see [`before`].
    pub before: u8,
    /// A consonant must stand before it.
    pub after_consonant: bool,
    /// Endings, one of which must stand before it; none: any.
    pub ends: Vec<&'t str>,
    template: &'t str,
    /// How much it speaks for an unlisted stem.
    pub weight: i32,
    /// How much it speaks against a listed one.
    pub cost: i32,
    /// It builds words, see [`crate::analysis::stem::Depth::Derivation`].
    pub derivation: bool,
}

impl<'t> Line<'t> {
    /// Reads all lines of `table`, naming states in `names`.
    pub fn read_all(table: &'t str, names: &mut StateNames) -> Vec<Self> {
        table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| Self::read(line, names)).collect()
    }

    fn read(line: &'t str, names: &mut StateNames) -> Option<Self> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [from, after, template, to, weight, cost, layer] = columns[..] else { return None };
        let (weight, cost) = (weight.parse().ok()?, cost.parse().ok()?);
        let (before, ends) = match after {
            "V" => (before::VOWEL | before::GLIDE, Vec::new()),
            "C" => (before::ANY & !before::VOWEL, Vec::new()),
            "*" => (before::ANY, Vec::new()),
            list => (before::ANY, list.split(',').collect()),
        };
        Some(Self {
            from: names.bits(from),
            to: names.bits(to),
            before,
            after_consonant: after == "C",
            ends,
            template,
            weight,
            cost,
            derivation: layer == "d",
        })
    }

    /// True for the genitive.
    pub fn is_genitive(&self) -> bool {
        self.template.starts_with('T')
    }

    /// Its surfaces: spelt in the back and in the front row (alike where it shows none), with the classes of letter before.
    pub fn surfaces(&self) -> Vec<([String; 2], u8)> {
        let Some(first) = self.template.chars().next() else { return Vec::new() };
        let spelt = |head: char, row: usize| -> String {
            std::iter::once(head).chain(self.template.chars().skip(1)).map(|c| Archiphoneme(c).in_row(row)).collect()
        };
        let heads = Archiphoneme(first).heads();
        heads.into_iter().map(|(head, before)| ([spelt(head, 0), spelt(head, 1)], before)).collect()
    }
}

/// Suffixes by their last letter.
#[derive(Debug)]
pub(crate) struct ByLast<S>(Vec<(char, Vec<S>)>);

impl<S> Default for ByLast<S> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<S> ByLast<S> {
    /// The suffixes that end in `last`, in the order they were entered.
    pub fn ending_in(&self, last: char) -> &[S] {
        self.0.iter().find(|(c, _)| *c == last).map_or(&[], |(_, list)| list)
    }

    /// Enters a suffix that ends in `last`.
    pub fn insert(&mut self, last: char, suffix: S) {
        match self.0.iter_mut().find(|(c, _)| *c == last) {
            Some((_, list)) => list.push(suffix),
            None => self.0.push((last, vec![suffix])),
        }
    }
}
