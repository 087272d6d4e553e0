//! The morphotactics: which suffix may follow which, read from `models/stem/kazakh-chain.tsv`.
//!
//! Takes the table; gives, for a state and a word's last letter, the suffixes that may end there. A table
//! line that does not read is left out (the tests check that there is none).

use super::phonology::{Harmony, before, spell};

/// A set of states, one bit each.
pub(super) type States = u64;

/// One surface form of one table line.
pub(super) struct Suffix {
    pub text: Vec<char>,
    pub spelling: String,
    pub row: Option<Harmony>,
    /// Letters that may stand before it.
    pub before: u8,
    /// Endings, one of which must stand before it; none: any.
    pub ends: Vec<Vec<char>>,
    /// It joins to a verb stem that lost its final ы/і or й before it.
    pub fused: bool,
    pub from: States,
    pub to: States,
    /// How much it speaks for an unlisted stem.
    pub weight: i32,
    /// How much it speaks against a listed one.
    pub cost: i32,
}

impl Suffix {
    /// Whether the letters before it end as the table line asks.
    pub fn may_follow(&self, chars: &[char]) -> bool {
        self.ends.is_empty() || self.ends.iter().any(|end| chars.ends_with(end))
    }
}

/// The table, by last letter.
pub(super) struct Chain {
    by_last: Vec<(char, Vec<Suffix>)>,
    derivation: Vec<Suffix>,
    names: Vec<String>,
}

impl Chain {
    /// Reads the table.
    pub fn read(table: &str) -> Self {
        let mut chain = Self { by_last: Vec::new(), derivation: Vec::new(), names: Vec::new() };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [from, after, template, to, weight, cost, layer] = columns[..] else { continue };
            let (Ok(weight), Ok(cost)) = (weight.parse(), cost.parse()) else { continue };
            let (from, to) = (chain.states(from), chain.states(to));
            let allowed = match after {
                "V" => before::VOWEL | before::GLIDE,
                "C" => before::ANY & !before::VOWEL,
                _ => before::ANY,
            };
            let ends: Vec<Vec<char>> = match after {
                "V" | "C" | "*" => Vec::new(),
                list => list.split(',').map(|end| end.chars().collect()).collect(),
            };
            for form in spell(template) {
                let before = form.before & allowed;
                let suffix = |text: Vec<char>, row, before, fused| {
                    let spelling = text.iter().collect();
                    Suffix { text, spelling, row, before, ends: ends.clone(), fused, from, to, weight, cost }
                };
                if layer == "d" {
                    chain.derivation.push(suffix(form.text, form.row, before, false));
                    continue;
                }
                let respelt = |c: char| std::iter::once(c).chain(form.text[1..].iter().copied()).collect();
                match form.text[0] {
                    'й' => chain.add(suffix(respelt('и'), form.row, before::ANY & !before::VOWEL, true)),
                    'а' if after == "C" => chain.add(suffix(respelt('я'), form.row, before::ANY, true)),
                    'у' => {
                        chain.add(suffix(respelt('ю'), form.row, before::ANY, true));
                        chain.add(suffix(form.text.clone(), form.row, before::ANY, true));
                    }
                    _ => {}
                }
                chain.add(suffix(form.text, form.row, before, false));
            }
        }
        chain
    }

    /// The bits of a comma list of state names.
    pub fn states(&mut self, list: &str) -> States {
        list.split(',').fold(0, |set, name| {
            let at = self.names.iter().position(|n| n == name).unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len() - 1
            });
            set | 1_u64.checked_shl(u32::try_from(at).unwrap_or(63)).unwrap_or(0)
        })
    }

    /// The suffixes that end in `last`.
    pub fn ending_in(&self, last: char) -> &[Suffix] {
        self.by_last.iter().find(|(c, _)| *c == last).map_or(&[], |(_, list)| list)
    }

    /// The word-building suffixes.
    pub fn derivation(&self) -> &[Suffix] {
        &self.derivation
    }

    fn add(&mut self, suffix: Suffix) {
        let Some(&end) = suffix.text.last() else { return };
        match self.by_last.iter_mut().find(|(c, _)| *c == end) {
            Some((_, list)) => list.push(suffix),
            None => self.by_last.push((end, vec![suffix])),
        }
    }
}
