//! JSON lines: one object a line.

use super::columns;
use super::problem::{Fault, Problem};
use super::table::{Cell, MOST_CELLS, RawRow, RawTable, TableFormat};
use serde_json::value::RawValue;

/// The jsonl format. Numbers and booleans become text as they are written, arrays become lists, `null` an empty cell, objects stay as JSON.
pub struct JsonLines;

impl TableFormat for JsonLines {
    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn read(&self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> RawTable {
        let mut table = RawTable::default();
        let mut count = 0;
        for (line, bytes) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            match row(line, bytes) {
                Ok(row) => {
                    count += row.cells.len();
                    if count > MOST_CELLS {
                        problems.push(Problem::in_file(file, Fault::TooManyCells { limit: MOST_CELLS }).at_line(line));
                        break;
                    }
                    table.rows.push(row);
                }
                Err(fault) => problems.push(Problem::in_file(file, fault).at_line(line)),
            }
        }
        table
    }
}

fn row(line: u64, bytes: &[u8]) -> Result<RawRow, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::NotUtf8 { byte: error.valid_up_to() })?;
    let not_json = |error: serde_json::Error| Fault::NotJson { reason: error.to_string() };
    let value: &RawValue = serde_json::from_str(text).map_err(not_json)?;
    if !value.get().starts_with('{') {
        return Err(Fault::NotAnObject { found: kind(value.get()).into() });
    }
    let Fields(fields) = serde_json::from_str(value.get()).map_err(not_json)?;
    let mut cells: Vec<(String, Cell)> = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let (name, cell) = (columns::canonical(&name), cell(value).map_err(not_json)?);
        match cells.iter_mut().find(|(other, _)| *other == name) {
            // Of a name that stands twice, the last is meant (RFC 8259 leaves it open; most readers do so).
            Some((_, earlier)) => *earlier = cell,
            None => cells.push((name, cell)),
        }
    }
    Ok(RawRow { line, cells })
}

/// The fields of an object in their order, values as they are written.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Fields<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

fn cell(value: &RawValue) -> serde_json::Result<Cell> {
    if value.get().starts_with('[') {
        let members: Vec<&RawValue> = serde_json::from_str(value.get())?;
        return members.into_iter().map(scalar).collect::<serde_json::Result<_>>().map(Cell::List);
    }
    scalar(value).map(Cell::Text)
}

/// Digits stay as they stand: an id of twenty digits is no number to calculate with.
fn scalar(value: &RawValue) -> serde_json::Result<String> {
    match value.get() {
        "null" => Ok(String::new()),
        text if text.starts_with('"') => serde_json::from_str(text),
        other => Ok(other.to_owned()),
    }
}

fn kind(json: &str) -> &'static str {
    match json.as_bytes().first() {
        Some(b'n') => "null",
        Some(b't' | b'f') => "a boolean",
        Some(b'"') => "a string",
        Some(b'[') => "an array",
        _ => "a number",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bad_line_is_a_problem_and_the_rest_is_read() {
        let mut problems = Vec::new();
        let bytes =
            b"{\"id\":\"a\",\"cosigners\":[\"x\",\"y\"],\"reply_date\":null}\r\n[1]\n{oops\n\n{\"id\":7}\n\xff\n";
        let table = JsonLines.read("inquiries.jsonl", bytes, &mut problems);
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.rows[0].cells[1], ("cosigners".into(), Cell::List(vec!["x".into(), "y".into()])));
        assert_eq!(table.rows[1].cells[0], ("id".into(), Cell::Text("7".into())));
        let codes: Vec<_> = problems.iter().map(|problem| (problem.line, problem.fault.code())).collect();
        let row = row(1, br#"{"id":123456789012345678901234567890,"value":1.10,"id":12345678901234567890123}"#);
        let row = row.expect("an object");
        assert_eq!(row.cells[0].1, Cell::Text("12345678901234567890123".into()), "the last, digit by digit");
        assert_eq!(row.cells[1].1, Cell::Text("1.10".into()));
        assert_eq!(codes, [(Some(2), "not-an-object"), (Some(3), "not-json"), (Some(6), "not-utf8")]);
    }
}
