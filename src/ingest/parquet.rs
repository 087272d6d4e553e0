//! Parquet tables, as notebooks write them: flat columns of texts, numbers, days and lists of texts.

use super::problem::{Fault, Problem};
use super::table::{Cell, MOST_CELLS, RawRow, RawTable, TableFormat, canonical_header};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

/// The parquet format; a row's line is its number, from 1.
pub struct Parquet;

impl TableFormat for Parquet {
    fn extension(&self) -> &'static str {
        "parquet"
    }

    fn isolated(&self) -> bool {
        true
    }

    fn read(&self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> RawTable {
        rows(bytes).unwrap_or_else(|fault| {
            problems.push(Problem::in_file(file, fault));
            RawTable::default()
        })
    }
}

fn rows(bytes: &[u8]) -> Result<RawTable, Fault> {
    let broken =
        |error: parquet::errors::ParquetError| Fault::Broken { format: "parquet".into(), reason: error.to_string() };
    let reader = SerializedFileReader::new(bytes::Bytes::copy_from_slice(bytes)).map_err(broken)?;
    let mut table = RawTable::default();
    let mut count = 0;
    for (line, row) in (1..).zip(reader.get_row_iter(None).map_err(broken)?) {
        let row = row.map_err(broken)?;
        let columns: Vec<_> = row.get_column_iter().collect();
        count += columns.len();
        if count > MOST_CELLS {
            return Err(Fault::TooManyCells { limit: MOST_CELLS });
        }
        if table.header.is_empty() {
            table.header = canonical_header(columns.iter().map(|(name, _)| name.as_str()));
        }
        let cells = table.header.iter().cloned().zip(columns.into_iter().map(|(_, field)| cell(field)));
        table.rows.push(RawRow { line, cells: cells.collect() });
    }
    Ok(table)
}

fn cell(field: &Field) -> Cell {
    match field {
        Field::ListInternal(list) => Cell::List(list.elements().iter().map(text).collect()),
        other => Cell::Text(text(other)),
    }
}

fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Date(days) => jiff::civil::date(1970, 1, 1)
            .checked_add(jiff::Span::new().try_days(i64::from(*days)).unwrap_or_default())
            .map(|day| day.to_string())
            .unwrap_or_default(),
        other => other.to_string(),
    }
}
