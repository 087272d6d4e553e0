//! Kazakh of other scripts as Cyrillic and back, word by word.
//!
//! Takes a word as typed and its alphabet; gives the Cyrillic word, or nothing where a sign is not of the alphabet. Where letters
//! leave a choice (ı is и or й, ia is я or иа, Arabic vowels have no row, ASCII has no marks) the listed words decide by the
//! longest root whose spelling in that alphabet the word begins with, and rules of sound the rest. Promises: a reading by words is
//! spelt in the alphabet as the input was; deterministic; never panics. Does not know which alphabet a word is in: see `script`;
//! nor, in an unlisted word, what the alphabet left out (ь, э for е, ц for тс).

mod arabic;
mod ascii;
mod case;
mod latin_2018;
mod latin_2021;
pub(crate) mod table;
mod text;

pub use text::Converted;

use crate::analysis::lexicon::{Lexicon, Typing};
use case::{by_parts, capitals, lowered, upper};
use std::collections::HashMap;
use table::Table;
use unicode_normalization::UnicodeNormalization;

/// A way to write Kazakh other than Cyrillic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Alphabet {
    /// The Latin alphabet of 2018: á ǵ ı ń ó ú ý sh ch.
    Latin2018,
    /// The Latin alphabet of 2021: ä ğ ı ñ ö ū ü ş.
    Latin2021,
    /// Latin without marks, as in passports.
    Ascii,
    /// The Arabic script of the Kazakhs of China.
    Arabic,
}

impl Alphabet {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Latin2018, Self::Latin2021, Self::Ascii, Self::Arabic];
}

/// The alphabets' tables, in the order of [`Alphabet`]: for fingerprints too.
pub(super) fn tables() -> [&'static str; 4] {
    [latin_2018::TABLE, latin_2021::TABLE, ascii::TABLE, arabic::TABLE]
}

/// Converts words; built once, shared freely.
pub struct Transliterator {
    lexicon: Lexicon,
    tables: [Table; 4],
    /// Surfaces of roots by their spelling in an alphabet (Arabic: without hamza). Not for ASCII, which asks the lexicon.
    words: [HashMap<Box<str>, Vec<Box<str>>>; 4],
}

impl Default for Transliterator {
    fn default() -> Self {
        Self::new(Lexicon::default())
    }
}

impl Transliterator {
    /// Builds it over a lexicon.
    #[must_use]
    pub fn new(lexicon: Lexicon) -> Self {
        let mut new = Self { lexicon, tables: tables().map(Table::read), words: Default::default() };
        for alphabet in [Alphabet::Latin2018, Alphabet::Latin2021, Alphabet::Arabic] {
            let mut words: HashMap<Box<str>, Vec<Box<str>>> = HashMap::new();
            for surface in new.lexicon.surfaces() {
                let letters: Vec<char> = surface.chars().collect();
                let mut spelt = String::new();
                if new.tables[alphabet as usize].encode(&letters, &mut spelt) {
                    let entry = words.entry(spelt.into()).or_default();
                    if !entry.iter().any(|known| **known == *surface) {
                        entry.push(surface.into());
                    }
                }
            }
            new.words[alphabet as usize] = words;
        }
        new
    }

    /// The words that decide.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The Cyrillic of `word`, its capitals kept, part by part where it has hyphens; `None` where a sign is not of the alphabet or
    /// there is no letter.
    pub fn to_cyrillic(&self, word: &str, alphabet: Alphabet) -> Option<String> {
        by_parts(word, |part| self.part_to_cyrillic(part, alphabet))
    }

    /// `word`, in Cyrillic, spelt in the alphabet, its capitals kept; `None` where a letter is not Kazakh or Russian.
    pub fn from_cyrillic(&self, word: &str, alphabet: Alphabet) -> Option<String> {
        by_parts(word, |part| self.part_from_cyrillic(part, alphabet))
    }

    fn part_to_cyrillic(&self, word: &str, alphabet: Alphabet) -> Option<String> {
        let mut found = self.decode(&lowered(word, alphabet, false), alphabet)?;
        // A capital I of 2018 is either letter: the second reading holds if it alone is a word.
        if alphabet == Alphabet::Latin2018 && word.contains('I') && self.lexicon.analyse(&found).is_none() {
            let dotless = self.decode(&lowered(word, alphabet, true), alphabet);
            found = dotless.filter(|reading| self.lexicon.analyse(reading).is_some()).unwrap_or(found);
        }
        Some(capitals(word, found, upper))
    }

    fn part_from_cyrillic(&self, word: &str, alphabet: Alphabet) -> Option<String> {
        let letters: Vec<char> = word.nfc().flat_map(char::to_lowercase).collect();
        let spelt = self.spell(&letters, alphabet)?;
        Some(match alphabet {
            Alphabet::Arabic => spelt,
            Alphabet::Latin2021 => capitals(word, spelt, |c| if c == 'i' { 'İ' } else { upper(c) }),
            _ => capitals(word, spelt, upper),
        })
    }

    /// A lower-case word in the alphabet.
    fn spell(&self, letters: &[char], alphabet: Alphabet) -> Option<String> {
        let mut out = String::new();
        if alphabet == Alphabet::Arabic {
            out.extend(arabic::mark(letters));
        }
        self.tables[alphabet as usize].encode(letters, &mut out).then_some(out)
    }

    fn decode(&self, letters: &[char], alphabet: Alphabet) -> Option<String> {
        if alphabet == Alphabet::Ascii {
            self.decode_ascii(letters)
        } else {
            let hamza = alphabet == Alphabet::Arabic && letters.iter().copied().any(arabic::is_hamza);
            let bare: Vec<char> = letters.iter().copied().filter(|c| !arabic::is_hamza(*c)).collect();
            self.decode_by_words(&bare, hamza, alphabet).or_else(|| self.decode_rest("", &bare, hamza, alphabet))
        }
    }

    /// The longest listed surface that the word begins with, and the rest by rules; only where the whole is spelt as the word is.
    fn decode_by_words(&self, bare: &[char], hamza: bool, alphabet: Alphabet) -> Option<String> {
        let text: String = bare.iter().collect();
        let front = hamza || arabic::shows_front(bare);
        let mut end = text.len();
        for cut in (1..=bare.len()).rev() {
            let surfaces = self.words[alphabet as usize].get(&text[..end]).map_or(&[][..], Vec::as_slice);
            // Of the roots that are one in Arabic, those of the row that the word shows come first.
            let fits = |surface: &str| alphabet != Alphabet::Arabic || arabic::is_front(surface.chars()) == front;
            let (likely, others) = (surfaces.iter().filter(|s| fits(s)), surfaces.iter().filter(|s| !fits(s)));
            for surface in likely.chain(others) {
                let Some(whole) = self.decode_rest(surface, &bare[cut..], hamza, alphabet) else { continue };
                let back: Vec<char> = whole.chars().collect();
                let same = self.spell(&back, alphabet).is_some_and(|spelt| {
                    spelt.starts_with(arabic::HAMZA) == hamza && spelt.trim_start_matches(arabic::HAMZA) == text
                });
                // A short root is trusted only if the rest is its inflection.
                let listed = cut == bare.len() || self.lexicon.analyse(&whole).is_some_and(|found| found.exact);
                if same && listed {
                    return Some(whole);
                }
            }
            end -= bare[cut - 1].len_utf8();
        }
        None
    }

    /// `head` and, by rules of sound, the letters after it.
    fn decode_rest(&self, head: &str, rest: &[char], hamza: bool, alphabet: Alphabet) -> Option<String> {
        let mut out = head.to_owned();
        if !self.tables[alphabet as usize].decode(rest, &mut out) || out.is_empty() {
            return None;
        }
        // Between the root and its ending й and a vowel become one letter: қой, қою.
        if let Some(tail) = out.get(head.len()..)
            && let Some(body) = head.strip_suffix('й')
            && let Some((joint, tail)) =
                tail.strip_prefix('а').map(|t| ('я', t)).or(tail.strip_prefix('у').map(|t| ('ю', t)))
        {
            out = format!("{body}{joint}{tail}");
        }
        // A root loses its ь before a vowel: модель, моделі.
        if out[head.len()..].starts_with(['ы', 'і'])
            && let Some(body) = head.strip_suffix('ь')
        {
            out.replace_range(body.len()..head.len(), "");
        }
        if alphabet == Alphabet::Arabic {
            let mut letters: Vec<char> = out.chars().collect();
            arabic::harmonise(&mut letters, head.chars().count(), hamza);
            out = letters.into_iter().collect();
        }
        Some(out)
    }

    fn decode_ascii(&self, letters: &[char]) -> Option<String> {
        let table = &self.tables[Alphabet::Ascii as usize];
        let mut plain = String::new();
        if !table.decode(letters, &mut plain) || plain.is_empty() {
            return None;
        }
        let mut clean = String::new();
        for reading in ascii::readings(letters) {
            let mut open = String::new();
            if !reading.iter().all(|part| table.decode(part, &mut open)) {
                continue;
            }
            // To the lexicon an i may be any of и, й, і.
            let open: String = open.chars().map(|c| if matches!(c, 'й' | 'і') { 'и' } else { c }).collect();
            if self.lexicon.restore(&open, Typing::Ascii, &mut clean) && self.ascii_twins(&open, &clean) {
                return Some(clean);
            }
        }
        let mut guess: Vec<char> = plain.chars().collect();
        ascii::harmonise(&mut guess);
        Some(guess.into_iter().collect())
    }

    /// True where both are one word in ASCII.
    fn ascii_twins(&self, a: &str, b: &str) -> bool {
        let spelt = |word: &str| self.spell(&word.chars().collect::<Vec<_>>(), Alphabet::Ascii);
        spelt(a) == spelt(b)
    }
}
