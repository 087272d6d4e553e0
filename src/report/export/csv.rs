//! A table as csv, for spreadsheets and statistics programs.
//!
//! Numbers with a point, `true` and `false`, lists with `;`, nothing for what is not known.

use super::table::{Table, Value};
use std::borrow::Cow;
use std::io::Write;

/// Writes a header with the columns' names and all rows.
///
/// # Errors
/// Those of `out`.
pub fn write(table: &Table<'_>, out: impl Write) -> std::io::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(table.columns.iter().map(|column| column.name.as_bytes()))?;
    for row in table.rows() {
        out.write_record(row.into_iter().map(|value| cell(value).into_owned()))?;
    }
    out.flush()
}

fn cell(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(text) => inert(text),
        Value::Count(count) => count.to_string().into(),
        Value::Number(number) => number.to_string().into(),
        Value::Flag(flag) => flag.to_string().into(),
        Value::List(words) => inert(words.join(";").into()),
    }
}

/// A cell that a spreadsheet takes for text: one that begins like a formula gets an apostrophe before it.
fn inert(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell }
}
