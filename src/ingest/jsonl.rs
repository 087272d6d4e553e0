//! JSON lines: one object a line.

use super::columns;
use super::problem::{Fault, Problem};
use super::table::{Cell, RawRow, RawTable, TableFormat};
use serde_json::Value;

/// The jsonl format. Numbers and booleans become text, arrays become lists, `null` an empty cell, objects stay as JSON.
pub struct JsonLines;

impl TableFormat for JsonLines {
    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn read(&self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> RawTable {
        let mut table = RawTable::default();
        for (line, bytes) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            match row(line, bytes) {
                Ok(row) => table.rows.push(row),
                Err(fault) => problems.push(Problem::in_file(file, fault).at_line(line)),
            }
        }
        table
    }
}

fn row(line: u64, bytes: &[u8]) -> Result<RawRow, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::NotUtf8 { byte: error.valid_up_to() })?;
    let value: Value = serde_json::from_str(text).map_err(|error| Fault::NotJson { reason: error.to_string() })?;
    let Value::Object(object) = value else { return Err(Fault::NotAnObject { found: kind(&value).into() }) };
    let cells = object.into_iter().map(|(name, value)| (columns::canonical(&name), cell(value))).collect();
    Ok(RawRow { line, cells })
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Array(members) => Cell::List(members.into_iter().map(scalar).collect()),
        other => Cell::Text(scalar(other)),
    }
}

fn scalar(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
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
        assert_eq!(codes, [(Some(2), "not-an-object"), (Some(3), "not-json"), (Some(6), "not-utf8")]);
    }
}
