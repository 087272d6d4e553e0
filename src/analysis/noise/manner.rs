//! How a text was typed, from what its Kazakh words show one by one.
//!
//! Takes the [`Spelling`] of each word; gives the [`Tongue`] that its noise is mended in. Promises: the order of words does not matter.
//! Does not know words: [`super::Noise::spelling`] does.

use super::Tongue;
use crate::analysis::lexicon::Typing;

/// A text is clean that has so many right words with Kazakh letters, and so many times more of them than of noisy words.
const RIGHT: usize = 3;
const RIGHT_SHARE: usize = 5;

/// What one folded word shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// A form of a listed root, in the root's own letters.
    Right,
    /// A form of a listed root but for some letters.
    Noisy,
    /// No form of a listed root.
    Unlisted,
}

/// What the words of a text show together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    special: bool,
    words: usize,
    right: usize,
    noisy: usize,
}

impl Manner {
    /// Counts a word; `special` tells whether it has a letter that Russian lacks.
    pub fn add(&mut self, spelling: Spelling, special: bool) {
        self.special |= special;
        self.words += 1;
        self.right += usize::from(spelling == Spelling::Right && special);
        self.noisy += usize::from(spelling == Spelling::Noisy);
    }

    /// The text was typed without Kazakh letters if no word has one and one word lacks them; it is clean, and more trust in what is
    /// written is due, where right words with such letters are many more than noisy ones. A word alone shows nothing of its text.
    pub fn tongue(&self) -> Tongue {
        if self.words < 2 {
            return Tongue::CleanKazakh;
        }
        if !self.special && self.noisy > 0 {
            return Tongue::Kazakh(Typing::Plain);
        }
        let clean = self.right >= RIGHT && self.right >= self.noisy * RIGHT_SHARE;
        if clean { Tongue::CleanKazakh } else { Tongue::Kazakh(Typing::Kazakh) }
    }
}
