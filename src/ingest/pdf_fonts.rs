//! The fonts of a pdf, made cheap to read again and again.
//!
//! The parser reads a font anew for every page that shows it: it unpacks outlines at which it does not look, and takes the table from
//! codes to texts (`ToUnicode`) apart sign by sign. Takes a document; takes the outlines out of it, and the texts out of each table:
//! private characters stand there instead, which follow on one another and so are written in a few signs. Promises: what
//! [`Texts::meant`] makes of such a character is what the table said; a table that cannot be read stays, for the pages that show its
//! font to fail on. Knows nothing of: pages.

use pdf_extract::{Document, Object, ObjectId, Stream};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The first of the characters that stand for texts, and how many there are: two planes of private use.
const FIRST: u32 = 0xF_0000;
const MOST: usize = 0x2_0000;
/// So many of them in a row differ in the second half of their UTF-16 alone: a range of a table goes no further.
const ROW: usize = 0x400;

/// The texts that private characters stand for.
#[derive(Debug, Default)]
pub struct Texts(Vec<String>);

impl Texts {
    /// Takes the texts out of the tables of a document.
    pub fn take(file: &mut Document) -> Self {
        let mut tables: BTreeSet<ObjectId> = BTreeSet::new();
        for object in file.objects.values_mut() {
            if let Object::Dictionary(dictionary) = object {
                dictionary.remove(b"FontFile2");
                tables.extend(dictionary.get(b"ToUnicode").and_then(Object::as_reference));
            }
        }
        let mut texts = Self::default();
        for id in tables {
            let Some(Object::Stream(table)) = file.objects.get_mut(&id) else { continue };
            if let Some(read) = read(table).filter(|read| texts.0.len() + read.len() <= MOST) {
                table.set_plain_content(texts.keep(read).into_bytes());
            }
        }
        texts
    }

    /// Keeps the texts of a table; gives the table of what stands for them.
    fn keep(&mut self, table: BTreeMap<u32, String>) -> String {
        let mut ranges: Vec<(u32, u32, char)> = Vec::new();
        for (code, text) in table {
            let place = self.0.len();
            self.0.push(text);
            match ranges.last_mut() {
                Some((_, last, _)) if code - *last == 1 && !place.is_multiple_of(ROW) => *last = code,
                _ => ranges.push((code, code, character(place))),
            }
        }
        let mut written = format!("{} beginbfrange\n", ranges.len());
        for (first, last, character) in ranges {
            let mut halves = [0; 2];
            character.encode_utf16(&mut halves);
            let _ = writeln!(written, "<{first:08X}> <{last:08X}> <{:04X}{:04X}>", halves[0], halves[1]);
        }
        written + "endbfrange"
    }

    /// What a text that the parser gives for one code means.
    pub fn meant<'a>(&'a self, given: &'a str) -> &'a str {
        let mut characters = given.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else { return given };
        let place = u32::from(character).checked_sub(FIRST).and_then(|place| usize::try_from(place).ok());
        place.and_then(|place| self.0.get(place)).map_or(given, String::as_str)
    }
}

/// The private character at a place below [`MOST`].
fn character(place: usize) -> char {
    u32::try_from(place).ok().and_then(|place| char::from_u32(FIRST + place)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A table from codes to texts; `None` where the parser of pages will not read it either.
fn read(table: &Stream) -> Option<BTreeMap<u32, String>> {
    let content = table.decompressed_content().unwrap_or_else(|_| table.content.clone());
    let read = std::panic::catch_unwind(|| adobe_cmap_parser::get_unicode_map(&content)).ok()?.ok()?;
    let mut texts = BTreeMap::new();
    for (code, bytes) in read {
        let (pairs, []) = bytes.as_chunks::<2>() else { return None };
        let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
        // Half a character alone is no entry.
        if !matches!(units[..], [0xD800..=0xDFFF]) {
            texts.insert(code, String::from_utf16(&units).ok()?);
        }
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pdf_extract::{Dictionary, dictionary};

    /// A document with one font that has this table.
    fn font(table: &str) -> (Document, ObjectId) {
        let mut file = Document::new();
        let table = file.add_object(Stream::new(Dictionary::new(), table.as_bytes().to_vec()));
        file.add_object(dictionary! { "Type" => "Font", "ToUnicode" => table });
        (file, table)
    }

    fn content(file: &Document, id: ObjectId) -> &[u8] {
        &file.get_object(id).and_then(Object::as_stream).expect("a table").content
    }

    #[test]
    fn a_table_that_cannot_be_read_stays() {
        let broken = "1 beginbfchar <01> <D800D800> endbfchar";
        let (mut file, table) = font(broken);
        assert!(Texts::take(&mut file).0.is_empty());
        assert_eq!(content(&file, table), broken.as_bytes());
    }

    #[test]
    fn what_stands_for_a_text_means_it() {
        let (mut file, table) = font("3 beginbfchar <01> <0416> <02> <00660069> <05> <0434> endbfchar");
        let texts = Texts::take(&mut file);
        let left = adobe_cmap_parser::get_unicode_map(content(&file, table)).expect("a table");
        let meant: BTreeMap<u32, String> = left
            .into_iter()
            .map(|(code, bytes)| {
                let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
                (code, texts.meant(&String::from_utf16(&units).expect("a character")).to_owned())
            })
            .collect();
        assert_eq!(meant, [(1, "Ж"), (2, "fi"), (5, "д")].map(|(code, text)| (code, text.to_owned())).into());
        assert_eq!([texts.meant("Ж"), texts.meant(""), texts.meant("\u{F0003}")], ["Ж", "", "\u{F0003}"]);
    }
}
