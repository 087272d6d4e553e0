//! Finds phrases of one to several words in a text by their stems: glossary terms, places, institutions, topic cues.

use super::token::{Token, TokenKind};
use crate::span::Span;
use std::collections::HashMap;

/// A set of phrases, each with a value.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    /// Phrases by their first stem: the other stems and the index of the value, longest first.
    by_first: HashMap<Box<str>, Vec<(Box<[Box<str>]>, usize)>>,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseMatch {
    /// The value that the phrase was entered with.
    pub value: usize,
    /// Index of the first token.
    pub first: usize,
    /// Number of tokens.
    pub len: usize,
    /// From the first to the last token.
    pub span: Span,
}

impl Phrases {
    /// Enters a phrase, given as the tokens of its dictionary form.
    pub fn insert(&mut self, phrase: &[Token], value: usize) {
        let Some((first, rest)) = phrase.split_first() else { return };
        let rest: Box<[Box<str>]> = rest.iter().map(|token| Box::from(&*token.stem)).collect();
        let entries = self.by_first.entry(Box::from(&*first.stem)).or_default();
        if !entries.iter().any(|(stems, known)| *stems == rest && *known == value) {
            entries.push((rest, value));
            entries.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.1.cmp(&b.1)));
        }
    }

    /// All phrases of `tokens`, left to right. Of phrases that begin at one token the longest are given (all of that length);
    /// shorter ones inside a longer one are not.
    pub fn find(&self, tokens: &[Token]) -> Vec<PhraseMatch> {
        let mut found = Vec::new();
        let mut first = 0;
        while first < tokens.len() {
            let longest = self.longest_at(tokens, first, &mut found);
            first += longest.max(1);
        }
        found
    }

    fn longest_at(&self, tokens: &[Token], first: usize, found: &mut Vec<PhraseMatch>) -> usize {
        let Some(entries) = self.by_first.get(&*tokens[first].stem) else { return 0 };
        let mut longest = 0;
        for (rest, value) in entries {
            let len = rest.len() + 1;
            if len < longest {
                break;
            }
            let Some(window) = tokens.get(first + 1..first + len) else { continue };
            if window.iter().zip(rest).all(|(token, stem)| *token.stem == **stem && token.kind == TokenKind::Word) {
                longest = len;
                let span = tokens[first].span.join(tokens[first + len - 1].span);
                found.push(PhraseMatch { value: *value, first, len, span });
            }
        }
        longest
    }
}
