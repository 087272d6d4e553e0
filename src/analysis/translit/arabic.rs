//! The Kazakh Arabic (töte) script: four vowel letters of two rows each, and one high hamza that makes a word front.
//!
//! A word with ك, گ or ە is front without it. So the row of a vowel is read off its surroundings ([`harmonise`]), and a hamza is
//! written only where nothing else shows the row ([`mark`]). The table is `models/translit/arabic.tsv`. Does not know words:
//! in кітап nothing says that the а is no ә but that ә is rare after the first syllable.

use crate::analysis::lexicon::sound::{Row, is_vowel, row};

pub(super) const TABLE: &str = include_str!("../../../models/translit/arabic.tsv");
/// The sign of a front word.
pub(super) const HAMZA: char = '\u{674}';

/// True for what may stand for the hamza.
pub(super) fn is_hamza(c: char) -> bool {
    matches!(c, HAMZA | 'ء' | '\u{654}')
}

/// The hamza where the Cyrillic word needs one.
pub(super) fn mark(word: &[char]) -> Option<char> {
    let front = word.iter().any(|c| matches!(c, 'ә' | 'ө' | 'ү' | 'і'));
    let shown = word.iter().any(|c| matches!(c, 'к' | 'г' | 'е' | 'э'));
    (front && !shown).then_some(HAMZA)
}

/// True for Cyrillic letters with a front vowel.
pub(super) fn is_front(mut letters: impl Iterator<Item = char>) -> bool {
    letters.any(|c| row(c) == Some(Row::Front))
}

/// True where letters of the script show a front word without hamza.
pub(super) fn shows_front(word: &[char]) -> bool {
    word.iter().any(|c| matches!(c, 'ك' | 'ک' | 'گ' | 'ە'))
}

/// Gives the vowels of `word` from letter `start` on, decoded as back ones, their row. `hamza`: the word was marked.
pub(super) fn harmonise(word: &mut [char], start: usize, hamza: bool) {
    let shown = word.iter().find_map(|c| match c {
        'к' | 'г' | 'е' | 'э' | 'ә' | 'ө' | 'ү' | 'і' => Some(Row::Front),
        'қ' | 'ғ' => Some(Row::Back),
        _ => None,
    });
    let mut state = if hamza { Row::Front } else { shown.unwrap_or(Row::Back) };
    let loan = word.iter().any(|c| matches!(c, 'ф' | 'в' | 'ц' | 'ч' | 'щ' | 'ю')) && !hamza;
    let open = word.iter().skip_while(|c| !is_vowel(**c)).skip(1).any(|c| matches!(c, 'а' | 'о' | 'я'));
    let mut first = true;
    for at in 0..word.len() {
        let next = word.get(at + 1).copied().unwrap_or(' ');
        let here = match next {
            'к' | 'г' => Row::Front,
            'қ' | 'ғ' => Row::Back,
            _ => state,
        };
        let c = word[at];
        if at >= start && here == Row::Front {
            word[at] = match c {
                'а' if first && !loan && (hamza || !open) => 'ә',
                'о' if first && !loan && !open => 'ө',
                'ұ' => 'ү',
                'ы' => 'і',
                c => c,
            };
        }
        state = match word[at] {
            'к' | 'г' => Row::Front,
            'я' => Row::Back,
            // In front words but for the first syllable an а is of a loan and what follows it is back.
            c => row(c).unwrap_or(state),
        };
        first &= !is_vowel(c);
    }
}
