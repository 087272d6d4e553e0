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
pub mod ocr;
pub mod spaces;

pub use join::{Joined, join_hyphenated};
pub use letters::{Letters, is_cyrillic, is_special};

use crate::analysis::lexicon::{Lexicon, Typing};
use ocr::Confusions;
use std::borrow::Cow;
use std::collections::HashSet;

/// The fewest letters of a Russian stem that a scanning error is mended in.
const RUSSIAN_STEM: usize = 5;

/// The language of a word, as far as noise goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// Kazakh, typed as said.
    Kazakh(Typing),
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
#[derive(Debug, Default)]
pub struct Noise {
    lexicon: Lexicon,
    confusions: Confusions,
    /// Skeletons of Russian stems.
    russian: HashSet<Box<str>>,
}

impl Noise {
    /// Enters Russian words, by the stemmer's keys: what a scanned Russian word may be mended to.
    pub fn learn_russian<'a>(&mut self, stems: impl IntoIterator<Item = &'a str>) {
        let mut skeleton = String::new();
        for stem in stems {
            self.letters().russian_skeleton(stem, &mut skeleton);
            self.russian.insert(skeleton.as_str().into());
        }
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
            Tongue::Kazakh(typing) => *noisy |= self.kazakh(scratch, typing, strong, weak),
            Tongue::Russian => *noisy |= self.russian(scratch, strong, &stem, weak),
        }
    }

    /// True where a folded word is a form of a listed Kazakh root, spelt without letters that the root has. One such word, in a text
    /// none of whose Kazakh words has a letter that Russian lacks, tells how the text was typed: [`Typing::Plain`].
    pub fn is_plain_spelling(&self, folded: &str) -> bool {
        !folded.chars().any(is_special) && self.lexicon.analyse(folded).is_some_and(|found| !found.exact)
    }

    /// The weak key of a Kazakh word; true where the word is noisy.
    fn kazakh(&self, word: &str, typing: Typing, strong: &str, weak: &mut String) -> bool {
        if let Some(found) = self.lexicon.analyse_typed(word, typing) {
            weak.clear();
            // A clean word's root is what the stemmer says, if it is one.
            weak.push_str(if found.exact && self.lexicon.is_root(strong) { strong } else { found.root });
            return !found.exact;
        }
        if !word.chars().any(is_cyrillic)
            && self.letters().all_look_alikes(word, weak)
            && let Some(found) = self.lexicon.analyse_typed(&weak.clone(), typing)
        {
            weak.clear();
            weak.push_str(found.root);
            return true;
        }
        if let Some(root) = self.confusions.mend_kazakh(word, typing, &self.lexicon) {
            weak.clear();
            weak.push_str(root);
            return true;
        }
        self.lexicon.weak_stem(word, typing, weak);
        false
    }

    /// The weak key of a Russian word whose stem is `strong`; true where the word is noisy.
    fn russian(&self, word: &str, strong: &str, stem: impl Fn(&str) -> Cow<'_, str>, weak: &mut String) -> bool {
        let letters = self.letters();
        letters.russian_skeleton(strong, weak);
        if self.russian.is_empty() || self.russian.contains(weak.as_str()) {
            return false;
        }
        let mut look_alike = String::new();
        if letters.all_look_alikes(word, &mut look_alike) && look_alike != word {
            let mut skeleton = String::new();
            letters.russian_skeleton(&stem(&look_alike), &mut skeleton);
            if self.russian.contains(skeleton.as_str()) {
                *weak = skeleton;
                return true;
            }
        }
        let stem_letters = strong.chars().count();
        let known = |reading: &str, nth: usize| {
            let stem = stem(reading);
            // Another ending is no scanning error: эффективно is no эффективна.
            if nth >= stem_letters || stem.chars().count() != stem_letters || stem_letters < RUSSIAN_STEM {
                return None;
            }
            let mut skeleton = String::new();
            letters.russian_skeleton(&stem, &mut skeleton);
            self.russian.contains(skeleton.as_str()).then_some(skeleton)
        };
        match self.confusions.mend(word, known) {
            Some(mended) => {
                *weak = mended;
                true
            }
            None => false,
        }
    }
}
