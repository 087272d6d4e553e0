//! The outlines of plain words, so that a search for slips compares few of them letter by letter.
//!
//! Takes the words of a roster; gives those of about a length, with a bit for each letter and the number of slips allowed.
//! Promises: a fixed order.
//! Knows nothing of: who bears a word.

use super::endings::surname_stem;
use super::vocabulary::Posting;
use std::collections::HashMap;

/// The most slips of a word of any length.
const MOST_SLIPS: usize = 2;

/// A plain word, for the search of slips.
#[derive(Debug)]
pub struct Shape {
    /// The word.
    pub plain: String,
    /// Which letters it has, a bit each.
    pub letters: u32,
    /// How many.
    pub length: usize,
    /// Letters before a Russian surname ending: the part that tells names apart.
    pub stem: usize,
    /// How many slips the word may carry.
    pub slips: usize,
}

/// Which letters a plain word has, a bit each.
pub fn letters(plain: &str) -> u32 {
    plain.chars().fold(0, |bits, letter| bits | 1 << ((letter as u32).wrapping_sub('а' as u32) & 31))
}

fn shape(plain: &str) -> Shape {
    let length = plain.chars().count();
    let stem = surname_stem(plain).map_or(length, |(stem, _)| stem.chars().count());
    let slips = match stem {
        0..=3 => 0,
        4 if length < 5 => 0,
        4..=7 => 1,
        _ => 2,
    };
    Shape { plain: plain.to_owned(), letters: letters(plain), length, stem, slips }
}

/// The shapes of about `length` letters.
pub fn about(shapes: &[Shape], length: usize) -> &[Shape] {
    let from = shapes.partition_point(|shape| shape.length + MOST_SLIPS < length);
    let to = shapes.partition_point(|shape| shape.length <= length + MOST_SLIPS);
    shapes.get(from..to).unwrap_or(&[])
}

/// The shapes of the words that somebody bears, the shortest first.
pub fn shapes(words: &HashMap<String, Vec<Posting>>) -> Vec<Shape> {
    // Looser spellings are no ground for a slip besides.
    let near = words.iter().filter(|(_, bearers)| bearers.iter().any(|bearer| !bearer.far));
    let mut shapes: Vec<Shape> = near.map(|(plain, _)| shape(plain)).collect();
    shapes.sort_by(|a, b| a.length.cmp(&b.length).then_with(|| a.plain.cmp(&b.plain)));
    shapes
}
