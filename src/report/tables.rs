//! What a run writes for machines: jsonl and csv, one row an item, in a fixed order.

use crate::evidence::{ActKind, Cell, Status};
use crate::run::Run;
use crate::{Error, Result};
use serde::Serialize;
use std::path::Path;

/// Writes every table of `run` into `folder`, which must exist; gives the files' names.
///
/// # Errors
/// [`Error::File`]
pub fn write(run: &Run, folder: &Path) -> Result<Vec<&'static str>> {
    jsonl(folder, "links.jsonl", run.links.iter())?;
    jsonl(folder, "none.jsonl", none_rows(run))?;
    jsonl(folder, "clauses.jsonl", run.clauses.iter())?;
    jsonl(folder, "topics.jsonl", topic_rows(run))?;
    jsonl(folder, "matrix.jsonl", run.matrix.cells.iter())?;
    jsonl(folder, "audit.jsonl", audit_rows(run))?;
    jsonl(folder, "people.jsonl", run.ledger.iter())?;
    jsonl(folder, "rollup.jsonl", std::iter::once(&run.rollup))?;
    matrix_csv(run, &folder.join("matrix.csv"))?;
    let mut manifest =
        serde_json::to_string_pretty(&run.manifest).map_err(|error| Error::Internal(error.to_string()))?;
    manifest.push('\n');
    let file = folder.join("run.json");
    std::fs::write(&file, manifest).map_err(Error::file(&file))?;
    Ok(vec![
        "matrix.csv",
        "matrix.jsonl",
        "links.jsonl",
        "none.jsonl",
        "topics.jsonl",
        "audit.jsonl",
        "clauses.jsonl",
        "people.jsonl",
        "rollup.jsonl",
        "run.json",
    ])
}

fn jsonl<T: Serialize>(folder: &Path, name: &str, rows: impl Iterator<Item = T>) -> Result<()> {
    use std::io::Write;
    let file = folder.join(name);
    let mut out = std::io::BufWriter::new(std::fs::File::create(&file).map_err(Error::file(&file))?);
    for row in rows {
        let json = serde_json::to_string(&row).map_err(|error| Error::Internal(error.to_string()))?;
        writeln!(out, "{json}").map_err(Error::file(&file))?;
    }
    out.flush().map_err(Error::file(&file))
}

#[derive(Serialize)]
struct NoneRow<'a> {
    inquiry: &'a crate::id::InquiryId,
    probability: f64,
}

fn none_rows(run: &Run) -> impl Iterator<Item = NoneRow<'_>> {
    let rows = run.project.inquiries.iter().zip(&run.none);
    rows.map(|(inquiry, probability)| NoneRow { inquiry: &inquiry.id, probability: *probability })
}

#[derive(Serialize)]
struct TopicRow<'a> {
    inquiry: &'a crate::id::InquiryId,
    #[serde(flatten)]
    score: &'a crate::topics::TopicScore,
}

fn topic_rows(run: &Run) -> impl Iterator<Item = TopicRow<'_>> {
    let rows = run.project.inquiries.iter().zip(&run.topics);
    rows.flat_map(|(inquiry, scores)| scores.iter().map(|score| TopicRow { inquiry: &inquiry.id, score }))
}

/// A finding as `audit.jsonl` has it.
#[derive(Serialize)]
pub struct AuditRow<'a> {
    rule: &'a str,
    severity: &'static str,
    measure: &'a str,
    group: &'a str,
    /// Every value published for the figure.
    published: Vec<f64>,
    counted: f64,
    /// The words of the published figures and of those that they are held against.
    quotes: Vec<&'a str>,
    check: &'a crate::audit::Check,
}

/// The findings of a run.
pub fn audit_rows(run: &Run) -> impl Iterator<Item = AuditRow<'_>> {
    run.audit.findings().map(|check| AuditRow {
        rule: &check.rule,
        severity: "error",
        measure: &check.measure,
        group: &check.group,
        published: check.published.iter().map(|figure| figure.value).collect(),
        counted: check.counted.value,
        quotes: check.published.iter().chain(&check.counted.figures).map(|figure| figure.quote.as_str()).collect(),
        check,
    })
}

fn matrix_csv(run: &Run, file: &Path) -> Result<()> {
    let wrong = |error: csv::Error| Error::File { path: file.to_owned(), source: error.into() };
    let mut out = csv::Writer::from_path(file).map_err(wrong)?;
    out.write_record([
        "owner",
        "owner_name",
        "promise",
        "status",
        "empty_because",
        "initiated",
        "co_signed",
        "replies",
        "meetings",
        "outcomes",
        "awaiting_review",
        "best_probability",
        "inquiries",
        "text",
    ])
    .map_err(wrong)?;
    for (cell, clause) in run.matrix.cells.iter().zip(run.clauses.iter().filter(|clause| clause.pledge)) {
        out.write_record(matrix_row(run, cell, &clause.text).iter().map(|cell| inert(cell).into_owned()))
            .map_err(wrong)?;
    }
    for without in &run.matrix.without_promises {
        let status = match without.obtained {
            Some(crate::ingest::Availability::NotObtained) => Status::ProgrammeNotObtained.code(),
            _ => "",
        };
        let owner = crate::id::OwnerId::from(&without.person);
        let mut row = vec![String::new(); 14];
        row[0] = owner.to_string();
        row[1] = run.project.owner_name(&owner).into();
        row[3] = status.into();
        row[4] = "no_promises_known".into();
        out.write_record(row.iter().map(|cell| inert(cell).into_owned())).map_err(wrong)?;
    }
    out.flush().map_err(Error::file(file))
}

fn matrix_row(run: &Run, cell: &Cell, text: &str) -> Vec<String> {
    let count = |kind| cell.count(kind).to_string();
    let best = cell
        .acts()
        .iter()
        .filter_map(crate::evidence::Act::probability)
        .fold(None, |best: Option<f64>, p| Some(best.map_or(p, |best| best.max(p))));
    let inquiries: std::collections::BTreeSet<&str> =
        cell.acts().iter().filter_map(|act| act.inquiry()).map(super::super::id::InquiryId::as_str).collect();
    vec![
        cell.owner().to_string(),
        run.project.owner_name(cell.owner()).to_owned(),
        cell.promise().to_string(),
        cell.status().code().to_owned(),
        cell.empty().map_or("", crate::evidence::Empty::code).to_owned(),
        count(ActKind::Initiated),
        count(ActKind::CoSigned),
        count(ActKind::Reply),
        count(ActKind::Meeting),
        count(ActKind::Outcome),
        cell.awaiting_review().len().to_string(),
        best.map(|best| format!("{best:.3}")).unwrap_or_default(),
        inquiries.into_iter().collect::<Vec<_>>().join(";"),
        text.to_owned(),
    ]
}

/// A cell that a spreadsheet takes for text: one that begins like a formula gets an apostrophe before it.
fn inert(cell: &str) -> std::borrow::Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}
