//! Words cut at line ends: `бағдар-⏎лама` is one word.
//!
//! Takes a text; gives the span of each word that a hyphen and a line break cut, with the spans of its parts, and whether the hyphen
//! is the word's own (`әлеуметтік-⏎экономикалық`). Promises: spans on character boundaries, in order, apart; parts tile the word but
//! for hyphen, break and blanks. Does not know words cut without a hyphen: see `spaces`.

use crate::analysis::lexicon::Lexicon;
use std::ops::Range;

/// A word that was cut at a line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// From its first to its last letter, in bytes of the text.
    pub span: Range<usize>,
    /// What stands before and after the cut; a part may itself have hyphens.
    pub parts: [Range<usize>; 2],
    /// The hyphen belongs to the word.
    pub hyphen: bool,
}

impl Joined {
    /// Writes the word as it is without the cut into `out` (cleared first).
    pub fn word(&self, text: &str, out: &mut String) {
        out.clear();
        let [left, right] = &self.parts;
        out.push_str(text.get(left.clone()).unwrap_or_default());
        if self.hyphen {
            out.push('-');
        }
        out.push_str(text.get(right.clone()).unwrap_or_default());
    }
}

/// The words of `text` that were cut at line ends. `lexicon` tells whether a hyphen is the word's own.
pub fn join_hyphenated(text: &str, lexicon: &Lexicon) -> Vec<Joined> {
    let mut found: Vec<Joined> = Vec::new();
    for (at, hyphen) in text.char_indices().filter(|(_, c)| is_hyphen(*c)) {
        let after = at + hyphen.len_utf8();
        let Some(start) = next_line(text, after) else { continue };
        let left = word_before(text, at);
        let right = word_after(text, start);
        let (head, tail) = (&text[left.clone()], &text[right.clone()]);
        let letters = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count();
        // A capital begins a new word, unless the whole is in capitals.
        let continues = tail.starts_with(char::is_lowercase) || head.chars().all(|c| !c.is_lowercase());
        if letters(head) == 0
            || letters(tail) == 0
            || !continues
            || found.last().is_some_and(|last| last.span.end > left.start)
        {
            continue;
        }
        let own = hyphen != '\u{ad}' && own_hyphen(&head.to_lowercase(), &tail.to_lowercase(), lexicon);
        found.push(Joined { span: left.start..right.end, parts: [left, right], hyphen: own });
    }
    found
}

/// Whether the hyphen between two parts is the word's own: both are words, and what they make without it is none.
fn own_hyphen(head: &str, tail: &str, lexicon: &Lexicon) -> bool {
    const RUSSIAN_FIRST: [&str; 6] = ["льно", "енно", "ично", "ески", "ско", "ово"];
    let listed = |word: &str| lexicon.analyse(word).is_some_and(|found| found.exact && found.letters > 2);
    if head.contains('-') && !listed(head) {
        return false;
    }
    let whole = format!("{head}{tail}");
    let russian =
        RUSSIAN_FIRST.iter().any(|end| head.ends_with(end)) && tail.chars().count() > 6 && head.chars().count() > 6;
    !listed(&whole) && (listed(head) && listed(tail) || russian)
}

/// A hyphen, as it stands at line ends.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '¬')
}

fn is_inner(c: char) -> bool {
    c.is_alphabetic() || c == '\u{301}'
}

/// Where the next line's text begins, if `at` is at a line's end but for blanks.
fn next_line(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\u{a0}']);
    let broken = trimmed.strip_prefix('\n')?;
    let start = broken.trim_start_matches([' ', '\t', '\u{a0}']);
    Some(text.len() - start.len())
}

fn word_before(text: &str, end: usize) -> Range<usize> {
    let head = text.get(..end).unwrap_or_default();
    let word = head.trim_end_matches(|c: char| is_inner(c) || is_hyphen(c));
    let start = head[word.len()..].find(is_inner).map_or(end, |skipped| word.len() + skipped);
    start..end
}

fn word_after(text: &str, start: usize) -> Range<usize> {
    let tail = text.get(start..).unwrap_or_default();
    let mut end = 0;
    for (at, c) in tail.char_indices() {
        // A hyphen is of the word if a letter follows.
        let inside = is_inner(c) || is_hyphen(c) && tail[at + c.len_utf8()..].starts_with(is_inner);
        if !inside {
            break;
        }
        end = at + c.len_utf8();
    }
    start..start + end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let lexicon = Lexicon::default();
        let mut out = String::new();
        let word = |joined: &Joined| {
            joined.word(text, &mut out);
            out.clone()
        };
        join_hyphenated(text, &lexicon).iter().map(word).collect()
    }

    #[test]
    fn words_cut_at_line_ends_are_one() {
        assert_eq!(words("жаңа бағдар-\nлама бойынша"), ["бағдарлама"]);
        assert_eq!(words("обеспе-\r\n  чение"), ["обеспечение"]);
        assert_eq!(words("әлеуметтік-\nэкономикалық даму"), ["әлеуметтік-экономикалық"]);
        assert_eq!(words("БАҒДАР-\nЛАМА"), ["БАҒДАРЛАМА"]);
        assert!(words("Аманат -\nпартия").is_empty(), "a dash");
        assert!(words("2023-\n2024 жылдары, Алматы-\nАстана").is_empty(), "no cut word");
    }

    proptest! {
        #[test]
        fn spans_are_of_the_text_and_apart(text in "([а-яa-zА-Я]{0,5}[-\u{ad} \n\r]{0,3}|\\PC{0,3}){0,12}") {
            let mut end = 0;
            for joined in join_hyphenated(&text, &Lexicon::default()) {
                prop_assert!(joined.span.start >= end && joined.parts[0].end <= joined.parts[1].start);
                prop_assert_eq!(joined.parts[0].start, joined.span.start);
                prop_assert_eq!(joined.parts[1].end, joined.span.end);
                prop_assert!(text.get(joined.parts[0].clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(text.get(joined.parts[1].clone()).is_some_and(|part| !part.is_empty()));
                end = joined.span.end;
            }
        }
    }
}
