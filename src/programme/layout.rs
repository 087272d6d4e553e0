//! Which lines of a programme text belong together: paragraphs, list items, rows of flattened tables, page furniture.
//!
//! Takes the text; gives [`Block`]s in order. A text that was wrapped at a width is joined where the next word did not fit; page
//! numbers and running headers inside a block do not end it. Linear in the text.
//! Knows nothing of: words, languages.

use crate::span::Span;
use std::collections::HashMap;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A line or paragraph of its own.
    Paragraph,
    /// An item after a list mark.
    Item,
    /// A row of a table.
    Row,
    /// The header row of a table or a line that titles rows.
    Title,
    /// A page number or running header.
    Furniture,
}

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where its list mark begins: the block's first byte.
    pub start: usize,
    /// Its lines without mark, white space and furniture.
    pub lines: Vec<Span>,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    /// Without white space at either side.
    span: Span,
    /// Where the content begins, after the list mark.
    content: usize,
    /// A blank line stands before it.
    apart: bool,
    chars: usize,
    furniture: bool,
    row: bool,
}

/// A line is a running header when it stands this often beside a page number.
const RUNNING: usize = 2;
/// Rows or headers of tables need so many successive numbers.
const LEAST_ROWS: usize = 3;
/// A wrapped text is not wider.
const WIDEST_WRAP: usize = 120;

/// The blocks of a text.
pub fn blocks(text: &str, is_page: &dyn Fn(&str) -> bool) -> Vec<Block> {
    let mut lines = read_lines(text);
    mark_rows(text, &mut lines);
    mark_furniture(text, &mut lines, is_page);
    let width = wrap_width(text, &lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut place = 0;
    while place < lines.len() {
        let line = lines[place];
        if line.furniture {
            blocks.push(Block { kind: BlockKind::Furniture, start: line.span.start, lines: vec![line.span] });
            place += 1;
            continue;
        }
        let content = Span::new(line.content, line.span.end);
        if is_header_sign(text, &line) && lines.get(place + 1).is_some() {
            // The cells of a header row, each on a line or all on one.
            let mut end = place + 1;
            if content.of(text).trim() == "№" {
                while lines.get(end).is_some_and(|next| !next.row && !next.apart) {
                    end += 1;
                }
            }
            let cells = lines[place..end].iter().map(|line| line.span).collect();
            blocks.push(Block { kind: BlockKind::Title, start: line.span.start, lines: cells });
            place = end;
            continue;
        }
        // A heading of Markdown stands on a line of its own; it is no item.
        let marked = line.content > line.span.start && !line.span.of(text).starts_with('#');
        let kind = match (line.row, marked) {
            (true, _) => BlockKind::Row,
            (_, true) => BlockKind::Item,
            _ => BlockKind::Paragraph,
        };
        let mut joined = vec![content];
        let mut last = line;
        let mut next = place + 1;
        loop {
            // Furniture between two lines of a block is passed over if the block goes on behind it.
            let mut behind = next;
            while lines.get(behind).is_some_and(|line| line.furniture) {
                behind += 1;
            }
            let Some(candidate) = lines.get(behind) else { break };
            if !continues(text, &last, candidate, line.row, width, behind > next) {
                break;
            }
            joined.push(candidate.span);
            last = *candidate;
            next = behind + 1;
        }
        joined.retain(|span| span.start < span.end);
        if joined.is_empty() {
            joined.push(line.span);
        }
        let cells = line.row && !content.of(text).chars().any(char::is_alphabetic);
        blocks.push(Block { kind, start: line.span.start, lines: joined });
        if cells {
            title_of_next_rows(text, &lines, next, &mut blocks);
        }
        place = next;
    }
    blocks
}

fn read_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut offset, mut apart) = (0, true);
    for raw in text.split_inclusive('\n') {
        // A form feed ends a line too.
        for part in raw.split_inclusive(['\u{c}', '\r', '\u{2028}', '\u{2029}']) {
            let content = part.trim();
            if content.is_empty() {
                // Not the `\n` of a `\r\n` behind text.
                apart |= raw.trim().is_empty();
            } else {
                let start = offset + (part.len() - part.trim_start().len());
                let span = Span::new(start, start + content.len());
                let mark = mark_length(content);
                let chars = content.chars().count();
                let content = start + mark;
                lines.push(Line { span, content, apart, chars, furniture: false, row: false });
                apart = false;
            }
            offset += part.len();
        }
    }
    lines
}

/// Rows of a flattened table: lines that are or begin with the next number of a count from 1.
fn mark_rows(text: &str, lines: &mut [Line]) {
    let number = |line: &Line| -> Option<(usize, bool, usize)> {
        let content = line.span.of(text);
        let digits = content.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 {
            return None;
        }
        let rest = &content[digits..];
        let alone = rest.is_empty();
        let cell = rest.starts_with([' ', '\t', '|'])
            && rest.trim_start_matches([' ', '\t', '|']).starts_with(char::is_alphabetic);
        (alone || cell).then(|| (content[..digits].parse().unwrap_or(0), alone, digits))
    };
    let numbered: Vec<(usize, usize, bool, usize)> = lines
        .iter()
        .enumerate()
        .filter_map(|(place, line)| number(line).map(|(number, alone, digits)| (place, number, alone, digits)))
        .collect();
    for alone in [false, true] {
        let mut run: Vec<(usize, usize)> = Vec::new();
        let flush = |run: &mut Vec<(usize, usize)>, lines: &mut [Line]| {
            // Page numbers stand far apart and alike; cells stand a few lines apart.
            let near = run.windows(2).all(|pair| pair[1].0 - pair[0].0 <= 12);
            let many = run.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 3) || !alone;
            if run.len() >= LEAST_ROWS && near && many {
                for (place, digits) in run.iter() {
                    lines[*place].row = true;
                    let start = lines[*place].span.start + digits;
                    let blank = Span::new(start, lines[*place].span.end).of(text);
                    lines[*place].content = start + blank.len() - blank.trim_start_matches([' ', '\t', '|']).len();
                }
            }
            run.clear();
        };
        let mut expected = 1;
        for (place, number, _, digits) in numbered.iter().filter(|row| row.2 == alone) {
            if *number == expected {
                run.push((*place, *digits));
                expected += 1;
            } else if *number == 1 {
                flush(&mut run, lines);
                run.push((*place, *digits));
                expected = 2;
            }
        }
        flush(&mut run, lines);
    }
}

/// A header row begins with `№`.
fn is_header_sign(text: &str, line: &Line) -> bool {
    let content = line.span.of(text);
    content.strip_prefix('№').is_some_and(|rest| {
        !rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
            && (rest.is_empty() || rest.starts_with([' ', '\t', '|', '\u{a0}']))
    })
}

/// Page numbers, and lines that come again and again beside them.
fn mark_furniture(text: &str, lines: &mut [Line], is_page: &dyn Fn(&str) -> bool) {
    for line in lines.iter_mut().filter(|line| !line.row && line.chars <= 24) {
        line.furniture = is_page_number(line.span.of(text), is_page);
    }
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for (place, line) in lines.iter().enumerate().filter(|(_, line)| !line.furniture && line.chars >= 8) {
        let beside = place > 0 && lines[place - 1].furniture || lines.get(place + 1).is_some_and(|next| next.furniture);
        let count = counts.entry(line.span.of(text)).or_default();
        count.0 += 1;
        count.1 += usize::from(beside);
    }
    let running: Vec<bool> = lines
        .iter()
        .map(|line| {
            counts.get(line.span.of(text)).is_some_and(|(all, beside)| *beside >= RUNNING && beside * 2 >= *all)
        })
        .collect();
    for (line, running) in lines.iter_mut().zip(running) {
        let content = line.span.of(text);
        line.furniture |=
            running || !content.contains(char::is_alphanumeric) && content != "№" || is_contents_entry(content);
    }
}

/// An entry of a table of contents: `Дороги ........ 3`.
fn is_contents_entry(line: &str) -> bool {
    let title = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let leader = title.trim_end().chars().rev().take_while(|c| matches!(c, '.' | '…' | '·' | '_' | ' '));
    let dots: usize = leader.map(|c| if c == '…' { 3 } else { usize::from(c != ' ') }).sum();
    (1..=4).contains(&(line.len() - title.len())) && dots >= 4
}

/// `— 3 —`, `12`, `2 бет / 4`, `стр. 5 из 10`.
fn is_page_number(line: &str, is_page: &dyn Fn(&str) -> bool) -> bool {
    let dash = |c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '.' | '|' | '[' | ']' | '(' | ')' | '*' | '_')
    };
    let (mut digits, mut others) = (0, 0);
    for part in line.split(dash).filter(|part| !part.is_empty()) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() <= 4 {
            digits += 1;
        } else if is_page(&part.to_lowercase()) {
            others += 1;
        } else {
            return false;
        }
    }
    // A number with a point after it is a list mark that lost its item.
    digits > 0 && digits <= 2 && others <= 2 && !(digits == 1 && others == 0 && line.ends_with(['.', ')']))
}

/// The width at which the text was wrapped, if it was.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let (mut cut, mut hyphens, mut pairs) = (0, 0, 0);
    for pair in lines.windows(2).filter(|pair| !pair[1].apart && !pair[0].row && !pair[1].row && !pair[1].furniture) {
        let (before, after) = (pair[0].span.of(text), pair[1].span.of(text));
        pairs += 1;
        hyphens += usize::from(ends_in_hyphen(before) && after.starts_with(char::is_lowercase));
        let open = !before.ends_with(['.', '!', '?', ';', ':', '…']);
        cut += usize::from(
            open && pair[1].content == pair[1].span.start
                && pair[0].chars > 25
                && after.starts_with(char::is_lowercase),
        );
    }
    let width = lines.iter().map(|line| line.chars).max().unwrap_or(0);
    (pairs > 2 && width <= WIDEST_WRAP && (cut * 5 >= pairs || hyphens * 10 >= pairs)).then_some(width)
}

fn ends_in_hyphen(line: &str) -> bool {
    let mut back = line.chars().rev();
    matches!(back.next(), Some('-' | '\u{ad}' | '‐' | '¬')) && back.next().is_some_and(char::is_alphabetic)
}

/// True where `next` goes on with the block that `last` is in.
fn continues(text: &str, last: &Line, next: &Line, row: bool, width: Option<usize>, over_page: bool) -> bool {
    if next.row || next.content > next.span.start || is_header_sign(text, next) {
        return false;
    }
    let (before, after) = (last.span.of(text), next.span.of(text));
    let lower = after.starts_with(char::is_lowercase);
    if ends_in_hyphen(before) && lower {
        return true;
    }
    if next.apart && !over_page {
        return false;
    }
    let only_number = row && !before.chars().any(char::is_alphabetic);
    if row && (only_number || !is_row_title(text, last, next)) {
        return true;
    }
    let ended = before.ends_with(['.', '!', '?', ';', ':', '…']);
    // «г. Мысказган»: an address begins a line with a small letter.
    let address = after.chars().nth(1) == Some('.')
        || after.starts_with("пр.")
        || after.starts_with("ул.")
        || after.starts_with("тел");
    let Some(width) = width else { return !ended && lower && !address && last.chars > 1 };
    // The line was broken because the next word did not fit.
    let word = after.split_whitespace().next().map_or(0, |word| word.chars().count());
    let full = last.chars + 1 + word > width.saturating_sub(1) || last.chars * 20 >= width * 17;
    (lower && !ended) || (full && (!ended || !over_page))
}

/// In a table a short capitalised line straight before the next row may be the title of rows; it is settled with the row lines.
fn is_row_title(_text: &str, _last: &Line, _next: &Line) -> bool {
    false
}

/// Takes the last line of a row of cells for the title of the next rows where the row has a line more than the other rows.
fn title_of_next_rows(text: &str, lines: &[Line], next: usize, blocks: &mut Vec<Block>) {
    let Some(row) = blocks.last() else { return };
    let follows = lines.get(next).is_some_and(|line| line.row);
    // The cell before the last two must look like the date or the body for which a column stands.
    let Some(last) = row.lines.last().copied() else { return };
    let term = row.lines.iter().rposition(|cell| is_term(cell.of(text)));
    let extra = term.is_some_and(|term| row.lines.len() > term + 2);
    if follows && extra && last.of(text).starts_with(char::is_uppercase) {
        if let Some(row) = blocks.last_mut() {
            row.lines.pop();
        }
        blocks.push(Block { kind: BlockKind::Title, start: last.start, lines: vec![last] });
    }
}

/// A cell of a date or term: a year, or one word such as «Постоянно», «Ежеквартально».
fn is_term(cell: &str) -> bool {
    let year = cell.split(|c: char| !c.is_ascii_digit()).any(|part| part.len() == 4 && part.starts_with("20"));
    let lower = cell.to_lowercase();
    let stated = ["постоянно", "еже", "тұрақты", "жыл сайын", "тоқсан", "бессрочно", "в течение"];
    cell.chars().count() <= 30 && (year || stated.iter().any(|word| lower.starts_with(word)))
}

/// How many bytes the list mark at the beginning of a line takes, with the white space after it; 0 where there is none.
pub fn mark_length(line: &str) -> usize {
    let mut at = 0;
    // Several marks may follow on one another: a bullet, then a number.
    for _ in 0..3 {
        let step = one_mark(&line[at..]);
        if step == 0 {
            break;
        }
        at += step;
    }
    if at >= line.len() { 0 } else { at }
}

fn one_mark(line: &str) -> usize {
    let ornament: usize = line.chars().take_while(|c| is_ornament(*c)).map(char::len_utf8).sum();
    if ornament > 0 {
        let rest = &line[ornament..];
        let blank = rest.len() - rest.trim_start().len();
        let dash = line[..ornament].chars().all(|c| matches!(c, '-' | '–' | '—' | '*' | '+' | '~' | '#'));
        return if blank > 0 || !dash { ornament + blank } else { 0 };
    }
    let end = line.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(line.len());
    let (number, rest) = line.split_at(end);
    let blank = |rest: &str| rest.len() - rest.trim_start().len();
    let digits = number.bytes().any(|byte| byte.is_ascii_digit());
    let short = number.split('.').all(|part| part.len() <= 3);
    // `1️⃣`: a digit in a key.
    let key = rest.len() - rest.trim_start_matches(['\u{fe0f}', '\u{20e3}']).len();
    if digits && rest[..key].contains('\u{20e3}') {
        return end + key + blank(&rest[key..]);
    }
    if digits && short && number.starts_with(|c: char| c.is_ascii_digit()) {
        if let Some(after) = rest.strip_prefix([')', ':']) {
            return end + 1 + blank(after);
        }
        // `1.` and `1.2`, but not the date `1.09.2025` nor `1.5 млн` in running text: those are followed by more digits or lower case.
        if number.ends_with('.') && (rest.starts_with(char::is_whitespace) || rest.starts_with(char::is_alphabetic)) {
            return end + blank(rest);
        }
        let levels = number.contains('.') && rest.starts_with(char::is_whitespace);
        if levels && rest.trim_start().starts_with(char::is_uppercase) {
            return end + blank(rest);
        }
        return 0;
    }
    // Roman numerals and single letters: `IV.`, `а)`.
    let word_end = line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len());
    let (word, after) = line.split_at(word_end);
    let roman =
        !word.is_empty() && word.chars().count() <= 5 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'І' | 'Х'));
    let letter = word.chars().count() == 1;
    if roman && after.starts_with(['.', ')']) && after[1..].starts_with(char::is_whitespace) {
        return word_end + 1 + blank(&after[1..]);
    }
    if letter && after.starts_with(')') {
        return word_end + 1 + blank(&after[1..]);
    }
    0
}

/// Bullets, check marks, arrows, emoji: anything that no word, number, quotation or sign of a number begins with.
pub fn is_ornament(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '*' | '+' | '~' | '#' | '•' | '·' | '§' | '¤' | '>' | '|')
        || matches!(c, '\u{2022}'..='\u{2023}' | '\u{2043}' | '\u{204c}'..='\u{204d}' | '\u{2190}'..='\u{2bff}' | '\u{2d00}'..='\u{2d0f}')
        || matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' | '\u{f000}'..='\u{f0ff}' | '\u{3000}'..='\u{303f}')
}
