//! Lines and blocks of a page from its glyphs.
//!
//! Takes glyphs with place, width and size, in points, `y` upwards; gives blocks of lines. Promises: no glyph is lost but
//! doubled ones (shadows, bold print); order is that of the file. Knows nothing of the file's format.

/// Parts of a letter's size: a step of the height that begins a line; gaps that part words and cells; an indent that begins a block.
const LINE_STEP: f64 = 0.5;
const WORD_GAP: f64 = 0.15;
const CELL_GAP: f64 = 2.0;
const INDENT: f64 = 1.0;
/// A gap between lines this much larger than the page's usual one parts blocks.
const BLOCK_GAP: f64 = 1.35;
/// The most bytes of text of one page: it would be printed black.
const LONGEST_PAGE: usize = 4 << 20;

#[derive(Debug, Clone)]
struct Line {
    left: f64,
    right: f64,
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
    lines: Vec<Line>,
    bytes: usize,
    /// The last glyph and where it stood.
    last: Option<(f64, f64, String)>,
}

impl Page {
    /// True where nothing is to be read on the page.
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| line.text.trim().is_empty())
    }

    /// The next glyph: its place, width and size, and what it says.
    pub fn glyph(&mut self, x: f64, y: f64, width: f64, size: f64, text: &str) {
        let sane = [x, y, width, size].iter().all(|number| number.is_finite());
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        if !sane || text.is_empty() || self.bytes + text.len() > LONGEST_PAGE {
            return;
        }
        let doubled = self.last.as_ref().is_some_and(|(last_x, last_y, last)| {
            *last == text && (x - last_x).abs() < 0.1 * size && (y - last_y).abs() < 0.1 * size
        });
        if doubled {
            return;
        }
        self.bytes += text.len();
        let blank = text.trim().is_empty();
        self.last = Some((x, y, text.clone()));
        let line = self.lines.last_mut().filter(|line| {
            let step = (y - line.height).abs() < LINE_STEP * size.max(line.size);
            // Marks of footnotes and hanging letters go back a little; a new column goes back far.
            step && x > line.right - size.max(1.0)
        });
        match line {
            Some(line) => {
                let gap = x - line.right;
                if gap > CELL_GAP * size {
                    line.text.truncate(line.text.trim_end().len());
                    line.text.push('\t');
                } else if gap > WORD_GAP * size && !blank && !line.text.ends_with(char::is_whitespace) {
                    line.text.push(' ');
                }
                if !(blank && line.text.ends_with(char::is_whitespace)) {
                    line.text.push_str(if blank { " " } else { &text });
                }
                line.right = line.right.max(x + width);
                if !blank {
                    line.size = line.size.max(size);
                }
            }
            // White space at the front of a line says nothing.
            None if blank => {}
            None => self.lines.push(Line { left: x, right: x + width, height: y, size, text }),
        }
    }

    /// The blocks of the page.
    pub fn blocks(self) -> Vec<PageBlock> {
        let lines: Vec<Line> = self.lines.into_iter().filter(|line| !line.text.trim().is_empty()).collect();
        let usual = usual_gap(&lines);
        let mut blocks: Vec<PageBlock> = Vec::new();
        let mut above: Option<&Line> = None;
        for line in &lines {
            let text = line.text.trim();
            let joins = above.is_some_and(|above| continues(above, line, usual));
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

/// The middle one of the gaps between lines that follow on one another.
fn usual_gap(lines: &[Line]) -> f64 {
    let down = |pair: &[Line]| Some(pair[0].height - pair[1].height).filter(|gap| *gap > 0.0);
    let mut gaps: Vec<f64> = lines.windows(2).filter_map(down).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or_default()
}

/// True where `line` goes on with the block of the line `above` it.
fn continues(above: &Line, line: &Line, usual: f64) -> bool {
    let gap = above.height - line.height;
    let size = above.size.max(line.size);
    let near = gap > 0.0 && gap <= BLOCK_GAP * usual.min(2.5 * size).max(size);
    let alike = (above.size - line.size).abs() <= 0.1 * size;
    let indented = line.left > above.left + INDENT * size;
    let row = above.text.trim().contains('\t') || line.text.trim().contains('\t');
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
        let mut insane = Page::default();
        insane.glyph(f64::NAN, 0.0, 1.0, 1.0, "x");
        assert!(insane.is_blank());
    }
}
