//! The chain from a text to its tokens: words, fold, language, stop words, stem.

use super::fold::fold;
use super::language::{self, Evidence, LanguageModel};
use super::noise::{Keys, Noise, Tongue, is_cyrillic};
use super::script::{self, Script};
use super::stem::{self, KazakhStemmer, RussianStemmer};
use super::stopwords::Stopwords;
use super::token::{Language, Token, TokenKind};
use super::translit::Transliterator;
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Raised whenever the chain gives other tokens for the same text.
const VERSION: &str = "3";

/// A text of so few Cyrillic words is taken for Kazakh or Russian.
const SHORT: usize = 2;

/// Reads Kazakh and Russian text. Cheap to share, expensive to build: build one and lend it.
#[derive(Default)]
pub struct Analyzer {
    stopwords: Stopwords,
    languages: LanguageModel,
    kazakh: KazakhStemmer,
    russian: RussianStemmer,
    transliterator: Transliterator,
    noise: Noise,
}

impl Analyzer {
    /// The words and numbers of `text` with their stems. `language` is what the source declares of the whole text, if anything.
    ///
    /// Kazakh in Latin or Arabic letters is read as Cyrillic; a noisy form of a listed Kazakh root gets the key of its clean twin.
    pub fn tokens(&self, text: &str, language: Option<Language>) -> Vec<Token> {
        let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
        let cyrillic = self.cyrillic(&words);
        let mut tokens = Vec::with_capacity(words.len());
        let mut evidence = Vec::with_capacity(words.len());
        for (place, (start, word)) in words.into_iter().enumerate() {
            let converted = cyrillic.get(place).and_then(Option::as_deref);
            let mut folded = String::with_capacity(word.len());
            fold(converted.unwrap_or(word), &mut folded);
            if folded.is_empty() {
                continue;
            }
            let kind = if folded.starts_with(char::is_numeric) { TokenKind::Number } else { TokenKind::Word };
            let stop = kind == TokenKind::Word && self.stopwords.contains(&folded);
            evidence.push(self.languages.evidence(&folded));
            let span = Span::new(start, start + word.len());
            tokens.push(Token { folded, stem: String::new(), span, kind, language: Language::Other, stop });
        }
        settle(&mut tokens, &evidence, language);
        self.set_stems(&mut tokens);
        tokens
    }

    /// For each word that is Kazakh in another script its Cyrillic; empty where every word is Cyrillic.
    fn cyrillic(&self, words: &[(usize, &str)]) -> Vec<Option<String>> {
        if words.iter().all(|(_, word)| word.chars().all(|c| is_cyrillic(c) || !c.is_alphabetic())) {
            return Vec::new();
        }
        let words: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
        let mut scripts = Vec::with_capacity(words.len());
        script::of_words(&words, &self.transliterator, &mut scripts);
        let convert = |(word, script): (&&str, &Script)| match script {
            Script::Kazakh(alphabet) => self.transliterator.to_cyrillic(word, *alphabet),
            _ => None,
        };
        words.iter().zip(&scripts).map(convert).collect()
    }

    fn set_stems(&self, tokens: &mut [Token]) {
        let kazakh = || tokens.iter().filter(|token| token.language == Language::Kazakh && !token.stop);
        let typing = self.noise.typing(kazakh().map(|token| token.folded.as_str()));
        let mut keys = Keys::default();
        for token in tokens {
            token.stem = self.stem(&token.folded, token.language).into_owned();
            if token.language == Language::Kazakh && !token.stop {
                self.noise.keys(&token.folded, Tongue::Kazakh(typing), |word| self.kazakh.stem(word), &mut keys);
                if keys.noisy && !keys.weak.is_empty() {
                    token.stem.clone_from(&keys.weak);
                }
            }
        }
    }

    /// A text with its Kazakh words of other scripts in Cyrillic; everything else stays.
    pub fn cyrillic_text(&self, text: &str) -> String {
        self.transliterator.cyrillic_text(text)
    }

    /// The language of a text: Kazakh, Russian, mixed or other.
    pub fn language(&self, text: &str) -> Language {
        let mut folded = String::new();
        let evidence = |word| {
            fold(word, &mut folded);
            self.languages.evidence(&folded)
        };
        let evidence: Vec<Evidence> = text.unicode_words().map(evidence).collect();
        let found = language::label(&evidence, &language::settle(&evidence)).language;
        // A word or two say little about all languages, but enough to choose between the two at hand.
        let short = evidence.len() <= SHORT && text.chars().all(|c| is_cyrillic(c) || !c.is_alphabetic());
        if found == Language::Other && short && !evidence.is_empty() {
            let mut odds = 0.0;
            for word in &evidence {
                odds += word.kazakh_over_russian();
            }
            return if odds > 0.0 { Language::Kazakh } else { Language::Russian };
        }
        found
    }

    /// The conflation key of a folded word.
    pub fn stem<'a>(&self, folded: &'a str, language: Language) -> std::borrow::Cow<'a, str> {
        match language {
            Language::Kazakh => self.kazakh.stem(folded),
            Language::Russian => self.russian.stem(folded),
            Language::Mixed | Language::Other => folded.into(),
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

/// Gives each word its language by its own letters and its neighbours'. In a text that is Kazakh or Russian, a Cyrillic word that looks
/// foreign is still read as the likelier of the two: it has to be stemmed as something.
fn settle(tokens: &mut [Token], evidence: &[Evidence], declared: Option<Language>) {
    let settled = language::settle(evidence);
    let foreign = declared.is_none() && language::label(evidence, &settled).language == Language::Other;
    for ((token, evidence), language) in tokens.iter_mut().zip(evidence).zip(settled) {
        token.language = match (token.kind, language) {
            (TokenKind::Number, _) => Language::Other,
            (_, Language::Other) if !foreign && token.folded.chars().all(is_cyrillic) => {
                match evidence.kazakh_over_russian() {
                    odds if odds > 0.0 => Language::Kazakh,
                    _ => Language::Russian,
                }
            }
            (_, language) => language,
        };
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

    #[test]
    fn kazakh_of_other_scripts_and_without_its_letters_meets_the_clean_word() {
        let analyzer = Analyzer::default();
        let stems = |text: &str| -> Vec<String> {
            let tokens = analyzer.tokens(text, Some(Language::Kazakh));
            tokens.into_iter().filter(|token| !token.stop).map(|token| token.stem).collect()
        };
        let clean = stems("Ауылдарды таза ауыз сумен қамтамасыз етуді қолға алу қажет");
        for other in [
            "Auyldardy taza auyz sumen qamtamasyz etudi qolğa alu qajet",
            "Ауылдарды таза ауыз сумен камтамасыз етуди колга алу кажет",
        ] {
            let found = stems(other);
            let shared = clean.iter().filter(|stem| found.contains(stem)).count();
            assert!(shared * 10 >= clean.len() * 8, "{other}: {found:?} against {clean:?}");
        }
    }

    static ANALYZER: std::sync::LazyLock<Analyzer> = std::sync::LazyLock::new(Analyzer::default);

    proptest! {
        #[test]
        fn a_token_is_the_source_under_its_span(text in "\\PC{0,80}") {
            let analyzer = &*ANALYZER;
            let mut end = 0;
            for token in analyzer.tokens(&text, None) {
                prop_assert!(token.span.start >= end && token.span.end <= text.len());
                end = token.span.end;
                let source = token.span.of(&text);
                if source.chars().all(is_cyrillic) {
                    let mut folded = String::new();
                    fold(source, &mut folded);
                    prop_assert_eq!(&folded, &token.folded);
                }
                prop_assert!(!source.is_empty());
                prop_assert!(!token.stem.is_empty());
            }
        }
    }
}
