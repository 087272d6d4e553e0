//! Noise made to measure: clean texts corrupted in the ways that are counted in real ones, from a fixed seed.
//!
//! The scanner's confusions here are a list of its own, with every fifth error a random letter: what mends noise must not be judged by its own
//! table (`models/noise/ocr.tsv`).

use crate::evaluation::random::Random;

/// How often each kind of noise strikes: of letters that it can strike, or of words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kind {
    /// Kazakh letters typed as their plain neighbours.
    pub plain: f64,
    /// Cyrillic letters as Latin look-alikes.
    pub look_alike: f64,
    /// о, з, б as digits.
    pub digit: f64,
    /// Letters misread by a scanner.
    pub scan: f64,
    /// Letters typed twice.
    pub double: f64,
    /// Words parted by a blank.
    pub split: f64,
    /// Words without a blank between them.
    pub glue: f64,
    /// Width of lines at whose ends words are cut; 0 = one line.
    pub columns: usize,
}

impl Kind {
    /// No noise.
    pub const NONE: Self =
        Self { plain: 0.0, look_alike: 0.0, digit: 0.0, scan: 0.0, double: 0.0, split: 0.0, glue: 0.0, columns: 0 };
}

/// The kinds that are reported, with their names.
pub const KINDS: [(&str, Kind); 8] = [
    ("plain-letters", Kind { plain: 1.0, ..Kind::NONE }),
    ("plain-letters-half", Kind { plain: 0.5, ..Kind::NONE }),
    ("look-alikes", Kind { look_alike: 0.15, ..Kind::NONE }),
    ("line-ends", Kind { columns: 60, ..Kind::NONE }),
    ("split-and-glued", Kind { split: 0.03, glue: 0.03, ..Kind::NONE }),
    ("scanned-1-percent", Kind { scan: 0.01, ..Kind::NONE }),
    ("scanned-2-percent", Kind { scan: 0.02, ..Kind::NONE }),
    (
        "all-together",
        Kind {
            plain: 1.0,
            look_alike: 0.1,
            digit: 0.02,
            scan: 0.005,
            double: 0.003,
            split: 0.01,
            glue: 0.01,
            columns: 60,
        },
    ),
];

const LOOK_ALIKES: [(char, char); 22] = [
    ('а', 'a'),
    ('с', 'c'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('х', 'x'),
    ('у', 'y'),
    ('і', 'i'),
    ('к', 'k'),
    ('ә', 'ə'),
    ('А', 'A'),
    ('В', 'B'),
    ('С', 'C'),
    ('Е', 'E'),
    ('Н', 'H'),
    ('К', 'K'),
    ('М', 'M'),
    ('О', 'O'),
    ('Р', 'P'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('І', 'I'),
];

const SCANNED: [(char, &str); 27] = [
    ('н', "пик"),
    ('и', "нпц"),
    ('п', "нил"),
    ('л', "дп"),
    ('ш', "щи"),
    ('е', "со"),
    ('с', "ео"),
    ('о', "сеа"),
    ('а', "о"),
    ('з', "эв"),
    ('к', "нх"),
    ('т', "гп"),
    ('г', "тр"),
    ('р', "п"),
    ('ж', "кх"),
    ('ы', "мь"),
    ('м', "н"),
    ('д', "л"),
    ('қ', "к"),
    ('ғ', "г"),
    ('ң', "н"),
    ('ұ', "ү"),
    ('ү', "ұ"),
    ('і', "1"),
    ('б', "6"),
    ('в', "8б"),
    ('й', "и"),
];

fn letter(of: &str, random: &mut Random) -> Option<char> {
    of.chars().nth(random.below(of.chars().count()))
}

impl Kind {
    /// `text` with this noise; `nth` tells texts apart, so that each has noise of its own.
    pub fn corrupt(&self, text: &str, nth: u64) -> String {
        let mut random = Random(nth.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(22));
        let mut words: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let word = self.word(word, &mut random);
            let letters = word.chars().count();
            let plain = |word: &str| word.chars().all(char::is_alphabetic);
            if letters > 6 && plain(&word) && random.chance(self.split) {
                let at = 3 + random.below(letters - 5);
                words.push(word.chars().take(at).collect());
                words.push(word.chars().skip(at).collect());
            } else if words.last().is_some_and(|last| plain(last)) && random.chance(self.glue) {
                words.last_mut().into_iter().for_each(|last| last.push_str(&word));
            } else {
                words.push(word);
            }
        }
        if self.columns == 0 { words.join(" ") } else { self.lines(&words) }
    }

    fn word(&self, word: &str, random: &mut Random) -> String {
        let mut out = String::with_capacity(word.len());
        for mut c in word.chars() {
            if random.chance(self.plain) {
                c = plain(c, random);
            }
            if c.is_alphabetic() && random.chance(self.scan) {
                c = scanned(c, random);
            }
            if random.chance(self.digit) {
                c = [('о', '0'), ('з', '3'), ('б', '6')].iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1);
            }
            if random.chance(self.look_alike) {
                c = LOOK_ALIKES.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1);
            }
            out.push(c);
            if c.is_alphabetic() && random.chance(self.double) {
                out.push(c);
            }
        }
        out
    }

    /// Fills lines, cutting words after a vowel where the next letter is a consonant.
    fn lines(&self, words: &[String]) -> String {
        const VOWELS: &str = "аеёиоуыэюяәіөұүaeoyi";
        let (mut text, mut column) = (String::new(), 0);
        for word in words {
            let letters: Vec<char> = word.chars().collect();
            if column + letters.len() > self.columns {
                let room = self.columns.saturating_sub(column + 1);
                let fits =
                    |at: &usize| *at <= room && VOWELS.contains(letters[at - 1]) && !VOWELS.contains(letters[*at]);
                let cut = (2..letters.len().saturating_sub(2)).rev().find(fits);
                if let Some(at) = cut.filter(|_| letters.iter().all(|c| c.is_alphabetic())) {
                    text.extend(&letters[..at]);
                    text.push_str("-\n");
                    text.extend(&letters[at..]);
                    text.push(' ');
                    column = letters.len() - at + 1;
                    continue;
                }
                text.push('\n');
                column = 0;
            }
            text.push_str(word);
            text.push(' ');
            column += letters.len() + 1;
        }
        text
    }
}

/// A Kazakh letter as it is typed on a keyboard without it.
fn plain(c: char, random: &mut Random) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let typed = match lower {
        'қ' => 'к',
        'ғ' => 'г',
        'ң' => 'н',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        'һ' => 'х',
        'ә' if random.chance(0.85) => 'а',
        'ә' => 'э',
        'і' if random.chance(0.85) => 'и',
        'і' => 'ы',
        _ => return c,
    };
    if c == lower { typed } else { typed.to_uppercase().next().unwrap_or(typed) }
}

fn scanned(c: char, random: &mut Random) -> char {
    if random.chance(0.2) {
        return letter("абвгдежзиклмнопрстухшыя", random).unwrap_or(c);
    }
    SCANNED.iter().find(|pair| pair.0 == c).and_then(|pair| letter(pair.1, random)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Қарағанды облысының әкімдігі жаңа мектептердің құрылысын биыл бастауға тиіс деп мәлімдеді";

    #[test]
    fn noise_strikes_as_told_and_the_same_each_time() {
        assert_eq!(Kind::NONE.corrupt(TEXT, 7), TEXT);
        for (name, kind) in KINDS {
            let noisy = kind.corrupt(TEXT, 7);
            assert_eq!(noisy, kind.corrupt(TEXT, 7), "{name}");
            let struck = (0..40).filter(|nth| kind.corrupt(TEXT, *nth) != TEXT).count();
            assert!(struck > 10, "{name}: {struck} of 40");
        }
        let plain = KINDS[0].1.corrupt(TEXT, 7);
        assert!(plain.starts_with("К") && !plain.contains(['қ', 'ғ', 'ң', 'ә', 'ө', 'ұ', 'ү', 'і', 'Қ']), "{plain}");
    }
}
