//! Spaces too many and too few: `жари ялап` is one word, `ауылдықокруг` two.
//!
//! Takes neighbouring folded words; tells whether two are one ([`is_split`]), or where one is two ([`glued`]). Only where listed words
//! leave no doubt: what is written must be no word, and what is meant must be. A glued мен, бен, пен (`спортпен` for спорт пен) needs
//! no cut: it is spelt as the instrumental case and its stem is right. Promises: cuts on character boundaries, both parts with
//! letters. Does not know Russian words: `known` tells them.

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
    // What is meant first: it is oftenest none, and the parts need not be asked for.
    let whole = |found: &Analysis<'_>| found.letters > letters && found.letters >= PART && !found.name;
    let word = |part: &str| lexicon.analyse_typed(part, typing).is_some();
    lexicon.analyse_typed(joined, typing).as_ref().is_some_and(whole) && !(word(left) && word(right))
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

/// The fewest letters of a part of a Russian word that a space cut, and of the stem of a part of a glued one.
const RUSSIAN_PART: usize = 3;
const RUSSIAN_STEM: usize = 5;

/// As [`is_split`] for Russian: `known` gives how many letters of a word are its stem, for the words it knows. Together the two are
/// one whose stem reaches over the cut, and one of them is none.
pub fn is_split_russian(left: &str, right: &str, joined: &mut String, known: impl Fn(&str) -> Option<usize>) -> bool {
    joined.clear();
    joined.push_str(left);
    joined.push_str(right);
    let letters = left.chars().count();
    letters >= RUSSIAN_PART
        && right.chars().count() >= RUSSIAN_PART
        && joined.chars().count() >= WHOLE
        && joined.chars().all(char::is_alphabetic)
        && known(joined).is_some_and(|stem| stem > letters)
        && !(known(left).is_some() && known(right).is_some())
}

/// As [`glued`] for Russian: the one place where both parts are words of long stems, the word being none; not after о, е, и, which
/// link the parts of one word (долгосрочный).
pub fn glued_russian(word: &str, known: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    let letters = word.chars().count();
    if !(2 * PART..=MAX_LETTERS).contains(&letters) || !word.chars().all(char::is_alphabetic) || known(word).is_some() {
        return None;
    }
    let long = |part: &str| known(part).is_some_and(|stem| stem >= RUSSIAN_STEM);
    let linked = |left: &str| left.ends_with(['о', 'е', 'и']);
    let places = word.char_indices().map(|(at, _)| at);
    let mut cuts = places.filter(|at| !linked(&word[..*at]) && long(&word[..*at]) && long(&word[*at..]));
    let cut = cuts.next()?;
    cuts.next().is_none().then_some(cut)
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
