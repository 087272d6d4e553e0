//! Sounds of Kazakh as the chain needs them: harmony, the class of the last letter, archiphonemes.
//!
//! Takes characters; gives their class, their row, and the letters that a sign of a suffix template stands for. Does not know words.

/// The row of a vowel: which variant of a suffix follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Row {
    Back,
    Front,
}

/// Classes of the letter before a suffix, as bits.
pub(crate) mod before {
    pub const VOWEL: u8 = 1;
    /// `у`, `и`, `ю`: a vowel and a glide at once.
    pub const GLIDE: u8 = 2;
    pub const R_J: u8 = 4;
    pub const L: u8 = 8;
    pub const NASAL: u8 = 16;
    pub const Z: u8 = 32;
    pub const VOICELESS: u8 = 64;
    /// Final б, в, г, ғ, д of loans: spoken voiceless, at times written as voiced.
    pub const LOAN: u8 = 128;
    pub const ANY: u8 = 255;
}

/// The class bit of a letter, 0 for what is not a letter of the alphabet.
pub(crate) fn class(c: char) -> u8 {
    match c {
        'а' | 'ә' | 'е' | 'ё' | 'о' | 'ө' | 'ұ' | 'ү' | 'ы' | 'і' | 'э' | 'я' => before::VOWEL,
        'у' | 'и' | 'ю' => before::GLIDE,
        'р' | 'й' => before::R_J,
        'л' | 'ь' => before::L,
        'м' | 'н' | 'ң' => before::NASAL,
        'з' | 'ж' => before::Z,
        'б' | 'в' | 'г' | 'ғ' | 'д' => before::LOAN,
        'п' | 'т' | 'к' | 'қ' | 'с' | 'ш' | 'щ' | 'ч' | 'ц' | 'ф' | 'х' | 'һ' => before::VOICELESS,
        _ => 0,
    }
}

/// Whether the letter is a vowel (glides count).
pub(crate) fn is_vowel(c: char) -> bool {
    class(c) & (before::VOWEL | before::GLIDE) != 0
}

/// The row of one letter, `None` for consonants and the neutral `и`, `у`, `ю`, `я`.
pub(crate) fn row(c: char) -> Option<Row> {
    match c {
        'а' | 'о' | 'ұ' | 'ы' | 'ғ' | 'қ' => Some(Row::Back),
        'ә' | 'е' | 'ө' | 'ү' | 'і' | 'э' => Some(Row::Front),
        _ => None,
    }
}

/// The row that decides the suffix after `letters`.
pub(crate) fn last_row(letters: impl DoubleEndedIterator<Item = char>) -> Option<Row> {
    letters.rev().find_map(row)
}

/// Letters that only loan words have.
pub(crate) fn is_loan_letter(c: char) -> bool {
    matches!(c, 'в' | 'ф' | 'ц' | 'щ' | 'ч' | 'э' | 'ю' | 'я' | 'ъ' | 'ь' | 'х' | 'и')
}

/// A sign of a suffix template. Capitals stand for several letters: `A` а/е, `I` ы/і, `Q` ғ/г, `X` қ/к by row; the first letter by the
/// letter before: `L` л/д/т, `N` н/д/т (accusative), `T` н/д/т (genitive, н after nasals too), `D` д/т, `B` д/т/н (ablative), `G`
/// ғ/г/қ/к, `M` м/б/п (negation), `Z` м/б/п (person), `W` м/б/п (instrumental).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Archiphoneme(pub char);

impl Archiphoneme {
    /// What it is as the first sign of a template, with the classes of the letter before.
    pub fn heads(self) -> Vec<(char, u8)> {
        use before::{ANY, GLIDE, L, LOAN, NASAL, R_J, VOICELESS, VOWEL, Z};
        const HARD: u8 = VOICELESS | LOAN;
        match self.0 {
            'L' => vec![('л', VOWEL | GLIDE | R_J), ('д', L | NASAL | Z), ('т', HARD)],
            'N' => vec![('н', VOWEL | GLIDE), ('д', R_J | L | NASAL | Z | GLIDE), ('т', HARD)],
            'T' => vec![('н', VOWEL | GLIDE | NASAL), ('д', R_J | L | Z | GLIDE), ('т', HARD)],
            'D' => vec![('д', VOWEL | GLIDE | R_J | L | NASAL | Z), ('т', HARD)],
            'B' => vec![('д', VOWEL | GLIDE | R_J | L | Z), ('н', NASAL), ('т', HARD)],
            'G' => vec![('Q', VOWEL | GLIDE | R_J | L | NASAL | Z), ('X', HARD)],
            'M' => vec![('м', VOWEL | GLIDE | R_J | L), ('б', NASAL | Z), ('п', HARD)],
            'Z' => vec![('м', VOWEL | GLIDE | R_J | L | NASAL), ('б', Z | NASAL | L), ('п', HARD)],
            'W' => vec![('м', VOWEL | GLIDE | R_J | L | NASAL), ('б', Z), ('п', HARD)],
            c => vec![(c, ANY)],
        }
    }

    /// Its letter after a back (0) or a front vowel (1).
    pub fn in_row(self, row: usize) -> char {
        let [back, front] = match self.0 {
            'A' => ['а', 'е'],
            'I' => ['ы', 'і'],
            'Q' => ['ғ', 'г'],
            'X' => ['қ', 'к'],
            c => [c, c],
        };
        if row == 0 { back } else { front }
    }
}
