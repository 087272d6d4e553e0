//! Laws and hand-written sentences of the language identifier.

use saual::analysis::Analyzer;
use saual::analysis::language::{Language, LanguageModel, settle};

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | 'ʻ'))
        .map(|word| word.to_lowercase().replace('ё', "е"))
        .filter(|word| word.chars().any(char::is_alphabetic))
}

fn of(model: &LanguageModel, text: &str) -> Language {
    let words: Vec<String> = words(text).collect();
    model.text(words.iter().map(String::as_str)).language
}

/// The rows of a fixture: language code, sentence.
fn sentences(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// The sentences whose language the analyzer tells wrong, codes but `kk` and `ru` being other languages; and of how many.
fn wrong(table: &str, own: bool) -> (Vec<&str>, usize) {
    let analyzer = Analyzer::default();
    let of = |code: &str| match code {
        "kk" => Language::Kazakh,
        "ru" => Language::Russian,
        _ => Language::Other,
    };
    let rows: Vec<_> = sentences(table).filter(|(code, _)| matches!(*code, "kk" | "ru") == own).collect();
    assert!(rows.len() >= 100, "{} rows", rows.len());
    let wrong: Vec<&str> =
        rows.iter().filter(|(code, text)| analyzer.language(text) != of(code)).map(|(_, text)| *text).collect();
    (wrong, rows.len())
}

/// Per cent at most; measured: `models/language/README.md`.
#[test]
fn the_language_of_a_sentence_is_told() {
    let sentences = include_str!("../fixtures/language/sentences.tsv");
    for (table, own, most) in [
        (sentences, true, 0),
        (sentences, false, 3),
        (include_str!("../fixtures/language/other.tsv"), false, 1),
        (include_str!("../fixtures/language/near.tsv"), false, 6),
        (include_str!("../fixtures/language/hard.tsv"), true, 18),
    ] {
        let (wrong, all) = wrong(table, own);
        assert!(wrong.len() * 100 <= all * most, "{} of {all}, expected at most {most} %: {wrong:#?}", wrong.len());
    }
}

#[test]
fn changes_of_language_are_found_word_by_word() {
    let model = LanguageModel::default();
    for row in include_str!("../fixtures/language/mixed.tsv").lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        assert_eq!(of(&model, cells[2]).code(), cells[1], "{row}");
        let settled = settle(&words(cells[2]).map(|word| model.evidence(&word)).collect::<Vec<_>>(), None);
        assert_eq!(settled.len(), cells[0].len(), "one letter a word: {row}");
        let wrong =
            settled.iter().zip(cells[0].chars()).filter(|(l, t)| *t != '.' && !l.code().starts_with(*t)).count();
        assert!(wrong <= 2, "{settled:?}: {row}");
    }
}

#[test]
fn kazakh_is_kazakh_in_every_spelling() {
    let model = LanguageModel::default();
    for text in [
        "Ауыл тұрғындарын таза ауыз сумен қамтамасыз ету қажет",
        "Ауыл тургындарын таза ауыз сумен камтамасыз ету кажет",
        "Aýyl turǵyndaryn taza aýyz sýmen qamtamasyz etý qajet",
        "Auyl tūrğyndaryn taza auyz sumen qamtamasyz etu qajet",
        "Auyl turgyndaryn taza auyz sumen kamtamasyz etu kazhet",
        "اۋىل تۇرعىندارىن تازا اۋىز سۋمەن قامتاماسىز ەتۋ قاجەت",
    ] {
        assert_eq!(of(&model, text), Language::Kazakh, "{text}");
    }
    let plain = ["камтамасыз", "ету", "керек"];
    assert_eq!(model.kazakh_or_russian(plain.into_iter()).language, Language::Kazakh);
}

#[test]
fn words_of_shared_letters_are_told_apart() {
    let model = LanguageModel::default();
    for word in ["мектеп", "бала", "жол", "ауыл", "отбасы", "балалар"] {
        assert!(model.evidence(word).kazakh_over_russian() > 0.0, "{word}");
    }
    for word in ["школа", "ребенок", "дорога", "село", "семья", "дети"] {
        assert!(model.evidence(word).kazakh_over_russian() < 0.0, "{word}");
    }
}

#[test]
fn anything_at_all_gets_an_answer() {
    let model = LanguageModel::default();
    let long = "ұ".repeat(100_000);
    let strange = ["", "-", "'", "\u{0}", "٤٢", "日本語", "🎻", "а-б-в", "ب‌ب", "\u{10ffff}", long.as_str()];
    for word in strange {
        let scores = model.word(word);
        assert!(scores.kk.is_finite() && scores.ru.is_finite() && scores.other.is_finite());
        assert_eq!(model.word(word), scores, "the same word, the same answer");
    }
    assert!((0.0..=1.0).contains(&model.text(strange.into_iter()).confidence));
    assert_eq!(model.text(std::iter::empty()).language, Language::Other, "no words, no language");
    assert!(settle(&[], None).is_empty());
}
