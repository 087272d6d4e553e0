//! Styles and automatic lists of Word documents: which paragraphs are headings, and what stands before list items.

use super::archive::{Elements, attribute, walk};
use super::problem::Fault;
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// Levels of a list.
const LEVELS: usize = 9;
/// The longest mark of an item, in characters.
const LONGEST_MARK: usize = 24;
/// The longest chain of styles that inherit from one another.
const LONGEST_CHAIN: usize = 16;

/// What a style says of its paragraphs.
#[derive(Debug, Clone, Default)]
pub struct Style {
    parent: String,
    /// The outline level from 0, where it is a heading.
    pub outline: Option<usize>,
    /// The list.
    pub list: Option<String>,
    /// The level in the list.
    pub level: Option<usize>,
    /// True for entries and headings of a table of contents.
    pub contents: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    current: Option<(String, Style)>,
}

impl Styles {
    /// Reads `word/styles.xml`.
    ///
    /// # Errors
    /// [`Fault::Broken`]
    pub fn parse(xml: &str) -> Result<Self, Fault> {
        let mut styles = Self::default();
        walk("docx", xml, &mut styles)?;
        Ok(styles)
    }

    /// The style of that id with what it inherits.
    pub fn of(&self, id: &str) -> Style {
        let mut merged = Style::default();
        let mut id = id;
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = self.styles.get(id) else { break };
            merged.outline = merged.outline.or(style.outline);
            merged.list = merged.list.or_else(|| style.list.clone());
            merged.level = merged.level.or(style.level);
            merged.contents |= style.contents;
            id = &style.parent;
        }
        merged
    }
}

impl Elements for Styles {
    fn open(&mut self, name: &str, element: &BytesStart) -> Result<(), Fault> {
        if name == "style" {
            self.current = Some((attribute(element, "styleId").unwrap_or_default(), Style::default()));
            return Ok(());
        }
        let Some((_, style)) = &mut self.current else { return Ok(()) };
        let Some(value) = attribute(element, "val") else { return Ok(()) };
        match name {
            "name" => {
                // Built-in names are English in every edition of the program.
                style.contents = value.to_lowercase().starts_with("toc ");
                let level = value.to_lowercase().strip_prefix("heading ").and_then(|level| level.parse::<usize>().ok());
                let title = value.eq_ignore_ascii_case("title").then_some(0);
                style.outline = style.outline.or(level.and_then(|level| level.checked_sub(1))).or(title);
            }
            "basedOn" => style.parent = value,
            "outlineLvl" => style.outline = value.parse().ok(),
            "numId" => style.list = Some(value),
            "ilvl" => style.level = value.parse().ok(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        if name == "style"
            && let Some((id, style)) = self.current.take()
        {
            self.styles.insert(id, style);
        }
        Ok(())
    }

    fn characters(&mut self, _text: &str) {}
}

/// How one level of a list counts.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: usize,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    /// Kinds of lists with their levels.
    kinds: HashMap<String, Vec<Level>>,
    /// The kind of each list.
    lists: HashMap<String, String>,
    /// The last numbers of each kind of list.
    counts: HashMap<String, [Option<usize>; LEVELS]>,
    kind: String,
    list: String,
    overriding: bool,
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    ///
    /// # Errors
    /// [`Fault::Broken`]
    pub fn parse(xml: &str) -> Result<Self, Fault> {
        let mut numbering = Self::default();
        walk("docx", xml, &mut numbering)?;
        Ok(numbering)
    }

    /// The mark of the next item of `list` at `level`; `None` where the list shows none.
    pub fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let Some(kind) = self.lists.get(list) else { return Some("•".into()) };
        let levels = self.kinds.get(kind)?;
        let Some(own) = levels.get(level) else { return Some("•".into()) };
        match own.format.as_str() {
            "none" => return None,
            "bullet" => return Some("•".into()),
            _ => {}
        }
        let counts = self.counts.entry(kind.clone()).or_default();
        counts[level] = Some(counts[level].map_or(own.start, |count| count.saturating_add(1)));
        for deeper in &mut counts[level + 1..] {
            *deeper = None;
        }
        let mut mark = own.text.clone();
        for (place, format) in levels.iter().enumerate() {
            let sign = format!("%{}", place + 1);
            if mark.contains(&sign) {
                mark = mark.replace(&sign, &number(counts[place].unwrap_or(format.start), &format.format));
            }
        }
        let mark: String = mark.trim().chars().take(LONGEST_MARK).collect();
        (!mark.is_empty()).then_some(mark)
    }
}

impl Elements for Numbering {
    fn open(&mut self, name: &str, element: &BytesStart) -> Result<(), Fault> {
        let value = || attribute(element, "val").unwrap_or_default();
        match name {
            "abstractNum" => self.kind = attribute(element, "abstractNumId").unwrap_or_default(),
            "num" => self.list = attribute(element, "numId").unwrap_or_default(),
            "abstractNumId" => drop(self.lists.insert(self.list.clone(), value())),
            "lvlOverride" => self.overriding = true,
            "lvl" if !self.overriding => {
                let levels = self.kinds.entry(self.kind.clone()).or_default();
                if levels.len() < LEVELS {
                    levels.push(Level { start: 1, ..Level::default() });
                }
            }
            "numFmt" | "lvlText" | "start" if !self.overriding => {
                let Some(level) = self.kinds.get_mut(&self.kind).and_then(|levels| levels.last_mut()) else {
                    return Ok(());
                };
                match name {
                    "numFmt" => level.format = value(),
                    "lvlText" => level.text = value().chars().take(LONGEST_MARK).collect(),
                    _ => level.start = value().parse().unwrap_or(1),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        if name == "lvlOverride" {
            self.overriding = false;
        }
        Ok(())
    }

    fn characters(&mut self, _text: &str) {}
}

/// A number as a list shows it; in digits where the list's own way is not known.
fn number(number: usize, format: &str) -> String {
    /// Letters of Russian lists: ё, й, ъ, ы and ь are passed over.
    const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
    const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
    let letter = |letters: &str| {
        let count = letters.chars().count();
        let place = number.checked_sub(1)?;
        // After the last letter, letters are doubled: aa, bb.
        let letter = letters.chars().nth(place % count)?;
        (place / count < 4).then(|| letter.to_string().repeat(place / count + 1))
    };
    let shown = match format {
        "lowerLetter" => letter(LATIN),
        "upperLetter" => letter(LATIN).map(|mark| mark.to_uppercase()),
        "russianLower" => letter(RUSSIAN),
        "russianUpper" => letter(RUSSIAN).map(|mark| mark.to_uppercase()),
        "lowerRoman" => roman(number).map(|mark| mark.to_lowercase()),
        "upperRoman" => roman(number),
        _ => None,
    };
    shown.unwrap_or_else(|| number.to_string())
}

fn roman(mut number: usize) -> Option<String> {
    const SIGNS: [(usize, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    if number == 0 || number > 399 {
        return None;
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_show_them() {
        let shown = ["decimal", "lowerLetter", "russianLower", "upperRoman"].map(|format| number(4, format));
        assert_eq!(shown, ["4", "d", "г", "IV"]);
        assert_eq!(number(29, "russianLower"), "аа");
        assert_eq!(number(usize::MAX, "upperRoman"), usize::MAX.to_string());
    }

    #[test]
    fn levels_count_on_their_own_and_begin_anew_under_the_next_number() {
        let xml = r#"<w:numbering><w:abstractNum w:abstractNumId="7">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
            </w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let mut numbering = Numbering::parse(xml).expect("xml");
        let marks: Vec<_> = [0, 1, 1, 0, 1].map(|level| numbering.next("2", level)).into_iter().flatten().collect();
        assert_eq!(marks, ["1.", "1.1.", "1.2.", "2.", "2.1."]);
        assert_eq!(numbering.next("9", 0).as_deref(), Some("•"), "a list that is not described");
    }
}
