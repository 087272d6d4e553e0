//! Laws of the noise layer.

use proptest::prelude::*;
use saual::analysis::lexicon::Typing;
use saual::analysis::noise::{Keys, Manner, Noise, Tongue, is_special, spaces};
use saual::analysis::stem::{KazakhStemmer, RussianStemmer};
use std::borrow::Cow;
use std::sync::OnceLock;

fn noise() -> &'static Noise {
    static BUILT: OnceLock<Noise> = OnceLock::new();
    BUILT.get_or_init(Noise::default)
}

fn keys(word: &str, tongue: Tongue) -> Keys {
    static KAZAKH: OnceLock<KazakhStemmer> = OnceLock::new();
    let kazakh = KAZAKH.get_or_init(KazakhStemmer::new);
    let mut keys = Keys::default();
    match tongue {
        Tongue::Russian => noise().keys(word, tongue, |word| Cow::Owned(word.to_owned()), &mut keys),
        _ => noise().keys(word, tongue, |word| kazakh.stem(word), &mut keys),
    }
    keys
}

fn weak(word: &str) -> String {
    keys(word, Tongue::Kazakh(Typing::Kazakh)).weak
}

#[test]
fn noisy_forms_meet_their_clean_twins() {
    for (noisy, clean) in [
        ("кызметкерлердин", "қызметкерлердің"),
        ("багдарламалар", "бағдарлама"),
        ("мeмлeкeттiк", "мемлекеттік"),
        ("6юджет", "бюджетті"),
        ("жұммыс", "жұмысқа"),
        ("құжатар", "құжаттар"),
        ("актуалды", "актуальды"),
        ("элеуметтик", "әлеуметтік"),
        ("бағдарламапар", "бағдарламалар"),
    ] {
        assert_eq!(weak(noisy), weak(clean), "{noisy} for {clean}");
    }
}

fn tongue(text: &str) -> Tongue {
    let mut manner = Manner::default();
    for word in text.split(' ') {
        manner.add(noise().spelling(word), word.chars().any(is_special));
    }
    manner.tongue()
}

#[test]
fn clean_words_keep_apart() {
    for (one, other) in [("кең", "кен"), ("түр", "тұр"), ("бөлу", "болу"), ("ат", "ән")] {
        assert_ne!(weak(one), weak(other), "{one} is not {other}");
    }
    for clean in ["қызметкер", "2023ж", "e-otinish", "депутат", "ввести"] {
        assert_eq!(keys(clean, Tongue::Russian).strong, clean, "the strong key of clean text is the stem");
    }
    assert_ne!(keys("ввести", Tongue::Russian).weak, keys("вести", Tongue::Russian).weak);
    let mut noise = Noise::default();
    noise.learn_russian(["коллектив"]);
    let mut keys = Keys::default();
    noise.keys("колектив", Tongue::Russian, |word| Cow::Owned(word.to_owned()), &mut keys);
    assert_eq!((keys.weak.as_str(), keys.noisy), ("коллектив", true), "a letter short of a learned word");
}

#[test]
fn in_a_clean_text_short_words_are_what_they_look_like() {
    let text = "қала орталығында жаңа мектеп құрылысы басталды";
    assert_eq!(tongue(text), Tongue::CleanKazakh);
    for word in ["тан", "шин", "айдын", "карта"] {
        let keys = keys(word, Tongue::CleanKazakh);
        assert_eq!(keys.weak, keys.strong, "{word} is a word of its own");
    }
    let long = |word| keys(word, Tongue::CleanKazakh).weak;
    assert_eq!(long("кызметкер"), long("қызметкерлерге"), "a long root is told by itself");
    assert_eq!(tongue("кала орталыгында жаңа мектеп курылысы"), Tongue::Kazakh(Typing::Kazakh));
}

#[test]
fn russian_words_cut_and_glued_are_mended() {
    let stemmer = RussianStemmer::new();
    let mut noise = Noise::default();
    let words = ["гражданство", "результат", "программа", "законодательство", "совет"];
    noise.learn_russian(words.map(|word| stemmer.stem(word).into_owned()).iter().map(String::as_str));
    let known = |word: &str| noise.russian_stem_length(word, |word| stemmer.stem(word));
    let mut joined = String::new();
    assert!(spaces::is_split_russian("законода", "тельства", &mut joined, known));
    assert_eq!(joined, "законодательства");
    assert!(!spaces::is_split_russian("программ", "на", &mut joined, known), "a preposition");
    assert!(!spaces::is_split_russian("совет", "программы", &mut joined, known), "two words");
    assert_eq!(spaces::glued_russian("результатпрограммы", known), Some("результат".len()));
    assert_eq!(spaces::glued_russian("программами", known), None);
}

#[test]
fn a_text_without_kazakh_letters_is_told() {
    assert_eq!(tongue("кала орталыгында жана мектеп курылысы басталды"), Tongue::Kazakh(Typing::Plain));
    assert_ne!(tongue("қала орталығында жаңа мектеп құрылысы басталды"), Tongue::Kazakh(Typing::Plain));
    assert_eq!(tongue("провести встречу с жителями района"), Tongue::Kazakh(Typing::Kazakh));
}

proptest! {
    #[test]
    fn keys_are_never_empty_never_panic_and_are_the_same_each_time(
        word in "\\PC{0,12}|[а-яқғңәөұүһі]{1,16}|[а-яa-z0-9қі]{1,12}", plain in any::<bool>()
    ) {
        let typing = if plain { Typing::Plain } else { Typing::Kazakh };
        for tongue in [Tongue::Kazakh(typing), Tongue::Russian] {
            let found = keys(&word, tongue);
            prop_assert_eq!(found.weak.is_empty(), word.is_empty());
            prop_assert_eq!(found, keys(&word, tongue));
        }
    }

    #[test]
    fn cuts_are_inside_the_word(left in "[а-яқңөі]{0,12}", right in "[а-яқңөі]{0,12}") {
        let word = format!("{left}{right}");
        if let Some(at) = spaces::glued(&word, Typing::Kazakh, noise().lexicon()) {
            prop_assert!(word.is_char_boundary(at) && at > 0 && at < word.len());
        }
        let mut joined = String::new();
        spaces::is_split(&left, &right, &mut joined, Typing::Kazakh, noise().lexicon());
        prop_assert_eq!(joined, word);
    }

    #[test]
    fn a_restored_word_has_the_skeleton_it_had(word in "[а-яқғңәөұүі]{1,14}") {
        let mut clean = String::new();
        if noise().lexicon().restore(&word, Typing::Kazakh, &mut clean) {
            let again = noise().lexicon().analyse(&clean).map(|found| found.root.to_owned());
            prop_assert!(again.is_some(), "{} restored as {}", word, clean);
        }
    }
}
