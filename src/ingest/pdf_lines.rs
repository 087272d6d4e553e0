//! Lines and blocks of a page from its glyphs.
//!
//! Takes glyphs with place, width and size, in points, `y` upwards; gives blocks of lines. Promises: no glyph is lost but
//! doubled ones (shadows, bold print); lines keep the file's order, letters stand from left to right. Knows nothing of the file's format.

/// Parts of a letter's size: a step of the height that begins a line; gaps that part words and cells; an indent that begins a block.
const LINE_STEP: f64 = 0.5;
const WORD_GAP: f64 = 0.15;
const CELL_GAP: f64 = 2.0;
const INDENT: f64 = 1.0;
/// A gap between lines this much larger than the page's usual one parts blocks.
const BLOCK_GAP: f64 = 1.35;
/// What items of lists begin with.
const MARKS: [char; 17] = ['•', '–', '—', '-', '▪', '◦', '✓', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
/// So many lines back a letter may belong.
const RECENT_LINES: usize = 4;
/// The most bytes of text of one page: it would be printed black.
const LONGEST_PAGE: usize = 4 << 20;

/// A line being read: letters in the order in which the file draws them.
#[derive(Debug, Clone)]
struct Line {
    height: f64,
    size: f64,
    glyphs: Vec<Glyph>,
}

#[derive(Debug, Clone, Copy)]
struct Glyph {
    x: f64,
    right: f64,
    size: f64,
    /// Where its text stands in the page's letters.
    from: usize,
    to: usize,
}

/// A line put together from left to right.
struct Written {
    left: f64,
    height: f64,
    size: f64,
    text: String,
}

/// A block of lines.
#[derive(Debug, Clone, PartialEq)]
pub struct PageBlock {
    /// The lines, parted by line breaks.
    pub text: String,
    /// The size of its letters, in points.
    pub size: f64,
}

/// A page being read.
#[derive(Debug, Clone, Default)]
pub struct Page {
    letters: String,
    lines: Vec<Line>,
}

impl Page {
    /// True where nothing is to be read on the page.
    pub fn is_blank(&self) -> bool {
        self.letters.trim().is_empty()
    }

    /// The next glyph: its place, width and size, and what it says.
    pub fn glyph(&mut self, x: f64, y: f64, width: f64, size: f64, text: &str) {
        let sane = [x, y, width, size].iter().all(|number| number.is_finite());
        if !sane || self.letters.len() + text.len() > LONGEST_PAGE {
            return;
        }
        let from = self.letters.len();
        self.letters.extend(text.chars().filter(|c| !c.is_control()));
        let to = self.letters.len();
        let blank = self.letters[from..].trim().is_empty();
        if to == from || blank && self.lines.is_empty() {
            return;
        }
        let glyph = Glyph { x, right: x + width, size, from, to };
        // Letters that a font lacks are drawn in another font, often after the rest of their line or paragraph.
        let recent = self.lines.iter_mut().rev().take(RECENT_LINES);
        let near = |line: &&mut Line| (y - line.height).abs() < LINE_STEP * size.max(line.size);
        match recent.min_by(|a, b| (y - a.height).abs().total_cmp(&(y - b.height).abs())).filter(near) {
            Some(line) => {
                line.glyphs.push(glyph);
                if !blank {
                    line.size = line.size.max(size);
                }
            }
            // White space at the front of a line says nothing.
            None if blank => {}
            None => self.lines.push(Line { height: y, size, glyphs: vec![glyph] }),
        }
    }

    /// The blocks of the page.
    pub fn blocks(self) -> Vec<PageBlock> {
        let written = self.lines.iter().map(|line| line.written(&self.letters));
        let lines: Vec<Written> = written.filter(|line| !line.text.is_empty()).collect();
        let usual = usual_gap(&lines);
        let mut blocks: Vec<PageBlock> = Vec::new();
        let mut above: Option<&Written> = None;
        // The left edge of the item that the block is, if it is one: its lines do not stand left of its mark.
        let mut item: Option<f64> = None;
        for line in &lines {
            let text = line.text.as_str();
            let outside = item.is_some_and(|left| line.left < left - INDENT * line.size / 2.0);
            let joins = !outside && above.is_some_and(|above| continues(above, line, usual));
            if !joins {
                item = text.starts_with(MARKS).then_some(line.left);
            }
            match blocks.last_mut().filter(|_| joins) {
                Some(block) => {
                    block.text.push('\n');
                    block.text.push_str(text);
                }
                None => blocks.push(PageBlock { text: text.to_owned(), size: line.size }),
            }
            above = Some(line);
        }
        blocks
    }
}

impl Line {
    /// The line from left to right; `letters` are those of its page.
    fn written(&self, letters: &str) -> Written {
        let mut glyphs = self.glyphs.clone();
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let mut text = String::new();
        let mut last: Option<(Glyph, f64)> = None;
        for glyph in glyphs {
            let own = &letters[glyph.from..glyph.to];
            let doubled = |(before, _): (Glyph, f64)| {
                letters[before.from..before.to] == *own && (glyph.x - before.x).abs() < 0.1 * glyph.size
            };
            if last.is_some_and(doubled) {
                continue;
            }
            let blank = own.trim().is_empty();
            if let Some((_, right)) = last {
                let gap = glyph.x - right;
                if gap > CELL_GAP * glyph.size {
                    text.truncate(text.trim_end().len());
                    text.push('\t');
                } else if gap > WORD_GAP * glyph.size && !blank && !text.ends_with(char::is_whitespace) {
                    text.push(' ');
                }
            }
            if !blank {
                text.push_str(own);
            } else if !text.ends_with(char::is_whitespace) {
                text.push(' ');
            }
            last = Some((glyph, last.map_or(glyph.right, |(_, right)| right.max(glyph.right))));
        }
        let left = self.glyphs.iter().map(|glyph| glyph.x).fold(f64::INFINITY, f64::min);
        Written { left, height: self.height, size: self.size, text: text.trim().to_owned() }
    }
}

/// The middle one of the gaps between lines that follow on one another.
fn usual_gap(lines: &[Written]) -> f64 {
    let down = |pair: &[Written]| Some(pair[0].height - pair[1].height).filter(|gap| *gap > 0.0);
    let mut gaps: Vec<f64> = lines.windows(2).filter_map(down).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or_default()
}

/// True where `line` goes on with the block of the line `above` it.
fn continues(above: &Written, line: &Written, usual: f64) -> bool {
    let gap = above.height - line.height;
    let size = above.size.max(line.size);
    let near = gap > 0.0 && gap <= BLOCK_GAP * usual.min(2.5 * size).max(size);
    let alike = (above.size - line.size).abs() <= 0.1 * size;
    let indented = line.left > above.left + INDENT * size;
    let row = above.text.contains('\t') || line.text.contains('\t');
    near && alike && !indented && !row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page whose letters are half as wide as high; `(x, y, size, text)`.
    fn page(lines: &[(f64, f64, f64, &str)]) -> Page {
        let mut page = Page::default();
        for (left, height, size, text) in lines {
            let mut x = *left;
            for c in text.chars() {
                if c != '_' {
                    page.glyph(x, *height, size / 2.0, *size, &c.to_string());
                }
                x += size / 2.0;
            }
        }
        page
    }

    fn blocks(lines: &[(f64, f64, f64, &str)]) -> Vec<String> {
        page(lines).blocks().into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn lines_become_blocks_at_gaps_sizes_and_indents() {
        let found = blocks(&[
            (50.0, 700.0, 16.0, "Білім"),
            (50.0, 670.0, 10.0, "Мектеп саламын және"),
            (50.0, 658.0, 10.0, "жол жөндеймін."),
            (65.0, 646.0, 10.0, "Шегініс."),
            (50.0, 634.0, 10.0, "Жалғасы."),
            (50.0, 600.0, 10.0, "Соңы."),
        ]);
        assert_eq!(found, ["Білім", "Мектеп саламын және\nжол жөндеймін.", "Шегініс.\nЖалғасы.", "Соңы."]);
    }

    #[test]
    fn gaps_part_words_and_cells_and_doubled_print_is_read_once() {
        let wide = blocks(&[(50.0, 700.0, 10.0, "Су_тарту"), (200.0, 700.0, 10.0, "2027"), (50.0, 688.0, 10.0, "Газ")]);
        assert_eq!(wide, ["Су тарту\t2027", "Газ"]);
        let mut shadow = Page::default();
        for c in ["Ж", "о"] {
            let x = if c == "Ж" { 50.0 } else { 55.0 };
            shadow.glyph(x, 700.0, 5.0, 10.0, c);
            shadow.glyph(x + 0.3, 700.0, 5.0, 10.0, c);
        }
        assert_eq!(shadow.blocks()[0].text, "Жо");
        let mut late = page(&[(50.0, 700.0, 10.0, "Ж_л"), (50.0, 688.0, 10.0, "су")]);
        late.glyph(55.0, 700.0, 5.0, 10.0, "о");
        assert_eq!(late.blocks()[0].text, "Жол\nсу", "a letter of another font");
        let mut insane = Page::default();
        insane.glyph(f64::NAN, 0.0, 1.0, 1.0, "x");
        assert!(insane.is_blank());
    }
}
