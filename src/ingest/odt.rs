//! Writer documents (OpenDocument): paragraphs, headings, lists, tables, notes.

use super::archive::{Archive, Elements, attribute, walk};
use super::problem::Fault;
use super::text::{Block, Blocks, Document, TextFormat, heading_mark};
use quick_xml::events::BytesStart;

/// The odt format.
pub struct Odt;

/// The most spaces that one element stands for.
const MOST_SPACES: usize = 64;

impl TextFormat for Odt {
    fn endings(&self) -> &'static [&'static str] {
        &["odt", "fodt"]
    }

    fn read(&self, bytes: &[u8]) -> Result<Document, Fault> {
        let mut body = Body::default();
        if bytes.starts_with(b"PK") {
            let content = Archive::open(bytes, "odt")?.needed("content.xml")?;
            walk("odt", &content, &mut body)?;
        } else {
            let (text, _) = super::plain::decoded(bytes)?;
            walk("odt", &text, &mut body)?;
        }
        Ok(Document { text: body.blocks.finish(), notes: Vec::new() })
    }
}

/// A paragraph or heading being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    heading: Option<usize>,
}

#[derive(Default)]
struct Body {
    blocks: Blocks,
    paragraphs: Vec<Paragraph>,
    /// The open lists: true where the item's mark is still to be written.
    items: Vec<bool>,
}

impl Elements for Body {
    /// What is not text of the document: deleted text, remarks, numbers of notes, descriptions of pictures, the table of contents.
    const HIDDEN: &'static [&'static str] =
        &["tracked-changes", "annotation", "note-citation", "title", "desc", "table-of-content"];

    fn open(&mut self, name: &str, element: &BytesStart) -> Result<(), Fault> {
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "h" => {
                let level = attribute(element, "outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
                self.paragraphs.push(Paragraph { text: String::new(), heading: Some(level) });
            }
            "list-item" => self.items.push(true),
            "table-row" => self.blocks.begin_row(),
            "table-cell" => self.blocks.begin_cell(),
            _ => {}
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return Ok(()) };
        match name {
            "s" => {
                let count = attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1).min(MOST_SPACES);
                paragraph.text.extend(std::iter::repeat_n(' ', count));
            }
            "tab" => paragraph.text.push('\t'),
            "line-break" => paragraph.text.push('\n'),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "p" | "h" => match self.paragraphs.pop() {
                Some(paragraph) => self.emit(&paragraph),
                None => Ok(()),
            },
            "list-item" => {
                self.items.pop();
                Ok(())
            }
            "table-row" => self.blocks.end_row(),
            _ => Ok(()),
        }
    }

    fn characters(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            // Line breaks of the file are spaces; real ones are elements.
            for c in text.chars() {
                let space = matches!(c, ' ' | '\t' | '\n' | '\r');
                if !space {
                    paragraph.text.push(c);
                } else if !paragraph.text.ends_with([' ', '\n', '\t']) {
                    paragraph.text.push(' ');
                }
            }
        }
    }
}

impl Body {
    fn emit(&mut self, paragraph: &Paragraph) -> Result<(), Fault> {
        let text = paragraph.text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if let Some(level) = paragraph.heading {
            return self.blocks.push(Block::Paragraph, &format!("{}{}", heading_mark(level), text.replace('\n', " ")));
        }
        // The styles of lists are not read: every item gets the same mark.
        let fresh = self.items.last_mut().is_some_and(std::mem::take);
        if fresh {
            return self.blocks.push(Block::Item, &format!("• {text}"));
        }
        self.blocks.push(Block::Paragraph, text)
    }
}
