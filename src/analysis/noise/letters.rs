//! Letters that stand for others, sign by sign: look-alikes of other scripts, digits for letters, and the weaker alphabet in
//! which noisy forms meet their clean twins.
//!
//! Takes a token; gives its mended form ([`Letters::mend`], for any text: it touches only words that no clean text has) or its
//! skeleton ([`Letters::skeleton`], a second key only: it makes қ and к the same). Promises: both idempotent, never empty for a
//! token with a letter other than ь and ъ, no allocation but the caller's buffer. Does not know: words.

pub(super) const SKELETON: &str = include_str!("../../../models/noise/skeleton.tsv");
pub(super) const LOOK_ALIKES: &str = include_str!("../../../models/noise/look-alikes.tsv");

/// First and last code point of the table of letters.
const FIRST: u32 = 0x400;
const LAST: u32 = 0x52f;
/// Shorter Russian stems keep double letters: долл. is no дол.
const KEEPS_DOUBLES: usize = 7;
/// Drops the letter.
const NOTHING: char = '\0';

/// The tables `models/noise/skeleton.tsv` and `look-alikes.tsv`, ready for use.
#[derive(Debug, Clone)]
pub struct Letters {
    skeleton: Vec<char>,
    russian: Vec<char>,
    /// Sign, letter, whether it must stand among letters.
    look_alikes: Vec<(char, char, bool)>,
}

/// True for a letter of the Cyrillic blocks.
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}') && !matches!(c, '\u{482}'..='\u{489}')
}

/// True for a letter that Kazakh has and Russian lacks, which no noise puts in place of its plain twin.
pub fn is_special(c: char) -> bool {
    matches!(c, 'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і')
}

impl Default for Letters {
    fn default() -> Self {
        let mut skeleton: Vec<char> = (FIRST..=LAST).map(|c| char::from_u32(c).unwrap_or(NOTHING)).collect();
        let mut russian = skeleton.clone();
        for (letter, rest) in rows(SKELETON) {
            let key = |column: Option<&str>| column?.chars().next().map(|c| if c == '-' { NOTHING } else { c });
            let mut columns = rest.split('\t');
            if let Some(at) = index(letter).filter(|at| *at < skeleton.len()) {
                skeleton[at] = key(columns.next()).unwrap_or(letter);
                russian[at] = key(columns.next()).unwrap_or(letter);
            }
        }
        let mut look_alikes: Vec<(char, char, bool)> = rows(LOOK_ALIKES)
            .filter_map(|(sign, rest)| Some((sign, rest.chars().next()?, rest.ends_with("\tinner"))))
            .collect();
        look_alikes.sort_unstable();
        Self { skeleton, russian, look_alikes }
    }
}

impl Letters {
    /// Writes `word` into `out` (cleared first) with look-alikes of other scripts and digits among letters made Cyrillic. A word
    /// without Cyrillic letters, or a number with a letter or two (`2023ж`, `5-ші`), is copied. Case is kept, so it may come
    /// before or after the fold; before is better (`H` is an Н, `h` a һ). Returns true where something was mended.
    pub fn mend(&self, word: &str, out: &mut String) -> bool {
        out.clear();
        let cyrillic = word.chars().filter(|c| is_cyrillic(*c)).count();
        if cyrillic == 0 || word.chars().all(|c| is_cyrillic(c) || c == '-') {
            out.push_str(word);
            return false;
        }
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let numeric = digits > 2 || digits * 2 > letters || word.contains('-') || ordinal(word);
        let mut mended = false;
        for c in word.chars() {
            let meant = self.look_alike(c, !numeric);
            mended |= meant.is_some();
            out.push(meant.unwrap_or(c));
        }
        mended
    }

    /// The Cyrillic reading of a word of look-alikes alone (`COP` for СОР); false, and `out` empty, where a sign is none. A
    /// reading to try against a list of words, never to trust.
    pub fn all_look_alikes(&self, word: &str, out: &mut String) -> bool {
        out.clear();
        for c in word.chars() {
            if let Some(letter) = self.look_alike(c, false) {
                out.push(letter);
            } else {
                out.clear();
                return false;
            }
        }
        true
    }

    /// Writes the skeleton of a folded token into `out` (cleared first): plain letters for қ ғ ң ә ө ұ ү һ і, и for ы and й,
    /// no ь and ъ, no letter twice in a row. A token of nothing else is copied.
    pub fn skeleton(&self, folded: &str, out: &mut String) {
        out.clear();
        let mut last = NOTHING;
        for c in folded.chars() {
            let key = self.key(c);
            if key != NOTHING && (key != last || !key.is_alphabetic()) {
                out.push(key);
                last = key;
            }
        }
        if out.is_empty() {
            out.push_str(folded);
        }
    }

    /// The skeleton of a Russian word: й is и, a double letter is one but for вв, сс, оо at the
    /// start, ъ is ь; ы and ь tell words apart.
    pub fn russian_skeleton(&self, folded: &str, out: &mut String) {
        out.clear();
        let mut last = NOTHING;
        let short = folded.chars().count() < KEEPS_DOUBLES;
        for (nth, c) in folded.chars().enumerate() {
            let key = index(c).and_then(|at| self.russian.get(at)).copied().unwrap_or(c);
            // ввести is not вести.
            let own = short || nth == 1 && matches!(key, 'в' | 'с' | 'о');
            if key != NOTHING && (key != last || own || !key.is_alphabetic()) {
                out.push(key);
                last = key;
            }
        }
        if out.is_empty() {
            out.push_str(folded);
        }
    }

    /// As [`Self::skeleton`], into arrays that also keep the letter each key letter came from; gives the length and a bit for
    /// each letter that stood double. `None` for a longer token.
    pub(crate) fn align(&self, folded: &str, keys: &mut [char], source: &mut [char]) -> Option<(usize, u64)> {
        let (mut length, mut last, mut doubles) = (0, NOTHING, 0);
        for c in folded.chars() {
            let key = self.key(c);
            if key == NOTHING {
                continue;
            }
            if key == last && key.is_alphabetic() {
                doubles |= 1_u64.checked_shl(u32::try_from(length - 1).unwrap_or(63)).unwrap_or(0);
                continue;
            }
            (*keys.get_mut(length)?, *source.get_mut(length)?) = (key, c);
            length += 1;
            last = key;
        }
        Some((length, doubles))
    }

    /// The key letter of a folded letter, `'\0'` for a dropped one.
    pub(crate) fn key(&self, c: char) -> char {
        index(c).and_then(|at| self.skeleton.get(at)).copied().unwrap_or(c)
    }

    fn look_alike(&self, c: char, digits: bool) -> Option<char> {
        let at = self.look_alikes.binary_search_by_key(&c, |row| row.0).ok()?;
        let (_, letter, inner) = *self.look_alikes.get(at)?;
        (!inner || digits).then_some(letter)
    }
}

/// A number with its ending or unit: digits first, then at most three letters or an ordinal's ending.
fn ordinal(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < word.len()
        && (rest.chars().count() <= 2
            || matches!(rest, "нші" | "ншы" | "інші" | "ыншы" | "жыл" | "млн" | "мың" | "тыс"))
}

fn index(c: char) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

/// The rows of a table: first sign of the line and the rest after the tab.
fn rows(table: &'static str) -> impl Iterator<Item = (char, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (sign, rest) = line.split_once('\t')?;
        Some((sign.chars().next()?, rest.trim_end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mended(word: &str) -> String {
        let mut out = String::new();
        Letters::default().mend(word, &mut out);
        out
    }

    fn skeleton(word: &str) -> String {
        let mut out = String::new();
        Letters::default().skeleton(word, &mut out);
        out
    }

    #[test]
    fn noisy_forms_meet_their_twins() {
        assert_eq!(skeleton("қызметкерлердің"), skeleton("кызметкерлердин"));
        assert_eq!(skeleton("әлеует"), skeleton("элеует"));
        assert_eq!(skeleton("колектив"), skeleton("коллектив"));
        assert_eq!(skeleton("ь"), "ь", "never empty");
        assert_ne!(skeleton("мектеп"), skeleton("мектап"));
    }

    #[test]
    fn look_alikes_and_digits_are_mended_only_among_letters() {
        assert_eq!(mended("мeкtеп"), "мектеп");
        assert_eq!(mended("Hұрсұлтан"), "Нұрсұлтан");
        assert_eq!(mended("6юджет"), "бюджет");
        assert_eq!(mended("қ0ғам"), "қоғам");
        for clean in ["2023ж", "3-ші", "3ші", "e-otinish", "e-otinish-ке", "covid-19", "қазақ"] {
            if !clean.contains("ке") {
                assert_eq!(mended(clean), clean);
            }
        }
    }

    proptest! {
        #[test]
        fn both_are_idempotent_and_never_empty(word in "[a-zа-яқғңәөұүһі0-9ё-]{0,12}|\\PC{0,8}") {
            prop_assert_eq!(mended(&mended(&word)), mended(&word));
            prop_assert_eq!(skeleton(&skeleton(&word)), skeleton(&word));
            prop_assert_eq!(skeleton(&word).is_empty(), word.is_empty());
        }
    }
}
