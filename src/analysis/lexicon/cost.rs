//! What speaks against a reading: letters that differ, and clusters that no unlisted stem ends in.
//!
//! Takes letters as read and as a root has them; gives a cost in the search's points. Knows sounds and typing habits, no words.

use super::Typing;
use super::sound::Row;
use crate::analysis::noise::is_special;

/// Cost of a letter that no noise gives.
pub(super) const REFUSED: i32 = 25;

/// What speaks against a root whose letters differ from the token's.
pub(super) fn letters_cost(token: &[char], root: &[char], special: bool, typing: Typing) -> i32 {
    let pairs = token.iter().zip(root).filter(|(read, clean)| read != clean);
    pairs
        .map(|(read, clean)| match (typing, read, clean) {
            (Typing::Kazakh, read, clean) => letter_cost(*read, *clean, special),
            (Typing::Ascii, 'и', 'ы') | (Typing::Ascii, 'ы', 'і') => REFUSED,
            (_, read, clean) => plain_cost(*read, *clean),
        })
        .sum()
}

fn letter_cost(read: char, clean: char, special: bool) -> i32 {
    match (read, clean) {
        ('и', 'і' | 'й') | ('э', 'ә') => 2,
        ('и', 'ы') => 8,
        ('ы', 'і') | ('і', 'и') => 6,
        ('ы' | 'й' | 'э', _) => REFUSED,
        (read, _) if is_special(read) => REFUSED,
        (_, clean) if is_special(clean) => 2 + 4 * i32::from(special),
        _ => 10,
    }
}

/// In a text without Kazakh letters a plain one says little.
fn plain_cost(read: char, clean: char) -> i32 {
    match (read, clean) {
        ('и', 'ы') => 16,
        ('э', 'ә') | ('и', _) => 0,
        ('ы', 'і') | ('э', _) => 8,
        ('ы' | 'й', _) => REFUSED,
        (read, _) if is_special(read) => REFUSED,
        _ => 1,
    }
}

/// The row that ы, і, қ, ғ of an ending show, where і is not typed as ы. `clean` is the ending after a back vowel: an и where it has ы is
/// an і.
pub(super) fn shown_row(letters: &[char], clean: &str, typing: Typing) -> Option<Row> {
    if typing != Typing::Ascii && letters.contains(&'и') && clean.contains('ы') && !clean.contains(['и', 'й']) {
        return Some(Row::Front);
    }
    if typing == Typing::Plain {
        return None;
    }
    letters.iter().find_map(|c| match c {
        'ы' | 'қ' | 'ғ' => Some(Row::Back),
        'і' => Some(Row::Front),
        'и' if typing == Typing::Ascii => Some(Row::Front),
        _ => None,
    })
}

/// Letters that only loans have.
pub(super) fn is_loan(key: char) -> bool {
    matches!(key, 'в' | 'ф' | 'ц' | 'щ' | 'ч' | 'ю' | 'я' | 'х')
}

/// Whether an unlisted native stem may end in these two consonants before a vowel.
pub(super) fn may_end(a: char, b: char) -> bool {
    match b {
        'т' => matches!(a, 'р' | 'л' | 'н' | 'с' | 'к'),
        'к' | 'г' => matches!(a, 'р' | 'л' | 'н'),
        'п' | 'б' => matches!(a, 'р' | 'л'),
        'р' => a == 'т',
        'с' => matches!(a, 'н' | 'р'),
        _ => false,
    }
}
