//! Pages of the web and of mail programs: what a reader sees of them, block by block.
//!
//! A tokenizer of the HTML standard, without a tree: nesting costs no stack, unclosed tags cost nothing.

use super::problem::Fault;
use super::text::{Block, Blocks, Document, TextFormat, heading_mark};
use super::{encoding, plain};
use html5gum::{DefaultEmitter, Token, Tokenizer};

/// The html format.
pub struct Html;

/// Lists nested deeper than this are read as one level.
const DEEPEST_LIST: usize = 32;
/// Elements whose content is not text for readers.
const HIDDEN: [&str; 8] = ["script", "style", "title", "textarea", "iframe", "template", "svg", "select"];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "html",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "ul",
];

impl TextFormat for Html {
    fn endings(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn isolated(&self) -> bool {
        false
    }

    fn read(&self, bytes: &[u8]) -> Result<Document, Fault> {
        let (text, notes) = plain::decoded(bytes)?;
        let text = encoding::mend_line_ends(text);
        let mut page = Page::default();
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(text.as_ref(), emitter) {
            match token {
                Ok(Token::StartTag(tag)) => page.start(&String::from_utf8_lossy(&tag.name), tag.self_closing)?,
                Ok(Token::EndTag(tag)) => page.end(&String::from_utf8_lossy(&tag.name))?,
                Ok(Token::String(text)) if page.hidden.is_empty() => page.text(&String::from_utf8_lossy(&text)),
                _ => {}
            }
        }
        page.close()?;
        Ok(Document { text: page.blocks.finish(), notes })
    }
}

/// A page being read.
#[derive(Default)]
struct Page {
    blocks: Blocks,
    block: String,
    heading: usize,
    /// Open lists: the next number, or none for bullets.
    lists: Vec<Option<usize>>,
    item: Option<String>,
    /// The hidden element that is open, and how often; empty where none is.
    hidden: String,
    hidden_depth: usize,
    preformatted: bool,
}

impl Page {
    fn start(&mut self, name: &str, self_closing: bool) -> Result<(), Fault> {
        if !self.hidden.is_empty() {
            if self.hidden == name && !self_closing {
                self.hidden_depth += 1;
            }
            return Ok(());
        }
        if HIDDEN.contains(&name) && !self_closing {
            (self.hidden, self.hidden_depth) = (name.to_owned(), 1);
            return Ok(());
        }
        match name {
            "br" => self.block.push('\n'),
            "td" | "th" => {
                self.block.truncate(self.block.trim_end_matches(' ').len());
                self.block.push('\t');
            }
            "tr" => self.close()?,
            "li" => {
                self.close()?;
                self.item = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let mark = format!("{number}. ");
                        *number += 1;
                        mark
                    }
                    Some(None) | None => "• ".to_owned(),
                });
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.close()?;
                self.heading = usize::from(name.as_bytes()[1] - b'0');
            }
            _ if BLOCKS.contains(&name) => {
                self.close_block()?;
                match name {
                    "ol" if self.lists.len() < DEEPEST_LIST => self.lists.push(Some(1)),
                    "ul" if self.lists.len() < DEEPEST_LIST => self.lists.push(None),
                    "pre" => self.preformatted = true,
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        if !self.hidden.is_empty() {
            if self.hidden == name {
                self.hidden_depth -= 1;
                if self.hidden_depth == 0 {
                    self.hidden.clear();
                }
            }
            return Ok(());
        }
        match name {
            "ol" | "ul" => {
                self.close()?;
                self.lists.pop();
            }
            "pre" => {
                self.close()?;
                self.preformatted = false;
            }
            "tr" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.close()?,
            _ if BLOCKS.contains(&name) => self.close()?,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            let space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !space || self.preformatted {
                self.block.push(c);
            } else if !self.block.ends_with([' ', '\n', '\t']) {
                self.block.push(' ');
            }
        }
    }

    /// Ends the block before an element of blocks; inside a fresh list item the mark waits for the text: `<li><p>`.
    fn close_block(&mut self) -> Result<(), Fault> {
        if self.block.trim().is_empty() {
            self.block.clear();
            return Ok(());
        }
        self.close()
    }

    /// Ends the block: its text goes out with its mark.
    fn close(&mut self) -> Result<(), Fault> {
        let blank = self.block.trim().is_empty();
        let heading = std::mem::take(&mut self.heading);
        if !blank {
            let text = std::mem::take(&mut self.block);
            let text = text.trim();
            match self.item.take() {
                Some(mark) => self.blocks.push(Block::Item, &format!("{mark}{text}"))?,
                None if heading > 0 => {
                    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    self.blocks.push(Block::Paragraph, &format!("{}{line}", heading_mark(heading)))?;
                }
                None => self.blocks.push(Block::Paragraph, text)?,
            }
        }
        self.block.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_lists_tables_and_entities_are_read_and_scripts_are_not() {
        let page = "<html><head><title>Т</title><style>p{}</style></head><body><h2>Білім &amp; ғылым</h2>\
            <p>Мектеп\n салу.<br>Жол.</p><ol><li>Су<li><p>Газ</p></ol><ul><li>Көпір</ul>\
            <table><tr><td>1</td><td>Саябақ</td></tr><tr><td>2<td>Үй</table><script>x('<p>')</script>Соңы&nbsp;!";
        let read = Html.read(page.as_bytes()).expect("a page");
        let expected =
            "## Білім & ғылым\n\nМектеп салу.\nЖол.\n\n1. Су\n2. Газ\n• Көпір\n\n1\tСаябақ\n\n2\tҮй\n\nСоңы\u{a0}!\n";
        assert_eq!(read.text, expected);
        assert_eq!(read.notes, []);
    }

    #[test]
    fn nesting_costs_nothing() {
        let deep = format!("{}Жол{}", "<div><ul><li>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(Html.read(deep.as_bytes()).map(|read| read.text), Ok("• Жол\n".into()));
    }
}
