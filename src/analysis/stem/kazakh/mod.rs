//! Kazakh: the suffix chain taken off right to left, checked by sound and by a list of roots.
//!
//! Takes one lower-cased NFC token in Cyrillic; gives the conflation key, a beginning of the token in most
//! cases (no allocation), the dictionary form where the root is spelt otherwise (кітабы: кітап, орны: орын,
//! оған: ол). Promises: never empty for a token that is not, deterministic, never panics on any text. Does not
//! know: context and part of speech (аты is of ат, never of ату), and words of more than [`MAX_LETTERS`].

mod chain;
mod guess;
mod lexicon;
pub(crate) mod morphotactics;
pub(crate) mod phonology;
mod search;

use crate::analysis::stem::Depth;
use chain::Chain;
use lexicon::Lexicon;
use search::{Best, Step, Tables, Word};
use std::borrow::Cow;

/// The chain table that [`KazakhStemmer::new`] reads.
pub const CHAIN: &str = include_str!("../../../../models/stem/kazakh-chain.tsv");
/// The roots that [`KazakhStemmer::new`] reads.
pub const ROOTS: &str = include_str!("../../../../models/stem/kazakh-roots.tsv");
/// The irregular forms that [`KazakhStemmer::new`] reads.
pub const EXCEPTIONS: &str = include_str!("../../../../models/stem/kazakh-exceptions.tsv");

/// Longest word that is analysed; a longer one is its own key.
pub const MAX_LETTERS: usize = 40;

/// How many word-building suffixes are taken off at most.
const MAX_DERIVATIONS: usize = 3;

/// Kazakh stemmer; built once, shared freely.
pub struct KazakhStemmer {
    tables: Tables,
    depth: Depth,
}

impl KazakhStemmer {
    /// Builds it from the project's tables, for inflection only.
    #[must_use]
    pub fn new() -> Self {
        Self::with_depth(Depth::Inflection)
    }

    /// Builds it from the project's tables.
    #[must_use]
    pub fn with_depth(depth: Depth) -> Self {
        Self::from_tables(CHAIN, ROOTS, EXCEPTIONS, depth)
    }

    /// Builds it from tables of the caller's, in the formats of `models/stem/README.md`.
    #[must_use]
    pub fn from_tables(chain: &str, roots: &str, exceptions: &str, depth: Depth) -> Self {
        let mut chain = Chain::read(chain);
        let lexicon = Lexicon::read(roots, exceptions, |name| chain.states(name));
        let (noun, verb, voice) = (chain.states("n"), chain.states("v"), chain.states("vo"));
        // A bare passive or reciprocal stem is no word form.
        Self { tables: Tables { chain, lexicon, noun, verb, last: !voice }, depth }
    }

    /// The key of `word`, to the depth that the stemmer was built for.
    #[must_use]
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let key = self.stem_inflection(word);
        match self.depth {
            Depth::Inflection => key,
            Depth::Derivation => self.underived(key),
        }
    }

    /// The key of `word` for inflection only. Of a hyphened word the last part is stemmed, or taken off where it
    /// is but a case ending (ЖІӨ-нің).
    #[must_use]
    pub fn stem_inflection<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let Some(at) = word.rfind('-').filter(|at| *at > 0 && at + 1 < word.len()) else { return self.simple(word) };
        let (head, tail) = (&word[..at], &word[at + 1..]);
        if self.is_case_ending(tail) {
            return Cow::Borrowed(head);
        }
        match self.simple(tail) {
            Cow::Borrowed(stem) if tail.starts_with(stem) => Cow::Borrowed(&word[..=at + stem.len()]),
            stem => Cow::Owned(format!("{head}-{stem}")),
        }
    }

    fn simple<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if let Some(key) = self.tables.lexicon.exception(word) {
            return shared(&Cow::Borrowed(word), key);
        }
        let mut chars = ['\0'; MAX_LETTERS];
        let mut offsets = [0; MAX_LETTERS + 1];
        let mut length = 0;
        for (at, c) in word.char_indices() {
            if length == MAX_LETTERS {
                return Cow::Borrowed(word);
            }
            (chars[length], offsets[length]) = (c, at);
            length += 1;
        }
        offsets[length] = word.len();
        let view = Word { text: word, chars: &chars[..length], offsets: &offsets[..=length] };
        let mut best = Best { score: 0, keep: length, key: None };
        self.tables.search(&view, length, self.tables.last, Step::default(), &mut best);
        match best.key {
            Some(key) => shared(&Cow::Borrowed(word), key),
            None => guess::plain(&word[..offsets[best.keep]]),
        }
    }

    /// Whether the part after a hyphen is but a suffix of a noun.
    fn is_case_ending(&self, tail: &str) -> bool {
        let Some(last) = tail.chars().next_back() else { return false };
        !self.tables.lexicon.is_root(tail)
            && self
                .tables
                .chain
                .ending_in(last)
                .iter()
                .any(|suffix| suffix.from & self.tables.noun != 0 && suffix.text.iter().copied().eq(tail.chars()))
    }

    /// The key without the word-building suffixes that leave a listed root.
    fn underived<'a>(&self, mut key: Cow<'a, str>) -> Cow<'a, str> {
        for _ in 0..MAX_DERIVATIONS {
            match self.base(&key, MAX_DERIVATIONS) {
                Some(root) => key = shared(&key, root),
                None => break,
            }
        }
        key
    }

    /// The listed root under at most `left` word-building suffixes of `word`.
    fn base(&self, word: &str, left: usize) -> Option<&str> {
        self.tables.chain.derivation().iter().find_map(|suffix| {
            let stem = word.strip_suffix(suffix.spelling.as_str())?;
            let readings = self.tables.lexicon.readings(stem);
            let root = readings.iter().find(|root| root.classes & suffix.from != 0).map(|root| &*root.key);
            root.or_else(|| if left > 1 { self.base(stem, left - 1) } else { None })
        })
    }
}

impl Default for KazakhStemmer {
    fn default() -> Self {
        Self::new()
    }
}

/// The key, borrowed from the text where it is a beginning of a borrowed one.
fn shared<'a>(text: &Cow<'a, str>, key: &str) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) if text.starts_with(key) => Cow::Borrowed(&text[..key.len()]),
        _ => Cow::Owned(key.to_owned()),
    }
}
