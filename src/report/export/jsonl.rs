//! A table as jsonl: an object a row, `null` for what is not known.

use super::table::{Table, Value};
use std::borrow::Cow;
use std::io::Write;

/// Writes all rows.
///
/// # Errors
/// Those of `out`.
pub fn write(table: &Table<'_>, mut out: impl Write) -> std::io::Result<()> {
    for row in table.rows() {
        let names = table.columns.iter().map(|column| column.name.to_string());
        let object: serde_json::Map<_, _> = names.zip(row.into_iter().map(json)).collect();
        serde_json::to_writer(&mut out, &object)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

fn json(value: Value<'_>) -> serde_json::Value {
    match value {
        Value::Empty => serde_json::Value::Null,
        Value::Text(text) => text.into(),
        Value::Count(count) => count.into(),
        Value::Number(number) => number.into(),
        Value::Flag(flag) => flag.into(),
        Value::List(words) => words.into_iter().map(Cow::into_owned).collect(),
    }
}
