//! What the words of a programme do in their clause: commit, state, join, subordinate, name an object.
//!
//! Takes a text's tokens; gives each word's [`Traits`]. The lists and endings are data (`models/programme/words.toml`). A word is
//! compared without the letters that plain keyboards lack, so Kazakh may be typed either way, and in any script that the analyzer reads.
//! Knows nothing of: sentences, clauses.

use crate::analysis::{Analyzer, Language, Token, TokenKind, fold};
use crate::span::Span;
use crate::{Error, Result};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

const FILE: &str = "models/programme/words.toml";
const TABLE: &str = include_str!("../../models/programme/words.toml");

/// What a word does: a set of the constants below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits(u32);

impl Traits {
    /// A verb in the first person that commits: «саламын», «построим».
    pub const COMMITS: Self = Self(1);
    /// A verb in the first person that states: «ойлаймын», «считаю».
    pub const STATES: Self = Self(1 << 1);
    /// A Kazakh verb in the third person of the future, mostly passive: «салынады».
    pub const PASSIVE: Self = Self(1 << 2);
    /// A Russian infinitive.
    pub const INFINITIVE: Self = Self(1 << 3);
    /// A Kazakh verbal noun in -у.
    pub const VERBAL_NOUN: Self = Self(1 << 4);
    /// A Kazakh converb in -ып, -іп.
    pub const CONVERB: Self = Self(1 << 5);
    /// A Kazakh participle in -атын, -ған.
    pub const PARTICIPLE: Self = Self(1 << 6);
    /// A Kazakh accusative.
    pub const ACCUSATIVE: Self = Self(1 << 7);
    /// A Kazakh locative or dative.
    pub const LOCAL: Self = Self(1 << 8);
    /// A Kazakh genitive.
    pub const GENITIVE: Self = Self(1 << 9);
    /// A past tense.
    pub const PAST: Self = Self(1 << 10);
    /// A conjunction that joins clauses.
    pub const JOINS: Self = Self(1 << 11);
    /// A conjunction that sets clauses against each other.
    pub const CONTRASTS: Self = Self(1 << 12);
    /// «сондықтан», «поэтому».
    pub const FOLLOWS: Self = Self(1 << 13);
    /// Opens a subordinate clause.
    pub const SUBORDINATES: Self = Self(1 << 14);
    /// A Kazakh postposition after a verbal noun.
    pub const POSTPOSITION: Self = Self(1 << 15);
    /// Adds no object: particles, prepositions.
    pub const LIGHT: Self = Self(1 << 16);
    /// A Russian verb or adjective that takes an infinitive of commitment.
    pub const MODAL: Self = Self(1 << 17);
    /// A verb that takes a verbal noun in the accusative: «қолдаймын», «талап етемін».
    pub const SUPPORTS: Self = Self(1 << 18);
    /// A pronoun for an object already named.
    pub const PRONOUN: Self = Self(1 << 19);
    /// A number.
    pub const NUMBER: Self = Self(1 << 20);
    /// Kazakh.
    pub const KAZAKH: Self = Self(1 << 21);
    /// Russian.
    pub const RUSSIAN: Self = Self(1 << 22);

    /// A Russian noun of action that can head an item: «строительство», «ремонт».
    pub const ACTION: Self = Self(1 << 23);

    /// True where the two share a trait.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The indices of the traits, for features.
    pub fn places(self) -> impl Iterator<Item = usize> {
        (0..24).filter(move |bit| self.0 >> bit & 1 == 1)
    }
}

/// A word of a programme.
#[derive(Debug, Clone)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// As folded, without the letters that plain keyboards lack.
    pub plain: Arc<str>,
    /// Its conflation key.
    pub stem: Arc<str>,
    /// What it does.
    pub traits: Traits,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct List(HashSet<String>);

impl List {
    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
    /// True where the word begins with an entry.
    fn begins(&self, word: &str) -> bool {
        word.char_indices().map(|(at, _)| at).chain([word.len()]).any(|end| self.0.contains(&word[..end]))
    }
    /// True where the word ends with an entry.
    fn ends(&self, word: &str) -> bool {
        word.char_indices().any(|(at, _)| self.0.contains(&word[at..]))
    }
}

#[derive(Debug, Clone, Deserialize)]
struct Kazakh {
    future: List,
    passive: List,
    participle: List,
    converb: List,
    accusative: List,
    genitive: List,
    local: List,
    past: List,
    not_converb: List,
    not_verbal_noun: List,
    not_accusative: List,
    not_local: List,
    states: List,
    support: List,
    pronoun: List,
}

#[derive(Debug, Clone, Deserialize)]
struct Russian {
    first_plural: List,
    not_first_plural: List,
    verbs_plural: List,
    first_singular: List,
    first_singular_endings: List,
    not_first_singular: List,
    states: List,
    modal: List,
    not_infinitive: List,
    pronoun: List,
    action: List,
}

#[derive(Debug, Clone, Deserialize)]
struct Function {
    join: List,
    contrast: List,
    consequence: List,
    subordinate: List,
    postposition: List,
    light: List,
}

#[derive(Debug, Clone, Deserialize)]
struct Text {
    abbreviations: List,
    page: List,
}

/// The tables of words and endings.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    kazakh: Kazakh,
    russian: Russian,
    function: Function,
    text: Text,
}

impl Words {
    /// The bundled tables.
    ///
    /// # Errors
    /// [`Error::Model`]
    pub fn bundled() -> Result<Self> {
        toml::from_str(TABLE).map_err(|error| Error::model(FILE, error))
    }

    /// The words of a text.
    pub fn read(&self, text: &str, analyzer: &Analyzer) -> Vec<Word> {
        let mut known: HashMap<(Arc<str>, Language), (Arc<str>, Traits)> = HashMap::new();
        let word = |token: Token| {
            let key = (Arc::clone(&token.folded), token.language);
            let (plain, traits) = known.entry(key).or_insert_with(|| self.look_up(&token)).clone();
            Word { span: token.span, plain, stem: token.stem, traits }
        };
        analyzer.tokens(text, None).into_iter().map(word).collect()
    }

    /// True for a word whose point does not end a sentence.
    pub fn is_abbreviation(&self, plain: &str) -> bool {
        self.text.abbreviations.has(plain)
    }

    /// True for a word of a page number: «бет», «стр».
    pub fn is_page_word(&self, plain: &str) -> bool {
        self.text.page.has(plain)
    }

    fn look_up(&self, token: &Token) -> (Arc<str>, Traits) {
        let plain = fold::plain(&token.folded);
        let word = &*plain;
        let mut traits = Traits::default();
        let mut set = |is: bool, of: Traits| {
            if is {
                traits = traits.or(of);
            }
        };
        if token.kind == TokenKind::Number {
            return (plain.clone().into(), Traits::NUMBER);
        }
        let letters = word.chars().count();
        let function = &self.function;
        set(function.join.has(word), Traits::JOINS);
        set(function.contrast.has(word), Traits::CONTRASTS);
        set(function.consequence.has(word), Traits::FOLLOWS);
        set(function.subordinate.has(word), Traits::SUBORDINATES);
        set(function.postposition.has(word), Traits::POSTPOSITION);
        set(function.light.has(word), Traits::LIGHT);
        let kazakh = &self.kazakh;
        let special = |c: char| matches!(c, 'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і');
        if token.language == Language::Kazakh || token.folded.contains(special) {
            set(true, Traits::KAZAKH);
            let states = kazakh.states.has(word);
            set(states, Traits::STATES);
            set(letters > 4 && kazakh.future.ends(word) && !states, Traits::COMMITS);
            let passive = letters > 5 && kazakh.passive.ends(word);
            set(passive, Traits::PASSIVE);
            let noun = letters > 2 && word.ends_with('у') && !kazakh.not_verbal_noun.has(word);
            set(noun, Traits::VERBAL_NOUN);
            let converb = letters > 3 && kazakh.converb.ends(word) && !kazakh.not_converb.has(word);
            set(converb, Traits::CONVERB);
            let participle = letters > 4 && kazakh.participle.ends(word);
            set(participle, Traits::PARTICIPLE);
            let genitive = letters > 4 && kazakh.genitive.ends(word) && !participle;
            set(genitive, Traits::GENITIVE);
            let accusative = letters > 3 && kazakh.accusative.ends(word) && !kazakh.not_accusative.has(word);
            set(accusative && !participle && !genitive && !passive, Traits::ACCUSATIVE);
            set(letters > 3 && kazakh.local.ends(word) && !kazakh.not_local.has(word), Traits::LOCAL);
            set(kazakh.past.ends(word) && letters > 4, Traits::PAST);
            set(kazakh.support.has(word), Traits::SUPPORTS);
            set(kazakh.pronoun.has(word), Traits::PRONOUN);
        } else {
            let russian = &self.russian;
            set(token.language == Language::Russian, Traits::RUSSIAN);
            let states = russian.states.has(word);
            set(states, Traits::STATES);
            let listed = russian.verbs_plural.has(word) || russian.first_singular.has(word);
            let plural = letters > 5 && russian.first_plural.ends(word) && !russian.not_first_plural.ends(word);
            let singular =
                letters > 4 && russian.first_singular_endings.ends(word) && !russian.not_first_singular.has(word);
            let commits = listed || token.language == Language::Russian && (plural || singular);
            set(commits && !states, Traits::COMMITS);
            let infinitive = ["ть", "ться", "ти", "тись", "чь", "чься"].iter().any(|end| word.ends_with(end));
            let noun = russian.not_infinitive.has(word) || word.ends_with("ость") || word.ends_with("ости");
            set(letters > 3 && infinitive && !noun && !word.starts_with("деся"), Traits::INFINITIVE);
            let past = ["л", "ла", "ли", "ло", "лся", "лась", "лись", "лось"].iter().any(|end| word.ends_with(end));
            set(letters > 4 && past, Traits::PAST);
            set(russian.modal.has(word), Traits::MODAL);
            set(russian.pronoun.has(word), Traits::PRONOUN);
            set(russian.action.begins(word), Traits::ACTION);
        }
        (plain.into(), traits)
    }
}
