//! Scanning errors: a word that is no form of a listed one but for one letter that scanners confuse.
//!
//! Takes an unlisted word; gives the one listed word it may be, or nothing: where two are possible it does not choose. The table
//! is `models/noise/ocr.tsv`. Does not know errors of two letters, nor words that are listed as read.

use super::is_cyrillic;
use crate::analysis::lexicon::{Lexicon, Typing};

pub(super) const TABLE: &str = include_str!("../../../models/noise/ocr.tsv");
/// Shorter words have too many neighbours.
const LEAST: usize = 6;
/// The fewest letters of the root that is meant.
const ROOT: usize = 5;
/// Longer ones are no words.
const MOST: usize = 30;
/// The least share of the word that the root must be, in percent: short roots under long endings prove nothing.
const ROOT_SHARE: usize = 50;

/// The table: a letter as read and the letters that may be meant.
#[derive(Debug, Clone)]
pub struct Confusions {
    pairs: Vec<(char, char)>,
}

impl Default for Confusions {
    fn default() -> Self {
        let row = |line: &str| {
            let (read, meant) = line.split_once('\t')?;
            Some((read.chars().next()?, meant.chars().next()?))
        };
        let mut pairs: Vec<_> = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs }
    }
}

impl Confusions {
    /// What `known` gives for the readings of `word` of `least` letters and more with one letter changed, or one of a double letter left out (and which one), if it is one and the same for all it knows.
    pub fn mend<T: PartialEq>(&self, word: &str, least: usize, known: impl Fn(&str, usize) -> Option<T>) -> Option<T> {
        let letters = word.chars().count();
        if !(least..=MOST).contains(&letters) || !word.chars().all(is_cyrillic) {
            return None;
        }
        let mut reading = String::with_capacity(word.len() + 2);
        let mut found = None;
        for (nth, (at, read)) in word.char_indices().enumerate() {
            let start = self.pairs.partition_point(|pair| pair.0 < read);
            let meant = self.pairs[start..].iter().take_while(|pair| pair.0 == read).map(|pair| Some(pair.1));
            let doubled = word[..at].ends_with(read).then_some(None);
            for meant in meant.chain(doubled) {
                reading.clear();
                reading.push_str(&word[..at]);
                reading.extend(meant);
                reading.push_str(&word[at + read.len_utf8()..]);
                match (known(&reading, nth), &found) {
                    (Some(new), None) => found = Some(new),
                    (Some(new), Some(old)) if new != *old => return None,
                    _ => {}
                }
            }
        }
        found
    }

    /// The one listed Kazakh root that `word` is a form of but for one letter.
    pub fn mend_kazakh<'l>(&self, word: &str, typing: Typing, lexicon: &'l Lexicon) -> Option<&'l str> {
        let letters = word.chars().count();
        self.mend(word, LEAST, |reading, _| {
            let found = lexicon.analyse_typed(reading, typing)?;
            let long = found.letters >= ROOT && found.letters * 100 >= letters * ROOT_SHARE;
            (long && !found.name).then_some(found.root)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_letter_is_mended_and_listed_words_are_not_asked() {
        let (lexicon, confusions) = (Lexicon::default(), Confusions::default());
        let mend = |word| confusions.mend_kazakh(word, Typing::Kazakh, &lexicon);
        assert_eq!(mend("бағдарламапар"), Some("бағдарлама"));
        assert_eq!(mend("қызнеткерлер"), Some("қызметкер"));
        assert_eq!(mend("абвгд"), None);
        assert_eq!(mend("ә"), None);
    }
}
