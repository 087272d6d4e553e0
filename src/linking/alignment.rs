//! Which word of the inquiry meets which word of the promise in meaning, where they share neither stem nor concept?
//!
//! Takes the two texts and the static word vectors; gives pairs of words, for people to read. Decides nothing: no weight hangs on it.

use super::Link;
use super::reading::{declared, full_text, part_of};
use crate::analysis::{Analyzer, Language, TokenKind};
use crate::embedding::StaticVectors;
use crate::ingest::Inquiry;
use crate::programme::Clause;
use crate::span::Span;
use serde::Serialize;
use std::collections::HashSet;

/// Words of a smaller cosine are not called near.
const NEAR: f32 = 0.45;

/// Two words that mean nearly the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearWords {
    /// `title` or `text` of the inquiry.
    pub field: &'static str,
    /// Where the word stands in that field.
    pub inquiry: Span,
    /// Where the other stands in the clause.
    pub clause: Span,
    /// The inquiry's word, as written.
    pub inquiry_word: String,
    /// The clause's.
    pub clause_word: String,
    /// Cosine of their vectors, up to 1.
    pub cosine: f32,
}

/// The words of an inquiry and a clause that are near in meaning, in the clause's order; those that `link` shares already are left out.
pub fn near_words(
    link: &Link,
    inquiry: &Inquiry,
    clause: &Clause,
    analyzer: &Analyzer,
    vectors: &StaticVectors,
) -> Vec<NearWords> {
    let text = full_text(inquiry);
    let shared: HashSet<Span> = link.spans.iter().map(|word| word.clause).collect();
    let mut clause_words = words(&clause.text, declared(Some(clause.lang)), analyzer);
    clause_words.retain(|word| !shared.contains(word));
    let shared: HashSet<(&str, Span)> = link.spans.iter().map(|word| (word.field, word.inquiry)).collect();
    let mut inquiry_words = words(&text, declared(inquiry.lang), analyzer);
    inquiry_words.retain(|word| !shared.contains(&part_of(inquiry, *word)));
    let first: Vec<&str> = inquiry_words.iter().map(|word| word.of(&text)).collect();
    let second: Vec<&str> = clause_words.iter().map(|word| word.of(&clause.text)).collect();
    let pairs = vectors.align(&first, &second, NEAR, 0.0).into_iter().map(|pair| {
        let (field, inquiry) = part_of(inquiry, inquiry_words[pair.first]);
        NearWords {
            field,
            inquiry,
            clause: clause_words[pair.second],
            inquiry_word: first[pair.first].to_owned(),
            clause_word: second[pair.second].to_owned(),
            cosine: pair.cosine,
        }
    });
    let mut pairs: Vec<NearWords> = pairs.collect();
    pairs.sort_by_key(|pair| pair.clause.start);
    pairs
}

/// Where the words that carry meaning stand, each stem once.
fn words(text: &str, language: Option<Language>, analyzer: &Analyzer) -> Vec<Span> {
    let mut seen = HashSet::new();
    let tokens = analyzer.tokens(text, language).into_iter();
    tokens
        .filter(|token| token.kind == TokenKind::Word && !token.stop && seen.insert(token.stem.clone()))
        .map(|token| token.span)
        .collect()
}
