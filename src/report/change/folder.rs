//! A run's folder, read back: only what a comparison needs. The files are untrusted like any others.

use crate::evidence::Verdict;
use crate::{Error, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Bytes of the longest line that is read.
const LONGEST_LINE: u64 = 16 << 20;

/// What a run wrote, but for its links, which are read one by one: see [`each_link`].
#[derive(Debug, Default)]
pub struct Folder {
    /// `run.json`.
    pub manifest: Map<String, Value>,
    /// `matrix.jsonl`, by promise.
    pub cells: BTreeMap<String, CellRow>,
    /// `clauses.jsonl`, by id.
    pub clauses: HashMap<String, ClauseRow>,
    /// `inquiries.jsonl`, by id.
    pub inquiries: HashMap<String, InquiryRow>,
    /// Names of owners, from `matrix.csv`.
    pub names: HashMap<String, String>,
}

/// A row of `matrix.jsonl`.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "as docs/formats.md describes them")]
pub struct CellRow {
    pub owner: String,
    pub promise: String,
    pub status: String,
    pub acts: Vec<ActRow>,
    pub awaiting_review: Vec<String>,
}

/// An act of a cell.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "as docs/formats.md describes them")]
pub struct ActRow {
    pub kind: String,
    pub link: Option<ProofRow>,
    pub quote: Option<QuoteRow>,
}

/// The inquiry that proves an act.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "as docs/formats.md describes them")]
pub struct ProofRow {
    pub inquiry: String,
}

/// The source that proves an act.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "as docs/formats.md describes them")]
pub struct QuoteRow {
    pub quote: String,
    pub source_url: String,
    pub status: Option<String>,
}

/// A row of `clauses.jsonl`.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "as docs/formats.md describes them")]
pub struct ClauseRow {
    id: String,
    pub text: String,
    pub testability: Option<String>,
}

/// A row of `inquiries.jsonl`.
#[derive(Debug, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "as docs/formats.md describes them")]
pub struct InquiryRow {
    inquiry: String,
    pub initiator: Option<String>,
    pub cosigners: Vec<String>,
    pub lang: Option<String>,
    pub title: String,
    pub text_hash: String,
    pub reply_hash: Option<String>,
}

/// A row of `links.jsonl`.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "as docs/formats.md describes them")]
pub struct LinkRow {
    pub inquiry: String,
    pub promise: String,
    pub probability: f64,
    pub zone: String,
    pub verdict: Option<Verdict>,
    pub explanation: ExplanationRow,
}

/// A score taken apart.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "as docs/formats.md describes them")]
pub struct ExplanationRow {
    pub parts: Vec<PartRow>,
}

/// A comparison's share in a score.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "as docs/formats.md describes them")]
pub struct PartRow {
    pub comparison: String,
    pub weight: f64,
}

#[derive(Deserialize)]
struct NameRow {
    owner: String,
    owner_name: String,
}

impl Folder {
    /// Reads what a run wrote into `folder`.
    ///
    /// # Errors
    /// [`Error::File`] for a file that is not there; [`Error::Model`] with the line of a row that cannot be read.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut read = Self::default();
        let file = folder.join("run.json");
        let text = std::fs::read_to_string(&file).map_err(Error::file(&file))?;
        read.manifest = serde_json::from_str(&text).map_err(|error| Error::model(file.display().to_string(), error))?;
        rows(&folder.join("matrix.jsonl"), |row: CellRow| drop(read.cells.insert(row.promise.clone(), row)))?;
        rows(&folder.join("clauses.jsonl"), |row: ClauseRow| drop(read.clauses.insert(row.id.clone(), row)))?;
        rows(&folder.join("inquiries.jsonl"), |row: InquiryRow| drop(read.inquiries.insert(row.inquiry.clone(), row)))?;
        let file = folder.join("matrix.csv");
        let names = csv::Reader::from_path(&file).map_err(|error| Error::file(&file)(error.into()))?;
        for row in names.into_deserialize::<NameRow>() {
            let row = row.map_err(|error| Error::model(file.display().to_string(), error))?;
            read.names.insert(row.owner, row.owner_name);
        }
        Ok(read)
    }

    /// A field of the manifest as people read it; empty where there is none.
    pub fn setting(&self, name: &str) -> String {
        let zone = || self.manifest.get("zones").and_then(|zones| zones.get(name));
        match self.manifest.get(name).or_else(zone) {
            None => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    /// The inputs with their hashes.
    pub fn inputs(&self) -> BTreeMap<&str, &str> {
        let inputs = self.manifest.get("inputs").and_then(Value::as_object).into_iter().flatten();
        inputs.map(|(file, hash)| (file.as_str(), hash.as_str().unwrap_or_default())).collect()
    }
}

/// Calls `each` with every link of the run in `folder`.
///
/// # Errors
/// As [`Folder::read`].
pub fn each_link(folder: &Path, each: impl FnMut(LinkRow)) -> Result<()> {
    rows(&folder.join("links.jsonl"), each)
}

fn rows<T: DeserializeOwned>(file: &Path, mut each: impl FnMut(T)) -> Result<()> {
    let mut reader = BufReader::new(File::open(file).map_err(Error::file(file))?);
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let place = || format!("{}:{number}", file.display());
        if reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(Error::file(file))? == 0 {
            break;
        }
        each(serde_json::from_slice(&line).map_err(|error| Error::model(place(), error))?);
    }
    Ok(())
}
