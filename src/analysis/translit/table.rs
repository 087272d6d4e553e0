//! One alphabet as data: which letters stand for which, both ways, read from `models/translit/*.tsv`.
//!
//! Takes a table; gives lower-case letters of the other script, sign by sign and by context. Promises: the longest source letters
//! win, then the first line whose context fits; a line that does not read is left out (tests check that there is none). Does not
//! know: harmony, words.

use crate::analysis::lexicon::sound;
use std::collections::HashMap;

/// Where a line holds, of the Cyrillic written so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Any,
    Start,
    Vowel,
    Consonant,
}

#[derive(Debug)]
struct Rule {
    from: Box<[char]>,
    to: Box<str>,
    after: After,
    at_end: bool,
}

/// The lines of one table.
#[derive(Debug)]
pub(crate) struct Table {
    /// To Cyrillic, by first letter, longest first.
    decode: HashMap<char, Vec<Rule>>,
    /// From Cyrillic, by first letter, longest first.
    encode: HashMap<char, Vec<Rule>>,
    /// How many lines did not read.
    pub skipped: usize,
}

impl Table {
    /// Reads a table.
    pub fn read(table: &str) -> Self {
        let mut read = Self { decode: HashMap::new(), encode: HashMap::new(), skipped: 0 };
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let columns: Vec<&str> = line.split('\t').collect();
            let &[script, cyrillic, usage @ ("=" | "<" | ">"), after, before @ ("*" | "$")] = columns.as_slice() else {
                read.skipped += 1;
                continue;
            };
            let after = match after {
                "^" => After::Start,
                "V" => After::Vowel,
                "C" => After::Consonant,
                _ => After::Any,
            };
            let rule = |from: &str, to: &str| Rule {
                from: from.chars().collect(),
                to: to.into(),
                after,
                at_end: before == "$",
            };
            if usage != "<" {
                enter(&mut read.decode, rule(script, cyrillic));
            }
            if usage != ">" {
                enter(&mut read.encode, rule(cyrillic, script));
            }
        }
        for rules in read.decode.values_mut().chain(read.encode.values_mut()) {
            rules.sort_by_key(|rule| std::cmp::Reverse(rule.from.len()));
        }
        read
    }

    /// Appends the Cyrillic of `word`, lower case, to `out`, whose letters are what stands before. False where a sign is not of
    /// the alphabet; digits and hyphens are copied.
    pub fn decode(&self, word: &[char], out: &mut String) -> bool {
        apply(&self.decode, word, out, |out, _| out.chars().next_back())
    }

    /// Appends `word`, lower-case Cyrillic, in the alphabet. False where a letter is not of it.
    pub fn encode(&self, word: &[char], out: &mut String) -> bool {
        apply(&self.encode, word, out, |_, at| at.checked_sub(1).map(|at| word[at]))
    }
}

fn enter(rules: &mut HashMap<char, Vec<Rule>>, rule: Rule) {
    if let Some(&first) = rule.from.first() {
        rules.entry(first).or_default().push(rule);
    }
}

fn apply(
    rules: &HashMap<char, Vec<Rule>>,
    word: &[char],
    out: &mut String,
    before: impl Fn(&str, usize) -> Option<char>,
) -> bool {
    let mut at = 0;
    while at < word.len() {
        at += match step(rules, word, at, before(out, at)) {
            Some(rule) => {
                out.push_str(&rule.to);
                rule.from.len()
            }
            None if is_copied(word[at]) => {
                out.push(word[at]);
                1
            }
            None => return false,
        };
    }
    true
}

fn step<'r>(rules: &'r HashMap<char, Vec<Rule>>, word: &[char], at: usize, before: Option<char>) -> Option<&'r Rule> {
    let before = before.filter(|c| c.is_alphabetic());
    rules.get(word.get(at)?)?.iter().find(|rule| {
        let place = match (rule.after, before) {
            (After::Any, _) | (After::Start, None) => true,
            (After::Vowel, Some(c)) => sound::is_vowel(c),
            (After::Consonant, Some(c)) => !sound::is_vowel(c),
            _ => false,
        };
        place && word[at..].starts_with(&rule.from) && (!rule.at_end || at + rule.from.len() == word.len())
    })
}

fn is_copied(c: char) -> bool {
    // Letters that a reading has decided already.
    matches!(c, 'э' | 'ы') || c.is_ascii_digit() || matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn every_line_of_every_table_reads() {
        use super::super::{arabic, ascii, latin_2018, latin_2021};
        for table in [latin_2018::TABLE, latin_2021::TABLE, ascii::TABLE, arabic::TABLE] {
            assert_eq!(
                Table::read(table).skipped,
                0,
                "a line needs five cells parted by tabs: script, Cyrillic, = < or >, after, before"
            );
        }
    }
}
