//! Sounds as far as the weaker alphabet shows them: the class of the letter before a suffix.
//!
//! Takes key letters; gives their class. Key letters are of several classes (и is ы, і, й or и), so their class is the union. Clean letters
//! are read by `stem::kazakh::phonology`. Does not know words.

pub(crate) use crate::analysis::stem::kazakh::phonology::{Row, is_vowel, last_row, row};

use crate::analysis::stem::kazakh::phonology::{before, class as clean_class};

/// The classes of a key letter, 0 for what is no letter of the alphabet.
pub(crate) fn class(key: char) -> u8 {
    match key {
        'у' | 'ю' => before::VOWEL | before::GLIDE,
        'и' => before::VOWEL | before::GLIDE | before::R_J,
        key => clean_class(key),
    }
}

/// The row that suffixes take after a root of и, у, ю, я alone: министрі, турлар.
pub(crate) fn loan_row(letters: impl DoubleEndedIterator<Item = char>) -> Option<Row> {
    letters.rev().find_map(|c| match c {
        'и' => Some(Row::Front),
        'у' | 'ю' | 'я' => Some(Row::Back),
        _ => None,
    })
}

/// The key letters of a clean spelling, none twice in a row.
pub(crate) fn keys(text: &str, key: impl Fn(char) -> char) -> Vec<char> {
    let mut out: Vec<char> = text.chars().map(key).filter(|c| *c != '\0').collect();
    out.dedup();
    out
}
