//! How well are Kazakh and Russian read? The figures of the analysis chain on labelled data of the user's own.
//!
//! Takes files whose header tells what they hold (see [`data`]); gives one [`Figure`] a measure, file and language, with a 95 % interval.
//! Promises: the same figures every time (noise comes from a fixed seed); nothing is learned from the data. Does not know what
//! is good enough.

pub mod conflation;
pub mod corruption;
pub mod data;
pub mod overlap;

pub use conflation::Conflation;
pub use data::{Data, Labelled};

use super::Estimate;
use crate::analysis::stem::{Depth, KazakhStemmer, RussianStemmer};
use crate::analysis::translit::{Alphabet, Transliterator};
use crate::analysis::{Analyzer, Language, fold::fold};
use crate::people::Roster;
use crate::{Error, Result};
use corruption::{KINDS, Kind};
use serde::Serialize;
use std::collections::BTreeSet;

/// What a confidence must not be of for a wrong answer.
const SURE: f64 = 0.9;

/// One measure on one file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What was measured; a stable key, explained in three languages by the locale.
    pub measure: &'static str,
    /// Of which kind of text: a language, an alphabet, a kind of noise.
    pub of: String,
    /// The file.
    pub data: String,
    /// How many were judged: forms, words, sentences, mentions, stems.
    pub count: usize,
    /// The figure, a share from 0 to 1, with its interval.
    pub estimate: Estimate,
}

/// All figures that `data` allow, file by file.
///
/// # Errors
/// [`Error::Model`] for mentions without a roster.
pub fn evaluate(analyzer: &Analyzer, data: &[Labelled], roster: Option<&Roster>) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let (kazakh, russian) =
        (KazakhStemmer::with_depth(Depth::Derivation), RussianStemmer::with_depth(Depth::Derivation));
    for labelled in data {
        let mut add = |measure, of: String, (count, estimate)| {
            figures.push(Figure { measure, of, data: labelled.name.clone(), count, estimate });
        };
        match &labelled.data {
            Data::Forms { language, rows } => {
                let code = || language.code().to_owned();
                let found = conflation::measure(rows, |form| stem(analyzer, form, *language));
                add("stem-precision", code(), (rows.len(), found.precision));
                add("stem-recall", code(), (rows.len(), found.recall));
                add("stem-f1", code(), (rows.len(), found.f1));
                let root = |form: &str| match language {
                    Language::Kazakh => kazakh.stem(form).into_owned(),
                    _ => russian.stem(form).into_owned(),
                };
                add("stem-f1-derivation", code(), (rows.len(), conflation::measure(rows, root).f1));
                let right = |name: bool| {
                    let words = rows.iter().filter(move |row| name || !row.name).map(|row| row.form.as_str());
                    share(words.filter(|word| word.chars().all(char::is_alphabetic)), |word| {
                        analyzer.language(word) == *language
                    })
                };
                add("language-word", code(), right(true));
                add("language-word-no-names", code(), right(false));
            }
            Data::Sentences { language, texts } => {
                sentences(analyzer, *language, texts, &mut add);
                if matches!(language, Language::Kazakh | Language::Russian) {
                    noise(analyzer, *language, texts, &mut add);
                }
            }
            Data::Pairs { kazakh, russian } => {
                for (language, texts) in [(Language::Kazakh, kazakh), (Language::Russian, russian)] {
                    sentences(analyzer, language, texts, &mut add);
                    noise(analyzer, language, texts, &mut add);
                }
                scripts(kazakh, &mut add);
            }
            Data::Mentions { rows } => {
                let roster = roster
                    .ok_or_else(|| Error::model(&labelled.name, "mentions need a table of people: --people FILE"))?;
                let answer = |row: &data::Mention| roster.resolve(&row.mention);
                let is_right = |row: &data::Mention| answer(row).person.map(|id| id.to_string()) == row.person;
                add("names-right", "all".to_owned(), share(rows.iter(), is_right));
                let wrong = |row: &data::Mention| {
                    let found = answer(row);
                    found.person.is_some() && found.confidence >= SURE && !is_right(row)
                };
                add("names-surely-wrong", "all".to_owned(), share(rows.iter(), wrong));
            }
        }
    }
    Ok(figures)
}

/// The key of a form alone, as `saual text stem --lang` gives it.
fn stem(analyzer: &Analyzer, form: &str, language: Language) -> String {
    let tokens = analyzer.tokens_in(form, language);
    tokens.iter().map(|token| &*token.stem).collect::<Vec<_>>().join(" ")
}

fn share<T>(of: impl Iterator<Item = T>, is: impl Fn(T) -> bool) -> (usize, Estimate) {
    let (mut all, mut hits) = (0, 0);
    for item in of {
        all += 1;
        hits += usize::from(is(item));
    }
    (all, Estimate::of_share(hits, all))
}

type Add<'a> = &'a mut dyn FnMut(&'static str, String, (usize, Estimate));

/// The language of whole texts, and of Kazakh typed without its letters.
fn sentences(analyzer: &Analyzer, language: Language, texts: &[String], add: Add<'_>) {
    add(
        "language-sentence",
        language.code().to_owned(),
        share(texts.iter(), |text| analyzer.language(text) == language),
    );
    if language == Language::Kazakh {
        let plain = Kind { plain: 1.0, ..Kind::NONE };
        let typed: Vec<String> = texts.iter().enumerate().map(|(nth, text)| plain.corrupt(text, nth as u64)).collect();
        add("language-plain", "kk".to_owned(), share(typed.iter(), |text| analyzer.language(text) == language));
    }
}

/// What noise of each kind costs, and what clean text pays for its mending.
fn noise(analyzer: &Analyzer, language: Language, texts: &[String], add: Add<'_>) {
    for (name, kind) in KINDS {
        let found = overlap::measure(analyzer, language, texts, kind);
        let of = || format!("{} {name}", language.code());
        add("noise-raw", of(), (found.keys, found.raw));
        add("noise-recall", of(), (found.keys, found.recall));
        add("noise-jaccard", of(), (found.keys, found.jaccard));
    }
    let found = overlap::collisions(analyzer, language, texts);
    add("noise-collisions", language.code().to_owned(), found);
}

/// Which distinct words come back from each alphabet as they were.
fn scripts(texts: &[String], add: Add<'_>) {
    use unicode_segmentation::UnicodeSegmentation;
    let transliterator = Transliterator::default();
    let mut folded = String::new();
    let word = |word: &str| {
        fold(word, &mut folded);
        folded.chars().all(crate::analysis::noise::is_cyrillic).then(|| folded.clone())
    };
    let words: BTreeSet<String> = texts.iter().flat_map(|text| text.unicode_words()).filter_map(word).collect();
    for (name, alphabet) in [
        ("latin-2018", Alphabet::Latin2018),
        ("latin-2021", Alphabet::Latin2021),
        ("arabic", Alphabet::Arabic),
        ("ascii", Alphabet::Ascii),
    ] {
        let back = |word: &String| {
            let spelt = transliterator.from_cyrillic(word, alphabet);
            spelt.and_then(|spelt| transliterator.to_cyrillic(&spelt, alphabet)).as_ref() == Some(word)
        };
        add("script-round-trip", name.to_owned(), share(words.iter(), back));
    }
}
