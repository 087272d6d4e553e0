//! Capitals and parts: what conversion does to a word before and after its letters are looked at.
//!
//! Takes words as typed; gives lower-case letters by the alphabet's rule for I, and gives capitals back. Knows no letters of its own.

use super::{Alphabet, latin_2018, latin_2021};
use unicode_normalization::UnicodeNormalization;

/// The letters of a word in lower case, as its alphabet has them, composed.
pub(super) fn lowered(word: &str, alphabet: Alphabet, dotless: bool) -> Vec<char> {
    let mut out = Vec::with_capacity(word.len());
    for c in word.nfc() {
        match alphabet {
            Alphabet::Latin2018 if dotless => latin_2018::lower_dotless(c, &mut out),
            Alphabet::Latin2018 => latin_2018::lower(c, &mut out),
            Alphabet::Latin2021 => latin_2021::lower(c, &mut out),
            Alphabet::Ascii | Alphabet::Arabic => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Converts the parts of a hyphenated word each by itself; parts without letters are copied. `None` without a letter.
pub(super) fn by_parts(word: &str, convert: impl Fn(&str) -> Option<String>) -> Option<String> {
    if !word.chars().any(char::is_alphabetic) {
        return None;
    }
    let mut out = String::with_capacity(2 * word.len());
    for (nth, part) in word.split('-').enumerate() {
        if nth > 0 {
            out.push('-');
        }
        if part.chars().any(char::is_alphabetic) {
            out.push_str(&convert(part)?);
        } else {
            out.push_str(part);
        }
    }
    Some(out)
}

pub(super) fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}

/// `lower` in capitals where `source` is: all of it, or its first letter.
pub(super) fn capitals(source: &str, lower: String, upper: impl Fn(char) -> char) -> String {
    let mut letters = source.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let others = letters.clone().count() > 0 && letters.all(char::is_uppercase);
    match (first, others) {
        (true, true) => lower.chars().map(upper).collect(),
        (true, false) => lower.chars().take(1).map(upper).chain(lower.chars().skip(1)).collect(),
        _ => lower,
    }
}
