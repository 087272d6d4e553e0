//! Laws of the noise layer.

use proptest::prelude::*;
use saual::analysis::lexicon::Typing;
use saual::analysis::noise::{Keys, Noise, Tongue, spaces};
use std::borrow::Cow;
use std::sync::OnceLock;

fn noise() -> &'static Noise {
    static BUILT: OnceLock<Noise> = OnceLock::new();
    BUILT.get_or_init(Noise::default)
}

fn keys(word: &str, tongue: Tongue) -> Keys {
    let mut keys = Keys::default();
    noise().keys(word, tongue, |word| Cow::Owned(word.to_owned()), &mut keys);
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

#[test]
fn clean_words_keep_apart() {
    for (one, other) in [("кең", "кен"), ("түр", "тұр"), ("бөлу", "болу"), ("ат", "ән")] {
        assert_ne!(weak(one), weak(other), "{one} is not {other}");
    }
    for clean in ["қызметкер", "2023ж", "e-otinish", "депутат", "ввести"] {
        assert_eq!(keys(clean, Tongue::Russian).strong, clean, "the strong key of clean text is the stem");
    }
    assert_ne!(keys("ввести", Tongue::Russian).weak, keys("вести", Tongue::Russian).weak);
    assert_eq!(keys("колектив", Tongue::Russian).weak, keys("коллектив", Tongue::Russian).weak);
}

#[test]
fn a_word_that_lacks_its_kazakh_letters_is_told() {
    let plain = |text: &str| text.split(' ').filter(|word| noise().is_plain_spelling(word)).count();
    assert!(plain("кала орталыгында жана мектеп курылысы басталды") >= 3);
    assert_eq!(plain("қала орталығында жаңа мектеп құрылысы басталды"), 0);
    assert_eq!(plain("провести встречу с жителями района"), 0);
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
