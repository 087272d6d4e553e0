//! The tables as a workbook: a first sheet that explains, then one for each table, in one language.
//!
//! Promises: every text is written as a text, never as a formula; the header stays in sight and carries a filter; the address of a
//! source is a link where it is an address of the web. The bytes depend on the run and the language alone.

use super::sheet::{self, Look};
use super::table::{Column, Kind, Table, Value};
use super::tables::Tables;
use crate::locale::Lang;
use crate::run::Run;
use crate::{Error, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// Rows that a sheet can hold below its header.
pub const MOST_ROWS: usize = 1_048_575;
/// Links that a sheet can hold.
const MOST_URLS: usize = 65_530;
/// UTF-16 units that the address of a link can have.
const LONGEST_URL: usize = 2_080;
/// UTF-16 units of a text that stand in a cell; a cell can hold 32,767.
const LONGEST_TEXT: usize = 32_000;

/// What did not fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cut {
    /// Cells whose text goes on.
    pub cells: usize,
    /// Rows beyond the last that a sheet can hold.
    pub rows: usize,
}

/// The workbook of `run` in `lang`: links only where a person may want to look at them.
///
/// # Errors
/// [`Error::Internal`] where the workbook cannot be made.
pub fn render(run: &Run, lang: Lang) -> Result<Vec<u8>> {
    workbook(run, lang).map_err(|error| Error::Internal(format!("xlsx: {error}")))
}

fn workbook(run: &Run, lang: Lang) -> std::result::Result<Vec<u8>, XlsxError> {
    let look = Look::default();
    let tables = Tables::new(run, lang);
    let mut cut = Cut::default();
    let mut counts = Vec::new();
    let mut sheets = Vec::new();
    for table in tables.to_look_at() {
        let mut page = Page {
            sheet: Worksheet::new(),
            look: &look,
            lang,
            urls: 0,
            lines: 1,
            periods: BTreeSet::new(),
            cut: &mut cut,
        };
        counts.push((table.name, page.fill(&table)?));
        sheets.push(page.sheet);
    }
    let mut workbook = Workbook::new();
    // The day is the same in all workbooks: a clock would make other bytes of the same run.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = run.project.monitor.title.in_lang(lang);
    workbook.set_properties(&DocProperties::new().set_title(clean(title, &mut cut)).set_creation_datetime(&day));
    let first = workbook.add_worksheet();
    first.set_name("README")?;
    sheet::explain(first, run, lang, &look, &counts, cut)?;
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}

struct Page<'a> {
    sheet: Worksheet,
    look: &'a Look,
    lang: Lang,
    urls: usize,
    /// Lines of the row being written.
    lines: u32,
    /// Columns of days that hold periods too.
    periods: BTreeSet<u16>,
    cut: &'a mut Cut,
}

impl Page<'_> {
    /// Writes header and rows; gives the number of rows.
    fn fill(&mut self, table: &Table<'_>) -> std::result::Result<usize, XlsxError> {
        self.sheet.set_name(self.lang.text(&format!("sheet-{}", table.name)))?;
        for (place, column) in (0..).zip(&table.columns) {
            self.sheet.set_column_width(place, f64::from(width(column.kind)))?;
            self.sheet.write_string_with_format(0, place, column.heading(self.lang), &self.look.header)?;
        }
        self.sheet.set_row_height(0, 45)?;
        let mut last = 0;
        for (number, row) in table.rows().enumerate() {
            if number >= MOST_ROWS {
                self.cut.rows += 1;
                continue;
            }
            last += 1;
            self.lines = 1;
            for ((place, column), value) in (0..).zip(&table.columns).zip(row) {
                self.cell(last, place, column, value)?;
            }
            if self.lines > 1 {
                self.sheet.set_row_height(last, sheet::height(self.lines))?;
            }
        }
        for place in &self.periods {
            self.sheet.set_column_width(*place, PERIOD)?;
        }
        let columns = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
        self.sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
        self.sheet.set_freeze_panes(1, 0)?;
        self.sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        Ok(last as usize)
    }

    fn cell(&mut self, row: u32, place: u16, column: &Column, value: Value<'_>) -> std::result::Result<(), XlsxError> {
        match value {
            Value::Empty => {}
            Value::Text(text) => self.text(row, place, column.kind, &text)?,
            #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
            Value::Count(count) => {
                self.sheet.write_number_with_format(row, place, count as f64, &self.look.count)?;
            }
            Value::Number(number) => {
                self.sheet.write_number_with_format(row, place, number, &self.look.number)?;
            }
            Value::Flag(flag) => {
                let word = self.lang.text(if flag { "flag-yes" } else { "flag-no" });
                self.sheet.write_string_with_format(row, place, word, &self.look.text)?;
            }
            Value::List(words) => self.wrapped(row, place, column.kind, &words.join("; "), &self.look.prose)?,
        }
        Ok(())
    }

    fn text(&mut self, row: u32, place: u16, kind: Kind, text: &str) -> std::result::Result<(), XlsxError> {
        match kind {
            Kind::Code(prefix) => {
                let word = text.replace('_', "-");
                let named = self.lang.find(&format!("{prefix}-{word}"));
                let named = named.or_else(|| self.lang.find(&format!("level-{word}")));
                let format = if prefix == "status" { self.look.status(text) } else { &self.look.prose };
                self.wrapped(row, place, kind, &named.unwrap_or_else(|| text.to_owned()), format)
            }
            Kind::Url => match web_address(text).filter(|_| self.urls < MOST_URLS) {
                None => self.plain(row, place, text, &self.look.text),
                Some(address) => {
                    self.urls += 1;
                    let link = Url::new(address).set_text(text);
                    self.sheet.write_url_with_format(row, place, link, &self.look.link).map(drop)
                }
            },
            Kind::Date => match ExcelDateTime::parse_from_str(text) {
                // A period, or a day before 1900, which a sheet cannot reckon with.
                Err(_) => {
                    self.periods.insert(place);
                    self.plain(row, place, text, &self.look.text)
                }
                Ok(day) => self.sheet.write_datetime_with_format(row, place, &day, &self.look.date).map(drop),
            },
            Kind::Prose | Kind::Text => self.wrapped(row, place, kind, text, &self.look.prose),
            _ => self.plain(row, place, text, &self.look.text),
        }
    }

    /// A text that may take several lines: the row grows with it.
    fn wrapped(
        &mut self,
        row: u32,
        place: u16,
        kind: Kind,
        text: &str,
        format: &Format,
    ) -> std::result::Result<(), XlsxError> {
        self.lines = self.lines.max(sheet::lines(text, width(kind)));
        self.plain(row, place, text, format)
    }

    fn plain(&mut self, row: u32, place: u16, text: &str, format: &Format) -> std::result::Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, place, clean(text, self.cut), format).map(drop)
    }
}

/// The width of a column with periods, `2023-03-29/2023-12-29`.
const PERIOD: f64 = 23.0;

/// The width of a column in digits.
const fn width(kind: Kind) -> u16 {
    match kind {
        Kind::Prose => 60,
        Kind::Code(_) | Kind::List => 30,
        Kind::Text | Kind::Url => 24,
        Kind::Date | Kind::Count | Kind::Number | Kind::Flag => 12,
    }
}

/// The address of the web that `text` is, such as the writer of the workbook takes it: letters beyond ASCII as letters, not as
/// percent signs and numbers. `None` for any other text, and for an address that the writer would change.
fn web_address(text: &str) -> Option<String> {
    text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).filter(|rest| !rest.is_empty())?;
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let escape = rest.get(1..3).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let letter = escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|byte| !byte.is_ascii());
        bytes.push(letter.unwrap_or(*first));
        rest = if letter.is_some() { &rest[3..] } else { others };
    }
    let address = String::from_utf8(bytes).ok()?;
    // It escapes percent signs once more, but where one of these tells it that the address is escaped already.
    let kept = !address.contains('%') || ["%20", "%22", "%25"].iter().any(|escape| address.contains(escape));
    let browsable = address.chars().all(|c| !c.is_whitespace() && shows(c));
    (kept && browsable && text.encode_utf16().count() <= LONGEST_URL).then_some(address)
}

/// `text` as a cell can hold and show it: without control characters and without those that turn the direction of writing
/// around, which could make a quotation read as what it is not; cut, with a mark, where it is too long.
pub fn clean(text: &str, cut: &mut Cut) -> String {
    let mut cell = String::with_capacity(text.len());
    let mut units = 0;
    for c in text.replace("\r\n", "\n").chars() {
        units += c.len_utf16();
        if units > LONGEST_TEXT {
            cut.cells += 1;
            cell.push_str(" […]");
            break;
        }
        cell.push(if shows(c) || c == '\n' || c == '\t' { c } else { '\u{fffd}' });
    }
    cell
}

fn shows(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}
