//! Laws of script detection and conversion.
#![expect(clippy::cast_precision_loss, reason = "counts of words")]

use proptest::prelude::*;
use saual::analysis::script::{self, Script};
use saual::analysis::translit::{Alphabet, Transliterator};
use std::collections::BTreeSet;
use std::sync::OnceLock;

fn transliterator() -> &'static Transliterator {
    static BUILT: OnceLock<Transliterator> = OnceLock::new();
    BUILT.get_or_init(Transliterator::default)
}

fn policy_words() -> BTreeSet<String> {
    let glossary =
        include_str!("../../models/glossary/policy-kk-ru.tsv").lines().filter(|row| !row.starts_with('#')).skip(1);
    let terms = glossary.filter_map(|row| row.split('\t').nth(1)).flat_map(|cell| cell.split([';', ' ', '-']));
    let roots = include_str!("../../models/stem/kazakh-roots.tsv").lines().filter(|row| !row.starts_with('#'));
    let roots = roots.filter_map(|row| row.split('\t').next());
    terms.chain(roots).filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_lowercase).collect()
}

#[test]
fn policy_words_come_back_from_every_alphabet() {
    for (alphabet, bar) in
        [(Alphabet::Latin2018, 0.99), (Alphabet::Latin2021, 0.99), (Alphabet::Arabic, 0.99), (Alphabet::Ascii, 0.96)]
    {
        let words = policy_words();
        let back = |word: &&String| {
            let spelt = transliterator().from_cyrillic(word, alphabet);
            spelt.and_then(|spelt| transliterator().to_cyrillic(&spelt, alphabet)).as_ref() == Some(word)
        };
        let share = words.iter().filter(back).count() as f64 / words.len() as f64;
        assert!(share >= bar, "{alphabet:?}: {share:.4} of {} words; see models/translit/README.md", words.len());
    }
}

#[test]
fn sentences_of_every_alphabet_become_cyrillic() {
    for (typed, cyrillic) in [
        ("Qazaqstan Respýblıkasynyń mektepteri úshin bıýdjet", "Қазақстан Республикасының мектептері үшін бюджет"),
        ("Qazaqstan Respublikasynyñ mektepterı üşın biudjet", "Қазақстан Республикасының мектептері үшін бюджет"),
        (
            "Kazakstan Respublikasynyn mektepteri ushin zhana bagdarlama",
            "Қазақстан Республикасының мектептері үшін жаңа бағдарлама",
        ),
        ("قازاقستان رەسپۋبليكاسىنىڭ مەكتەپتەرى ٴۇشىن", "қазақстан республикасының мектептері үшін"),
        ("biudjet modelınde, detalın tüsındırdı", "бюджет моделінде, деталін түсіндірді"),
        ("Öz BAĞDARLAMASYN tanystyrdy, İngliz tılı – IS-ŞARA", "Өз БАҒДАРЛАМАСЫН таныстырды, Инглиз тілі – ІС-ШАРА"),
    ] {
        assert_eq!(transliterator().cyrillic_text(typed).to_lowercase(), cyrillic.to_lowercase());
    }
}

#[test]
fn other_languages_stay_latin() {
    for text in [
        "The deputies asked the government about schools and clean water in the villages",
        "British Embassy Astana",
        "e-Otinish, COVID-19, IV. Qorytyndy of the report",
        "Okul yollarının onarımı için belediye başkanlığı ek ödenek ayırdı",
        "Größere Städte brauchen mehr Geld für Schulen und Straßen",
        "La comisión aprobó el proyecto de ley sobre educación pública y salud",
        "Депутат British Embassy қолдауымен IV. Қорытынды жасады",
    ] {
        assert_eq!(transliterator().cyrillic_text(text), text);
    }
}

#[test]
fn mixed_words_are_mixed_and_numbers_other() {
    assert_eq!(script::of_letters("мeктеп"), Script::Mixed);
    assert_eq!(script::of_letters("2023"), Script::Other);
    assert_eq!(script::of_letters("мектеп-интернат"), Script::Cyrillic);
}

fn alphabets() -> impl Strategy<Value = Alphabet> {
    prop::sample::select(Alphabet::ALL.to_vec())
}

proptest! {
    #[test]
    fn no_word_panics_and_what_is_given_is_cyrillic(
        word in "\\PC{0,12}|[a-zA-ZáǵıńóúýäğñöūüşIİ-]{0,14}|[ء-يٴ-ۋە]{0,10}", alphabet in alphabets()
    ) {
        if let Some(found) = transliterator().to_cyrillic(&word, alphabet) {
            prop_assert!(found.chars().any(char::is_alphabetic) || found.chars().all(|c| !c.is_alphabetic()));
            prop_assert!(!found.chars().any(|c| c.is_ascii_alphabetic()), "{}", found);
            prop_assert_eq!(transliterator().to_cyrillic(&word, alphabet), Some(found));
        }
        let _ = transliterator().from_cyrillic(&word, alphabet);
    }

    #[test]
    fn spans_are_exact_and_the_rest_of_the_text_stays(
        text in "([a-zäğñöūüşáǵńóúıý]{1,9}[ ,.-]{1,2}|[а-яқңө]{1,7} |\\PC{0,4}){0,9}"
    ) {
        let words = transliterator().words(&text);
        let mut end = 0;
        for word in &words {
            prop_assert!(word.span.start >= end && word.span.start < word.span.end);
            prop_assert!(text.get(word.span.clone()).is_some());
            prop_assert_eq!(word.cyrillic.is_some(), matches!(word.script, Script::Kazakh(_)));
            end = word.span.end;
        }
        let twice = transliterator().cyrillic_text(&transliterator().cyrillic_text(&text));
        prop_assert!(twice.chars().filter(|c| c.is_whitespace()).eq(text.chars().filter(|c| c.is_whitespace())));
    }
}
