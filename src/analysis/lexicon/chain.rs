//! Suffixes as they look in the weaker alphabet, read from the stemmer's `kazakh-chain.tsv`.
//!
//! Takes the table; gives, by last letter, every surface in key letters with its two clean spellings (back and front row), so
//! that a noisy ending can be told and written out clean. Does not know roots.

use super::sound::{self, Row};
use crate::analysis::stem::kazakh::morphotactics::{ByLast, Line, StateNames, States};
use crate::analysis::stem::kazakh::phonology::before;

/// What speaks against a word that is built from a listed root and not listed itself.
const DERIVATION_COST: i32 = 12;

/// One surface of one table row.
#[derive(Debug, Clone)]
pub(crate) struct Suffix {
    /// In key letters.
    pub keys: Vec<char>,
    /// Clean, after a back and after a front vowel.
    pub spellings: [Box<str>; 2],
    /// The row that its а or е shows.
    pub row: Option<Row>,
    /// Letters that may stand before it.
    pub before: u8,
    /// Endings in key letters, one of which must stand before it; none: any.
    pub ends: Vec<Vec<char>>,
    /// Where the clean spelling has ң.
    pub velar_nasal: Option<usize>,
    /// Its first letter is й, which is never typed ы or і.
    pub glide: bool,
    /// It is the genitive, whose ң is no second person.
    pub genitive: bool,
    /// It has swallowed the last letter of a verb in ы, і or й.
    pub fused: bool,
    /// It builds words.
    pub builds: bool,
    pub from: States,
    pub to: States,
    pub weight: i32,
    pub cost: i32,
}

impl Suffix {
    /// Whether the key letters before it end as the table row asks.
    pub fn may_follow(&self, keys: &[char]) -> bool {
        self.ends.is_empty() || self.ends.iter().any(|end| keys.ends_with(end))
    }
}

/// The chain, by last key letter.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    suffixes: ByLast<Suffix>,
    names: StateNames,
}

impl Chain {
    /// Reads the rows of inflection, and those that build nouns from nouns: a derived word need not be listed. `key` is the weaker alphabet.
    pub fn read(table: &str, key: impl Fn(char) -> char + Copy) -> Self {
        let mut chain = Self::default();
        let lines = Line::read_all(table, &mut chain.names);
        let noun = chain.names.bits("n");
        for line in lines.iter().filter(|line| !line.derivation || line.from & noun != 0) {
            for (spellings, class) in line.surfaces() {
                let respelt = |letter: char| {
                    spellings.clone().map(|text| std::iter::once(letter).chain(text.chars().skip(1)).collect())
                };
                match spellings[0].chars().next() {
                    Some('й') => chain.enter(line, respelt('и'), before::ANY & !before::VOWEL, true, key),
                    Some('а') if line.after_consonant => chain.enter(line, respelt('я'), before::ANY, true, key),
                    Some('у') => {
                        chain.enter(line, respelt('ю'), before::ANY, true, key);
                        chain.enter(line, spellings.clone(), before::ANY, true, key);
                    }
                    _ => {}
                }
                chain.enter(line, spellings, class & line.before, false, key);
            }
        }
        chain
    }

    /// The bits of a comma list of state names.
    pub fn states(&mut self, list: &str) -> States {
        self.names.bits(list)
    }

    /// The suffixes that end in a key letter.
    pub fn ending_in(&self, last: char) -> &[Suffix] {
        self.suffixes.ending_in(last)
    }

    /// Enters a surface: one suffix where both rows look alike in key letters, else one for each.
    fn enter(
        &mut self,
        line: &Line<'_>,
        [back, front]: [String; 2],
        before: u8,
        fused: bool,
        key: impl Fn(char) -> char + Copy,
    ) {
        let (back_keys, front_keys) = (sound::keys(&back, key), sound::keys(&front, key));
        let both = Suffix {
            velar_nasal: back.chars().position(|c| c == 'ң'),
            glide: back.starts_with('й'),
            row: None,
            before,
            ends: line.ends.iter().map(|end| sound::keys(end, key)).collect(),
            genitive: line.is_genitive(),
            fused,
            builds: line.derivation,
            from: line.from,
            to: line.to,
            weight: line.weight,
            cost: line.cost + if line.derivation { DERIVATION_COST } else { 0 },
            keys: back_keys,
            spellings: [back.as_str().into(), front.as_str().into()],
        };
        if both.keys == front_keys {
            self.insert(both);
            return;
        }
        let of_row = |row, text: String, keys| Suffix {
            keys,
            spellings: [text.as_str().into(), text.as_str().into()],
            row: Some(row),
            ..both.clone()
        };
        self.insert(of_row(Row::Front, front, front_keys));
        self.insert(of_row(Row::Back, back, both.keys.clone()));
    }

    fn insert(&mut self, suffix: Suffix) {
        if let Some(&last) = suffix.keys.last() {
            self.suffixes.insert(last, suffix);
        }
    }
}
