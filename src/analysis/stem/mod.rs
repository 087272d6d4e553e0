//! A conflation key for a word form: forms of one lemma share it. One folder a language; their tables are `models/stem/`.

pub mod kazakh;
pub mod russian;

pub use kazakh::KazakhStemmer;
pub use russian::RussianStemmer;

/// How much of a word's build-up is taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Depth {
    /// Inflection only: plural, possessive, case, person, tense, mood, negation, passive, reciprocal.
    #[default]
    Inflection,
    /// Word-building suffixes too (-лық, -шы, -сыз, -дай; -ость, -ский …): coarser keys, for recall.
    Derivation,
}

/// The text of every table that a stemmer reads, for fingerprints.
pub fn tables() -> [&'static str; 7] {
    let [nouns, verbs, adjectives, exceptions] = russian::TABLES;
    [kazakh::CHAIN, kazakh::ROOTS, kazakh::EXCEPTIONS, nouns, verbs, adjectives, exceptions]
}
