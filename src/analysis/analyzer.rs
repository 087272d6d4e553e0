//! The chain from a text to its tokens: words, fold, language, stop words, stem.

use super::fold::fold;
use super::forms::{Form, Forms, Held};
use super::language::{self, Evidence, LanguageModel};
use super::lexicon::Typing;
use super::noise::join::{is_hyphen, join_hyphenated};
use super::noise::{Keys, Noise, Tongue, is_cyrillic};
use super::script::{self, Script, Written};
use super::stem::{self, KazakhStemmer, RussianStemmer};
use super::stopwords::Stopwords;
use super::token::{Language, Token, TokenKind};
use super::translit::Transliterator;
use crate::span::Span;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Raised whenever the chain gives other tokens for the same text.
const VERSION: &str = "3";

/// A Cyrillic word and the blank after it, about; for the first guess at how many there are.
const BYTES_PER_WORD: usize = 14;

/// A text of so few Cyrillic words is taken for Kazakh or Russian.
const SHORT: usize = 2;

/// A word of a text: where it stands and what it is by itself.
type Word = (Span, Arc<Form>);

/// Reads Kazakh and Russian text. Cheap to share, expensive to build: build one and lend it.
#[derive(Default)]
pub struct Analyzer {
    stopwords: Stopwords,
    languages: LanguageModel,
    kazakh: KazakhStemmer,
    russian: RussianStemmer,
    transliterator: Transliterator,
    noise: Noise,
    forms: Forms,
}

impl Analyzer {
    /// The words and numbers of `text` with their stems. `language` is what the source declares of the whole text, if anything.
    ///
    /// Kazakh in Latin or Arabic letters is read as Cyrillic; a noisy form of a listed Kazakh root gets the key of its clean twin.
    pub fn tokens(&self, text: &str, language: Option<Language>) -> Vec<Token> {
        let mut held = self.forms.hold();
        let mut words: Vec<Word> = Vec::with_capacity(text.len() / BYTES_PER_WORD);
        let mut cyrillic = true;
        for (start, word) in text.unicode_word_indices() {
            let form = held.form(word, |word| self.read(word, word));
            cyrillic &= form.written_in_cyrillic;
            words.push((Span::new(start, start + word.len()), form));
        }
        if text.lines().any(|line| line.trim_end().ends_with(is_hyphen)) {
            self.join(text, &mut held, &mut words);
        }
        if !cyrillic {
            self.convert(text, &mut held, &mut words);
        }
        words.retain(|(_, form)| !form.folded.is_empty());
        self.keyed(&words, language)
    }

    /// Reads a word by itself: as written, and as it is read where it was written in another script.
    fn read(&self, written: &str, cyrillic: &str) -> Form {
        let mut folded = String::with_capacity(cyrillic.len());
        fold(cyrillic, &mut folded);
        Form::new(written, &folded, self.stopwords.contains(&folded), self.languages.evidence(&folded))
    }

    /// Makes one of the two halves of each word that a line end cuts; a hyphen of the word's own parts two words anyway.
    fn join(&self, text: &str, held: &mut Held<'_>, words: &mut Vec<Word>) {
        let mut whole = String::new();
        for joined in join_hyphenated(text, self.noise.lexicon()).into_iter().rev().filter(|joined| !joined.hyphen) {
            let [before, after] = [joined.parts[0].end, joined.parts[1].start];
            let Ok(first) = words.binary_search_by(|(span, _)| span.end.cmp(&before)) else { continue };
            let Some((second, _)) = words.get(first + 1).filter(|(span, _)| span.start == after) else { continue };
            let span = words[first].0.join(*second);
            whole.clear();
            whole.push_str(&text[span.start..before]);
            whole.push_str(&text[after..span.end]);
            words[first] = (span, held.form(&whole, |whole| self.read(whole, whole)));
            words.remove(first + 1);
        }
    }

    /// Puts in place of each word that is Kazakh in another script its Cyrillic form.
    fn convert(&self, text: &str, held: &mut Held<'_>, words: &mut [Word]) {
        let read = |word: &Word| {
            *word.1.found.written.get_or_init(|| Written::read(written(text, word), &self.transliterator))
        };
        let scripts = script::of_words(&words.iter().map(read).collect::<Vec<_>>());
        for (word, script) in words.iter_mut().zip(scripts) {
            let Script::Kazakh(alphabet) = script else { continue };
            let read = || self.transliterator.to_cyrillic(written(text, word), alphabet).map(String::into_boxed_str);
            let cyrillic = match word.1.found.read.get_or_init(|| (alphabet, read())) {
                (known, cyrillic) if *known == alphabet => cyrillic.clone(),
                _ => read(),
            };
            if let Some(cyrillic) = cyrillic {
                word.1 = held.form(&cyrillic, |cyrillic| self.read(cyrillic, cyrillic));
            }
        }
    }

    /// The tokens of read words: what their neighbours say of their language, and their keys in it.
    fn keyed(&self, words: &[Word], declared: Option<Language>) -> Vec<Token> {
        let languages = languages(words, declared);
        let kazakh = || words.iter().zip(&languages).filter(|((_, form), l)| **l == Language::Kazakh && !form.stop);
        let typing = self.typing(kazakh().map(|((_, form), _)| &**form));
        let token = |((span, form), language): (&Word, Language)| {
            let (folded, stem) = (Arc::clone(&form.folded), Arc::clone(self.key(form, language, typing)));
            Token { folded, stem, span: *span, kind: form.kind, language, stop: form.stop }
        };
        words.iter().zip(languages).map(token).collect()
    }

    /// How the text of these Kazakh words was typed.
    fn typing<'f>(&self, mut kazakh: impl Iterator<Item = &'f Form> + Clone) -> Typing {
        let noisy = |form: &Form| *form.found.noisy.get_or_init(|| self.noise.is_plain_spelling(&form.folded));
        if kazakh.clone().any(|form| form.special) || !kazakh.any(noisy) { Typing::Kazakh } else { Typing::Plain }
    }

    /// The conflation key of a word in a language, with its noise mended.
    fn key<'f>(&self, form: &'f Form, language: Language, typing: Typing) -> &'f Arc<str> {
        let kazakh = |typing| {
            let stem = self.kazakh.stem(&form.folded);
            let mut keys = Keys::default();
            if !form.stop {
                self.noise.keys(&form.folded, Tongue::Kazakh(typing), |word| self.kazakh.stem(word), &mut keys);
            }
            let mended = keys.noisy && !keys.weak.is_empty();
            if mended { keys.weak.into() } else { share(&form.folded, &stem) }
        };
        match (language, typing) {
            (Language::Kazakh, Typing::Kazakh) => form.found.kazakh.get_or_init(|| kazakh(Typing::Kazakh)),
            (Language::Kazakh, typing) => form.found.plain.get_or_init(|| kazakh(typing)),
            (Language::Russian, _) => {
                form.found.russian.get_or_init(|| share(&form.folded, &self.russian.stem(&form.folded)))
            }
            (Language::Mixed | Language::Other, _) => &form.folded,
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

/// A word as written; one that a line end cuts, without the cut.
fn written<'a>(text: &'a str, (span, form): &'a Word) -> &'a str {
    let written = span.of(text);
    if written.contains('\n') { &form.folded } else { written }
}

/// `stem`, shared with the word where it is the word itself.
fn share(word: &Arc<str>, stem: &str) -> Arc<str> {
    if **word == *stem { Arc::clone(word) } else { stem.into() }
}

/// The language of each word by its own letters and its neighbours'. In a text that is Kazakh or Russian, a Cyrillic word that looks
/// foreign is still read as the likelier of the two: it has to be stemmed as something.
fn languages(words: &[Word], declared: Option<Language>) -> Vec<Language> {
    let evidence: Vec<Evidence> = words.iter().map(|(_, form)| form.evidence).collect();
    let mut languages = language::settle(&evidence);
    let foreign = declared.is_none() && language::label(&evidence, &languages).language == Language::Other;
    for ((_, form), language) in words.iter().zip(&mut languages) {
        *language = match (form.kind, *language) {
            (TokenKind::Number, _) => Language::Other,
            (_, Language::Other) if !foreign && form.cyrillic => match form.evidence.kazakh_over_russian() {
                odds if odds > 0.0 => Language::Kazakh,
                _ => Language::Russian,
            },
            (_, language) => language,
        };
    }
    languages
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
        let stems = |text: &str| -> Vec<Arc<str>> {
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

    #[test]
    fn a_word_that_a_line_end_cuts_is_one_token() {
        let analyzer = Analyzer::default();
        let text = "жаңа бағдар-\n  лама бойынша әлеуметтік-\nэкономикалық даму";
        let tokens = analyzer.tokens(text, None);
        assert_eq!(&*tokens[1].folded, "бағдарлама");
        assert_eq!(tokens[1].span.of(text), "бағдар-\n  лама");
        assert_eq!(tokens.len(), 6, "{tokens:?}");
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
                    prop_assert_eq!(&*folded, &*token.folded);
                }
                prop_assert!(!source.is_empty());
                prop_assert!(!token.stem.is_empty());
            }
        }
    }
}
