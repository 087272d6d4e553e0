//! A whole text in Cyrillic: the words that are Kazakh in another script, with their spans.
//!
//! Takes a text; gives each of its words with the span of the original, its script and, where that is Kazakh in another script, its
//! Cyrillic. Promises: spans in order, apart, on character boundaries; words of other languages and all between words stay. Does not
//! know words cut at line ends: see `noise::join`.

use super::Transliterator;
use crate::analysis::script::{self, Script, Written};
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// Its script.
    pub script: Script,
    /// Its Cyrillic, if it is Kazakh in another script.
    pub cyrillic: Option<String>,
}

impl Transliterator {
    /// The words of `text`; the whole text votes on what is Kazakh.
    pub fn words(&self, text: &str) -> Vec<Converted> {
        let spans = spans(text);
        let words: Vec<&str> = spans.iter().map(|span| &text[span.clone()]).collect();
        let scripts = script::of_words(&words.iter().map(|word| Written::read(word, self)).collect::<Vec<_>>());
        let convert = |((span, word), script): ((Range<usize>, &str), Script)| {
            let cyrillic = match script {
                Script::Kazakh(alphabet) => self.to_cyrillic(word, alphabet),
                _ => None,
            };
            Converted { span, script, cyrillic }
        };
        spans.iter().cloned().zip(words).zip(scripts).map(convert).collect()
    }

    /// `text` with its Kazakh words in Cyrillic.
    pub fn cyrillic_text(&self, text: &str) -> String {
        let mut out = String::with_capacity(2 * text.len());
        let mut at = 0;
        for word in self.words(text) {
            let Some(cyrillic) = word.cyrillic else { continue };
            out.push_str(&text[at..word.span.start]);
            out.push_str(&cyrillic);
            at = word.span.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

/// Runs of letters with the marks and hyphens inside them.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let inner = matches!(c, '-' | '\'' | '’' | '\u{300}'..='\u{36f}' | '\u{640}' | '\u{654}');
        match &mut open {
            _ if c.is_alphabetic() || c == '\u{674}' => match &mut open {
                Some(word) => word.end = end,
                None => open = Some(at..end),
            },
            // A mark is of the letter before it; a hyphen or an apostrophe only if a letter follows.
            Some(word) if inner && word.end == at => {
                if !matches!(c, '-' | '\'' | '’') || text[end..].starts_with(char::is_alphabetic) {
                    word.end = end;
                }
            }
            _ => spans.extend(open.take()),
        }
    }
    spans.extend(open);
    spans
}
