//! Pages of the web and of mail programs: what a reader sees of them, block by block.
//!
//! A tokenizer of the HTML standard, without a tree: nesting costs no stack, unclosed tags cost nothing. Of a page that marks its main
//! part only that part is read; menus, side columns, buttons and what is marked as hidden are not.

use super::problem::Fault;
use super::text::{Block, Blocks, Document, TextFormat, heading_mark};
use super::{encoding, plain};
use html5gum::{DefaultEmitter, Token, Tokenizer};

/// The html format.
pub struct Html;

/// Lists nested deeper than this are read as one level.
const DEEPEST_LIST: usize = 32;
/// Within so many characters a page names its encoding.
const LONGEST_HEAD: usize = 2048;
/// Elements whose content is not text for readers, or not of the document.
const HIDDEN: [&str; 13] = [
    "aside", "button", "footer", "iframe", "nav", "noscript", "script", "select", "style", "svg", "template",
    "textarea", "title",
];
/// Elements that a page can hide by an attribute. Those whose end may be left out would hide the rest of the page.
const HIDEABLE: [&str; 6] = ["div", "form", "section", "span", "table", "ul"];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 30] = [
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
    "form",
    "header",
    "hr",
    "html",
    "main",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
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
        let (text, mut notes) = plain::decoded(bytes)?;
        let text = encoding::mend_line_ends(text);
        // An encoding that the page itself names is no guess.
        let head: String = text.chars().take(LONGEST_HEAD).collect::<String>().to_lowercase();
        notes.retain(
            |note| !matches!(note, Fault::EncodingAssumed { encoding } if head.contains(&encoding.to_lowercase())),
        );
        let main = read_page(&text, true)?;
        let text = if main.trim().is_empty() { read_page(&text, false)? } else { main };
        Ok(Document { text, notes })
    }
}

/// The text of a page; of its main part alone where `main_only`.
fn read_page(text: &str, main_only: bool) -> Result<String, Fault> {
    let mut page = Page::default();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut inside = 0_usize;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => {
                let name = String::from_utf8_lossy(&tag.name);
                inside += usize::from(name == "main");
                if inside > 0 || !main_only {
                    page.start(&name, is_hidden(&tag))?;
                }
            }
            Ok(Token::EndTag(tag)) => {
                let name = String::from_utf8_lossy(&tag.name);
                if inside > 0 || !main_only {
                    page.end(&name)?;
                }
                inside = inside.saturating_sub(usize::from(name == "main"));
            }
            Ok(Token::String(text)) if page.hidden.is_empty() && (inside > 0 || !main_only) => {
                page.text(&String::from_utf8_lossy(&text));
            }
            _ => {}
        }
    }
    page.finish()
}

/// True where nobody sees what the element holds: a hidden or menu element, or a mark that leads to a note of Word and back.
fn is_hidden(tag: &html5gum::StartTag<()>) -> bool {
    let name = String::from_utf8_lossy(&tag.name);
    let attribute = |wanted: &str| {
        let value = tag.attributes.get(wanted.as_bytes());
        value.map(|value| String::from_utf8_lossy(&value.value).replace(' ', "").to_lowercase())
    };
    let hidden =
        || attribute("hidden").is_some() || attribute("style").is_some_and(|style| style.contains("display:none"));
    let note = || attribute("href").is_some_and(|target| target.starts_with("#_ftn"));
    let concealed = HIDDEN.contains(&&*name) || HIDEABLE.contains(&&*name) && hidden() || name == "a" && note();
    concealed && !tag.self_closing
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
    /// The open tables: true where a row is open.
    tables: Vec<bool>,
}

impl Page {
    fn start(&mut self, name: &str, hides: bool) -> Result<(), Fault> {
        if !self.hidden.is_empty() {
            self.hidden_depth += usize::from(self.hidden == name);
            return Ok(());
        }
        if hides {
            (self.hidden, self.hidden_depth) = (name.to_owned(), 1);
            return Ok(());
        }
        match name {
            "br" => self.block.push('\n'),
            "table" => {
                self.close()?;
                self.tables.push(false);
            }
            "tr" => {
                self.end_row()?;
                self.begin_row();
            }
            "td" | "th" => {
                self.close()?;
                self.begin_row();
                self.blocks.begin_cell();
            }
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
            "tr" => self.end_row()?,
            "table" => {
                self.end_row()?;
                self.tables.pop();
            }
            "li" | "td" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.close()?,
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

    /// Opens a row where a table has none open.
    fn begin_row(&mut self) {
        if let Some(open) = self.tables.last_mut().filter(|open| !**open) {
            *open = true;
            self.blocks.begin_row();
        }
    }

    /// Ends the block, and the row where one is open.
    fn end_row(&mut self) -> Result<(), Fault> {
        self.close()?;
        if self.tables.last_mut().is_some_and(std::mem::take) { self.blocks.end_row() } else { Ok(()) }
    }

    /// The text of the page, with everything closed that was left open.
    fn finish(mut self) -> Result<String, Fault> {
        while !self.tables.is_empty() {
            self.end_row()?;
            self.tables.pop();
        }
        self.close()?;
        Ok(self.blocks.finish())
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
        for parts in ["<div><ul><li>", "<table><tr><td><ul><li>", "<main><table><td><ol><li>"] {
            let deep = format!("{}Жол{}", parts.repeat(100_000), "</div></table>".repeat(100_000));
            let text = Html.read(deep.as_bytes()).map(|read| read.text).expect("a page");
            assert_eq!(text.trim_start_matches(|c: char| !c.is_alphabetic()), "Жол\n");
        }
    }

    #[test]
    fn a_saved_page_is_read_without_menus_and_a_page_of_word_without_marks_of_notes() {
        let site = "<nav><a>Басты бет</a></nav><main><h1>Бағдарлама</h1><p>Мектеп саламын.<br><br>Жол жөндеймін.</p>\
            <div class=share><button>Бөлісу</button></div><div style='display: none'>Жасырын</div></main><footer>© 2026</footer>";
        assert_eq!(
            Html.read(site.as_bytes()).expect("a page").text,
            "# Бағдарлама\n\nМектеп саламын.\n\nЖол жөндеймін.\n"
        );
        let word = "<meta charset=windows-1251><p>Су тартамын!<a href='#_ftn1'>[1]</a></p><table><tr><td><p>1.</p></td>\
            <td><p>Көпір</p><p>және жол</p></td><td><p>2027</p></td></tr></table><p><a href='#_ftnref1'>[1]</a> Есеп.</p>";
        assert_eq!(
            Html.read(word.as_bytes()).expect("a page").text,
            "Су тартамын!\n\n1.\tКөпір\nжәне жол\t2027\n\nЕсеп.\n"
        );
        let russian = "<meta charset=windows-1251><p>Построю школу в посёлке";
        let bytes: Vec<u8> = encoding_rs::WINDOWS_1251.encode(russian).0.into_owned();
        assert_eq!(Html.read(&bytes), Ok(Document { text: "Построю школу в посёлке\n".into(), notes: Vec::new() }));
    }
}
