//! The suffixes as they are written: which may end a word in a state, read from `models/stem/kazakh-chain.tsv`.
//!
//! Takes the table; gives, for a word's last letter, the suffixes that may end there. Knows no words.

use super::morphotactics::{ByLast, Line, StateNames, States};
use super::phonology::{Row, before};

/// One surface form of one table line.
pub(super) struct Suffix {
    pub text: Vec<char>,
    pub spelling: String,
    pub row: Option<Row>,
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
    fn new(line: &Line<'_>, text: Vec<char>, row: Option<Row>, before: u8, fused: bool) -> Self {
        Self {
            spelling: text.iter().collect(),
            text,
            row,
            before,
            ends: line.ends.iter().map(|end| end.chars().collect()).collect(),
            fused,
            from: line.from,
            to: line.to,
            weight: line.weight,
            cost: line.cost,
        }
    }

    /// Whether the letters before it end as the table line asks.
    pub fn may_follow(&self, chars: &[char]) -> bool {
        self.ends.is_empty() || self.ends.iter().any(|end| chars.ends_with(end))
    }
}

/// The table, by last letter.
pub(super) struct Chain {
    inflection: ByLast<Suffix>,
    derivation: Vec<Suffix>,
    names: StateNames,
}

impl Chain {
    /// Reads the table.
    pub fn read(table: &str) -> Self {
        let mut names = StateNames::default();
        let lines = Line::read_all(table, &mut names);
        let mut chain = Self { inflection: ByLast::default(), derivation: Vec::new(), names };
        for line in &lines {
            for ([back, front], class) in line.surfaces() {
                if back == front {
                    chain.enter(line, back.chars().collect(), None, class);
                } else {
                    chain.enter(line, back.chars().collect(), Some(Row::Back), class);
                    chain.enter(line, front.chars().collect(), Some(Row::Front), class);
                }
            }
        }
        chain
    }

    /// The bits of a comma list of state names.
    pub fn states(&mut self, list: &str) -> States {
        self.names.bits(list)
    }

    /// The suffixes that end in `last`.
    pub fn ending_in(&self, last: char) -> &[Suffix] {
        self.inflection.ending_in(last)
    }

    /// The word-building suffixes.
    pub fn derivation(&self) -> &[Suffix] {
        &self.derivation
    }

    /// Enters a surface, and before it the ones that swallow the last letter of a verb.
    fn enter(&mut self, line: &Line<'_>, text: Vec<char>, row: Option<Row>, class: u8) {
        if line.derivation {
            self.derivation.push(Suffix::new(line, text, row, class & line.before, false));
            return;
        }
        let respelt = |c: char| std::iter::once(c).chain(text[1..].iter().copied()).collect();
        match text.first() {
            Some('й') => self.insert(Suffix::new(line, respelt('и'), row, before::ANY & !before::VOWEL, true)),
            Some('а') if line.after_consonant => self.insert(Suffix::new(line, respelt('я'), row, before::ANY, true)),
            Some('у') => {
                self.insert(Suffix::new(line, respelt('ю'), row, before::ANY, true));
                self.insert(Suffix::new(line, text.clone(), row, before::ANY, true));
            }
            _ => {}
        }
        self.insert(Suffix::new(line, text, row, class & line.before, false));
    }

    fn insert(&mut self, suffix: Suffix) {
        if let Some(&last) = suffix.text.last() {
            self.inflection.insert(last, suffix);
        }
    }
}
