//! Latin without marks, as in passports and messages: several Kazakh letters to one, so words decide, and harmony where no word
//! is known.
//!
//! The table is `models/translit/ascii.tsv`; it gives plain Cyrillic, which [`harmonise`] makes as Kazakh as sounds allow. Does
//! not know words: the lexicon is asked first, by `mod.rs`.

use crate::analysis::lexicon::sound::{Row, is_vowel, row};

pub(super) const TABLE: &str = include_str!("../../../models/translit/ascii.tsv");

/// What only words of Russian and through Russian have, in plain letters with і for i.
const LOAN_PARTS: [&str; 9] = ["іка", "іст", "ізм", "іа", "ія", "льн", "тор", "тур", "лог"];

/// Rewrites the plain letters of a native word by harmony: к, г, о, у, и become қ, ғ, ө, ұ or ү, і where their syllables say so. A
/// word with letters of loans is left as it is.
pub(super) fn harmonise(word: &mut [char]) {
    let text: String = word.iter().collect();
    let loan = word.iter().any(|c| matches!(c, 'в' | 'ф' | 'ц' | 'ч' | 'щ' | 'ю'));
    if !word.iter().copied().any(is_vowel) {
        return;
    }
    if loan || LOAN_PARTS.iter().any(|part| text.contains(part)) {
        word.iter_mut().filter(|c| **c == 'і').for_each(|c| *c = 'и');
        beside_y(word);
        return;
    }
    let plain: Vec<char> = word.to_vec();
    let mut first = true;
    for (at, c) in plain.iter().copied().enumerate() {
        let vowel_after = plain[at + 1..].iter().copied().find(|c| shown(*c).is_some() && (*c != 'о' || !first));
        let vowel_before = plain[..at].iter().rev().copied().find(|c| shown(*c).is_some());
        let side = |c: Option<char>| c.and_then(shown);
        let around = side(vowel_after).or(side(vowel_before)).unwrap_or(Row::Back);
        let before = at.checked_sub(1).map(|at| plain[at]);
        let after = plain.get(at + 1).copied();
        let closed = before.is_none_or(|c| !is_vowel(c)) && after.is_some_and(|c| !is_vowel(c));
        let near = match after.filter(|c| is_vowel(*c)) {
            Some('о' | 'у') if first => around,
            Some(_) => around,
            None => side(vowel_before).or(side(vowel_after)).unwrap_or(Row::Back),
        };
        word[at] = match (c, near == Row::Front) {
            ('к', false) => 'қ',
            ('г', false) => 'ғ',
            ('о', _) if first && around == Row::Front => 'ө',
            ('у', _) if first && closed => {
                if around == Row::Front {
                    'ү'
                } else {
                    'ұ'
                }
            }
            ('и' | 'і', _) if closed || after.is_none() => 'і',
            ('і', _) => 'и',
            ('н', _) if after.is_none() && genitive(&plain[..at]) => 'ң',
            (c, _) => c,
        };
        first &= !is_vowel(c);
    }
}

/// The ways to read a word, likeliest first, each cut into parts that are read one after the other: as it stands, with e as э at
/// the start, `ng` as ң, `ts` as two letters, y after a vowel as ы.
pub(super) fn readings(word: &[char]) -> Vec<Vec<Vec<char>>> {
    let mut readings = Vec::new();
    if let Some(at) = word.windows(2).position(|pair| pair == ['u', 'y']) {
        readings.push(vec![word[..=at].to_vec(), vec!['ы'], word[at + 2..].to_vec()]);
    }
    readings.push(vec![word.to_vec()]);
    if let ['e', rest @ ..] = word {
        readings.push(vec![vec!['э'], rest.to_vec()]);
    }
    let pair = |a: char, b: char| word.windows(2).position(|pair| pair == [a, b]);
    if let Some(at) = pair('n', 'g') {
        readings.push(vec![word[..=at].to_vec(), word[at + 2..].to_vec()]);
    }
    if let Some(at) = pair('t', 's') {
        readings.push(vec![word[..=at].to_vec(), word[at + 1..].to_vec()]);
    }
    if let Some(at) = word.windows(2).position(|pair| matches!(pair, ['a' | 'o' | 'u' | 'e' | 'i', 'y'])) {
        readings.push(vec![word[..=at].to_vec(), vec!['ы'], word[at + 2..].to_vec()]);
    }
    readings
}

/// The row that a plain letter shows: и is most often і.
fn shown(c: char) -> Option<Row> {
    match c {
        'и' | 'і' => Some(Row::Front),
        'к' | 'г' => None,
        c => row(c),
    }
}

/// Makes к and г beside ы, which only back words have, қ and ғ.
fn beside_y(word: &mut [char]) {
    for at in 0..word.len() {
        let beside = at > 0 && word[at - 1] == 'ы' || word.get(at + 1) == Some(&'ы');
        word[at] = match word[at] {
            'к' if beside => 'қ',
            'г' if beside => 'ғ',
            'н' if at + 1 == word.len() && genitive(&word[..at]) => 'ң',
            c => c,
        };
    }
}

/// What stands before the ң of -ның, -дың, -тың.
fn genitive(before: &[char]) -> bool {
    matches!(before, [.., 'н' | 'д' | 'т', 'ы' | 'и' | 'і']) && before.len() > 3
}
