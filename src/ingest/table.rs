//! A table as a file holds it: rows of named cells with their lines, whatever the format.

use super::isolate::Isolation;
use super::problem::{Fault, Problem};
use super::{columns, csv::Csv, jsonl::JsonLines};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The longest text a cell may hold, in bytes. A longer one is nearly always an unclosed quotation mark.
pub const LONGEST_TEXT: usize = 1 << 20;
/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 256 << 20;
/// The most cells of one table: the inquiries of some fifty convocations.
pub const MOST_CELLS: usize = 4 << 20;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// A text; in csv also a list, written with `;` between its members.
    Text(String),
    /// A list (jsonl arrays).
    List(Vec<String>),
}

/// One row: canonical column names with their cells, in the file's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawRow {
    /// The line on which the row begins (in a workbook: the row), from 1.
    pub line: u64,
    /// Cells by canonical column name (`models/ingest/columns.toml`).
    pub cells: Vec<(String, Cell)>,
}

/// All rows of one file that could be read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct RawTable {
    /// The file, relative to the project.
    pub file: String,
    /// The sheet that was read, in a workbook.
    pub sheet: Option<String>,
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
    /// True where the parser is to run in a process of its own: [`super::isolate`].
    fn isolated(&self) -> bool {
        false
    }
    /// The rows of `bytes`; faults go to `problems`.
    fn read(&self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> RawTable;
}

#[cfg(feature = "office")]
const XLSX: &dyn TableFormat = &super::sheet::Workbook;
#[cfg(feature = "office")]
const ODS: &dyn TableFormat = &super::sheet::OpenSheet;
#[cfg(feature = "parquet")]
const PARQUET: &dyn TableFormat = &super::parquet::Parquet;
#[cfg(not(feature = "office"))]
const XLSX: &dyn TableFormat = &LeftOut { extension: "xlsx", feature: "office" };
#[cfg(not(feature = "office"))]
const ODS: &dyn TableFormat = &LeftOut { extension: "ods", feature: "office" };
#[cfg(not(feature = "parquet"))]
const PARQUET: &dyn TableFormat = &LeftOut { extension: "parquet", feature: "parquet" };

/// Every format, in order of preference.
pub const FORMATS: [&dyn TableFormat; 5] = [&Csv, &JsonLines, XLSX, ODS, PARQUET];

/// A format whose parser this program was built without.
#[cfg(not(all(feature = "office", feature = "parquet")))]
struct LeftOut {
    extension: &'static str,
    feature: &'static str,
}

#[cfg(not(all(feature = "office", feature = "parquet")))]
impl TableFormat for LeftOut {
    fn extension(&self) -> &'static str {
        self.extension
    }

    fn read(&self, file: &str, _bytes: &[u8], problems: &mut Vec<Problem>) -> RawTable {
        let fault = Fault::FormatLeftOut { format: self.extension.into(), feature: self.feature.into() };
        problems.push(Problem::in_file(file, fault));
        RawTable::default()
    }
}

/// The format of files with that ending.
pub fn format(extension: &str) -> Option<&'static dyn TableFormat> {
    FORMATS.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
}

/// The files in which table `name` may stand: `people.csv | people.jsonl | …`.
pub fn expected(name: &str) -> String {
    FORMATS.map(|format| format!("{name}.{}", format.extension())).join(" | ")
}

/// Finds and reads the table `name` in `folder`; `None` where there is no such file.
pub fn read(folder: &Path, name: &str, isolation: &Isolation, problems: &mut Vec<Problem>) -> Option<RawTable> {
    let found: Vec<String> = FORMATS
        .iter()
        .map(|format| format!("{name}.{}", format.extension()))
        .filter(|file| folder.join(file).exists())
        .collect();
    let (file, others) = found.split_first()?;
    for other in others {
        problems.push(Problem::in_file(other, Fault::TableTwice { other: file.clone() }));
    }
    read_file(folder, file, isolation, problems)
}

/// Reads the table in `file`, relative to `folder`; `None` where it cannot be read at all.
pub fn read_file(folder: &Path, file: &str, isolation: &Isolation, problems: &mut Vec<Problem>) -> Option<RawTable> {
    let extension = file.rsplit_once('.').map_or("csv", |(_, extension)| extension);
    let Some(format) = format(extension) else {
        let known = FORMATS.map(TableFormat::extension).join(", ");
        problems.push(Problem::in_file(file, Fault::FormatUnknown { found: extension.to_owned(), known }));
        return None;
    };
    let bytes = read_bytes(folder, file, problems)?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let mut table = isolation.table(format, file, bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes), problems);
    table.file.clear();
    table.file.push_str(file);
    table.hash = hash;
    check_header(&table, problems);
    Some(table)
}

fn check_header(table: &RawTable, problems: &mut Vec<Problem>) {
    for (place, column) in table.header.iter().enumerate() {
        if !column.is_empty() && table.header[..place].contains(column) {
            let problem = Problem::in_file(&table.file, Fault::ColumnTwice { column: column.clone() });
            problems.push(problem.on_sheet(table.sheet.clone()).at_line(1));
        }
    }
}

/// The bytes of a file of the project, or a problem.
pub fn read_bytes(folder: &Path, file: &str, problems: &mut Vec<Problem>) -> Option<Vec<u8>> {
    let path = folder.join(file);
    let read = path.metadata().and_then(|metadata| {
        if !metadata.is_file() {
            return Ok(Err(Fault::NotAFile));
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
