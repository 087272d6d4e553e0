//! Which bytes are which letters: UTF-8, UTF-16 and the eight-bit encodings in which Kazakh and Russian were typed for decades.
//!
//! Takes bytes; gives text and the [`Encoding`] it was read with. Promises: valid UTF-8 is never read otherwise; a guess is
//! marked as one; damaged UTF-8 and binary data are refused, never turned into letters. Knows nothing of formats.
//!
//! Eight-bit encodings are told apart by how often their letters occur in Kazakh and Russian (`models/ingest/letters.tsv`) and
//! by upper case in the middle of words. KZ-1048 differs from windows-1251 in sixteen bytes (`models/ingest/kz-1048.tsv`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// An encoding that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of encodings")]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1251,
    Kz1048,
    Koi8R,
    Ibm866,
}

impl Encoding {
    const EIGHT_BIT: [Self; 4] = [Self::Windows1251, Self::Kz1048, Self::Koi8R, Self::Ibm866];

    /// The name under which IANA registers it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1251 => "windows-1251",
            Self::Kz1048 => "KZ-1048",
            Self::Koi8R => "KOI8-R",
            Self::Ibm866 => "IBM866",
        }
    }
}

/// A text and what it was read with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// Its encoding.
    pub encoding: Encoding,
    /// True where nothing in the file says so.
    pub assumed: bool,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// UTF-8 that breaks at this byte.
    Damaged(usize),
    /// Not a text at all.
    Binary,
}

/// The text of `bytes`.
///
/// # Errors
/// [`Undecodable`] where no encoding explains the bytes.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Undecodable> {
    let known = |text, encoding| Decoded { text, encoding, assumed: false };
    let decoded = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        known(Cow::Borrowed(std::str::from_utf8(rest).map_err(|error| damaged(&error))?), Encoding::Utf8)
    } else if let Some(rest) = bytes.strip_prefix(b"\xff\xfe").filter(|rest| rest.len() % 2 == 0) {
        known(utf16(rest, u16::from_le_bytes)?, Encoding::Utf16Le)
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff").filter(|rest| rest.len() % 2 == 0) {
        known(utf16(rest, u16::from_be_bytes)?, Encoding::Utf16Be)
    } else if let Some(encoding) = unmarked_utf16(bytes) {
        let unit = if encoding == Encoding::Utf16Le { u16::from_le_bytes } else { u16::from_be_bytes };
        Decoded { text: utf16(bytes, unit)?, encoding, assumed: true }
    } else {
        match std::str::from_utf8(bytes) {
            Ok(text) => known(Cow::Borrowed(text), Encoding::Utf8),
            Err(error) => {
                let encoding = eight_bit(bytes).ok_or_else(|| damaged(&error))?;
                let letters = &tables()[encoding as usize - Encoding::Windows1251 as usize];
                let text = bytes.iter().map(|byte| character(letters, *byte)).collect();
                Decoded { text: Cow::Owned(text), encoding, assumed: true }
            }
        }
    };
    // One control character may be a slip; texts have no more of them than one in a hundred.
    let controls = decoded.text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if controls * 100 > decoded.text.len() { Err(Undecodable::Binary) } else { Ok(decoded) }
}

fn damaged(error: &std::str::Utf8Error) -> Undecodable {
    Undecodable::Damaged(error.valid_up_to())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, Undecodable> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().map(Cow::Owned).map_err(|_| Undecodable::Binary)
}

/// UTF-16 without a mark: in Latin and Cyrillic texts every other byte is 0 or 4, and some are 0 (spaces, line ends).
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    if bytes.len() < 8 || !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    let high = |from: usize| bytes[from..].iter().step_by(2).filter(|byte| matches!(byte, 0 | 4)).count();
    let (even, odd, units) = (high(0), high(1), bytes.len() / 2);
    let mostly = |count: usize| count * 10 >= units * 9;
    let seldom = |count: usize| count * 10 <= units;
    match (mostly(even), mostly(odd)) {
        (true, false) if seldom(odd) => Some(Encoding::Utf16Be),
        (false, true) if seldom(even) => Some(Encoding::Utf16Le),
        _ => None,
    }
}

/// The letters of bytes 80-FF in each encoding of [`Encoding::EIGHT_BIT`].
fn tables() -> &'static [[char; 128]; 4] {
    static TABLES: OnceLock<[[char; 128]; 4]> = OnceLock::new();
    TABLES.get_or_init(|| {
        Encoding::EIGHT_BIT.map(|encoding| {
            let base = match encoding {
                Encoding::Koi8R => encoding_rs::KOI8_R,
                Encoding::Ibm866 => encoding_rs::IBM866,
                _ => encoding_rs::WINDOWS_1251,
            };
            let bytes: Vec<u8> = (0x80..=0xff).collect();
            let mut letters = ['\u{fffd}'; 128];
            for (letter, decoded) in letters.iter_mut().zip(base.decode_without_bom_handling(&bytes).0.chars()) {
                *letter = decoded;
            }
            if encoding == Encoding::Kz1048 {
                for (byte, letter) in rows(include_str!("../../models/ingest/kz-1048.tsv")) {
                    let byte = usize::from_str_radix(byte, 16).ok().and_then(|byte| byte.checked_sub(0x80));
                    if let (Some(place), Some(letter)) = (byte, letter.chars().next()) {
                        letters[place] = letter;
                    }
                }
            }
            letters
        })
    })
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

fn character(letters: &[char; 128], byte: u8) -> char {
    if byte < 0x80 { char::from(byte) } else { letters[usize::from(byte) - 0x80] }
}

/// The natural logarithm of how often a character stands in Kazakh and Russian texts.
fn plausibility(c: char) -> f64 {
    /// Quotation marks, dashes and other signs of ordinary typing.
    const SIGNS: &str = "«»“”„–—…№•·§°’\u{a0}";
    static LETTERS: OnceLock<BTreeMap<char, f64>> = OnceLock::new();
    let letters = LETTERS.get_or_init(|| {
        let table = rows(include_str!("../../models/ingest/letters.tsv"));
        let share = |share: &str| share.trim().parse::<f64>().unwrap_or(1.0) / 1e5;
        table.filter_map(|(letter, count)| Some((letter.chars().next()?, share(count).ln()))).collect()
    });
    let lower = c.to_lowercase().next().unwrap_or(c);
    match letters.get(&lower) {
        // Of all letters, about one in twenty is upper case.
        Some(score) if lower == c => *score,
        Some(score) => score + 0.05_f64.ln(),
        None if SIGNS.contains(c) => 1e-3_f64.ln(),
        None => 1e-6_f64.ln(),
    }
}

/// The eight-bit encoding that makes the most plausible letters of `bytes`; `None` where there is too little to go by, or where
/// the bytes are rather UTF-8 with some damage.
fn eight_bit(bytes: &[u8]) -> Option<Encoding> {
    /// Fewer high bytes than this can be anything.
    const LEAST: usize = 6;
    /// A mean plausibility below this is no text: the letters of a fair Kazakh or Russian text reach -3.5.
    const POOREST: f64 = -6.0;
    let mut counts = [0_usize; 128];
    // Pairs of high bytes that begin inside a word: for upper case after lower case.
    let mut pairs = vec![0_usize; 128 * 128];
    let mut previous = None;
    for byte in bytes {
        let high = byte.checked_sub(0x80).map(usize::from);
        if let Some(high) = high {
            counts[high] += 1;
            if let Some(before) = previous {
                pairs[before * 128 + high] += 1;
            }
        }
        previous = high;
    }
    let all: usize = counts.iter().sum();
    if all < LEAST || mostly_utf8(bytes) {
        return None;
    }
    let mean = |letters: &[char; 128]| {
        let letter_score: f64 = counts.iter().zip(letters).map(|(n, c)| real(*n) * plausibility(*c)).sum();
        let broken = |(place, n): (usize, &usize)| {
            let (before, after) = (letters[place / 128], letters[place % 128]);
            if before.is_lowercase() && after.is_uppercase() { *n } else { 0 }
        };
        (letter_score - 6.0 * real(pairs.iter().enumerate().map(broken).sum())) / real(all)
    };
    let scored = Encoding::EIGHT_BIT.into_iter().zip(tables()).map(|(encoding, letters)| (mean(letters), encoding));
    // Of equals the first: without one of the sixteen bytes both tables give the same text.
    let (score, best) = scored.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    (score > POOREST).then_some(best)
}

#[allow(clippy::cast_precision_loss, reason = "counts of bytes of one file")]
fn real(count: usize) -> f64 {
    count as f64
}

/// True where valid letters of several bytes far outnumber the invalid bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    valid > 3 * invalid
}

/// Line ends of old Macintosh files as `\n`; the length stays.
pub fn mend_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') { Cow::Owned(text.replace('\r', "\n")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KAZAKH: &str =
        "Ауылға таза ауыз су тартамыз, «Қарлығаш» мектебін жөндейміз. Әрбір үйге жаңа жол салу – міндетіміз.";
    const RUSSIAN: &str =
        "Построим школу и отремонтируем дорогу в селе. Обеспечим жителей чистой водой – это наш долг.";

    fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
        let letters = &tables()[encoding as usize - Encoding::Windows1251 as usize];
        let byte = |c: char| match letters.iter().position(|letter| *letter == c) {
            Some(place) => u8::try_from(place + 0x80).expect("a byte"),
            None if c.is_ascii() => c as u8,
            None => b'?',
        };
        text.chars().map(byte).collect()
    }

    #[test]
    fn kz_1048_and_windows_1251_are_told_apart_by_their_letters() {
        let kazakh = encode(KAZAKH, Encoding::Kz1048);
        let decoded = decode(&kazakh).expect("letters");
        assert_eq!((decoded.text.as_ref(), decoded.encoding, decoded.assumed), (KAZAKH, Encoding::Kz1048, true));
        let bytes = encode(RUSSIAN, Encoding::Windows1251);
        let decoded = decode(&bytes).expect("letters");
        assert_eq!((decoded.text.as_ref(), decoded.encoding), (RUSSIAN, Encoding::Windows1251));
        let mixed = format!("{}\n{KAZAKH}", RUSSIAN.repeat(50));
        assert_eq!(decode(&encode(&mixed, Encoding::Kz1048)).map(|d| d.encoding), Ok(Encoding::Kz1048));
    }

    #[test]
    fn other_encodings_of_the_region_are_read() {
        for encoding in [Encoding::Koi8R, Encoding::Ibm866] {
            let text = RUSSIAN.replace(['–'], "-");
            let bytes = encode(&text, encoding);
            assert_eq!(decode(&bytes).map(|d| (d.text, d.encoding)), Ok((text.into(), encoding)));
        }
        for (mark, unit) in [(true, true), (true, false), (false, true), (false, false)] {
            let text = if mark { format!("\u{feff}{KAZAKH}") } else { KAZAKH.to_owned() };
            let units = text.encode_utf16();
            let bytes: Vec<u8> = units.flat_map(|u| if unit { u.to_le_bytes() } else { u.to_be_bytes() }).collect();
            let decoded = decode(&bytes).expect("letters");
            assert_eq!((decoded.text.as_ref(), decoded.assumed), (KAZAKH, !mark));
        }
    }

    #[test]
    fn damage_and_binary_data_are_not_read_as_letters() {
        let mut bytes = KAZAKH.as_bytes().to_vec();
        bytes[20] = 0xff;
        assert!(matches!(decode(&bytes), Err(Undecodable::Damaged(_))));
        assert_eq!(decode(b"q1,\xff\xfe"), Err(Undecodable::Damaged(3)), "two bytes are no evidence");
        let noise: Vec<u8> = (0..4000_u32).map(|i| i.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
        assert!(decode(&noise).is_err());
        assert_eq!(decode(b"").map(|d| d.encoding), Ok(Encoding::Utf8));
    }

    #[test]
    fn line_ends_of_a_macintosh_become_line_ends() {
        assert_eq!(mend_line_ends("a\rb".into()), "a\nb");
        assert_eq!(mend_line_ends("a\r\nb\rc".into()), "a\r\nb\rc", "a file with other line ends stays as it is");
    }
}
