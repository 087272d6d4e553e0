//! Decisions as jsonl and csv, out and in again. Both hold every field, so that the id can be checked on the way in.
//!
//! In csv a cell that a spreadsheet would take for a formula is written with an apostrophe before it, and so is a cell that
//! begins with an apostrophe: reading takes one apostrophe away, and nothing is lost. Topics also go out as the project's table of them.

use super::decision::{Decision, Draft, Kind, Role};
use super::store::StoreError;
use crate::id::TopicId;
use crate::ingest::InquiryTopics;
use std::io::{BufRead, Read, Write};

/// The longest line of jsonl that is read, in bytes.
pub const LONGEST_LINE: u64 = 16 << 20;

const HEADER: [&str; 17] = [
    "id",
    "at",
    "reviewer",
    "role",
    "kind",
    "inquiry",
    "clause",
    "grade",
    "comment",
    "reason",
    "covered",
    "revokes",
    "probability",
    "model",
    "blind",
    "key",
    NEWEST,
];
/// The column that exports of older programs lack.
const NEWEST: &str = "topics";

/// Writes one JSON object a line.
///
/// # Errors
/// Those of `out`.
pub fn write_jsonl(rows: &[impl serde::Serialize], mut out: impl Write) -> std::io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Writes csv with a header.
///
/// # Errors
/// Those of `out`.
pub fn write_csv(decisions: &[Decision], out: impl Write) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for Decision { id, at, reviewer, role, draft } in decisions {
        let row = [
            id.clone(),
            at.clone(),
            reviewer.clone(),
            role.code().to_owned(),
            draft.kind.code().to_owned(),
            draft.inquiry.clone(),
            draft.clause.clone().unwrap_or_default(),
            draft.grade.map(|grade| grade.to_string()).unwrap_or_default(),
            draft.comment.clone(),
            draft.reason.clone(),
            list(&draft.covered)?,
            draft.revokes.clone().unwrap_or_default(),
            draft.probability.map(|p| format!("{p:.4}")).unwrap_or_default(),
            draft.model.clone(),
            draft.blind.to_string(),
            draft.key.clone(),
            list(&draft.topics)?,
        ];
        writer.write_record(row.map(|cell| guarded(&cell)))?;
    }
    writer.flush()
}

/// A list as a cell of JSON; empty where it is.
fn list(items: &[impl serde::Serialize]) -> std::io::Result<String> {
    if items.is_empty() { Ok(String::new()) } else { Ok(serde_json::to_string(items)?) }
}

/// A cell that no spreadsheet takes for a formula.
pub fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']) { format!("'{cell}") } else { cell.to_owned() }
}

fn bare(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// One line of `input` into `line`, without its end; `false` at the end of the input.
///
/// # Errors
/// [`StoreError::Line`] for a line longer than [`LONGEST_LINE`], for bytes that are not UTF-8, for a failing input.
pub fn next_line(input: &mut impl BufRead, line: &mut String, file: &str, number: u64) -> Result<bool, StoreError> {
    let fault = |reason: String| StoreError::Line { file: file.to_owned(), line: number, reason };
    line.clear();
    let mut limited = input.take(LONGEST_LINE);
    let read = limited.read_line(line).map_err(|error| fault(error.to_string()))?;
    if limited.limit() == 0 && !line.ends_with('\n') {
        return Err(fault(format!("longer than {LONGEST_LINE} bytes")));
    }
    line.truncate(line.trim_end_matches(['\n', '\r']).len());
    Ok(read > 0)
}

/// Reads jsonl; `file` names it in errors.
///
/// # Errors
/// [`StoreError::Line`]; [`StoreError::Altered`] and [`StoreError::Invalid`] come later, from the store.
pub fn read_jsonl(mut input: impl BufRead, file: &str) -> Result<Vec<Decision>, StoreError> {
    let (mut decisions, mut line) = (Vec::new(), String::new());
    for number in 1.. {
        if !next_line(&mut input, &mut line, file, number)? {
            break;
        }
        let text = line.trim_start_matches('\u{feff}').trim();
        if !text.is_empty() {
            let fault = |error: serde_json::Error| StoreError::Line {
                file: file.to_owned(),
                line: number,
                reason: error.to_string(),
            };
            decisions.push(serde_json::from_str(text).map_err(fault)?);
        }
    }
    Ok(decisions)
}

/// Reads csv as [`write_csv`] writes it; columns may stand in any order, and the one for topics, which older files lack, may be missing.
///
/// # Errors
/// [`StoreError::Line`]
pub fn read_csv(input: impl Read, file: &str) -> Result<Vec<Decision>, StoreError> {
    let fault = |line: u64, reason: String| StoreError::Line { file: file.to_owned(), line, reason };
    let mut reader = csv::Reader::from_reader(input);
    let header = reader.headers().map_err(|error| fault(1, error.to_string()))?.clone();
    let place = |name: &&str| match header.iter().position(|column| column.trim_start_matches('\u{feff}') == *name) {
        None if *name != NEWEST => Err(fault(1, format!("column `{name}` is missing"))),
        found => Ok(found),
    };
    let places = HEADER.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    let mut decisions = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            fault(line, error.to_string())
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell =
            |column: usize| bare(places[column].and_then(|place| record.get(place)).unwrap_or_default()).to_owned();
        let optional = |column: usize| Some(cell(column)).filter(|text| !text.is_empty());
        let wrong = |column: usize| fault(line, format!("`{}`: {}", HEADER[column], cell(column)));
        let code = |column: usize| cell(column);
        let covered = optional(10).map(|text| serde_json::from_str(&text)).transpose().map_err(|_| wrong(10))?;
        let topics = optional(16).map(|text| serde_json::from_str(&text)).transpose().map_err(|_| wrong(16))?;
        decisions.push(Decision {
            id: cell(0),
            at: cell(1),
            reviewer: cell(2),
            role: Role::ALL.iter().find(|(name, _)| *name == code(3)).ok_or_else(|| wrong(3))?.1,
            draft: Draft {
                kind: Kind::ALL.iter().find(|(name, _)| *name == code(4)).ok_or_else(|| wrong(4))?.1,
                inquiry: cell(5),
                clause: optional(6),
                grade: optional(7).map(|text| text.parse()).transpose().map_err(|_| wrong(7))?,
                comment: cell(8),
                reason: cell(9),
                covered: covered.unwrap_or_default(),
                revokes: optional(11),
                probability: optional(12).map(|text| text.parse()).transpose().map_err(|_| wrong(12))?,
                model: cell(13),
                blind: cell(14).parse().map_err(|_| wrong(14))?,
                key: cell(15),
                topics: topics.unwrap_or_default(),
            },
        });
    }
    Ok(decisions)
}

/// Writes the table `inquiry_topics` as csv: an inquiry and its topics, joined by `;`.
///
/// # Errors
/// Those of `out`.
pub fn write_topics_csv(rows: &[InquiryTopics], out: impl Write) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["inquiry", "topics"])?;
    for row in rows {
        let topics: Vec<&str> = row.topics.iter().map(TopicId::as_str).collect();
        writer.write_record([guarded(row.inquiry.as_str()), guarded(&topics.join(";"))])?;
    }
    writer.flush()
}

/// Writes a file so that a reader finds the old one or the whole new one.
///
/// # Errors
/// [`StoreError::File`]
pub fn write_whole(
    path: &std::path::Path,
    write: impl FnOnce(&mut std::io::BufWriter<std::fs::File>) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = std::fs::File::create(&part).and_then(|file| {
        let mut out = std::io::BufWriter::new(file);
        write(&mut out)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
    });
    written.and_then(|()| std::fs::rename(&part, path)).map_err(StoreError::file(path))
}
