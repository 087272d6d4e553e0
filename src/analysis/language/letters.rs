//! Letters as small numbers, so that five of them fit one table key.
//!
//! Takes a `char`, gives a code of one byte: [`EDGE`] for anything that is no letter, a code of its own for each letter
//! that some language in reach uses, one code for all other letters. Promises: the same letter always has the same code,
//! different listed letters have different codes. Does not know case: it reads folded text.

/// The code of what is no letter: the edge of a word.
pub const EDGE: u8 = 0;
/// The code of a letter of no listed alphabet.
const STRANGE: u8 = 255;
/// Code points below this have their code in the table.
const SPAN: usize = 0x700;
/// Letters of Kazakh and Russian, folded; then Cyrillic letters of other languages, Latin and Arabic ones. The place is the
/// code less one, so only append.
const ALPHABET: &str = concat!(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі",
    "їєґўјљњћђѓќѕџѝҳҗҙҡҫӣӯҷӂҥӈӊӑӗӳӱӧӹҕҝҽӓӟӥ'",
    "abcdefghijklmnopqrstuvwxyzáǵıńóúýäğñöūüşçəßžčšćđňâîêéèàôûßïëõãąęłśźżőűřůěťďţșțāēīļģķŗū",
    "ابپتجچحخدذرزژسشصضطظعغفقکكگڭلمنوۇۋۆۈهھەیيىېئءٴآأإؤةثڵڕێہےںٹڈڑۅ",
);
/// The first code of a letter that neither Kazakh nor Russian has, and the first that is not Cyrillic.
const FOREIGN: u8 = 42;

/// What the letters of a word prove or rule out, as bits.
pub mod marks {
    /// Some letter is Cyrillic.
    pub const CYRILLIC: u16 = 1;
    /// і: in Kazakh, Ukrainian and Belarusian.
    pub const DOTTED: u16 = 2;
    /// A letter of Kazakh and of other eastern alphabets: қ, ө…
    pub const EASTERN: u16 = 4;
    /// ұ, of Kazakh alone.
    pub const KAZAKH: u16 = 8;
    /// A letter of neither Kazakh nor Russian.
    pub const FOREIGN: u16 = 16;
    /// ы: in no Slavic language but Russian and Belarusian.
    pub const YERY: u16 = 32;
    /// и: not in Belarusian.
    pub const I: u16 = 64;
    /// қ or ғ: with і in every Kazakh sentence of some length, in few others.
    pub const UVULAR: u16 = 128;
    /// ъ where Russian has none: not before е, ю, я. In Bulgarian.
    pub const HARD: u16 = 256;
    /// Written with a capital letter and small ones: a name, or the first word of its sentence.
    pub const CAPITAL: u16 = 512;
}

/// The code of every letter.
#[derive(Debug, Clone)]
pub struct Codes(Box<[u8; SPAN]>);

impl Default for Codes {
    fn default() -> Self {
        let mut codes = Box::new([EDGE; SPAN]);
        for (point, code) in codes.iter_mut().enumerate() {
            if char::from_u32(point as u32).is_some_and(char::is_alphabetic) {
                *code = STRANGE;
            }
        }
        let mut next = 1;
        for letter in ALPHABET.chars() {
            if let Some(code) = codes.get_mut(letter as usize)
                && matches!(*code, EDGE | STRANGE)
            {
                *code = next;
                next += 1;
            }
        }
        for (variant, letter) in [('ё', 'е'), ('ʻ', '\''), ('ʼ', '\''), ('`', '\''), ('´', '\'')] {
            codes[variant as usize] = codes[letter as usize];
        }
        Self(codes)
    }
}

impl Codes {
    /// The code of a folded letter.
    #[inline]
    pub fn of(&self, letter: char) -> u8 {
        match self.0.get(letter as usize) {
            Some(code) => *code,
            None if matches!(letter, '‘' | '’') => self.0['\'' as usize],
            None if letter.is_alphabetic() => STRANGE,
            None => EDGE,
        }
    }

    /// The marks of a word.
    #[inline]
    pub fn marks(&self, word: &str) -> u16 {
        let mut last = '_';
        let mut mark = |letter: char| {
            let before = std::mem::replace(&mut last, letter);
            if before == 'ъ' && !matches!(letter, 'е' | 'ю' | 'я') { marks::HARD } else { 0 }
        };
        word.chars().chain(['_']).fold(0, |all, letter| {
            all | mark(letter)
                | match letter {
                    'ы' => marks::CYRILLIC | marks::YERY,
                    'и' => marks::CYRILLIC | marks::I,
                    'а'..='я' => marks::CYRILLIC,
                    'і' => marks::CYRILLIC | marks::DOTTED,
                    'ұ' => marks::CYRILLIC | marks::KAZAKH,
                    'ғ' | 'қ' => marks::CYRILLIC | marks::EASTERN | marks::UVULAR,
                    'ә' | 'ң' | 'ө' | 'ү' | 'һ' => marks::CYRILLIC | marks::EASTERN,
                    '\u{400}'..='\u{52f}' if self.is_foreign(self.of(letter)) => marks::CYRILLIC | marks::FOREIGN,
                    _ => 0,
                }
        })
    }

    /// True for a Cyrillic letter that neither Kazakh nor Russian writes, and for letters of unlisted alphabets.
    pub fn is_foreign(&self, code: u8) -> bool {
        code == STRANGE || (FOREIGN..self.0['\'' as usize]).contains(&code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_codes_of_their_own_and_other_signs_are_edges() {
        let codes = Codes::default();
        assert_eq!((codes.of('а'), codes.of('і'), codes.of('ї')), (1, FOREIGN - 1, FOREIGN));
        assert_eq!((codes.of('-'), codes.of('7'), codes.of(' ')), (EDGE, EDGE, EDGE));
        assert_eq!(codes.of('ё'), codes.of('е'));
        assert!(
            codes.is_foreign(codes.of('ї')) && codes.is_foreign(codes.of('語')) && !codes.is_foreign(codes.of('қ'))
        );
        assert!(!codes.is_foreign(codes.of('q')), "Kazakh is written in Latin letters too");
    }
}
