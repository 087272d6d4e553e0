//! The Kazakh words that scripts and noise are judged by: the stemmer's roots under their skeletons.
//!
//! Takes the tables `kazakh-roots.tsv`, `kazakh-chain.tsv`, `kazakh-exceptions.tsv` and a glossary; gives, for a token that may
//! be noisy, the listed root it is a form of, the clean spelling of that form, or where an unlisted word may be cut. Promises:
//! deterministic, never panics. Does not know context, Russian, or words of more than [`MAX_LETTERS`].

mod build;
mod chain;
mod cost;
mod search;
pub(crate) mod sound;

use crate::analysis::noise::Letters;
use crate::analysis::stem::kazakh::morphotactics::States;
use chain::Chain;
use search::{Best, Step, Word};
use sound::Row;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// Longest word that is analysed.
pub const MAX_LETTERS: usize = 40;

/// The text of the tables that the lexicon alone reads, for fingerprints.
pub(super) fn tables() -> [&'static str; 2] {
    [build::WORDS, build::TWINS]
}

/// When a spelling of a root holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    Plain,
    /// Final б, г for п, к, ь or the last vowel out: before a vowel.
    BeforeVowel,
    /// Final у for п: before -ып.
    BeforeP,
    /// The final ы, і or й is in the suffix's first letter.
    Fused,
    /// A whole irregular form.
    Form,
}

/// One way to read a surface in key letters as a root.
#[derive(Debug)]
pub(crate) struct Reading {
    root: u32,
    classes: States,
    spelling: Spelling,
    /// The clean letters, one for each key letter.
    letters: Box<[char]>,
    /// A bit for each key letter that the surface has double.
    doubles: u64,
    /// Rank among the roots of one skeleton by `models/noise/twins.tsv`: how much likelier it is meant than the others.
    rank: i32,
    /// The clean spelling of the surface.
    surface: Box<str>,
    row: Option<Row>,
}

/// The readings of every surface, by its key letters.
type Readings = HashMap<Box<[char]>, Vec<Reading>, BuildHasherDefault<LetterHasher>>;

/// A quick hash of letters (FNV-1a, a letter a step): the words are ours, nobody can flood the table.
#[derive(Debug, Default)]
pub(crate) struct LetterHasher(u64);

impl Hasher for LetterHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(4) {
            let letter = chunk.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
            self.0 = (self.0 ^ letter).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
        }
    }
}

/// A token as a form of a listed root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis<'a> {
    /// The root's dictionary form.
    pub root: &'a str,
    /// How many key letters of the token are the root.
    pub letters: usize,
    /// True where the token's letters are the root's own: nothing in the root is noisy.
    pub exact: bool,
    /// True where the root is no noun, adjective or verb but a proper name only.
    pub name: bool,
}

/// How the text around a token was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Typing {
    /// With the letters of the Kazakh alphabet, perhaps not in every word.
    #[default]
    Kazakh,
    /// Without any letter that Russian lacks: к may be қ in any word.
    Plain,
    /// As [`Self::Plain`], read from Latin: ы and и are told apart, и is never ы and ы never і.
    Ascii,
}

/// The words.
#[derive(Debug)]
pub struct Lexicon {
    letters: Letters,
    chain: Chain,
    roots: Vec<Box<str>>,
    names: Vec<bool>,
    readings: Readings,
    /// The keys of the readings, sorted; made when first asked for.
    sorted: OnceLock<Vec<Box<[char]>>>,
    likely: HashSet<Box<str>>,
    noun: States,
    verb: States,
    last: States,
}

impl Lexicon {
    /// The listed root that a folded token is most likely a form of, clean or noisy.
    pub fn analyse(&self, folded: &str) -> Option<Analysis<'_>> {
        self.analyse_typed(folded, Typing::Kazakh)
    }

    /// The same in a text that was typed in a certain way.
    pub fn analyse_typed(&self, folded: &str, typing: Typing) -> Option<Analysis<'_>> {
        let mut word = Word::new(folded, self)?;
        word.listed_only = true;
        word.typing = typing;
        let best = self.best(&word)?;
        let (reading, letters) = (best.reading?, best.keep);
        let root = self.roots.get(usize::try_from(reading.root).ok()?)?;
        let exact = word.source[..letters].iter().eq(reading.letters.iter());
        let name = self.names.get(usize::try_from(reading.root).ok()?).copied().unwrap_or(false);
        Some(Analysis { root, letters, exact, name })
    }

    /// Writes the clean spelling of a folded token into `out` (cleared first), as the form of the listed root that
    /// [`Self::analyse`] gives. False, and `out` empty, where there is none.
    pub fn restore(&self, folded: &str, typing: Typing, out: &mut String) -> bool {
        out.clear();
        let Some(mut word) = Word::new(folded, self) else { return false };
        word.typing = typing;
        let Some(best) = self.best(&word) else { return false };
        let Some(reading) = best.reading else { return false };
        out.push_str(&reading.surface);
        best.spell_endings(out);
        true
    }

    /// As [`Self::restore`] for a word that is no form of a listed root: its endings written out clean after what `respell` makes of the
    /// rest, knowing the row that the endings show. False, and `out` empty, where no ending is found.
    pub(crate) fn restore_unlisted(
        &self,
        folded: &str,
        typing: Typing,
        respell: impl Fn(&str, Option<Row>, &mut String),
        out: &mut String,
    ) -> bool {
        out.clear();
        // The weaker alphabet has one letter for -ый and -ий: Russian adjectives, not a possessive.
        if folded.ends_with("ый") || folded.ends_with("ий") {
            return false;
        }
        let Some(mut word) = Word::new(folded, self) else { return false };
        word.typing = typing;
        let Some(best) = self.best(&word).filter(|best| best.reading.is_none()) else { return false };
        let taken: usize = best.path.iter().flatten().map(|suffix| suffix.keys.len()).sum();
        let shared = best.keep + taken > word.length;
        let (mut letters, mut last, mut end) = (0, '\0', folded.len());
        for (at, c) in folded.char_indices() {
            let key = self.letters.key(c);
            let again = key == '\0' || key == last && key.is_alphabetic();
            if letters == best.keep && (shared || !again) {
                end = at;
                break;
            }
            if !again {
                (letters, last) = (letters + 1, key);
            }
        }
        respell(&folded[..end], best.row, out);
        best.spell_endings(out);
        true
    }

    /// Writes into `out` (cleared first) the key of a folded token in the weaker alphabet: the listed root it is a form of, else
    /// its skeleton without what looks like inflection. Never empty for a token that is not.
    pub fn weak_stem(&self, folded: &str, typing: Typing, out: &mut String) {
        out.clear();
        let mut word = Word::new(folded, self);
        if let Some(word) = &mut word {
            word.typing = typing;
        }
        match word.as_ref().and_then(|word| Some((word, self.best(word)?))) {
            Some((word, best)) => match best.reading {
                Some(reading) => {
                    let root = usize::try_from(reading.root).ok().and_then(|at| self.roots.get(at));
                    out.push_str(root.map_or("", |root| root));
                }
                None => out.extend(&word.keys[..best.keep]),
            },
            None => self.letters.skeleton(folded, out),
        }
        if out.is_empty() {
            out.push_str(folded);
        }
    }

    /// True for the dictionary form of a listed root.
    pub fn is_root(&self, word: &str) -> bool {
        let (mut keys, mut letters) = ([' '; MAX_LETTERS], [' '; MAX_LETTERS]);
        let Some((length, _)) = self.letters.align(word, &mut keys, &mut letters) else { return false };
        let readings = self.readings.get(&keys[..length]);
        readings.is_some_and(|list| list.iter().any(|r| r.spelling == Spelling::Plain && *r.surface == *word))
    }

    /// Whether some listed root, as it is spelt before some suffix, begins with a folded word and is longer.
    pub fn begins_root(&self, word: &str) -> bool {
        let (mut keys, mut letters) = ([' '; MAX_LETTERS], [' '; MAX_LETTERS]);
        let Some((length, _)) = self.letters.align(word, &mut keys, &mut letters) else { return false };
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<_> = self.readings.keys().cloned().collect();
            sorted.sort_unstable();
            sorted
        });
        let after = sorted.partition_point(|root| **root <= keys[..length]);
        sorted.get(after).is_some_and(|root| root.starts_with(&keys[..length]))
    }

    /// All listed roots.
    pub fn roots(&self) -> impl Iterator<Item = &str> {
        self.roots.iter().map(AsRef::as_ref)
    }

    /// All spellings of the roots' stems, each root's in the order of the tables.
    pub(crate) fn surfaces(&self) -> Vec<&str> {
        let mut surfaces: Vec<_> = self.readings.values().flatten().collect();
        surfaces.sort_by_key(|reading| (reading.spelling != Spelling::Plain, reading.root));
        surfaces.into_iter().map(|reading| &*reading.surface).collect()
    }

    /// The sign tables that the lexicon was read with.
    pub fn letters(&self) -> &Letters {
        &self.letters
    }

    fn best<'s>(&'s self, word: &Word<'s>) -> Option<Best<'s>> {
        let mut best = Best {
            score: 0,
            keep: word.length,
            reading: None,
            row: None,
            undoubled: false,
            path: Step::default().path,
        };
        self.search(word, word.length, self.last, Step::default(), &mut best);
        (word.length > 0).then_some(best)
    }
}
