//! The chain from a text to its tokens: words, fold, language, stop words, stem.

use super::fold::fold;
use super::forms::{Form, Forms, Held};
use super::language::{self, Evidence, LanguageModel, Standing};
use super::lexicon::Typing;
use super::noise::join::{is_hyphen, join_hyphenated};
use super::noise::spaces::{glued, glued_russian, is_split, is_split_russian};
use super::noise::{self, Keys, Manner, Noise, Spelling, Tongue, is_cyrillic};
use super::script::{self, Script, Written};
use super::stem::{self, KazakhStemmer, RussianStemmer};
use super::stopwords::Stopwords;
use super::token::{Language, Token, TokenKind};
use super::translit::{self, Transliterator};
use crate::span::Span;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Raised whenever the chain gives other tokens for the same text.
const VERSION: &str = "6";

/// A Cyrillic word and the blank after it, about; for the first guess at how many there are.
const BYTES_PER_WORD: usize = 14;

/// What it is worth in log-odds that one language's tables know a word and the other's do not.
const KNOWN: f32 = 2.0;

/// A text of so few Cyrillic words is taken for Kazakh or Russian.
const SHORT: usize = 2;

/// From so many words on several threads find the keys.
const LONG: usize = 20_000;

/// A word of a text: where it stands and what it is by itself.
type Word = (Span, Arc<Form>);

/// Reads Kazakh and Russian text. Cheap to share, expensive to build: build one and lend it.
pub struct Analyzer {
    stopwords: Stopwords,
    languages: LanguageModel,
    kazakh: KazakhStemmer,
    russian: RussianStemmer,
    transliterator: Transliterator,
    noise: Noise,
    forms: Forms,
}

impl Default for Analyzer {
    fn default() -> Self {
        let (stopwords, russian) = (Stopwords::default(), RussianStemmer::default());
        let mut noise = Noise::default();
        let words = super::glossary::russian_words().map(|word| word.to_lowercase().replace('ё', "е"));
        let words = words.map(|word| russian.stem(&word).into_owned());
        let stems: BTreeSet<String> = russian.listed().map(str::to_owned).chain(words).collect();
        noise.learn_russian(stems.iter().map(String::as_str));
        Self {
            stopwords,
            languages: LanguageModel::default(),
            kazakh: KazakhStemmer::default(),
            russian,
            transliterator: Transliterator::default(),
            noise,
            forms: Forms::default(),
        }
    }
}

impl Analyzer {
    /// The words and numbers of `text` with their stems. `language` is what the source declares of the whole text, if anything.
    ///
    /// Kazakh in Latin or Arabic letters is read as Cyrillic; a noisy form gets the key of the word that is meant, where that is a known
    /// one.
    pub fn tokens(&self, text: &str, language: Option<Language>) -> Vec<Token> {
        let mut held = self.forms.hold();
        let words = self.words(text, &mut held);
        let languages = self.languages_of(&words, language);
        self.keyed(text, words, held, languages)
    }

    /// As [`Self::tokens`], but every Cyrillic word is of `language`, whatever it looks like.
    pub fn tokens_in(&self, text: &str, language: Language) -> Vec<Token> {
        let mut held = self.forms.hold();
        let words = self.words(text, &mut held);
        let is = |form: &Form| form.kind == TokenKind::Word && form.folded.chars().any(is_cyrillic);
        let languages = words.iter().map(|(_, form)| if is(form) { language } else { Language::Other }).collect();
        self.keyed(text, words, held, languages)
    }

    /// The words of a text, each as read by itself.
    fn words(&self, text: &str, held: &mut Held<'_>) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::with_capacity(text.len() / BYTES_PER_WORD);
        let mut cyrillic = true;
        // As `unicode_word_indices`, but a Cyrillic letter is known for one without the tables.
        let lettered = |word: &str| word.chars().any(|c| is_cyrillic(c) || c.is_alphanumeric());
        for (start, word) in text.split_word_bound_indices().filter(|(_, word)| lettered(word)) {
            let form = self.form(word, held);
            cyrillic &= form.written_in_cyrillic;
            words.push((Span::new(start, start + word.len()), form));
        }
        if text.lines().any(|line| line.trim_end().ends_with(is_hyphen)) {
            self.join(text, held, &mut words);
        }
        if !cyrillic {
            self.convert(text, held, &mut words);
        }
        words.retain(|(_, form)| !form.folded.is_empty());
        words
    }

    /// A word as read by itself, from what is held or anew.
    fn form(&self, word: &str, held: &mut Held<'_>) -> Arc<Form> {
        held.form(word, |word| {
            let mut folded = String::with_capacity(word.len());
            fold(word, &mut folded);
            Form::new(word, &folded, self.stopwords.contains(&folded), self.languages.evidence(&folded).written(word))
        })
    }

    /// Makes one of the two halves of each word that a line end cuts; a hyphen of the word's own parts two words anyway.
    fn join(&self, text: &str, held: &mut Held<'_>, words: &mut Vec<Word>) {
        let joined = join_hyphenated(text, self.noise.lexicon()).into_iter().filter(|joined| !joined.hyphen);
        let mut cuts = joined.map(|joined| (joined.parts[0].end, joined.parts[1].start)).peekable();
        let mut joined: Vec<Word> = Vec::with_capacity(words.len());
        for (span, form) in words.drain(..) {
            while cuts.next_if(|(_, after)| *after < span.start).is_some() {}
            match joined.last_mut() {
                Some(last) if cuts.next_if_eq(&(last.0.end, span.start)).is_some() => {
                    let whole = [last.0.of(text), span.of(text)].concat();
                    *last = (last.0.join(span), self.form(&whole, held));
                }
                _ => joined.push((span, form)),
            }
        }
        *words = joined;
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
                word.1 = self.form(&cyrillic, held);
            }
        }
    }

    /// The tokens of read words: what their neighbours say of their language, and their keys in it.
    fn keyed(&self, text: &str, words: Vec<Word>, mut held: Held<'_>, languages: Vec<Language>) -> Vec<Token> {
        let mut manner = Manner::default();
        for ((_, form), language) in words.iter().zip(&languages) {
            if *language == Language::Kazakh && !form.stop {
                manner.add(self.spelling(form), form.special);
            }
        }
        let tongue = manner.tongue();
        let words = self.mend_spaces(text, words.into_iter().zip(languages), tongue, &mut held);
        // A thread that waits for others may read another text meanwhile, and enter its forms.
        drop(held);
        let token = |((span, form), language): (Word, Language)| {
            let (folded, stem) = (Arc::clone(&form.folded), Arc::clone(self.key(&form, language, tongue)));
            Token { folded, stem, span, kind: form.kind, language, stop: form.stop }
        };
        if words.len() < LONG {
            words.into_iter().map(token).collect()
        } else {
            words.into_par_iter().map(token).collect()
        }
    }

    fn spelling(&self, form: &Form) -> Spelling {
        *form.found.spelling.get_or_init(|| self.noise.spelling(&form.folded))
    }

    /// How many letters the stem of a known Russian word has.
    fn russian_stem(&self, word: &str) -> Option<usize> {
        self.noise.russian_stem_length(word, |word| self.russian.stem(word))
    }

    /// The conflation key of a word in a language, with its noise mended. `tongue` says how the Kazakh of its text was typed.
    fn key<'f>(&self, form: &'f Form, language: Language, tongue: Tongue) -> &'f Arc<str> {
        let mended = |tongue, stem: &dyn for<'w> Fn(&'w str) -> Cow<'w, str>| {
            let mut keys = Keys::default();
            if !form.stop {
                self.noise.keys(&form.folded, tongue, stem, &mut keys);
            }
            if keys.noisy && !keys.weak.is_empty() {
                keys.weak.into()
            } else {
                share(&form.folded, &stem(&form.folded))
            }
        };
        let kazakh = |tongue| mended(tongue, &|word| self.kazakh.stem(word));
        match (language, tongue) {
            (Language::Kazakh, Tongue::Kazakh(Typing::Plain | Typing::Ascii)) => {
                form.found.plain.get_or_init(|| kazakh(Tongue::Kazakh(Typing::Plain)))
            }
            (Language::Kazakh, Tongue::CleanKazakh) => form.found.clean.get_or_init(|| kazakh(Tongue::CleanKazakh)),
            (Language::Kazakh, _) => form.found.kazakh.get_or_init(|| kazakh(Tongue::Kazakh(Typing::Kazakh))),
            (Language::Russian, _) => {
                form.found.russian.get_or_init(|| mended(Tongue::Russian, &|word| self.russian.stem(word)))
            }
            (Language::Mixed | Language::Other, _) => &form.folded,
        }
    }

    /// Makes one of words that a blank cut in two, and two of words that stand without a blank: where one of them, in small letters, is
    /// no known word and what is meant is.
    fn mend_spaces(
        &self,
        text: &str,
        words: impl ExactSizeIterator<Item = (Word, Language)>,
        tongue: Tongue,
        held: &mut Held<'_>,
    ) -> Vec<(Word, Language)> {
        let typing = if let Tongue::Kazakh(typing) = tongue { typing } else { Typing::Kazakh };
        let mut mended = Vec::with_capacity(words.len());
        let mut words = words.peekable();
        while let Some((mut word, language)) = words.next() {
            let next = words.peek().filter(|(next, its)| {
                *its == language && language != Language::Other && text.get(word.0.end..next.0.start) == Some(" ")
            });
            if let Some(whole) = next.and_then(|(next, _)| self.whole([&word, next], language, typing, held)) {
                word = whole;
                words.next();
            }
            match self.parts(&word, language, typing, held) {
                Some(parts) => mended.extend(parts.map(|part| (part, language))),
                None => mended.push((word, language)),
            }
        }
        mended
    }

    /// Whether a form in small Cyrillic letters is no known word of the language.
    fn is_strange(&self, form: &Form, language: Language) -> bool {
        form.small
            && form.cyrillic
            && !form.stop
            && match language {
                Language::Kazakh => self.spelling(form) == Spelling::Unlisted,
                Language::Russian => !self.is_russian(form),
                Language::Mixed | Language::Other => false,
            }
    }

    /// Whether a form may be the first half of a word that a blank cut.
    fn may_be_cut(&self, form: &Form, language: Language) -> bool {
        match language {
            Language::Kazakh => {
                *form.found.begins_kazakh.get_or_init(|| self.noise.lexicon().begins_root(&form.folded))
            }
            _ => *form.found.begins_russian.get_or_init(|| self.noise.begins_russian_stem(&form.folded)),
        }
    }

    /// The word that a blank cut in these two, if it did.
    fn whole(&self, halves: [&Word; 2], language: Language, typing: Typing, held: &mut Held<'_>) -> Option<Word> {
        let [(before, left), (after, right)] = halves;
        let likely = right.small
            && right.cyrillic
            && self.may_be_cut(left, language)
            && halves.iter().any(|(_, form)| self.is_strange(form, language));
        let mut joined = String::new();
        let split = likely
            && match language {
                Language::Kazakh => is_split(&left.folded, &right.folded, &mut joined, typing, self.noise.lexicon()),
                _ => is_split_russian(&left.folded, &right.folded, &mut joined, |word| self.russian_stem(word)),
            };
        split.then(|| (before.join(*after), self.form(&joined, held)))
    }

    /// The two words that stand here without a blank, if they do.
    fn parts(&self, (span, form): &Word, language: Language, typing: Typing, held: &mut Held<'_>) -> Option<[Word; 2]> {
        if !self.is_strange(form, language) || span.end - span.start != form.folded.len() {
            return None;
        }
        let at = self.glued(form, language, typing)?;
        let (left, right) = form.folded.split_at(at);
        let middle = span.start + at;
        Some([
            (Span::new(span.start, middle), self.form(left, held)),
            (Span::new(middle, span.end), self.form(right, held)),
        ])
    }

    /// Where a form is two words without a blank, in bytes.
    fn glued(&self, form: &Form, language: Language, typing: Typing) -> Option<usize> {
        match (language, typing) {
            (Language::Russian, _) => {
                *form.found.glued_russian.get_or_init(|| glued_russian(&form.folded, |word| self.russian_stem(word)))
            }
            (_, Typing::Kazakh) => *form.found.glued.get_or_init(|| glued(&form.folded, typing, self.noise.lexicon())),
            (_, Typing::Plain | Typing::Ascii) => {
                *form.found.glued_plain.get_or_init(|| glued(&form.folded, Typing::Plain, self.noise.lexicon()))
            }
        }
    }

    /// A text with its Kazakh words of other scripts in Cyrillic; everything else stays.
    pub fn cyrillic_text(&self, text: &str) -> String {
        self.transliterator.cyrillic_text(text)
    }

    /// The language of a text: Kazakh, Russian, mixed or other.
    pub fn language(&self, text: &str) -> Language {
        let mut held = self.forms.hold();
        let forms: Vec<Arc<Form>> = text.unicode_words().map(|word| self.form(word, &mut held)).collect();
        let evidence: Vec<Evidence> = forms.iter().map(|form| self.evidence(form)).collect();
        let found = language::label(&evidence, &language::settle(&evidence, None)).language;
        // A word or two say little about all languages, but enough to choose between the two at hand.
        let short = forms.len() <= SHORT && forms.iter().all(|form| form.written_in_cyrillic);
        if found == Language::Mixed || !short || forms.is_empty() || forms.iter().all(|form| !form.cyrillic) {
            return found;
        }
        let odds: f32 = forms.iter().map(|form| self.closed(form)).sum();
        if odds > 0.0 { Language::Kazakh } else { Language::Russian }
    }

    /// Kazakh against Russian for a word by itself: its letters, and which tables know it.
    fn closed(&self, form: &Form) -> f32 {
        let kazakh = self.spelling(form) == Spelling::Right;
        let known = f32::from(u8::from(kazakh)) - f32::from(u8::from(self.is_russian(form)));
        form.evidence.kazakh_over_russian() + KNOWN * known
    }

    /// What a word says of its language, with what the word lists know of it.
    fn evidence(&self, form: &Form) -> Evidence {
        let listed = || self.spelling(form) == Spelling::Right || self.is_russian(form);
        *form.found.evidence.get_or_init(|| {
            let standing = match form.kind {
                TokenKind::Number => Standing::Unasked,
                TokenKind::Word if listed() => Standing::Listed,
                TokenKind::Word if form.stop => Standing::Function,
                TokenKind::Word => Standing::Unlisted,
            };
            Evidence { standing, ..form.evidence }
        })
    }

    /// Whether a form is of a known Russian word.
    fn is_russian(&self, form: &Form) -> bool {
        form.found.russian_stem.get_or_init(|| self.russian_stem(&form.folded)).is_some()
    }

    /// The language of each word by its own letters and its neighbours'. In a text that is Kazakh or Russian, a Cyrillic word that looks
    /// foreign is still read as the likelier of the two: it has to be stemmed as something.
    fn languages_of(&self, words: &[Word], declared: Option<Language>) -> Vec<Language> {
        let read = |form: &Form| if declared.is_none() { self.evidence(form) } else { form.evidence };
        let evidence: Vec<Evidence> = words.iter().map(|(_, form)| read(form)).collect();
        let mut languages = language::settle(&evidence, declared);
        let prior = match declared {
            Some(Language::Kazakh) => language::DECLARED,
            Some(Language::Russian) => -language::DECLARED,
            _ => 0,
        };
        // Of the whole text only what it decides is asked.
        let doubtful = |((_, form), language): (&Word, &Language)| *language == Language::Other && form.cyrillic;
        let foreign = declared.is_none()
            && words.iter().zip(&languages).any(doubtful)
            && language::label(&evidence, &languages).language == Language::Other;
        for ((_, form), language) in words.iter().zip(&mut languages) {
            *language = match (form.kind, *language) {
                (TokenKind::Number, _) => Language::Other,
                (_, Language::Other) if !foreign && form.cyrillic => match form.evidence.pair + prior {
                    1.. => Language::Kazakh,
                    _ => Language::Russian,
                },
                (_, language) => language,
            };
        }
        languages
    }

    /// The conflation key of a folded word.
    pub fn stem<'a>(&self, folded: &'a str, language: Language) -> Cow<'a, str> {
        match language {
            Language::Kazakh => self.kazakh.stem(folded),
            Language::Russian => self.russian.stem(folded),
            Language::Mixed | Language::Other => folded.into(),
        }
    }

    /// The text of every table that decides which tokens a text gives.
    pub fn tables() -> impl Iterator<Item = &'static str> {
        let own = Stopwords::source().chain(stem::tables()).chain(language::tables()).chain(noise::tables());
        own.chain(translit::tables()).chain([super::glossary::TABLE])
    }

    /// A hash of everything that decides which tokens a text gives: a stored index is good only for the same fingerprint.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION.as_bytes());
        for table in Self::tables() {
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
