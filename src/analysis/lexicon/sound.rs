//! Sounds as far as the weaker alphabet shows them: the row of a vowel, the class of the letter before a suffix.
//!
//! Takes letters, clean or key letters; gives their row or class. Key letters are of several classes (и is ы, і, й or и), so
//! their class is the union. Does not know words.

/// The row of a vowel: which variant of a suffix follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    Back,
    Front,
}

pub(crate) const VOWEL: u8 = 1;
/// у, и, ю: vowel and glide at once.
pub(crate) const GLIDE: u8 = 2;
pub(crate) const R_J: u8 = 4;
pub(crate) const L: u8 = 8;
pub(crate) const NASAL: u8 = 16;
pub(crate) const Z: u8 = 32;
pub(crate) const VOICELESS: u8 = 64;
/// Final б, в, г, д of loans.
pub(crate) const LOAN: u8 = 128;
pub(crate) const ANY: u8 = 255;

/// The classes of a key letter, 0 for what is no letter of the alphabet.
pub(crate) fn class(key: char) -> u8 {
    match key {
        'а' | 'е' | 'о' | 'я' => VOWEL,
        'у' | 'ю' => VOWEL | GLIDE,
        'и' => VOWEL | GLIDE | R_J,
        'р' => R_J,
        'л' => L,
        'м' | 'н' => NASAL,
        'з' | 'ж' => Z,
        'б' | 'в' | 'г' | 'д' => LOAN,
        'п' | 'т' | 'к' | 'с' | 'ш' | 'щ' | 'ч' | 'ц' | 'ф' | 'х' => VOICELESS,
        _ => 0,
    }
}

/// True for vowels and glides, clean or key letters.
pub(crate) fn is_vowel(c: char) -> bool {
    matches!(c, 'а' | 'ә' | 'е' | 'ё' | 'о' | 'ө' | 'ұ' | 'ү' | 'ы' | 'і' | 'э' | 'я' | 'у' | 'и' | 'ю')
}

/// The row of one clean letter; `None` for consonants and for и, у, ю, я.
pub(crate) fn row(c: char) -> Option<Row> {
    match c {
        'а' | 'о' | 'ұ' | 'ы' | 'ғ' | 'қ' => Some(Row::Back),
        'ә' | 'е' | 'ө' | 'ү' | 'і' | 'э' => Some(Row::Front),
        _ => None,
    }
}

/// The row that decides a suffix after `letters`.
pub(crate) fn last_row(letters: impl DoubleEndedIterator<Item = char>) -> Option<Row> {
    letters.rev().find_map(row)
}

/// The row that suffixes take after a root of и, у, ю, я alone: министрі, турлар.
pub(crate) fn loan_row(letters: &[char]) -> Option<Row> {
    letters.iter().rev().find_map(|c| match c {
        'и' => Some(Row::Front),
        'у' | 'ю' | 'я' => Some(Row::Back),
        _ => None,
    })
}

/// The key letters of a clean spelling, none twice in a row.
pub(crate) fn keys(text: &str, key: impl Fn(char) -> char) -> Vec<char> {
    let mut out: Vec<char> = text.chars().map(key).filter(|c| *c != '\0').collect();
    out.dedup();
    out
}
