//! The chain from a text to its tokens: words, fold, language, stop words, stem.

use super::fold::fold;
use super::language;
use super::stem::{self, KazakhStemmer, RussianStemmer};
use super::stopwords::Stopwords;
use super::token::{Language, Token, TokenKind};
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Raised whenever the chain gives other tokens for the same text.
const VERSION: &str = "1";

/// Reads Kazakh and Russian text. Cheap to share, expensive to build: build one and lend it.
#[derive(Default)]
pub struct Analyzer {
    stopwords: Stopwords,
    kazakh: KazakhStemmer,
    russian: RussianStemmer,
}

impl Analyzer {
    /// The words and numbers of `text` with their stems. `language` is what the source declares of the whole text, if anything.
    pub fn tokens(&self, text: &str, language: Option<Language>) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut decided = Vec::new();
        for (start, word) in text.unicode_word_indices() {
            let mut folded = String::with_capacity(word.len());
            fold(word, &mut folded);
            if folded.is_empty() {
                continue;
            }
            let kind = if folded.starts_with(|c: char| c.is_numeric()) { TokenKind::Number } else { TokenKind::Word };
            let stop = kind == TokenKind::Word && self.stopwords.contains(&folded);
            decided.push(self.stopwords.language(&folded).or_else(|| language::of_form(&folded)));
            let span = Span::new(start, start + word.len());
            tokens.push(Token { folded, stem: String::new(), span, kind, language: Language::Other, stop });
        }
        language::settle(&mut tokens, &decided, language);
        for token in &mut tokens {
            token.stem = self.stem(&token.folded, token.language).into_owned();
        }
        tokens
    }

    /// The conflation key of a folded word.
    pub fn stem<'a>(&self, folded: &'a str, language: Language) -> std::borrow::Cow<'a, str> {
        match language {
            Language::Kazakh => self.kazakh.stem(folded),
            Language::Russian => self.russian.stem(folded),
            Language::Other => folded.into(),
        }
    }

    /// A hash of everything that decides which tokens a text gives: a stored index is good only for the same fingerprint.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION.as_bytes());
        let tables = Stopwords::source().chain(stem::tables());
        for table in tables {
            hasher.update(&(table.len() as u64).to_le_bytes());
            hasher.update(table.as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_both_languages_are_told_apart_and_stemmed() {
        let analyzer = Analyzer::default();
        let text = "Ауылдарды ауыз сумен қамтамасыз ету. Обеспечить сёла питьевой водой";
        let tokens = analyzer.tokens(text, None);
        let languages: Vec<_> = tokens.iter().map(|token| token.language).collect();
        assert_eq!(languages[..5], [Language::Kazakh; 5]);
        assert_eq!(languages[5..], [Language::Russian; 4]);
        assert_eq!(tokens[0].stem, analyzer.tokens("ауылға", None)[0].stem);
        assert_eq!(tokens[8].stem, analyzer.tokens("водою", Some(Language::Russian))[0].stem);
    }

    proptest! {
        #[test]
        fn a_token_is_the_source_under_its_span(text in "\\PC{0,80}") {
            let analyzer = Analyzer::default();
            let mut end = 0;
            for token in analyzer.tokens(&text, None) {
                prop_assert!(token.span.start >= end && token.span.end <= text.len());
                end = token.span.end;
                let mut folded = String::new();
                fold(token.span.of(&text), &mut folded);
                prop_assert_eq!(&folded, &token.folded);
                prop_assert!(!token.stem.is_empty());
            }
        }
    }
}
