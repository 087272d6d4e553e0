//! Noisy text: which clean words are meant by words with wrong letters, look-alikes, scanning errors, cuts at line ends and wrong
//! spaces?
//!
//! Takes folded tokens, and text for what spans tokens; gives a weaker key beside the stem ([`Noise::keys`]) that noisy forms share
//! with their clean twins, and the spans of words that were cut or glued. Promises: the strong key is the stem as it was, but
//! for look-alikes that no clean word has; the weak one is never empty for a word that is not; deterministic, never panics.
//! Does not know: context; a noisy form that is another clean word (болу for бөлу) is taken for that word. For
//! comparison of names it is too weak and too strong: see `people`.

pub mod join;
pub mod letters;
pub mod manner;
pub mod ocr;
mod respell;
pub mod spaces;

pub use join::{Joined, join_hyphenated};
pub use letters::{Letters, is_cyrillic, is_special};
pub use manner::{Manner, Spelling};

use crate::analysis::lexicon::{self, Analysis, Lexicon, Typing};
use ocr::Confusions;
use respell::Respelling;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Words that hardly a text is without.
const COMMON: [&str; 3] = [
    include_str!("../../../models/stopwords/kk.txt"),
    include_str!("../../../models/stopwords/parliament-kk.txt"),
    include_str!("../../../models/noise/abbreviations.txt"),
];

/// The text of every table that noise and its lexicon read and no other room does, for fingerprints.
pub(super) fn tables() -> impl Iterator<Item = &'static str> {
    [letters::SKELETON, letters::LOOK_ALIKES, ocr::TABLE, COMMON[2]].into_iter().chain(lexicon::tables())
}

/// The fewest letters of a common word that a scanning error is mended in.
const COMMON_LETTERS: usize = 4;
/// The fewest letters of a Russian stem that a scanning error is mended in.
const RUSSIAN_STEM: usize = 7;
/// So many first letters of a word are its stem's, whatever is done to its end.
const RUSSIAN_START: usize = 5;

/// In a clean text a word is no noisy form of a root of so few letters: тан, шин, карта are words.
const SHORT_ROOT: usize = 5;
/// Whether a reading may be trusted in a clean text.
fn believable(word: &str, found: &Analysis<'_>) -> bool {
    found.exact || found.letters > SHORT_ROOT || word.chars().any(is_special)
}

/// The language of a word, as far as noise goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// Kazakh, typed as said; with Kazakh letters, some of them may be left out.
    Kazakh(Typing),
    /// Kazakh in a text whose other words are right: a short word without Kazakh letters is what it looks like.
    CleanKazakh,
    /// Russian.
    Russian,
}

/// Both keys of one word; the buffers are used again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// The stem: what clean text is matched by.
    pub strong: String,
    /// The key at which noisy forms meet their clean twins. For a listed Kazakh word it is the root, as the strong key is.
    pub weak: String,
    /// True where the word itself is noisy: its weak key is worth a look-up, with less weight.
    pub noisy: bool,
    scratch: String,
}

/// Tables and words; built once, shared freely.
#[derive(Debug)]
pub struct Noise {
    lexicon: Lexicon,
    confusions: Confusions,
    respelling: Respelling,
    /// Stop words and abbreviations by their skeletons: the commonest words, each met oftener than any other of its skeleton.
    common: HashMap<Box<str>, Vec<Box<str>>>,
    /// Russian stems by their skeletons.
    russian: HashMap<Box<str>, Box<str>>,
    /// The skeletons without double letters, sorted when first asked for.
    russian_sorted: OnceLock<Vec<Box<str>>>,
}

impl Default for Noise {
    fn default() -> Self {
        let lexicon = Lexicon::default();
        let mut respelling = Respelling::default();
        lexicon.surfaces().into_iter().for_each(|word| respelling.learn(word));
        let (mut common, mut skeleton) = (HashMap::<Box<str>, Vec<Box<str>>>::new(), String::new());
        let lines = COMMON.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#') && !line.is_empty());
        for word in lines.filter(|word| word.chars().nth(1).is_some()) {
            lexicon.letters().skeleton(word, &mut skeleton);
            common.entry(skeleton.as_str().into()).or_default().push(word.into());
        }
        Self {
            lexicon,
            confusions: Confusions::default(),
            respelling,
            common,
            russian: HashMap::new(),
            russian_sorted: OnceLock::new(),
        }
    }
}

impl Noise {
    /// Enters Russian words, by the stemmer's keys: what a scanned Russian word may be mended to.
    pub fn learn_russian<'a>(&mut self, stems: impl IntoIterator<Item = &'a str>) {
        let mut skeleton = String::new();
        for stem in stems {
            self.respelling.learn(stem);
            self.letters().russian_skeleton(stem, &mut skeleton);
            self.russian.entry(skeleton.as_str().into()).or_insert_with(|| stem.into());
        }
        self.russian_sorted = OnceLock::new();
    }

    /// Whether some learned Russian stem begins with `word` and is longer.
    pub fn begins_russian_stem(&self, word: &str) -> bool {
        let start = self.russian_start(word);
        self.russian_from(&start).find(|stem| **stem != *start).is_some_and(|stem| stem.starts_with(&start))
    }

    /// Whether some learned Russian stem has the first letters of `word`: cheaper to ask than what its stem is.
    fn begins_as_russian(&self, word: &str) -> bool {
        let start: String = self.russian_start(word).chars().take(RUSSIAN_START).collect();
        self.russian_from(&start).next().is_some_and(|stem| stem.starts_with(&start))
    }

    fn russian_start(&self, word: &str) -> String {
        let mut skeleton = String::new();
        self.letters().russian_skeleton(word, &mut skeleton);
        without_doubles(&skeleton)
    }

    /// The skeletons of learned Russian stems without double letters, in order from `start` on.
    fn russian_from(&self, start: &str) -> impl Iterator<Item = &str> {
        let sorted = self.russian_sorted.get_or_init(|| {
            let mut sorted: Vec<Box<str>> = self.russian.keys().map(|stem| without_doubles(stem).into()).collect();
            sorted.sort_unstable();
            sorted
        });
        let from = sorted.partition_point(|stem| **stem < *start);
        sorted[from..].iter().map(|stem| &**stem)
    }

    /// How many letters the stem of a Russian word has, if it is one that was learned.
    pub fn russian_stem_length(&self, word: &str, stem: impl Fn(&str) -> Cow<'_, str>) -> Option<usize> {
        let (stem, mut skeleton) = (stem(word), String::new());
        self.letters().russian_skeleton(&stem, &mut skeleton);
        self.russian.contains_key(skeleton.as_str()).then(|| stem.chars().count())
    }

    /// The words that decide.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The sign tables.
    pub fn letters(&self) -> &Letters {
        self.lexicon.letters()
    }

    /// Writes both keys of a folded word into `out`. `stem` is the stemmer of the word's language.
    pub fn keys(&self, folded: &str, tongue: Tongue, stem: impl Fn(&str) -> Cow<'_, str>, out: &mut Keys) {
        let Keys { strong, weak, noisy, scratch } = out;
        let mended = self.letters().mend(folded, scratch);
        strong.clear();
        strong.push_str(&stem(scratch));
        *noisy = mended;
        match tongue {
            Tongue::Kazakh(typing) => *noisy |= self.kazakh(scratch, typing, false, strong, &stem, weak),
            Tongue::CleanKazakh => *noisy |= self.kazakh(scratch, Typing::Kazakh, true, strong, &stem, weak),
            Tongue::Russian => *noisy |= self.russian(scratch, strong, &stem, weak),
        }
    }

    /// What a folded Kazakh word shows of how it was typed.
    pub fn spelling(&self, folded: &str) -> Spelling {
        match self.lexicon.analyse(folded) {
            Some(found) if found.exact => Spelling::Right,
            Some(_) => Spelling::Noisy,
            None => Spelling::Unlisted,
        }
    }

    /// The weak key of a Kazakh word; true where the word is noisy.
    fn kazakh(
        &self,
        word: &str,
        typing: Typing,
        clean: bool,
        strong: &str,
        stem: impl Fn(&str) -> Cow<'_, str>,
        weak: &mut String,
    ) -> bool {
        // A letter alone is an abbreviation: ж. is no жж.
        if word.chars().nth(1).is_none() {
            strong.clone_into(weak);
            return false;
        }
        let found = self.lexicon.analyse_typed(word, typing);
        if !clean
            && (typing != Typing::Kazakh && word.chars().nth(2).is_some()
                || found.as_ref().is_none_or(|found| !found.exact))
            && let Some(common) = self.common(word).filter(|common| *common != word)
        {
            weak.clear();
            weak.push_str(&stem(common));
            return true;
        }
        if let Some(found) = found {
            weak.clear();
            // тартып is тарт, listed as it stands, and no noisy тәртіп.
            let listed = (clean || found.exact) && self.lexicon.is_root(strong);
            let is_own = listed || clean && (found.exact || !believable(word, &found));
            // A clean word keeps its stem, a noisy one gets the stem of the spelling that is meant: so the two meet, and clean words
            // that the stemmer tells apart stay apart.
            let mut meant = String::new();
            if is_own {
                weak.push_str(strong);
            } else if self.lexicon.restore(word, typing, &mut meant) {
                weak.push_str(&stem(&meant));
            } else {
                weak.push_str(found.root);
            }
            return !(is_own || found.exact && meant == word);
        }
        if !word.chars().any(is_cyrillic)
            && self.letters().all_look_alikes(word, weak)
            && let Some(found) = self.lexicon.analyse_typed(&weak.clone(), typing)
        {
            weak.clear();
            weak.push_str(found.root);
            return true;
        }
        if !self.is_loan(word, typing) {
            let least = COMMON_LETTERS + 2 * usize::from(clean);
            let common = self.confusions.mend(word, least, |reading, _| self.common(reading));
            if let Some(meant) = common.or_else(|| self.confusions.mend_kazakh(word, typing, &self.lexicon)) {
                weak.clear();
                weak.push_str(&stem(meant));
                return true;
            }
        }
        let mut meant = String::new();
        let plain = typing != Typing::Kazakh;
        let respell = |stem: &str, row, out: &mut String| {
            if plain { self.respelling.respell(stem, row, out) } else { out.push_str(stem) }
        };
        if !clean && self.lexicon.restore_unlisted(word, typing, respell, &mut meant) && meant != word {
            weak.clear();
            weak.push_str(&stem(&meant));
            return true;
        }
        self.lexicon.weak_stem(word, typing, weak);
        false
    }

    /// Whether an unlisted word is a Russian one with Kazakh endings.
    fn is_loan(&self, word: &str, typing: Typing) -> bool {
        let (mut meant, loan) = (String::new(), std::cell::Cell::new(false));
        let look_up = |stem: &str, _, _: &mut String| {
            let mut skeleton = String::new();
            self.letters().russian_skeleton(stem, &mut skeleton);
            loan.set(self.russian.contains_key(skeleton.as_str()));
        };
        self.lexicon.restore_unlisted(word, typing, look_up, &mut meant);
        loan.get()
    }

    /// The common word that this one is without its Kazakh letters.
    fn common(&self, word: &str) -> Option<&str> {
        let mut skeleton = String::new();
        self.letters().skeleton(word, &mut skeleton);
        let is_meant = |common: &&str| {
            common.chars().count() == word.chars().count()
                && common
                    .chars()
                    .zip(word.chars())
                    .all(|(clean, typed)| clean == typed || respell::is_typed_as(clean, typed))
        };
        self.common.get(skeleton.as_str())?.iter().map(AsRef::as_ref).find(is_meant)
    }

    /// The weak key of a Russian word whose stem is `strong`: the stem of the learned word that is meant, else `strong`; true where the
    /// two differ.
    fn russian(&self, word: &str, strong: &str, stem: impl Fn(&str) -> Cow<'_, str>, weak: &mut String) -> bool {
        let letters = self.letters();
        let mut skeleton = String::new();
        let meant = |key: &str, skeleton: &mut String| {
            letters.russian_skeleton(key, skeleton);
            self.russian.get(skeleton.as_str()).map(|stem| &**stem)
        };
        weak.clear();
        if let Some(own) = meant(strong, &mut skeleton) {
            weak.push_str(own);
            return own != strong;
        }
        weak.push_str(strong);
        if self.russian.is_empty() {
            return false;
        }
        let length = skeleton.chars().count();
        let mut look_alike = String::new();
        if letters.all_look_alikes(word, &mut look_alike)
            && look_alike != word
            && let Some(own) = meant(&stem(&look_alike), &mut skeleton)
        {
            own.clone_into(weak);
            return true;
        }
        let stem_letters = strong.chars().count();
        let known = |reading: &str, nth: usize| {
            if nth >= stem_letters || stem_letters < RUSSIAN_STEM || !self.begins_as_russian(reading) {
                return None;
            }
            let stem = stem(reading);
            // Another ending is no scanning error: эффективно is no эффективна.
            if stem.chars().count() != stem_letters {
                return None;
            }
            let mut skeleton = String::new();
            // A letter is another one, none is lost: партийный is no партии.
            meant(&stem, &mut skeleton).filter(|_| skeleton.chars().count() == length)
        };
        match self.confusions.mend(word, RUSSIAN_STEM, known) {
            Some(own) => {
                own.clone_into(weak);
                true
            }
            None => false,
        }
    }
}

/// A skeleton with each letter once where it stands twice: a longer word may have once what a shorter one has twice.
fn without_doubles(skeleton: &str) -> String {
    let mut last = None;
    skeleton.chars().filter(|c| last.replace(*c) != Some(*c)).collect()
}
