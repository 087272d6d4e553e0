//! Spaces too many and too few: `жари ялап` is one word, `ауылдықокруг` two.
//!
//! Takes neighbouring folded words; tells whether two are one ([`is_split`]), or where one is two ([`glued`]). Only where listed words
//! leave no doubt: what is written must be no word, and what is meant must be. A glued мен, бен, пен (`спортпен` for спорт пен) needs
//! no cut: it is spelt as the instrumental case and its stem is right. Promises: cuts on character boundaries, both parts with
//! letters. Does not know Russian; give `known` for it.

use crate::analysis::lexicon::{Analysis, Lexicon, MAX_LETTERS, Typing};

/// The fewest letters of a part of a glued word, and of its root.
const PART: usize = 4;
/// The fewest letters of a word that was split.
const WHOLE: usize = 6;

/// Whether `left` and `right`, folded, are one word that a space cut: together they are a listed word whose root reaches over
/// the cut, and one of them is none.
pub fn is_split(left: &str, right: &str, joined: &mut String, typing: Typing, lexicon: &Lexicon) -> bool {
    joined.clear();
    joined.push_str(left);
    joined.push_str(right);
    let letters = left.chars().count();
    if letters < 2 || joined.chars().count() < WHOLE || !joined.chars().all(char::is_alphabetic) {
        return false;
    }
    let word = |part: &str| lexicon.analyse_typed(part, typing).is_some();
    if word(left) && word(right) {
        return false;
    }
    lexicon
        .analyse_typed(joined, typing)
        .is_some_and(|found| found.letters > letters && found.letters >= PART && !found.name)
}

/// Where a folded word is two words without a space, in bytes: the one place where both parts are listed, the word being none.
pub fn glued(word: &str, typing: Typing, lexicon: &Lexicon) -> Option<usize> {
    let letters = word.chars().count();
    if !(2 * PART..=MAX_LETTERS).contains(&letters)
        || !word.chars().all(char::is_alphabetic)
        || lexicon.analyse_typed(word, typing).is_some()
    {
        return None;
    }
    let solid = |found: &Analysis<'_>| (found.exact || typing == Typing::Plain) && found.letters >= PART;
    let part = |text: &str| lexicon.analyse_typed(text, typing).filter(solid).map(|found| (found.letters, found.name));
    let mut best: Option<(usize, usize)> = None;
    let mut tied = false;
    for (nth, (at, _)) in word.char_indices().enumerate() {
        if nth < PART || letters - nth < PART {
            continue;
        }
        let (Some(left), Some(right)) = (part(&word[..at]), part(&word[at..])) else { continue };
        // The cut with the longer roots: ауылдық|округ, not ауылды|қокруг.
        if left.1 && right.1 {
            continue;
        }
        let score = left.0 + right.0;
        tied = best.is_some_and(|(known, _)| known == score);
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, at));
        }
    }
    best.filter(|(score, _)| !tied && score * 2 > letters).map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cut_by_a_space_are_one_and_others_are_not() {
        let lexicon = Lexicon::default();
        let mut joined = String::new();
        assert!(is_split("жари", "ялап", &mut joined, Typing::Kazakh, &lexicon));
        assert_eq!(joined, "жариялап");
        assert!(is_split("бағдарл", "амалар", &mut joined, Typing::Kazakh, &lexicon));
        assert!(!is_split("ауыз", "су", &mut joined, Typing::Kazakh, &lexicon), "two words");
        assert!(!is_split("жаңа", "бағдарлама", &mut joined, Typing::Kazakh, &lexicon));
    }

    #[test]
    fn glued_words_are_cut_and_others_are_not() {
        let lexicon = Lexicon::default();
        let parts = |word: &'static str| glued(word, Typing::Kazakh, &lexicon).map(|at| (&word[..at], &word[at..]));
        assert_eq!(parts("мемлекеттікбағдарлама"), Some(("мемлекеттік", "бағдарлама")));
        assert_eq!(parts("бағдарламалардың"), None);
        assert_eq!(parts("спортпен"), None, "the instrumental case");
    }
}
