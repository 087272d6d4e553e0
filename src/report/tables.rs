//! What a run writes for machines: jsonl and csv, one row an item, in a fixed order, and the description of these files.

use super::export::datapackage::{self, Field, Resource};
use super::export::{csv, tables::Tables};
use super::output::{self, Output};
use crate::evidence::Verdict;
use crate::id::{InquiryId, PersonId};
use crate::ingest::{Inquiry, When};
use crate::linking::Link;
use crate::locale::Lang;
use crate::run::Run;
use crate::{Error, Result};
use serde::Serialize;
use std::path::Path;

/// Writes every table of `run` into `folder`, which must exist; gives the files' names.
///
/// # Errors
/// [`Error::File`]
pub fn write(run: &Run, folder: &Path) -> Result<Vec<&'static str>> {
    jsonl(folder, "links.jsonl", link_rows(run))?;
    jsonl(folder, "inquiries.jsonl", run.project.inquiries.iter().map(InquiryRow::new))?;
    jsonl(folder, "none.jsonl", none_rows(run))?;
    jsonl(folder, "clauses.jsonl", run.clauses.iter())?;
    jsonl(folder, "topics.jsonl", topic_rows(run))?;
    jsonl(folder, "matrix.jsonl", run.matrix.cells.iter())?;
    jsonl(folder, "audit.jsonl", audit_rows(run))?;
    jsonl(folder, "meetings.jsonl", meeting_rows(run))?;
    jsonl(folder, "people.jsonl", run.ledger.iter())?;
    jsonl(folder, "rollup.jsonl", std::iter::once(&run.rollup))?;
    describe(run, folder)?;
    let texts = texts(run, folder)?;
    let mut manifest =
        serde_json::to_string_pretty(&run.manifest).map_err(|error| Error::Internal(error.to_string()))?;
    manifest.push('\n');
    let file = folder.join("run.json");
    output::write(&file, manifest.as_bytes())?;
    let mut files = vec![
        "matrix.csv",
        "matrix.jsonl",
        "links.jsonl",
        "inquiries.jsonl",
        "none.jsonl",
        "topics.jsonl",
        "audit.jsonl",
        "clauses.jsonl",
        "meetings.jsonl",
        "people.jsonl",
        "rollup.jsonl",
        "run.json",
        datapackage::FILE,
    ];
    if texts > 0 {
        files.push("texts");
    }
    Ok(files)
}

/// The texts of the programmes as they were read, `texts/FILE.txt`: the offsets of `clauses.jsonl` count in them. Gives their number.
fn texts(run: &Run, folder: &Path) -> Result<usize> {
    let mut written = std::collections::BTreeSet::new();
    for programme in run.project.programmes.iter().filter(|programme| !programme.text.is_empty()) {
        let name = Path::new(&programme.file);
        let name = name.strip_prefix("programmes").unwrap_or(name);
        let file = folder.join("texts").join(format!("{}.txt", name.display()));
        if written.insert(file.clone()) {
            let parent = file.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent).map_err(Error::file(parent))?;
            output::write(&file, programme.text.as_bytes())?;
        }
    }
    Ok(written.len())
}

/// The fields of the jsonl tables, `name:type` in the types of Table Schema.
const FIELDS: [(&str, &str); 9] = [
    (
        "links.jsonl",
        "inquiry:string promise:string score:number probability:number zone:string scope:string role:string model:string \
         explanation:object spans:array verdict:any",
    ),
    (
        "inquiries.jsonl",
        "inquiry:string date:string lang:string initiator:string cosigners:array addressee:string title:string url:string \
         text_hash:string reply_date:string reply_hash:string",
    ),
    (
        "matrix.jsonl",
        "owner:string promise:string origin:string status:string acts:array awaiting_review:array empty:string",
    ),
    ("none.jsonl", "inquiry:string probability:number"),
    (
        "topics.jsonl",
        "inquiry:string topic:string score:number probability:number label:boolean decided:boolean prior:number cues:array parts:array",
    ),
    (
        "audit.jsonl",
        "rule:string severity:string measure:string group:string published:array counted:number quotes:array \
         check:object",
    ),
    (
        "clauses.jsonl",
        "id:string owner:string document:string start:integer end:integer text:string lang:string pledge:boolean \
         probability:number kind:string testability:string act:string fields:object lead_in:string origin:string \
         from:string",
    ),
    ("meetings.jsonl", "person:string date:string place:string source_url:string in_district:boolean basis:string"),
    ("people.jsonl", "mention:string person:string confidence:number reason:any source:string count:integer"),
];

/// Writes `matrix.csv`, with names in Kazakh where the project has them, and the description of all tables.
fn describe(run: &Run, folder: &Path) -> Result<()> {
    let tables = Tables::new(run, Lang::Kk);
    let matrix = tables.matrix();
    let file = folder.join("matrix.csv");
    let out = std::fs::File::create(&file).map_err(Error::file(&file))?;
    csv::write(&matrix, out).map_err(Error::file(&file))?;
    let mut resources = vec![Resource::of_columns("matrix.csv", &matrix.columns, Lang::En)];
    for (file, fields) in FIELDS {
        let fields = fields.split_whitespace().filter_map(|field| field.split_once(':'));
        resources.push(Resource::new(file, fields.map(|(name, kind)| Field::new(name, kind)).collect()));
    }
    let file = folder.join(datapackage::FILE);
    std::fs::write(&file, datapackage::render(run, &resources, Lang::En)).map_err(Error::file(&file))
}

fn jsonl<T: Serialize>(folder: &Path, name: &str, rows: impl Iterator<Item = T>) -> Result<()> {
    use std::io::Write;
    let file = folder.join(name);
    let mut out = Output::create(&file)?;
    for row in rows {
        let json = serde_json::to_string(&row).map_err(|error| Error::Internal(error.to_string()))?;
        writeln!(out, "{json}").map_err(Error::file(&file))?;
    }
    out.finish()
}

/// A link as `links.jsonl` has it.
#[derive(Serialize)]
struct LinkRow<'a> {
    #[serde(flatten)]
    link: &'a Link,
    /// What people said of it; null where nobody has.
    verdict: Option<Verdict>,
}

fn link_rows(run: &Run) -> impl Iterator<Item = LinkRow<'_>> {
    run.links.iter().map(|link| LinkRow { link, verdict: run.verdicts.of(&link.inquiry, &link.promise) })
}

/// An inquiry as `inquiries.jsonl` has it: who and when; of its texts the hashes, by which two runs can be compared.
#[derive(Serialize)]
struct InquiryRow<'a> {
    inquiry: &'a InquiryId,
    date: Option<When>,
    lang: Option<&'static str>,
    initiator: Option<&'a PersonId>,
    cosigners: &'a [PersonId],
    addressee: &'a str,
    title: &'a str,
    url: &'a str,
    text_hash: String,
    reply_date: Option<When>,
    reply_hash: Option<String>,
}

impl<'a> InquiryRow<'a> {
    fn new(inquiry: &'a Inquiry) -> Self {
        let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex()[..16].to_owned();
        Self {
            inquiry: &inquiry.id,
            date: inquiry.date,
            lang: inquiry.lang.map(crate::ingest::project::TextLanguage::code),
            initiator: inquiry.initiator.as_ref(),
            cosigners: &inquiry.cosigners,
            addressee: &inquiry.addressee,
            title: &inquiry.title,
            url: &inquiry.url,
            text_hash: hash(&inquiry.text),
            reply_date: inquiry.reply_date,
            reply_hash: (!inquiry.reply_text.is_empty()).then(|| hash(&inquiry.reply_text)),
        }
    }
}

#[derive(Serialize)]
struct MeetingRow<'a> {
    person: &'a PersonId,
    date: Option<When>,
    place: &'a str,
    source_url: &'a str,
    in_district: Option<bool>,
    basis: Option<crate::evidence::Basis>,
}

fn meeting_rows(run: &Run) -> impl Iterator<Item = MeetingRow<'_>> {
    let rows = run.project.meetings.iter().zip(&run.districts);
    rows.map(|(meeting, found)| MeetingRow {
        person: &meeting.person,
        date: meeting.date,
        place: &meeting.place,
        source_url: &meeting.source_url,
        in_district: found.map(|found| found.inside),
        basis: found.map(|found| found.basis),
    })
}

#[derive(Serialize)]
struct NoneRow<'a> {
    inquiry: &'a InquiryId,
    probability: f64,
}

fn none_rows(run: &Run) -> impl Iterator<Item = NoneRow<'_>> {
    let rows = run.project.inquiries.iter().zip(&run.none);
    rows.map(|(inquiry, probability)| NoneRow { inquiry: &inquiry.id, probability: *probability })
}

#[derive(Serialize)]
struct TopicRow<'a> {
    inquiry: &'a InquiryId,
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
