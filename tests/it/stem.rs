//! What the stemmers promise, on words and on noise.

use saual::analysis::stem::kazakh::{CHAIN, EXCEPTIONS, ROOTS};
use saual::analysis::stem::{Depth, KazakhStemmer, RussianStemmer};
use std::borrow::Cow;

fn kazakh(words: &str) -> Vec<String> {
    let stemmer = KazakhStemmer::new();
    words.split(' ').map(|word| stemmer.stem(word).into_owned()).collect()
}

fn russian(words: &str) -> Vec<String> {
    let stemmer = RussianStemmer::new();
    words.split(' ').map(|word| stemmer.stem(word).into_owned()).collect()
}

fn all_are(keys: &[String], key: &str) {
    assert!(keys.iter().all(|k| k == key), "{keys:?} are not all {key}");
}

/// Pseudo-random words, Cyrillic for the most part.
fn noise(count: usize) -> impl Iterator<Item = String> {
    let letters: Vec<char> = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіIzß中𝄞-'’\u{301}0 \t".chars().collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::repeat_with(move || {
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).unwrap_or(0)
        };
        let length = next() % 48;
        (0..length).map(|_| letters[next() % letters.len()]).collect()
    })
    .take(count)
}

#[test]
fn kazakh_cases_and_possessives() {
    all_are(
        &kazakh("мектеп мектептің мектебі мектебіне мектептерімізден мектебімізде мектептегі мектебіндегілер"),
        "мектеп",
    );
    all_are(&kazakh("кітап кітабы кітапқа кітаптарды кітабымен кітабын"), "кітап");
    all_are(&kazakh("халық халқы халқына халықтың халқымыз"), "халық");
    all_are(&kazakh("орын орны орнына орындар"), "орын");
    all_are(&kazakh("округ округтан округтен округі"), "округ");
    all_are(&kazakh("ол оның оны оған олардан"), "ол");
}

#[test]
fn kazakh_verbs() {
    all_are(&kazakh("оқыды оқиды оқыған оқып оқитын оқымайды оқысаңыз оқымақ"), "оқы");
    all_are(&kazakh("тапты тауып табады табылған таппаған табар"), "тап");
    all_are(&kazakh("қойды қояды қою қойылған қойсын"), "қой");
    all_are(&kazakh("жазылды жазғанша жазғалы жазбайтын жазушылардан жаздыңыздар")[..4], "жаз");
}

#[test]
fn kazakh_derivation_is_a_layer() {
    let coarse = KazakhStemmer::with_depth(Depth::Derivation);
    assert_eq!(coarse.stem("жұмысшының"), "жұмыс");
    assert_eq!(coarse.stem_inflection("жұмысшының"), "жұмысшы");
    assert_eq!(KazakhStemmer::new().stem("жұмысшының"), "жұмысшы");
}

#[test]
fn kazakh_hyphens() {
    assert_eq!(kazakh("жіө-нің тмд-дағы ата-аналарға"), ["жіө", "тмд", "ата-ана"]);
}

#[test]
fn kazakh_listed_roots_are_their_own_keys() {
    let stemmer = KazakhStemmer::new();
    let nouns = ROOTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    for (root, _) in nouns.filter(|(_, class)| !class.starts_with('v') && !class.starts_with("num")) {
        let key = stemmer.stem(root).into_owned();
        assert!(EXCEPTIONS.contains(root) || key == root, "{root}: {key}");
    }
}

#[test]
fn kazakh_keys_of_listed_roots_are_fixed_points() {
    let stemmer = KazakhStemmer::new();
    for suffix in ["лар", "ның", "да", "дың", "тер", "ке", "сы"] {
        for root in ["бала", "қала", "жол", "адам", "мектеп", "жүрек", "өнер", "кеңес"]
        {
            let key = stemmer.stem(&format!("{root}{suffix}")).into_owned();
            assert_eq!(stemmer.stem(&key), key);
        }
    }
}

#[test]
fn tables_read_in_full() {
    for line in CHAIN.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 7, "{line}");
        assert!(columns[4].parse::<i32>().is_ok() && columns[5].parse::<i32>().is_ok(), "{line}");
        assert!(matches!(columns[6], "i" | "d"), "{line}");
    }
    for line in ROOTS.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        assert!((2..=3).contains(&columns.len()), "{line}");
        assert!(columns[1].split(',').all(|class| matches!(class, "n" | "v" | "adj" | "adv" | "np" | "num")), "{line}");
        assert!(columns[0].chars().all(|c| c.is_alphabetic() && !c.is_ascii()), "{line}");
    }
}

#[test]
fn russian_paradigms() {
    all_are(&russian("человек люди людей людям"), "человек");
    all_are(&russian("ребенок дети детей"), "ребенок");
    all_are(&russian("год лет годами"), "год");
    all_are(&russian("построить построил построит построен построенный построенная построив"), "построить");
    all_are(&russian("использовать использует использовал используемый использующие используя"), "использовать");
    all_are(&russian("принять примет принял принята приняв"), "принять");
    all_are(&russian("провести провел проведет проведено проведенных"), "провести");
    all_are(&russian("список списки спискам"), "списк");
    all_are(&russian("земля землю земель"), "земл");
}

#[test]
fn russian_lemmas_stay_apart() {
    let keys = russian("развитие развить развиться активность активно активный начинать начинаться");
    for (at, key) in keys.iter().enumerate() {
        assert!(!keys[at + 1..].contains(key), "{keys:?}");
    }
}

#[test]
fn no_text_breaks_them() {
    let (kk, ru) = (KazakhStemmer::with_depth(Depth::Derivation), RussianStemmer::with_depth(Depth::Derivation));
    for word in noise(40_000).chain([String::new(), "-".into(), "--".into(), "ся".into(), "а".repeat(500)]) {
        for key in [kk.stem(&word), kk.stem_inflection(&word), ru.stem(&word), ru.stem_inflection(&word)] {
            assert_eq!(key.is_empty(), word.is_empty(), "{word:?}");
            if let Cow::Borrowed(key) = key {
                assert!(word.starts_with(key) || !key.is_empty());
            }
        }
        assert_eq!(kk.stem(&word), kk.stem(&word));
    }
}
