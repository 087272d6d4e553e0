//! Word documents (Office Open XML): paragraphs, headings, lists, tables, notes.
//!
//! Read as Word shows the text with all changes accepted: deleted text is left out, the numbers of automatic lists are written.

use super::archive::{Archive, Elements, attribute, walk};
use super::numbering::{Numbering, Styles};
use super::problem::Fault;
use super::text::{Block, Blocks, Document, TextFormat, heading_mark};
use quick_xml::events::BytesStart;

/// The docx format.
pub struct Docx;

impl TextFormat for Docx {
    fn endings(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn read(&self, bytes: &[u8]) -> Result<Document, Fault> {
        let mut archive = Archive::open(bytes, "docx")?;
        let main = archive.needed("word/document.xml")?;
        let styles =
            archive.text("word/styles.xml")?.map_or_else(|| Ok(Styles::default()), |xml| Styles::parse(&xml))?;
        let numbering = archive
            .text("word/numbering.xml")?
            .map_or_else(|| Ok(Numbering::default()), |xml| Numbering::parse(&xml))?;
        let mut body = Body { styles, numbering, ..Body::default() };
        walk("docx", &main, &mut body)?;
        for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
            if let Some(xml) = archive.text(notes)? {
                walk("docx", &xml, &mut body)?;
            }
        }
        Ok(Document { text: body.blocks.finish(), notes: Vec::new() })
    }
}

/// A paragraph being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: String,
    outline: Option<usize>,
    list: Option<String>,
    level: Option<usize>,
}

/// The document being read.
#[derive(Default)]
struct Body {
    styles: Styles,
    numbering: Numbering,
    blocks: Blocks,
    /// Open paragraphs; more than one where a text box stands in a paragraph.
    paragraphs: Vec<Paragraph>,
    /// Within a run of text.
    shown: bool,
}

impl Elements for Body {
    /// Old versions of text and of its form, and the fall-back beside a drawing that holds the same words.
    const HIDDEN: &'static [&'static str] = &["moveFrom", "del", "pPrChange", "rPrChange", "Fallback"];

    fn open(&mut self, name: &str, element: &BytesStart) -> Result<(), Fault> {
        let value = |name: &str| attribute(element, name);
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "tr" => self.blocks.begin_row(),
            "tc" => self.blocks.begin_cell(),
            _ => {}
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return Ok(()) };
        match name {
            "t" => self.shown = true,
            "tab" | "ptab" if element.attributes_raw().is_empty() => paragraph.text.push('\t'),
            "br" | "cr" => paragraph.text.push('\n'),
            "noBreakHyphen" => paragraph.text.push('-'),
            "pStyle" => paragraph.style = value("val").unwrap_or_default(),
            "outlineLvl" => paragraph.outline = value("val").and_then(|level| level.parse().ok()),
            "numId" => paragraph.list = value("val"),
            "ilvl" => paragraph.level = value("val").and_then(|level| level.parse().ok()),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "t" => self.shown = false,
            "p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    let (kind, text) = self.rendered(paragraph);
                    self.blocks.push(kind, &text)?;
                }
            }
            "tr" => self.blocks.end_row()?,
            _ => {}
        }
        Ok(())
    }

    fn characters(&mut self, text: &str) {
        if self.shown
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.text.push_str(text);
        }
    }
}

impl Body {
    /// The paragraph with its mark.
    fn rendered(&mut self, paragraph: Paragraph) -> (Block, String) {
        let text = paragraph.text.trim();
        if text.is_empty() {
            return (Block::Paragraph, String::new());
        }
        let style = self.styles.of(&paragraph.style);
        // A table of contents says nothing that its headings do not.
        if style.contents || paragraph.style.starts_with("TOC") {
            return (Block::Paragraph, String::new());
        }
        // Outline levels are counted from 0; 9 is body text.
        if let Some(level) = paragraph.outline.or(style.outline).filter(|level| *level < 9) {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            return (Block::Paragraph, format!("{}{line}", heading_mark(level + 1)));
        }
        let level = paragraph.level.or(style.level).unwrap_or(0);
        match paragraph.list.or(style.list).filter(|list| list != "0") {
            Some(list) => match self.numbering.next(&list, level) {
                Some(mark) => (Block::Item, format!("{mark} {text}")),
                None => (Block::Paragraph, text.to_owned()),
            },
            None => (Block::Paragraph, text.to_owned()),
        }
    }
}
