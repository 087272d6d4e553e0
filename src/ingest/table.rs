//! A table as a file holds it: rows of named cells with their lines, whatever the format.

use super::problem::{Fault, Problem};
use super::{columns, csv::Csv, jsonl::JsonLines};
use std::path::Path;

/// The longest text a cell may hold, in bytes. A longer one is nearly always an unclosed quotation mark.
pub const LONGEST_TEXT: usize = 1 << 20;
/// The largest table file, in bytes.
const LARGEST_FILE: u64 = 1 << 30;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text; in csv also a list, written with `;` between its members.
    Text(String),
    /// A list (jsonl arrays).
    List(Vec<String>),
}

/// One row: canonical column names with their cells, in the file's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// Cells by canonical column name (`models/ingest/columns.toml`).
    pub cells: Vec<(String, Cell)>,
}

/// All rows of one file that could be read.
#[derive(Debug, Default)]
pub struct RawTable {
    /// The file, relative to the project.
    pub file: String,
    /// Column names of a header, canonical; empty where the format has none.
    pub header: Vec<String>,
    /// BLAKE3 hash of the file's bytes.
    pub hash: String,
    /// The rows, in file order.
    pub rows: Vec<RawRow>,
}

/// Reads one file format. A fault costs its row; what else can be read is given.
pub trait TableFormat: Sync {
    /// The ending of such files, without the dot.
    fn extension(&self) -> &'static str;
    /// The rows of `bytes`; faults go to `problems`.
    fn read(&self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> RawTable;
}

/// Every format, in order of preference.
pub const FORMATS: [&dyn TableFormat; 2] = [&Csv, &JsonLines];

/// Finds and reads the table `name` in `folder`; `None` where there is no such file.
pub fn read(folder: &Path, name: &str, problems: &mut Vec<Problem>) -> Option<RawTable> {
    let found: Vec<_> = FORMATS
        .iter()
        .map(|format| (format, format!("{name}.{}", format.extension())))
        .filter(|(_, file)| folder.join(file).exists())
        .collect();
    let ((format, file), others) = found.split_first()?;
    for (_, other) in others {
        problems.push(Problem::in_file(other, Fault::TableTwice { other: file.clone() }));
    }
    let bytes = read_bytes(folder, file, problems)?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut table = format.read(file, bytes, problems);
    table.file.clone_from(file);
    table.hash = hash;
    check_header(&table, problems);
    Some(table)
}

fn check_header(table: &RawTable, problems: &mut Vec<Problem>) {
    for (place, column) in table.header.iter().enumerate() {
        if !column.is_empty() && table.header[..place].contains(column) {
            problems.push(Problem::in_file(&table.file, Fault::ColumnTwice { column: column.clone() }).at_line(1));
        }
    }
}

/// The bytes of a file of the project, or a problem.
pub fn read_bytes(folder: &Path, file: &str, problems: &mut Vec<Problem>) -> Option<Vec<u8>> {
    let path = folder.join(file);
    let read = path.metadata().and_then(|metadata| {
        if !metadata.is_file() {
            return Ok(Err(Fault::FileUnreadable { reason: "not an ordinary file".into() }));
        }
        if metadata.len() > LARGEST_FILE {
            return Ok(Err(Fault::FileTooLarge {
                megabytes: (metadata.len() >> 20) as usize,
                limit: (LARGEST_FILE >> 20) as usize,
            }));
        }
        std::fs::read(&path).map(Ok)
    });
    let fault = match read {
        Ok(Ok(bytes)) => return Some(bytes),
        Ok(Err(fault)) => fault,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Fault::FileMissing { expected: file.to_owned() },
        Err(error) => Fault::FileUnreadable { reason: error.to_string() },
    };
    problems.push(Problem::in_file(file, fault));
    None
}

/// The canonical names of a header.
pub fn canonical_header<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.map(columns::canonical).collect()
}
