//! One written form for words that differ only in case, composition or script look-alikes. Loses no distinction of meaning:
//! қ stays apart from к, ң from н.

use unicode_normalization::UnicodeNormalization;

/// Latin letters that stand in Cyrillic words by mistake, with what was meant.
const LOOK_ALIKES: [(char, char); 14] = [
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('i', 'і'),
    ('k', 'к'),
    ('m', 'м'),
    ('t', 'т'),
    ('h', 'һ'),
    ('b', 'в'),
    ('ə', 'ә'),
];

/// Folds `word` into `out` (cleared first): canonical composition, lower case, no soft hyphens or stress marks, `ё` as `е`;
/// in a word with Cyrillic letters, Latin look-alikes become Cyrillic.
pub fn fold(word: &str, out: &mut String) {
    out.clear();
    for c in word.nfc() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{300}' | '\u{301}' => {}
            _ => out.extend(c.to_lowercase().map(|c| if c == 'ё' { 'е' } else { c })),
        }
    }
    let cyrillic = out.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'));
    if cyrillic && out.chars().any(|c| c.is_ascii_alphabetic() || c == 'ə') {
        let mended: String =
            out.chars().map(|c| LOOK_ALIKES.iter().find(|(latin, _)| *latin == c).map_or(c, |l| l.1)).collect();
        out.replace_range(.., &mended);
    }
}

/// A folded word without the letters that plain keyboards lack.
pub fn plain(folded: &str) -> String {
    let letter = |c: char| match c {
        'ә' => 'а',
        'ғ' => 'г',
        'қ' => 'к',
        'ң' => 'н',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        'һ' => 'х',
        'і' => 'и',
        'ё' => 'е',
        c => c,
    };
    folded.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    fn folded(word: &str) -> String {
        let mut out = String::new();
        fold(word, &mut out);
        out
    }

    #[test]
    fn forms_of_one_word_meet_and_different_words_stay_apart() {
        assert_eq!(folded("ҮКІМЕТ"), "үкімет");
        assert_eq!(folded("Самолёт"), "самолет");
        assert_eq!(folded("й"), folded("и\u{306}"));
        assert_eq!(folded("мeктеп"), "мектеп", "a Latin e in a Cyrillic word");
        assert_eq!(folded("бағдар\u{ad}лама"), "бағдарлама");
        assert_ne!(folded("кең"), folded("кен"), "wide is not ore");
        assert_eq!(folded("e-Otinish"), "e-otinish", "Latin words stay Latin");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(word in "\\PC{0,12}") {
            prop_assert_eq!(folded(&folded(&word)), folded(&word));
        }
    }
}
