//! Laws that every language of the chain obeys. A new language is a line in `laws!` at the end.

use proptest::prelude::*;
use saual::analysis::{Analyzer, Language, fold::fold};
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::default);

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold(word, &mut out);
    out
}

/// What a reader sees of tokens: span, key, whether it is a stop word.
fn seen(analyzer: &Analyzer, text: &str, language: Language) -> Vec<(usize, usize, String, bool)> {
    let tokens = analyzer.tokens_in(text, language);
    tokens.into_iter().map(|token| (token.span.start, token.span.end, token.stem.to_string(), token.stop)).collect()
}

macro_rules! laws {
    ($($name:ident: $language:expr, $letters:literal;)*) => {$(
        mod $name {
            use super::*;

            proptest! {
                #[test]
                fn spans_are_the_source_in_order(text in concat!("(", $letters, "{1,12}[ ,.\n-]{1,2}|\\PC{0,6}){0,12}")) {
                    let mut end = 0;
                    for token in ANALYZER.tokens_in(&text, $language) {
                        prop_assert!(token.span.start >= end, "tokens overlap: sort and cut them where they are made, in analyzer.rs");
                        prop_assert!(text.get(token.span.start..token.span.end).is_some_and(|source| !source.is_empty()),
                            "a span is off a character boundary: a filter has moved it; filters may change `folded` and `stem` only");
                        end = token.span.end;
                    }
                }

                #[test]
                fn a_fold_of_a_fold_is_the_fold(word in concat!($letters, "{1,16}|\\PC{0,8}")) {
                    prop_assert_eq!(folded(&folded(&word)), folded(&word), "fold again what a rule of fold.rs has made");
                }

                #[test]
                fn a_stem_is_never_empty_and_always_the_same(word in concat!($letters, "{1,24}")) {
                    let word = folded(&word);
                    let stem = ANALYZER.stem(&word, $language);
                    prop_assert!(!stem.is_empty(), "no rule may take the whole word: guard the shortest stem");
                    prop_assert_eq!(&stem, &ANALYZER.stem(&word, $language), "a stemmer keeps no state");
                }
            }

            #[test]
            fn a_text_is_read_the_same_line_by_line() {
                let text = include_str!("../fixtures/programme.txt");
                let mut start = 0;
                let mut lines = Vec::new();
                for line in text.split_inclusive('\n') {
                    let moved = |(from, to, stem, stop)| (from + start, to + start, stem, stop);
                    lines.extend(seen(&ANALYZER, line, $language).into_iter().map(moved));
                    start += line.len();
                }
                assert_eq!(lines, seen(&ANALYZER, text, $language),
                    "what a line says depends on another: a rule looks over a line's end where no hyphen asks for it");
            }

            #[test]
            fn what_was_read_before_changes_nothing() {
                let texts = include_str!("../fixtures/analysis/pairs.tsv").lines().chain(["мeктеп-\nтер COVID-19 ауылдықокруг", ""]);
                let texts: Vec<&str> = texts.collect();
                for text in &texts {
                    assert_eq!(seen(&Analyzer::default(), text, $language), seen(&ANALYZER, text, $language),
                        "a kept form says something else than a new one: forms.rs may keep only what depends on the form alone");
                }
            }
        }
    )*};
}

laws! {
    kazakh: Language::Kazakh, "[а-яәғқңөұүһі]";
    russian: Language::Russian, "[а-яё]";
    other: Language::Other, "[a-z]";
}
