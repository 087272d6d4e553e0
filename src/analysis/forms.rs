//! Every written form is read once: what the chain knows of a form without its text, kept for the next time it is met.
//!
//! Takes words as written; gives [`Form`]s. Promises: a form is the same whether it was kept or read anew; threads share what one of
//! them has read; memory stays bounded, since the store is emptied when it is full. Does not know neighbours: the language of a
//! word and how its text was typed are for the analyzer to say.

use super::language::Evidence;
use super::noise::{Spelling, is_cyrillic, is_special};
use super::script::Written;
use super::token::TokenKind;
use super::translit::Alphabet;
use compact_str::CompactString;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};

/// The most forms kept; ten thousand inquiries have fewer.
const MOST: usize = 1 << 18;
/// Longer words (in bytes) are hardly met twice and are not kept.
const LONGEST: usize = 96;

/// A written form, read by itself.
#[derive(Debug)]
pub(super) struct Form {
    /// See [`super::token::Token::folded`]; empty where nothing is left of the word.
    pub(super) folded: Arc<str>,
    pub(super) kind: TokenKind,
    pub(super) stop: bool,
    pub(super) evidence: Evidence,
    /// As written it has no letter but Cyrillic ones.
    pub(super) written_in_cyrillic: bool,
    /// Folded it has nothing but Cyrillic letters.
    pub(super) cyrillic: bool,
    /// Has a letter that Russian lacks.
    pub(super) special: bool,
    /// As written it is small letters and nothing else, one for one with the folded ones.
    pub(super) small: bool,
    /// What is found out when it is first asked for.
    pub(super) found: Found,
}

/// The conflation keys of a form in each language and manner of typing, how it is spelt, and its script.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) kazakh: OnceLock<Arc<str>>,
    pub(super) clean: OnceLock<Arc<str>>,
    pub(super) plain: OnceLock<Arc<str>>,
    pub(super) russian: OnceLock<Arc<str>>,
    /// Its evidence with what the word lists know of it.
    pub(super) evidence: OnceLock<Evidence>,
    /// What it shows as a Kazakh word of how it was typed.
    pub(super) spelling: OnceLock<Spelling>,
    /// How many letters its stem has, if it is a known Russian word.
    pub(super) russian_stem: OnceLock<Option<usize>>,
    /// Whether a longer listed Kazakh root, or a longer known Russian stem, begins with it.
    pub(super) begins_kazakh: OnceLock<bool>,
    pub(super) begins_russian: OnceLock<bool>,
    /// Where it is two words without a space, in bytes: as a Kazakh word, in a text typed without Kazakh letters, as a Russian word.
    pub(super) glued: OnceLock<Option<usize>>,
    pub(super) glued_plain: OnceLock<Option<usize>>,
    pub(super) glued_russian: OnceLock<Option<usize>>,
    /// Its script by itself, where it has other letters than Cyrillic ones.
    pub(super) written: OnceLock<Written>,
    /// Its Cyrillic reading in the alphabet that was asked for first.
    pub(super) read: OnceLock<(Alphabet, Option<Box<str>>)>,
}

impl Form {
    /// A form with its folded spelling and what the tables say of it.
    pub(super) fn new(written: &str, folded: &str, stop: bool, evidence: Evidence) -> Self {
        let number = folded.starts_with(char::is_numeric);
        Self {
            folded: folded.into(),
            kind: if number { TokenKind::Number } else { TokenKind::Word },
            stop: stop && !number,
            evidence,
            written_in_cyrillic: written.chars().all(|c| is_cyrillic(c) || !c.is_alphabetic()),
            cyrillic: folded.chars().all(is_cyrillic),
            special: folded.chars().any(is_special),
            small: written.chars().all(char::is_lowercase) && written.chars().count() == folded.chars().count(),
            found: Found::default(),
        }
    }
}

/// The forms met so far.
#[derive(Debug, Default)]
pub(super) struct Forms {
    known: RwLock<Known>,
}

/// Keys of up to 12 Cyrillic letters lie in the table itself: a word met again is found by one look into memory.
type Known = HashMap<CompactString, Arc<Form>, RandomState>;

impl Forms {
    /// The store, held for the reading of one text. What the text has new is entered when the hold ends: one lock a text, not one a
    /// word.
    pub(super) fn hold(&self) -> Held<'_> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        Held { forms: self, known: Some(known), new: Known::default() }
    }
}

/// See [`Forms::hold`].
pub(super) struct Held<'a> {
    forms: &'a Forms,
    known: Option<RwLockReadGuard<'a, Known>>,
    new: Known,
}

impl Held<'_> {
    /// The form `written`, read by `read` if it is new.
    pub(super) fn form(&mut self, written: &str, read: impl FnOnce(&str) -> Form) -> Arc<Form> {
        let known = self.known.as_ref().and_then(|known| known.get(written));
        if let Some(form) = known.or_else(|| self.new.get(written)) {
            return Arc::clone(form);
        }
        let form = Arc::new(read(written));
        if written.len() <= LONGEST {
            self.new.insert(written.into(), Arc::clone(&form));
        }
        form
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.known = None;
        if self.new.is_empty() {
            return;
        }
        let mut known = self.forms.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() + self.new.len() > MOST {
            known.clear();
        }
        known.extend(self.new.drain().take(MOST));
    }
}
