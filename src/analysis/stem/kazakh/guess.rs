//! Stems that the list of roots does not hold: whether a word may be cut there, and how good the cut is.
//!
//! Takes letters and what was taken off after them; gives a score above 100 for a cut that is better than
//! none. Knows sounds only, no words.

use super::phonology::{is_loan_letter, is_vowel};
use super::search::Step;
use std::borrow::Cow;

/// Score of a word that is not cut.
pub(super) const UNCUT: i32 = 100;

/// The fewest letters of an unlisted stem that something was taken off.
const LEAST: usize = 3;

/// What a stem of the fewest letters costs.
const SHORT_COST: i32 = 1;

/// What two consonants cost that no stem ends in.
const CLUSTER_COST: i32 = 15;

/// How good an unlisted stem is, `None` if it can be none. `verbal`: only a verb may stand here.
pub(super) fn score(stem: &[char], taken: Step, verbal: bool) -> Option<i32> {
    if taken.count == 0 {
        return Some(UNCUT);
    }
    if stem.len() < LEAST || !stem.iter().copied().any(is_vowel) {
        return None;
    }
    let loan = stem.iter().copied().any(is_loan_letter);
    // округтан and округтен both occur; a native stem keeps its row.
    if taken.row_broken && !loan {
        return None;
    }
    // Patronymics keep their possessive: Мұхамедиұлы, Сейдахметқызы.
    if taken.first == Some('ы')
        && stem.len() > LEAST
        && (stem.ends_with(&['ұ', 'л']) || stem.ends_with(&['қ', 'ы', 'з']))
    {
        return None;
    }
    let mut score = UNCUT - 1 + taken.weight;
    if stem.len() == LEAST {
        score -= SHORT_COST;
    }
    if taken.first.is_some_and(is_vowel)
        && let [.., a, b] = *stem
        && !is_vowel(a)
        && !is_vowel(b)
        && (!may_end(a, b) && !loan || verbal && (b == 'р' || matches!(a, 'с' | 'к')))
    {
        score -= CLUSTER_COST;
    }
    Some(score)
}

/// Whether a stem may end in these two consonants before a vowel: few native pairs, some of loans.
fn may_end(a: char, b: char) -> bool {
    match b {
        'т' => matches!(a, 'р' | 'л' | 'н' | 'й' | 'с' | 'к'),
        'қ' | 'к' | 'ғ' | 'г' => matches!(a, 'р' | 'л' | 'й' | 'ң' | 'н'),
        'п' | 'б' => matches!(a, 'р' | 'л'),
        'р' => a == 'т',
        'с' => matches!(a, 'н' | 'р'),
        _ => false,
    }
}

/// An unlisted stem as it stands before a consonant: its last letter voiceless, no ь.
pub(super) fn plain(stem: &str) -> Cow<'_, str> {
    let Some((at, last)) = stem.char_indices().next_back().filter(|(at, _)| *at > 0) else {
        return Cow::Borrowed(stem);
    };
    let last = match last {
        'б' => 'п',
        'г' => 'к',
        'ғ' => 'қ',
        'ь' => return Cow::Borrowed(&stem[..at]),
        _ => return Cow::Borrowed(stem),
    };
    Cow::Owned(format!("{}{last}", &stem[..at]))
}
