//! From a text to folded words, one pass over its characters: lower case, `ё` as `е`, Latin look-alikes in Cyrillic words
//! made Cyrillic, soft hyphens and stress marks left out. Much the same folding as `analysis::fold`, without a string per word.

use unicode_normalization::UnicodeNormalization;

/// Letters of a word beyond these are not read.
pub const LONGEST: usize = 40;

/// Folded letters of the first code points, where nearly all text lies.
#[derive(Debug)]
pub struct Letters {
    folded: Vec<u16>,
}

const TABLE: u32 = 0x600;
const SEPARATOR: u16 = 0;
const DIGIT: u16 = 1;
const SPECIAL: u16 = 2;

impl Default for Letters {
    fn default() -> Self {
        let class = |cp: u32| match char::from_u32(cp) {
            Some('0'..='9') => DIGIT,
            Some('\u{ad}' | '\u{300}'..='\u{36f}') => SPECIAL,
            Some('ё' | 'Ё') => 'е' as u16,
            Some(c) if c.is_alphabetic() => u16::try_from(lower(c)).unwrap_or(SEPARATOR),
            _ => SEPARATOR,
        };
        Self { folded: (0..TABLE).map(class).collect() }
    }
}

fn lower(c: char) -> u32 {
    c.to_lowercase().next().unwrap_or(c) as u32
}

/// A folded word (two letters or more) or a run of digits.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// Code points, at most [`LONGEST`].
    pub letters: &'a [u32],
    /// True for a run of digits.
    pub number: bool,
}

/// Calls `each` for the words and numbers of `text` in order.
pub fn words(text: &str, letters: &Letters, each: &mut impl FnMut(Word)) {
    let plain = text.bytes().all(|b| !matches!(b, 0xCC | 0xCD)) && !text.contains(is_invisible);
    if plain {
        read(text, letters, each);
    } else {
        let mended: String = text.nfc().filter(|c| !is_invisible(*c) && !matches!(c, '\u{300}' | '\u{301}')).collect();
        read(&mended, letters, each);
    }
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn read(text: &str, letters: &Letters, each: &mut impl FnMut(Word)) {
    let mut word = Builder::default();
    for c in text.chars() {
        let cp = c as u32;
        let folded = match letters.folded.get(cp as usize) {
            Some(&DIGIT) => {
                word.flush_unless(true, each);
                cp
            }
            Some(&(SEPARATOR | SPECIAL)) => {
                word.flush(each);
                continue;
            }
            Some(&folded) => {
                word.flush_unless(false, each);
                folded.into()
            }
            None if c.is_alphabetic() => {
                word.flush_unless(false, each);
                lower(c)
            }
            None => {
                word.flush(each);
                continue;
            }
        };
        word.push(folded);
    }
    word.flush(each);
}

struct Builder {
    letters: [u32; LONGEST],
    length: usize,
    number: bool,
    cyrillic: bool,
    latin: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self { letters: [0; LONGEST], length: 0, number: false, cyrillic: false, latin: false }
    }
}

impl Builder {
    #[inline]
    fn push(&mut self, letter: u32) {
        if let Some(place) = self.letters.get_mut(self.length) {
            *place = letter;
            self.length += 1;
            self.cyrillic |= matches!(letter, 0x400..=0x52f);
            self.latin |= letter < 0x80 || letter == 'ə' as u32;
        }
    }

    /// Ends the word unless it is of the kind that goes on.
    #[inline]
    fn flush_unless(&mut self, number: bool, each: &mut impl FnMut(Word)) {
        if self.length > 0 && self.number != number {
            self.flush(each);
        }
        self.number = number;
    }

    #[inline]
    fn flush(&mut self, each: &mut impl FnMut(Word)) {
        let length = std::mem::take(&mut self.length);
        let mixed = std::mem::take(&mut self.cyrillic) & std::mem::take(&mut self.latin);
        if let Some(letters) = self.letters.get_mut(..length) {
            if mixed {
                for letter in letters.iter_mut() {
                    *letter = twin(*letter);
                }
            }
            if length > 1 || (self.number && length > 0) {
                each(Word { letters, number: self.number });
            }
        }
    }
}

/// The Cyrillic letter that a Latin one looks like; any other letter itself.
fn twin(letter: u32) -> u32 {
    let cyrillic = match char::from_u32(letter) {
        Some('a') => 'а',
        Some('c') => 'с',
        Some('e') => 'е',
        Some('o') => 'о',
        Some('p') => 'р',
        Some('x') => 'х',
        Some('y') => 'у',
        Some('i') => 'і',
        Some('k') => 'к',
        Some('m') => 'м',
        Some('t') => 'т',
        Some('h') => 'һ',
        Some('b') => 'в',
        Some('ə') => 'ә',
        _ => return letter,
    };
    cyrillic as u32
}
