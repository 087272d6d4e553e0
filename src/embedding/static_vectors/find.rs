//! Which row stands for a word: its own; that of its skeleton; that of its beginning; else none, and its spelling speaks.

use super::file::Table;
use super::fold::{LONGEST, Word};
use super::hash;

/// Raised whenever the same word leads elsewhere.
pub const VERSION: u32 = 1;

/// A beginning of fewer letters stands for nothing.
const SHORTEST: usize = 4;

/// Letters of a skeleton that make two unknown words one (names in their case endings).
const NAME: usize = 6;

/// What is known of a word.
pub enum Found {
    /// The row of its family.
    Row(u16),
    /// A number, with the seed of its vector.
    Number(u64),
    /// A word that no row stands for.
    Unknown(Spelling),
    /// Not a word.
    Nothing,
}

/// Looks a word up.
pub fn find(table: &Table, word: &Word) -> Found {
    if word.number {
        return Found::Number(hash::of(word.letters, hash::GRAM));
    }
    let mut states = [0; LONGEST];
    let Some(last) = run(word.letters, hash::EXACT, &mut states) else { return Found::Nothing };
    if let Some(row) = table.find_state(last) {
        return Found::Row(row);
    }
    let spelling = Spelling::of(word.letters);
    let bones = spelling.bones();
    let mut bone_states = [0; LONGEST];
    let found = run(bones, hash::SKELETON, &mut bone_states).and_then(|last| table.find_state(last));
    let found = found
        .or_else(|| beginning(table, &states, word.letters.len()))
        .or_else(|| beginning(table, &bone_states, bones.len()));
    found.map_or(Found::Unknown(spelling), Found::Row)
}

/// Fills `states` with the hash state after each letter; gives the last one.
#[inline]
fn run(letters: &[u32], from: u64, states: &mut [u64; LONGEST]) -> Option<u64> {
    let mut state = from;
    for (place, letter) in states.iter_mut().zip(letters) {
        state = hash::step(state, *letter);
        *place = state;
    }
    (!letters.is_empty()).then_some(state)
}

/// The row of the longest beginning, of at least four letters and three fifths of the word.
fn beginning(table: &Table, states: &[u64; LONGEST], length: usize) -> Option<u16> {
    let shortest = SHORTEST.max((length * 3).div_ceil(5));
    let states = states.get(shortest.checked_sub(1)?..length.checked_sub(1)?)?;
    states.iter().rev().find_map(|state| table.find_state(*state))
}

/// A word with the letters merged that one hand writes for another: Kazakh ones typed as Russian ones, Latin as Cyrillic.
pub struct Spelling {
    letters: [u32; LONGEST],
    length: usize,
}

impl Spelling {
    /// The skeleton of folded letters.
    pub fn of(word: &[u32]) -> Self {
        let mut spelling = Self { letters: [0; LONGEST], length: 0 };
        for letter in word {
            for bone in bone(*letter).into_iter().filter(|bone| *bone != 0) {
                if let Some(place) = spelling.letters.get_mut(spelling.length) {
                    *place = bone;
                    spelling.length += 1;
                }
            }
        }
        spelling
    }

    /// Its letters.
    pub fn bones(&self) -> &[u32] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    /// The seed of the vector that unknown words of the same beginning share.
    pub fn seed(&self) -> u64 {
        let bones = self.bones();
        hash::of(bones.get(..NAME).unwrap_or(bones), hash::GRAM)
    }

    /// The hashes of the pieces of three to five letters, the edges of the word counted as letters.
    pub fn each_gram(&self, mut each: impl FnMut(u64)) {
        let mut marked = [0; LONGEST + 2];
        let length = self.length + 2;
        if let Some(place) = marked.first_mut() {
            *place = '<' as u32;
        }
        for (place, bone) in marked.iter_mut().skip(1).zip(self.bones()) {
            *place = *bone;
        }
        if let Some(place) = marked.get_mut(length - 1) {
            *place = '>' as u32;
        }
        let marked = marked.get(..length).unwrap_or_default();
        for size in 3..=5 {
            marked.windows(size).for_each(|piece| each(hash::of(piece, hash::GRAM)));
        }
    }
}

/// One or two letters of the skeleton; 0 is none.
fn bone(letter: u32) -> [u32; 2] {
    let Some(c) = char::from_u32(letter) else { return [letter, 0] };
    let bone = match c {
        'ъ' | 'ь' => return [0, 0],
        'ю' => return ['и' as u32, 'у' as u32],
        'я' => return ['и' as u32, 'а' as u32],
        'қ' | 'k' | 'q' => 'к',
        'ң' | 'n' | 'ñ' | 'ń' | 'ŋ' => 'н',
        'ғ' | 'g' | 'ğ' | 'ǵ' => 'г',
        'ү' | 'ұ' | 'u' | 'ü' | 'ú' | 'ū' | 'w' | 'ý' => 'у',
        'ө' | 'o' | 'ö' | 'ó' => 'о',
        'ә' | 'a' | 'ä' | 'á' | 'ə' => 'а',
        'һ' | 'h' | 'x' => 'х',
        'і' | 'ы' | 'й' | 'i' | 'ı' | 'í' | 'y' => 'и',
        'э' | 'e' => 'е',
        'b' => 'б',
        'c' => 'ц',
        'd' => 'д',
        'f' => 'ф',
        'j' | 'ž' => 'ж',
        'l' => 'л',
        'm' => 'м',
        'p' => 'п',
        'r' => 'р',
        's' => 'с',
        'ş' | 'š' => 'ш',
        't' => 'т',
        'v' => 'в',
        'z' => 'з',
        'ç' => 'ч',
        other => other,
    };
    [bone as u32, 0]
}
