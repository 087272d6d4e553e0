//! Sounds of Kazakh as the chain needs them: harmony, the class of the last letter, archiphonemes.
//!
//! Takes characters; gives their class, and the surface forms of a suffix template. Does not know words.

/// The row of a vowel: which variant of a suffix follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harmony {
    Back,
    Front,
}

/// Classes of the letter before a suffix, as bits.
pub(super) mod before {
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
pub(super) fn class(c: char) -> u8 {
    match c {
        'а' | 'ә' | 'е' | 'о' | 'ө' | 'ұ' | 'ү' | 'ы' | 'і' | 'э' | 'я' => before::VOWEL,
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
pub(super) fn is_vowel(c: char) -> bool {
    class(c) & (before::VOWEL | before::GLIDE) != 0
}

/// The row of one letter, `None` for consonants and the neutral `и`, `у`, `ю`, `я`.
pub(super) fn row(c: char) -> Option<Harmony> {
    match c {
        'а' | 'о' | 'ұ' | 'ы' | 'ғ' | 'қ' => Some(Harmony::Back),
        'ә' | 'е' | 'ө' | 'ү' | 'і' | 'э' => Some(Harmony::Front),
        _ => None,
    }
}

/// The row that decides the suffix after `chars`.
pub(super) fn last_row(chars: &[char]) -> Option<Harmony> {
    chars.iter().rev().find_map(|&c| row(c))
}

/// Letters that only loan words have.
pub(super) fn is_loan_letter(c: char) -> bool {
    matches!(c, 'в' | 'ф' | 'ц' | 'щ' | 'ч' | 'э' | 'ю' | 'я' | 'ъ' | 'ь' | 'х' | 'и')
}

/// One surface form of a template.
pub(super) struct Surface {
    pub text: Vec<char>,
    pub row: Option<Harmony>,
    pub before: u8,
}

/// Spells a template out. Capitals: `A` а/е, `I` ы/і, `Q` ғ/г, `X` қ/к (rows only); first letter by the
/// letter before: `L` л/д/т, `N` н/д/т (accusative), `T` н/д/т (genitive, н after nasals too), `D` д/т,
/// `B` д/т/н (ablative), `G` ғ/г/қ/к, `M` м/б/п (negation), `Z` м/б/п (person), `W` м/б/п (instrumental).
pub(super) fn spell(template: &str) -> Vec<Surface> {
    use before::{ANY, GLIDE, L, LOAN, NASAL, R_J, VOICELESS, VOWEL, Z};
    const HARD: u8 = VOICELESS | LOAN;
    let mut chars = template.chars();
    let first = chars.next().unwrap_or(' ');
    let heads: &[(char, u8)] = match first {
        'L' => &[('л', VOWEL | GLIDE | R_J), ('д', L | NASAL | Z), ('т', HARD)],
        'N' => &[('н', VOWEL | GLIDE), ('д', R_J | L | NASAL | Z | GLIDE), ('т', HARD)],
        'T' => &[('н', VOWEL | GLIDE | NASAL), ('д', R_J | L | Z | GLIDE), ('т', HARD)],
        'D' => &[('д', VOWEL | GLIDE | R_J | L | NASAL | Z), ('т', HARD)],
        'B' => &[('д', VOWEL | GLIDE | R_J | L | Z), ('н', NASAL), ('т', HARD)],
        'G' => &[('ғ', VOWEL | GLIDE | R_J | L | NASAL | Z), ('қ', HARD)],
        'M' => &[('м', VOWEL | GLIDE | R_J | L), ('б', NASAL | Z), ('п', HARD)],
        'Z' => &[('м', VOWEL | GLIDE | R_J | L | NASAL), ('б', Z | NASAL | L), ('п', HARD)],
        'W' => &[('м', VOWEL | GLIDE | R_J | L | NASAL), ('б', Z), ('п', HARD)],
        c => &[(c, ANY)],
    };
    let rest: Vec<char> = chars.collect();
    let mut out = Vec::new();
    for &(head, before) in heads {
        for row in [Harmony::Back, Harmony::Front] {
            let pick = |back, front| if row == Harmony::Back { back } else { front };
            let one = |c: char| match c {
                'A' => pick('а', 'е'),
                'I' => pick('ы', 'і'),
                'Q' => pick('ғ', 'г'),
                'X' => pick('қ', 'к'),
                'ғ' if first == 'G' => pick('ғ', 'г'),
                'қ' if first == 'G' => pick('қ', 'к'),
                c => c,
            };
            let text: Vec<char> = std::iter::once(one(head)).chain(rest.iter().map(|&c| one(c))).collect();
            let bound = template.chars().any(|c| matches!(c, 'A' | 'I' | 'Q' | 'X' | 'G'));
            if bound {
                out.push(Surface { text, row: Some(row), before });
            } else {
                out.push(Surface { text, row: None, before });
                break;
            }
        }
    }
    out
}
