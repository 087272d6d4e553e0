//! Workbooks of spreadsheets: xlsx and ods. The first row with content names the columns; a title above it, alone in its row, is
//! passed over. A cell merged over several rows (xlsx) stands in each of them.
//!
//! The sheet called like the table is read, else the first with content. Numbers are written as the table formats write them:
//! whole ones without a point, dates as `YYYY-MM-DD`.

use super::archive::{Archive, broken};
use super::problem::{Fault, Problem};
use super::table::{Cell, MOST_CELLS, RawRow, RawTable, TableFormat, canonical_header};
use calamine::{Data, ExcelDateTime, Ods, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Office Open XML workbooks.
pub struct Workbook;
/// OpenDocument workbooks.
pub struct OpenSheet;

/// A header is looked for in so many rows with content.
const TITLE_ROWS: usize = 10;
/// A cell is not merged over more rows than these.
const TALLEST_CELL: u32 = 1000;

/// Cells by row, then column, both from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, Value>>;

/// What stands in a cell: a text, or a fault of the spreadsheet itself (`#N/A`).
#[derive(Clone)]
enum Value {
    Text(String),
    Fault(String),
}

impl TableFormat for Workbook {
    fn extension(&self) -> &'static str {
        "xlsx"
    }

    fn isolated(&self) -> bool {
        true
    }

    fn read(&self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> RawTable {
        let read = |wanted: &str| {
            weigh(bytes, "xlsx")?;
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
                calamine::XlsxError::Password => Fault::Encrypted,
                other => broken("xlsx", &other),
            })?;
            choose(book.sheet_names(), wanted, |sheet| xlsx_cells(&mut book, sheet))
        };
        table(file, read, problems)
    }
}

impl TableFormat for OpenSheet {
    fn extension(&self) -> &'static str {
        "ods"
    }

    fn isolated(&self) -> bool {
        true
    }

    fn read(&self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> RawTable {
        let read = |wanted: &str| {
            weigh(bytes, "ods")?;
            let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
                calamine::OdsError::Password => Fault::Encrypted,
                other => broken("ods", &other),
            })?;
            choose(book.sheet_names(), wanted, |sheet| ods_cells(&mut book, sheet))
        };
        table(file, read, problems)
    }
}

/// Unpacks what the parser will unpack, within bounds.
fn weigh(bytes: &[u8], format: &'static str) -> Result<(), Fault> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Fault::Encrypted);
    }
    Archive::open(bytes, format)?.weigh(|name| {
        let name = name.to_lowercase();
        [".xml", ".rels", ".bin", "mimetype"].iter().any(|ending| name.ends_with(ending))
    })
}

/// The cells of the sheet that is called like the table, else of the first with content.
fn choose(
    sheets: Vec<String>,
    wanted: &str,
    mut cells: impl FnMut(&str) -> Result<Cells, Fault>,
) -> Result<(String, Cells), Fault> {
    if let Some(sheet) = sheets.iter().find(|sheet| sheet.trim().eq_ignore_ascii_case(wanted)) {
        return Ok((sheet.clone(), cells(sheet)?));
    }
    for sheet in sheets {
        let found = cells(&sheet)?;
        if !found.is_empty() {
            return Ok((sheet, found));
        }
    }
    Ok((String::new(), Cells::new()))
}

fn xlsx_cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Cells, Fault> {
    let mut reader = match book.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // Sheets of charts have no cells.
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(Cells::new()),
        Err(error) => return Err(broken("xlsx", &error)),
    };
    let mut cells = Cells::new();
    let mut count = 0;
    while let Some(cell) = reader.next_cell().map_err(|error| broken("xlsx", &error))? {
        let (row, column) = cell.get_position();
        keep(&mut cells, &mut count, row, column, &Data::from(cell.get_value().clone()))?;
    }
    drop(reader);
    for region in book.merge_cells_by_sheet_name(sheet).map_err(|error| broken("xlsx", &error))? {
        let ((top, left), (bottom, _)) = (region.start, region.end);
        let Some(value) = cells.get(&top).and_then(|row| row.get(&left)).cloned() else { continue };
        for row in top + 1..=bottom.min(top.saturating_add(TALLEST_CELL)) {
            // A row without cells of its own is empty.
            if let Some(row) = cells.get_mut(&row) {
                row.entry(left).or_insert_with(|| value.clone());
            }
        }
    }
    Ok(cells)
}

fn ods_cells(book: &mut Ods<Cursor<&[u8]>>, sheet: &str) -> Result<Cells, Fault> {
    let range = book.worksheet_range(sheet).map_err(|error| broken("ods", &error))?;
    let (top, left) = range.start().unwrap_or_default();
    let mut cells = Cells::new();
    let mut count = 0;
    for (row, column, value) in range.used_cells() {
        let place = |start: u32, offset: usize| start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
        keep(&mut cells, &mut count, place(top, row), place(left, column), value)?;
    }
    Ok(cells)
}

fn keep(cells: &mut Cells, count: &mut usize, row: u32, column: u32, value: &Data) -> Result<(), Fault> {
    let value = match value {
        Data::Empty => return Ok(()),
        Data::String(text) if text.trim().is_empty() => return Ok(()),
        Data::String(text) | Data::DurationIso(text) => Value::Text(text.clone()),
        Data::Int(number) => Value::Text(number.to_string()),
        Data::Float(number) => Value::Text(number.to_string()),
        Data::Bool(truth) => Value::Text(truth.to_string()),
        Data::DateTime(when) if when.is_datetime() => Value::Text(day(*when)),
        Data::DateTime(duration) => Value::Text(duration.as_f64().to_string()),
        Data::DateTimeIso(when) => Value::Text(when.strip_suffix("T00:00:00").unwrap_or(when).to_owned()),
        Data::Error(error) => Value::Fault(error.to_string()),
    };
    *count += 1;
    if *count > MOST_CELLS {
        return Err(Fault::TooManyCells { limit: MOST_CELLS });
    }
    cells.entry(row).or_default().insert(column, value);
    Ok(())
}

/// A day, with the time where it is not midnight.
fn day(when: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}

/// The rows of a sheet as a table.
fn table(
    file: &str,
    read: impl FnOnce(&str) -> Result<(String, Cells), Fault>,
    problems: &mut Vec<Problem>,
) -> RawTable {
    let wanted = file.split('.').next().unwrap_or_default();
    let (sheet, cells) = match read(wanted) {
        Ok(read) => read,
        Err(fault) => {
            problems.push(Problem::in_file(file, fault));
            return RawTable::default();
        }
    };
    let mut table = RawTable { sheet: Some(sheet.clone()), ..RawTable::default() };
    let titles = cells.values().take(TITLE_ROWS).position(|row| row.len() > 1).unwrap_or(0);
    let mut rows = cells.into_iter().skip(titles);
    let Some((_, first)) = rows.next() else {
        problems.push(Problem::in_file(file, Fault::NothingToRead));
        return table;
    };
    let places: Vec<u32> = first.keys().copied().collect();
    let text = |value: &Value| if let Value::Text(text) = value { text.clone() } else { String::new() };
    let names: Vec<String> = first.values().map(text).collect();
    table.header = canonical_header(names.iter().map(String::as_str));
    for (row, mut values) in rows {
        let line = u64::from(row) + 1;
        let mut cells = Vec::with_capacity(places.len());
        for (name, place) in table.header.iter().zip(&places) {
            let text = match values.remove(place) {
                Some(Value::Text(text)) => text,
                Some(Value::Fault(found)) => {
                    let problem = Problem::in_file(file, Fault::NotText { found });
                    problems.push(problem.on_sheet(Some(sheet.clone())).at_line(line).in_column(name));
                    String::new()
                }
                None => String::new(),
            };
            if !name.is_empty() {
                cells.push((name.clone(), Cell::Text(text)));
            }
        }
        if !values.is_empty() {
            let fault = Fault::RaggedRow { found: places.len() + values.len(), expected: places.len() };
            problems.push(Problem::in_file(file, fault).on_sheet(Some(sheet.clone())).at_line(line));
        } else if cells.iter().any(|(_, cell)| *cell != Cell::Text(String::new())) {
            table.rows.push(RawRow { line, cells });
        }
    }
    table
}
