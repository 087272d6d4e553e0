//! A programme's text as a file holds it, whatever the format: paragraphs, headings, list items and table rows, each in lines of
//! its own.
//!
//! Takes the bytes of a file; gives a [`Document`]. Promises: the format is told from the content before the ending; texts end at
//! [`LONGEST_DOCUMENT`]. Spans of clauses count in [`Document::text`].

use super::problem::Fault;
use super::{html::Html, plain::Plain};
use serde::{Deserialize, Serialize};

/// The longest text of one document, in bytes: some twenty thousand pages.
pub const LONGEST_DOCUMENT: usize = 64 << 20;
/// The largest file of a document or workbook, in bytes.
pub const LARGEST_DOCUMENT: usize = 64 << 20;

/// What was read from a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The text. Blocks (paragraphs, headings, list items, table rows) are parted by line breaks; a heading of a format that
    /// knows headings begins with `#`, an item of an automatic list with its number or `•`; cells of a row are parted by tabs.
    pub text: String,
    /// What the reader should know: an encoding that was assumed, pages without text.
    pub notes: Vec<Fault>,
}

/// Refuses what is larger than any document: decoding and parsing take several times as much memory as the file.
///
/// # Errors
/// [`Fault::FileTooLarge`]
pub fn check_size(bytes: &[u8]) -> Result<(), Fault> {
    let (megabytes, limit) = (bytes.len() >> 20, LARGEST_DOCUMENT >> 20);
    if bytes.len() > LARGEST_DOCUMENT { Err(Fault::FileTooLarge { megabytes, limit }) } else { Ok(()) }
}

/// Reads one text format.
pub trait TextFormat: Sync {
    /// The endings of such files, without the dot; the first is the format's name.
    fn endings(&self) -> &'static [&'static str];
    /// True where the parser is to run in a process of its own: [`super::isolate`].
    fn isolated(&self) -> bool {
        true
    }
    /// The text of `bytes`.
    ///
    /// # Errors
    /// The [`Fault`] that keeps the file from being read.
    fn read(&self, bytes: &[u8]) -> Result<Document, Fault>;
}

#[cfg(feature = "office")]
const DOCX: &dyn TextFormat = &super::docx::Docx;
#[cfg(feature = "office")]
const ODT: &dyn TextFormat = &super::odt::Odt;
#[cfg(feature = "pdf")]
const PDF: &dyn TextFormat = &super::pdf::Pdf;
#[cfg(not(feature = "office"))]
const DOCX: &dyn TextFormat = &LeftOut { endings: &["docx", "docm"], feature: "office" };
#[cfg(not(feature = "office"))]
const ODT: &dyn TextFormat = &LeftOut { endings: &["odt", "fodt"], feature: "office" };
#[cfg(not(feature = "pdf"))]
const PDF: &dyn TextFormat = &LeftOut { endings: &["pdf"], feature: "pdf" };

/// Every format.
pub const FORMATS: [&dyn TextFormat; 5] = [&Plain, &Html, DOCX, ODT, PDF];

/// A format whose parser this program was built without.
#[cfg(not(all(feature = "office", feature = "pdf")))]
struct LeftOut {
    endings: &'static [&'static str],
    feature: &'static str,
}

#[cfg(not(all(feature = "office", feature = "pdf")))]
impl TextFormat for LeftOut {
    fn endings(&self) -> &'static [&'static str] {
        self.endings
    }

    fn isolated(&self) -> bool {
        false
    }

    fn read(&self, _bytes: &[u8]) -> Result<Document, Fault> {
        Err(Fault::FormatLeftOut { format: self.endings[0].into(), feature: self.feature.into() })
    }
}

/// The format that is called `name` (its first ending).
pub fn format(name: &str) -> Option<&'static dyn TextFormat> {
    FORMATS.into_iter().find(|format| format.endings()[0] == name)
}

/// The format of a file: by its first bytes, else by its ending; a text where neither says more.
///
/// # Errors
/// [`Fault::FormatUnknown`] for formats that are not read, [`Fault::Encrypted`] for locked files.
pub fn format_of(file: &str, bytes: &[u8]) -> Result<&'static dyn TextFormat, Fault> {
    /// The compound files of old office programs, and of locked new ones.
    const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let unknown = |found: &str| Fault::FormatUnknown { found: found.to_owned(), known: endings() };
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(PDF);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return match ending.as_str() {
            "zip" => Err(unknown("zip")),
            "odt" => Ok(ODT),
            "docx" => Ok(DOCX),
            _ if holds(bytes, b"word/document.xml") => Ok(DOCX),
            _ if holds(bytes, b"application/vnd.oasis.opendocument.text") => Ok(ODT),
            _ => Err(unknown(if ending.is_empty() { "zip" } else { &ending })),
        };
    }
    if bytes.starts_with(COMPOUND) {
        let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Err(if holds(bytes, &locked) { Fault::Encrypted } else { unknown("doc") });
    }
    let others: [(&[u8], &str); 2] = [(br"{\rtf", "rtf"), (b"Rar!", "rar")];
    if let Some((_, name)) = others.into_iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(unknown(name));
    }
    match FORMATS.into_iter().find(|format| format.endings().contains(&ending.as_str())) {
        Some(format) => Ok(format),
        None if looks_like_html(head) => Ok(&Html),
        None => Ok(&Plain),
    }
}

/// The endings of all text formats: `txt, md, …`.
fn endings() -> String {
    FORMATS.iter().flat_map(|format| format.endings()).copied().collect::<Vec<_>>().join(", ")
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    // Names stand in the local headers at the front and in the directory at the end.
    const NEAR: usize = 64 << 10;
    let (front, back) = (&bytes[..bytes.len().min(NEAR)], &bytes[bytes.len().saturating_sub(NEAR)..]);
    [front, back].iter().any(|window| window.windows(part.len()).any(|found| found == part))
}

fn looks_like_html(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// What a block is, for the lines between blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph, a heading or a table row.
    Paragraph,
    /// An item of a list: no blank line before the next.
    Item,
}

/// The paragraphs of a row of a table, by cells.
type Row = Vec<Vec<(Block, String)>>;

/// Tables within tables deeper than this lose their rows.
const DEEPEST_TABLE: usize = 8;

/// Collects the blocks of a document.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    text: String,
    last: Option<Block>,
    /// The open rows.
    rows: Vec<Row>,
    /// How many rows are open that lie too deep to be kept.
    deeper: usize,
}

impl Blocks {
    /// Adds a block, to the open cell where there is one; blank ones are dropped.
    ///
    /// # Errors
    /// [`Fault::DocumentTooLong`]
    pub fn push(&mut self, kind: Block, block: &str) -> Result<(), Fault> {
        let block = block.trim();
        if block.is_empty() {
            return Ok(());
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            cell.push((kind, block.to_owned()));
            return Ok(());
        }
        match self.last {
            None => {}
            Some(Block::Item) if kind == Block::Item => self.text.push('\n'),
            Some(_) => self.text.push_str("\n\n"),
        }
        self.last = Some(kind);
        if self.text.len() + block.len() > LONGEST_DOCUMENT {
            return Err(Fault::DocumentTooLong { megabytes: LONGEST_DOCUMENT >> 20 });
        }
        // A line break inside a block is a line break of the source; one blank line is enough to part paragraphs.
        let mut blank = false;
        for line in block.lines().map(str::trim_end) {
            if !(blank && line.is_empty()) {
                // A soft hyphen within a line is not seen.
                let last = line.len().saturating_sub('\u{ad}'.len_utf8());
                self.text.extend(line.char_indices().filter(|(at, c)| *c != '\u{ad}' || *at == last).map(|(_, c)| c));
                self.text.push('\n');
            }
            blank = line.is_empty();
        }
        self.text.pop();
        Ok(())
    }

    /// A row of a table begins.
    pub fn begin_row(&mut self) {
        if self.rows.len() < DEEPEST_TABLE { self.rows.push(Row::new()) } else { self.deeper += 1 }
    }

    /// A cell of the open row begins.
    pub fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut().filter(|_| self.deeper == 0) {
            row.push(Vec::new());
        }
    }

    /// The open row ends. Its cells are one block, parted by tabs, where each holds one paragraph or the first a number; in a
    /// table that only lays out a page every paragraph is a block of its own.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn end_row(&mut self) -> Result<(), Fault> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return Ok(());
        }
        let Some(row) = self.rows.pop() else { return Ok(()) };
        let numbered = row.first().is_some_and(|cell| matches!(cell.as_slice(), [(_, text)] if is_number(text)));
        if row.len() > 1 && (numbered || row.iter().all(|cell| cell.len() <= 1)) {
            let written = |cell: Vec<(Block, String)>| {
                cell.into_iter().map(|(_, text)| text.replace('\n', " ")).collect::<Vec<_>>().join("\n")
            };
            return self.push(Block::Paragraph, &row.into_iter().map(written).collect::<Vec<_>>().join("\t"));
        }
        row.into_iter().flatten().try_for_each(|(kind, text)| self.push(kind, &text))
    }

    /// The text, ending in a line break.
    pub fn finish(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }
}

/// The number of a row: `3`, `3.`, `1.2`.
fn is_number(text: &str) -> bool {
    text.len() <= 8
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// The mark of a heading: `#` to `######`.
pub(super) fn heading_mark(level: usize) -> &'static str {
    &"###### "[6 - level.clamp(1, 6)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_the_format_before_the_ending() {
        let name = |file: &str, bytes: &[u8]| format_of(file, bytes).map(|format| format.endings()[0]);
        assert_eq!(name("programmes/a.txt", b"%PDF-1.7"), Ok("pdf"));
        assert_eq!(name("a.DOCX", b"PK\x03\x04"), Ok("docx"));
        assert_eq!(name("a", "Жол".as_bytes()), Ok("txt"));
        assert_eq!(name("a.doc", b"<!DOCTYPE html><p>x"), Ok("html"));
        assert_eq!(name("a.doc", br"{\rtf1"), Err(Fault::FormatUnknown { found: "rtf".into(), known: endings() }));
        assert_eq!(name("a.doc", b"\xd0\xcf\x11\xe0xx").map_err(|fault| fault.code()), Err("format-unknown"));
    }

    #[test]
    fn blocks_are_parted_and_headings_marked() {
        let mut blocks = Blocks::default();
        for (kind, block) in
            [(Block::Paragraph, "a\n\n \nb\nc"), (Block::Item, "• c"), (Block::Item, "• d"), (Block::Item, " ")]
        {
            blocks.push(kind, block).expect("room");
        }
        assert_eq!(blocks.finish(), "a\n\nb\nc\n\n• c\n• d\n");
        let mut blocks = Blocks::default();
        for cells in [&["1", "Мектеп\nсалу", "2027"][..], &["Сол жақ", "Оң жақ"]] {
            blocks.begin_row();
            for cell in cells {
                blocks.begin_cell();
                blocks.push(Block::Paragraph, cell).expect("room");
            }
            blocks.push(Block::Paragraph, "Тағы").expect("room");
            blocks.end_row().expect("room");
        }
        assert_eq!(blocks.finish(), "1\tМектеп салу\t2027\nТағы\n\nСол жақ\n\nОң жақ\n\nТағы\n");
        assert_eq!([heading_mark(1), heading_mark(3), heading_mark(9)], ["# ", "### ", "###### "]);
    }
}
