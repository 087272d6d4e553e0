//! Lines and blocks of pages from their glyphs.
//!
//! Takes glyphs with place, width and size, in points, `y` upwards; gives blocks of lines. Promises: no glyph is lost but
//! doubled ones (shadows, bold print), page numbers and running heads after their first page; lines keep the file's order, letters
//! stand from left to right. Knows nothing of the file's format.

use std::collections::{HashMap, HashSet};

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
/// So many letters' sizes upwards begin another column.
const COLUMN: f64 = 10.0;
/// So many lines at the top and at the bottom of a page may be running heads.
const EDGE: usize = 2;
/// The most bytes of text of one page: it would be printed black.
const LONGEST_PAGE: usize = 4 << 20;

/// A line being read: letters in the order in which the file draws them.
#[derive(Debug, Clone)]
struct Line {
    height: f64,
    size: f64,
    left: f64,
    right: f64,
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
    /// Where the text behind its list mark, or its last cell, begins.
    hang: f64,
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
        // Letters that a font lacks are drawn in another font, often after the rest of their line or paragraph. What stands far
        // beside an earlier line is the first line of another box.
        let last = self.lines.len().saturating_sub(1);
        let fits = |(place, line): &(usize, &mut Line)| {
            let beside = x >= line.left - CELL_GAP * size && x <= line.right + CELL_GAP * size;
            (y - line.height).abs() < LINE_STEP * size.max(line.size) && (*place == last || beside)
        };
        let recent = self.lines.iter_mut().enumerate().rev().take(RECENT_LINES).filter(fits);
        match recent.min_by(|(_, a), (_, b)| (y - a.height).abs().total_cmp(&(y - b.height).abs())) {
            Some((_, line)) => {
                line.glyphs.push(glyph);
                if !blank {
                    line.size = line.size.max(size);
                    (line.left, line.right) = (line.left.min(x), line.right.max(glyph.right));
                }
            }
            // White space at the front of a line says nothing.
            None if blank => {}
            None => self.lines.push(Line { height: y, size, left: x, right: glyph.right, glyphs: vec![glyph] }),
        }
    }

    fn written(self) -> Vec<Written> {
        let written = self.lines.iter().map(|line| line.written(&self.letters));
        written.filter(|line| !line.text.is_empty()).collect()
    }
}

/// The blocks of the pages of a document, in order. A paragraph goes on in the next column and on the next page.
pub fn blocks(pages: Vec<Page>) -> Vec<PageBlock> {
    let pages: Vec<Vec<Written>> = pages.into_iter().map(Page::written).collect();
    let running = running_heads(&pages);
    let mut shown = HashSet::new();
    let mut blocks: Vec<PageBlock> = Vec::new();
    // The block that the text is in, its last line, and the left edge of the item that it is, if it is one: its lines stand left of
    // its mark only where a sentence goes on.
    let (mut open, mut above, mut item): (usize, Option<Written>, Option<f64>) = (0, None, None);
    for page in pages {
        let usual = usual_gap(&page);
        let edges = edges(&page);
        let mut first = true;
        for (place, line) in page.into_iter().enumerate() {
            let head = line.head();
            if edges.contains(&place) && running.contains(&head) {
                if line.text.contains(char::is_alphabetic) && shown.insert(head) {
                    blocks.push(PageBlock { text: line.text, size: line.size });
                }
                continue;
            }
            let outside = item.is_some_and(|left| line.left < left - INDENT * line.size / 2.0);
            let joins = above.as_ref().is_some_and(|above| {
                let jumps = first || line.height - above.height > COLUMN * line.size;
                if jumps {
                    flows_on(above, &line)
                } else {
                    continues(above, &line, usual) && (!outside || flows_on(above, &line))
                }
            });
            if joins {
                blocks[open].text.push('\n');
                blocks[open].text.push_str(&line.text);
            } else {
                item = line.text.starts_with(MARKS).then_some(line.left);
                open = blocks.len();
                blocks.push(PageBlock { text: line.text.clone(), size: line.size });
            }
            first = false;
            above = Some(line);
        }
    }
    blocks
}

/// The lines that stand at the edge of a third of all pages, and of two at least, at the same height; numbers may differ.
fn running_heads(pages: &[Vec<Written>]) -> HashSet<(String, i64)> {
    let mut counts: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages {
        let heads: HashSet<_> = edges(page).into_iter().map(|place| page[place].head()).collect();
        for head in heads {
            *counts.entry(head).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= 2 && *count * 3 >= pages.len());
    counts.into_keys().collect()
}

/// Places of the highest and the lowest lines of a page.
fn edges(page: &[Written]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..page.len()).collect();
    places.sort_by(|a, b| page[*a].height.total_cmp(&page[*b].height));
    let top = places.len().saturating_sub(EDGE).max(EDGE.min(places.len()));
    places.drain(EDGE.min(places.len())..top);
    places
}

impl Written {
    /// What tells a running head: its text without the numbers, and its height.
    #[allow(clippy::cast_possible_truncation, reason = "points of a page")]
    fn head(&self) -> (String, i64) {
        let mut text = String::with_capacity(self.text.len());
        for c in self.text.chars() {
            match c {
                '0'..='9' if text.ends_with('0') => {}
                '0'..='9' => text.push('0'),
                _ => text.push(c),
            }
        }
        (text, (self.height / 2.0).round() as i64)
    }
}

impl Line {
    /// The line from left to right; `letters` are those of its page.
    fn written(&self, letters: &str) -> Written {
        let mut glyphs = self.glyphs.clone();
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let mut text = String::new();
        let mut hang = self.left;
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
                if text.ends_with('\t') || text.ends_with(' ') && is_mark(text.trim_end()) {
                    hang = glyph.x;
                }
                text.push_str(own);
            } else if !text.ends_with(char::is_whitespace) {
                text.push(' ');
            }
            last = Some((glyph, last.map_or(glyph.right, |(_, right)| right.max(glyph.right))));
        }
        Written { left: self.left, hang, height: self.height, size: self.size, text: text.trim().to_owned() }
    }
}

/// True for what a line of a list begins with: `•`, `1.`, `2)`.
fn is_mark(text: &str) -> bool {
    text.starts_with(MARKS) && text.chars().count() <= 5 && !text.contains(char::is_alphabetic)
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
    // The further lines of an item stand under its text, those of a cell under the cell.
    let hangs = above.hang > above.left && (line.left - above.hang).abs() <= INDENT * size / 2.0;
    let indented = line.left > above.left + INDENT * size;
    let row = line.text.contains('\t') || above.text.contains('\t') && !hangs;
    near && alike && (hangs || !indented) && !row
}

/// True where a sentence that stops at the end of a column or page goes on in `line`.
fn flows_on(above: &Written, line: &Written) -> bool {
    let alike = (above.size - line.size).abs() <= 0.1 * above.size.max(line.size);
    let open = !above.text.ends_with(['.', '!', '?', ';', ':', '…']) && !above.text.contains('\t');
    alike && open && line.text.starts_with(char::is_lowercase) && !line.text.contains('\t')
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
        document(vec![page(lines)])
    }

    fn document(pages: Vec<Page>) -> Vec<String> {
        super::blocks(pages).into_iter().map(|block| block.text).collect()
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
        assert_eq!(document(vec![shadow]), ["Жо"]);
        let mut late = page(&[(50.0, 700.0, 10.0, "Ж_л"), (50.0, 688.0, 10.0, "су")]);
        late.glyph(55.0, 700.0, 5.0, 10.0, "о");
        assert_eq!(document(vec![late]), ["Жол\nсу"], "a letter of another font");
        let mut insane = Page::default();
        insane.glyph(f64::NAN, 0.0, 1.0, 1.0, "x");
        assert!(insane.is_blank());
    }

    #[test]
    fn lines_of_items_and_cells_hang_under_their_text() {
        let found = blocks(&[
            (50.0, 700.0, 10.0, "•__жаңа мектеп"),
            (65.0, 688.0, 10.0, "саламын;"),
            (50.0, 676.0, 10.0, "•__жол жөндеймін."),
            (65.0, 664.0, 10.0, "•__көше"),
            (50.0, 640.0, 10.0, "1_____Амбулатория"),
            (80.0, 628.0, 10.0, "ашу"),
        ]);
        let indented = blocks(&[
            (80.0, 700.0, 10.0, "•_газ тарту"),
            (50.0, 688.0, 10.0, "және су құбырын салу;"),
            (50.0, 676.0, 10.0, "Абзац."),
        ]);
        assert_eq!(indented, ["• газ тарту\nжәне су құбырын салу;", "Абзац."]);
        let items = "• жаңа мектеп\nсаламын;\n• жол жөндеймін.\n• көше";
        assert_eq!(found, [items, "1\tАмбулатория\nашу"]);
    }

    #[test]
    fn boxes_side_by_side_are_read_one_after_the_other() {
        let found = blocks(&[
            (300.0, 700.0, 10.0, "ДЕНСАУЛЫҚ"),
            (300.0, 680.0, 10.0, "Емхана салу"),
            (50.0, 700.0, 10.0, "ЖОЛДАР"),
            (50.0, 680.0, 10.0, "Жарық орнату"),
        ]);
        assert_eq!(found, ["ДЕНСАУЛЫҚ\nЕмхана салу", "ЖОЛДАР\nЖарық орнату"]);
    }

    #[test]
    fn sentences_go_on_in_the_next_column_and_on_the_next_page_past_running_heads() {
        let pages = [("Су тартамын. Жол", "жөндеп, мектеп"), ("саламын.", "Газ тартамын."), ("Саябақ.", "Соңы.")];
        let pages = pages.into_iter().enumerate().map(|(place, (left, right))| {
            page(&[
                (50.0, 800.0, 10.0, "Сайлауалды бағдарлама"),
                (50.0, 600.0, 10.0, left),
                (300.0, 780.0, 10.0, right),
                (150.0, 30.0, 10.0, &format!("{}", place + 9)),
            ])
        });
        let expected = [
            "Сайлауалды бағдарлама",
            "Су тартамын. Жол\nжөндеп, мектеп\nсаламын.",
            "Газ тартамын.",
            "Саябақ.",
            "Соңы.",
        ];
        assert_eq!(document(pages.collect()), expected);
    }
}
