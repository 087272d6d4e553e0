//! The letter sequences of a word, and the table of their weights.
//!
//! Takes words and the text of tables; gives sums of weights. Promises: one pass over the word, no allocation, the same
//! sequences for training and for use. Does not know what the weights mean.

use super::evidence::{Evidence, LANES};
use super::letters::{Codes, EDGE};

/// Stands in a key for the edge of a word (a key byte of 0 means no letter at all).
const MARK: u64 = 254;
/// Set in the key of a whole word of four letters or more, beside its hash.
const WHOLE: u64 = 1 << 63;
/// Letters of a word after this many are not read.
const LONGEST: usize = 32;
/// An empty slot: no sequence has this key.
const EMPTY: u64 = 0;

/// Calls `each` with the key of every sequence of one to five letters, edges included, of every run of letters in `word`, and
/// of every whole run.
#[inline]
pub fn each_gram(codes: &Codes, word: &str, mut each: impl FnMut(u64)) {
    let (mut letters, mut window, mut whole) = (0, MARK, 0u64);
    for code in word.chars().map(|letter| codes.of(letter)).chain([EDGE]) {
        if code != EDGE {
            if letters == LONGEST {
                continue;
            }
            letters += 1;
            window = window << 8 | u64::from(code);
            whole = (whole ^ u64::from(code)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
            each(window & 0xff);
        } else if letters > 0 {
            window = window << 8 | MARK;
        } else {
            continue;
        }
        // The window holds the first edge, the letters, and here perhaps the last edge.
        let length = letters + 1 + usize::from(code == EDGE);
        if length >= 5 {
            each(window & 0xffff);
            each(window & 0xff_ffff);
            each(window & 0xffff_ffff);
            each(window & 0xff_ffff_ffff);
        } else {
            (2..=length).for_each(|size| each(window & (u64::MAX >> (64 - 8 * size))));
        }
        if code == EDGE {
            if letters > 3 {
                each(whole | WHOLE);
            }
            (letters, window, whole) = (0, MARK, 0);
        }
    }
}

/// A key and its weights; side by side, so that both come with one line of cache.
#[derive(Debug, Clone, Copy)]
struct Slot {
    key: u64,
    weights: [i8; LANES],
}

/// Weights by key: open addressing, a power of two of slots, at most a quarter of them full.
#[derive(Debug, Clone)]
pub struct Grams {
    slots: Box<[Slot]>,
    shift: u32,
}

impl Grams {
    /// A table of these rows; rows of one key are added up.
    pub fn new(rows: &[(u64, [i8; LANES])]) -> Self {
        let size = (rows.len() * 4).next_power_of_two().max(2);
        let slots = vec![Slot { key: EMPTY, weights: [0; LANES] }; size].into_boxed_slice();
        let mut table = Self { slots, shift: 64 - size.trailing_zeros() };
        for (key, weights) in rows {
            let place = table.place(*key);
            let slot = &mut table.slots[place];
            slot.key = *key;
            for (sum, weight) in slot.weights.iter_mut().zip(weights) {
                *sum = sum.saturating_add(*weight);
            }
        }
        table
    }

    /// Where `key` is, or the empty slot where it would be.
    #[inline]
    fn place(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut place = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize & mask;
        while self.slots[place].key != key && self.slots[place].key != EMPTY {
            place = (place + 1) & mask;
        }
        place
    }

    /// The sum of the weights of all sequences of `word`.
    #[inline]
    pub fn sum(&self, codes: &Codes, word: &str) -> Evidence {
        // At most 32 letters of 5 sequences and 127 units each: no overflow.
        let mut sums = [0i16; LANES];
        // An empty slot has weights of 0: hit or miss, the same is done.
        each_gram(codes, word, |key| {
            for (sum, weight) in sums.iter_mut().zip(&self.slots[self.place(key)].weights) {
                *sum = sum.wrapping_add(i16::from(*weight));
            }
        });
        Evidence::new(sums, codes.marks(word))
    }
}

/// The key of a sequence as tables write it: `_` is the edge of a word, and with edges on both sides and four letters or more it
/// is a whole word. `None` if there is no such sequence.
pub fn key(codes: &Codes, written: &str) -> Option<u64> {
    let inner = written.strip_prefix('_').and_then(|rest| rest.strip_suffix('_')).unwrap_or("");
    if inner.chars().count() > 3 {
        let mut last = EMPTY;
        each_gram(codes, inner, |key| last = key);
        return Some(last);
    }
    let bytes = written.chars().map(|c| if c == '_' { MARK } else { u64::from(codes.of(c)) });
    let (mut key, mut size) = (0, 0);
    for byte in bytes {
        (key, size) = (key << 8 | byte, size + 1);
        if byte == u64::from(EDGE) || size > 5 {
            return None;
        }
    }
    (key != EMPTY).then_some(key)
}
