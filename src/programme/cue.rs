//! A list of words and of word beginnings, as the tables of this room write them.
//!
//! Takes entries, `word$` for the word alone and `word` for all that begin with it; tells whether a word is meant. Both are compared
//! without the letters that plain keyboards lack. Knows nothing of: texts.

use crate::analysis::fold::plain;
use foldhash::fast::RandomState;
use serde::Deserialize;
use std::collections::HashSet;

/// Words and beginnings of words.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Cue {
    exact: HashSet<String, RandomState>,
    open: HashSet<String, RandomState>,
    /// The longest beginning, in bytes.
    longest: usize,
}

impl From<Vec<String>> for Cue {
    fn from(entries: Vec<String>) -> Self {
        let exact = entries.iter().filter_map(|word| word.strip_suffix('$')).map(plain).collect();
        let open: HashSet<String, _> =
            entries.iter().filter(|word| !word.ends_with('$')).map(|word| plain(word)).collect();
        let longest = open.iter().map(String::len).max().unwrap_or(0);
        Self { exact, open, longest }
    }
}

impl Cue {
    /// True where `word`, without the letters that plain keyboards lack, is an entry or begins with one.
    pub fn has(&self, word: &str) -> bool {
        let mut ends = word.char_indices().skip(1).map(|(at, _)| at).chain([word.len()]);
        self.is(word)
            || ends.by_ref().take_while(|end| *end <= self.longest).any(|end| self.open.contains(&word[..end]))
    }

    /// True where `word` is an entry for itself alone.
    pub fn is(&self, word: &str) -> bool {
        self.exact.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_mean_words_or_beginnings() {
        let cue = Cue::from(vec!["мектеп".to_owned(), "жол$".to_owned(), "су".to_owned()]);
        for (word, is) in [("мектептер", true), ("мектеп", true), ("мекте", false), ("жол", true), ("жолдар", false)]
        {
            assert_eq!(cue.has(word), is, "{word}");
        }
        assert_eq!([cue.has("сулы"), cue.has("с"), cue.has("")], [true, false, false]);
        assert_eq!([cue.is("жол"), cue.is("мектеп")], [true, false]);
    }
}
