//! What a word says about its language, and what is concluded from it.
//!
//! Takes weights of the tables; gives sums of them, the three scores and decisions. Promises: sums cannot overflow on any
//! text. Does not know where the weights come from.

use super::letters::marks;
use crate::analysis::token::Language;

/// How many weights a row of the tables has: see [`Evidence::new`].
pub const LANES: usize = 8;
/// The classes of the open question.
pub const CLASSES: usize = 4;
/// Table weights are whole numbers; so many of them make one unit of log-odds.
pub const UNITS_PER_NAT: f32 = 10.0;

/// Log-odds of each language against the better of its two rivals. At most one is positive; all near 0 = unknown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// Kazakh.
    pub kk: f32,
    /// Russian.
    pub ru: f32,
    /// Any other language.
    pub other: f32,
}

/// A language with the probability that it is right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// The language.
    pub language: Language,
    /// From 0 to 1.
    pub confidence: f32,
}

/// What the word lists of Kazakh and Russian know of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Nobody asked.
    #[default]
    Unasked,
    /// A function word, which says nothing for other languages.
    Function,
    /// A form of a listed word.
    Listed,
    /// Neither.
    Unlisted,
}

/// What a word or a text says about its language, in units of which [`UNITS_PER_NAT`] make one of log-odds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Kazakh against Russian, if it is one of them.
    pub pair: i32,
    /// Kazakh in a full alphabet, Kazakh typed without its own letters, Russian, other: only differences mean anything.
    pub languages: [i32; CLASSES],
    /// What its letters prove or rule out: one bit for each group of letters.
    pub marks: u16,
    /// Whether it is a known word.
    pub standing: Standing,
}

impl Evidence {
    /// What one word may at most say for one language against another, so that a name or a quotation does not outvote its
    /// sentence.
    const MOST: i32 = 80;

    /// From a row of table weights: pair, Kazakh, plain Kazakh, Russian, and the kinds of other: western, eastern, unknown.
    #[inline]
    pub(super) fn new([pair, full, plain, russian, western, eastern, unknown, _]: [i16; LANES], marks: u16) -> Self {
        let other = western.max(eastern).max(unknown);
        Self {
            pair: i32::from(pair),
            languages: [full, plain, russian, other].map(i32::from),
            marks,
            ..Self::default()
        }
    }

    /// The same of a word that is written so: what its folded letters do not show.
    pub fn written(mut self, word: &str) -> Self {
        let mut letters = word.chars();
        if letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase) {
            self.marks |= marks::CAPITAL;
        }
        self
    }

    /// The best of the classes that make a language: Kazakh, Russian, other.
    fn best(&self) -> [i32; 3] {
        let [full, plain, russian, other] = self.languages;
        [full.max(plain), russian, other]
    }

    /// The three scores.
    pub fn scores(&self) -> Scores {
        let [kk, ru, other] = self.best();
        let odds = |own: i32, a: i32, b: i32| own.saturating_sub(a.max(b)) as f32 / UNITS_PER_NAT;
        Scores { kk: odds(kk, ru, other), ru: odds(ru, kk, other), other: odds(other, kk, ru) }
    }

    /// Kazakh against Russian as a closed question, in log-odds: positive is Kazakh.
    pub fn kazakh_over_russian(&self) -> f32 {
        self.pair as f32 / UNITS_PER_NAT
    }

    /// The classes as [`settle`](super::settle) reads them: each 0 for the best and at least `-MOST` below it; other languages with a
    /// surcharge, and at most by so much before the better of the two at hand.
    #[inline]
    pub(super) fn classes(&self, against_other: i32, most_other: i32) -> [i32; CLASSES] {
        let [full, plain, russian, other] = self.languages;
        let own = full.max(plain).max(russian);
        let other = other.saturating_sub(against_other).min(own.saturating_add(most_other));
        let best = own.max(other);
        [full, plain, russian, other].map(|class| class.saturating_sub(best).max(-Self::MOST))
    }

    /// Kazakh against Russian among the open classes, in table units, bounded.
    pub(super) fn kazakh_surplus(&self) -> i32 {
        let [kk, ru, _] = self.best();
        kk.saturating_sub(ru).clamp(-Self::MOST / 2, Self::MOST / 2)
    }

    /// Adds what a further word of the same text says: Kazakh against Russian, and its classes.
    #[inline]
    pub(super) fn add(&mut self, pair: i32, classes: [i32; CLASSES]) {
        self.pair = self.pair.saturating_add(pair.clamp(-Self::MOST, Self::MOST));
        for (sum, class) in self.languages.iter_mut().zip(classes) {
            *sum = sum.saturating_add(class);
        }
    }

    /// The best language of a whole text.
    pub fn decide(&self) -> Decision {
        let scores = self.scores();
        let (language, odds) = [(Language::Kazakh, scores.kk), (Language::Russian, scores.ru)]
            .into_iter()
            .find(|(_, odds)| *odds > 0.0)
            .unwrap_or((Language::Other, scores.other.max(0.0)));
        Decision { language, confidence: 1.0 / (1.0 + (-odds).exp()) }
    }
}
