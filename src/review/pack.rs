//! Review packs: a project's tables and one reviewer's decisions in one file of JSON lines, for a volunteer far away.
//!
//! The first line is the header, then one line a file, then one line a decision. A pack that comes back is the same thing with
//! more decisions; only these are merged. Nothing in a pack is ever taken for a path outside the folder it is unpacked into.

use super::decision::Decision;
use super::exchange::next_line;
use super::queue::{Blind, Member};
use super::store::{FILE, Store, StoreError};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Write};
use std::path::{Component, Path};

/// The `saual_pack` of this program's packs.
pub const VERSION: u32 = 1;
/// The file in an unpacked project that says whose pack it is.
pub const CARD: &str = "pack.json";
/// Most files of a pack.
const MOST_FILES: usize = 10_000;

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the format.
    pub saual_pack: u32,
    /// Whose pack.
    pub reviewer: String,
    /// Everybody among whom the work is dealt out: the same members deal the same way everywhere.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The share of inquiries that two people are to judge.
    #[serde(default)]
    pub double_percent: u8,
    /// The share of cards drawn at random among pairs that the model leaves alone.
    #[serde(default)]
    pub sample_percent: u8,
    /// Which cards hide scores.
    #[serde(default)]
    pub blind: Blind,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Header(Header),
    File { file: String, blake3: String, text: String },
    Decision { decision: Box<Decision> },
}

/// A pack as read.
#[derive(Debug)]
pub struct Pack {
    /// Its header.
    pub header: Header,
    /// The project's files by name.
    pub files: Vec<(String, String)>,
    /// The decisions.
    pub decisions: Vec<Decision>,
}

/// A name of a file of a project: `people.csv`, `programmes/x.txt`. Never one that leads elsewhere.
fn is_project_file(name: &str) -> bool {
    let parts: Vec<Component<'_>> = Path::new(name).components().collect();
    let plain = !name.is_empty() && !name.contains(['\\', ':', '\0']) && !name.starts_with('.');
    let normal = parts.iter().all(|part| matches!(part, Component::Normal(_)));
    let ending = [".csv", ".jsonl", ".toml", ".txt", ".md"].iter().any(|ending| name.ends_with(ending));
    let place = parts.len() == 1 || (parts.len() == 2 && name.starts_with("programmes/"));
    plain && normal && ending && place
}

/// Writes the pack of `header.reviewer`: the files of the project in `folder` and that reviewer's own decisions.
///
/// # Errors
/// [`StoreError::File`] for a file of the project that cannot be read as text.
pub fn write<'a>(
    header: &Header,
    folder: &Path,
    files: impl Iterator<Item = &'a str>,
    decisions: &[Decision],
    mut out: impl Write,
) -> Result<(), StoreError> {
    let failed = |source: std::io::Error| StoreError::File { path: "pack".into(), source };
    let mut line = |line: &Line| {
        serde_json::to_writer(&mut out, line)
            .map_err(std::io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            .map_err(failed)
    };
    line(&Line::Header(header.clone()))?;
    for name in files.filter(|name| is_project_file(name)) {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).map_err(StoreError::file(&path))?;
        let blake3 = blake3::hash(text.as_bytes()).to_hex().to_string();
        line(&Line::File { file: name.to_owned(), blake3, text })?;
    }
    for decision in decisions.iter().filter(|decision| decision.reviewer == header.reviewer) {
        line(&Line::Decision { decision: Box::new(decision.clone()) })?;
    }
    out.flush().map_err(failed)
}

/// True where `first_line` begins a pack.
pub fn is_pack(first_line: &str) -> bool {
    serde_json::from_str::<Header>(first_line).is_ok()
}

/// Reads a pack; `file` names it in errors.
///
/// # Errors
/// [`StoreError::Line`]
pub fn read(mut input: impl BufRead, file: &str) -> Result<Pack, StoreError> {
    let mut pack: Option<Pack> = None;
    let mut text = String::new();
    for line in 1.. {
        if !next_line(&mut input, &mut text, file, line)? {
            break;
        }
        let fault = |reason: String| StoreError::Line { file: file.to_owned(), line, reason };
        let read: Line = serde_json::from_str(&text).map_err(|error| fault(error.to_string()))?;
        match (read, &mut pack) {
            (Line::Header(header), None) if header.saual_pack == VERSION => {
                pack = Some(Pack { header, files: Vec::new(), decisions: Vec::new() });
            }
            (Line::Header(header), None) => {
                return Err(fault(format!("saual_pack {}: expected {VERSION}", header.saual_pack)));
            }
            (Line::File { file, blake3, text }, Some(pack)) => {
                if !is_project_file(&file) || pack.files.len() >= MOST_FILES {
                    return Err(fault(format!("file «{file}»")));
                }
                if blake3::hash(text.as_bytes()).to_hex().as_str() != blake3 {
                    return Err(fault(format!("file «{file}»: blake3")));
                }
                pack.files.push((file, text));
            }
            (Line::Decision { decision }, Some(pack)) => {
                if decision.reviewer != pack.header.reviewer {
                    return Err(fault(format!(
                        "decision of «{}» in the pack of «{}»",
                        decision.reviewer, pack.header.reviewer
                    )));
                }
                pack.decisions.push(*decision);
            }
            (Line::Header(_), Some(_)) | (Line::File { .. } | Line::Decision { .. }, None) => {
                return Err(fault("the header stands first, and once".into()));
            }
        }
    }
    pack.ok_or_else(|| StoreError::Line { file: file.to_owned(), line: 1, reason: "empty".into() })
}

/// Lays a pack out as a project in `folder`, which must be new or empty.
///
/// # Errors
/// [`StoreError::File`], and those of the store.
pub fn unpack(pack: &Pack, folder: &Path) -> Result<(), StoreError> {
    std::fs::create_dir_all(folder).map_err(StoreError::file(folder))?;
    let mut entries = std::fs::read_dir(folder).map_err(StoreError::file(folder))?;
    if entries.next().is_some() {
        return Err(StoreError::file(folder)(std::io::ErrorKind::AlreadyExists.into()));
    }
    for (name, text) in &pack.files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(StoreError::file(parent))?;
        }
        std::fs::write(&path, text).map_err(StoreError::file(&path))?;
    }
    let card = folder.join(CARD);
    let text = serde_json::to_string_pretty(&pack.header).unwrap_or_default();
    std::fs::write(&card, text).map_err(StoreError::file(&card))?;
    Store::open(&folder.join(FILE))?.merge(pack.decisions.iter().cloned())?;
    Ok(())
}

/// The card of the pack that the project in `folder` came as; `None` for an ordinary project.
///
/// # Errors
/// [`StoreError::Line`] for a card that cannot be read.
pub fn card(folder: &Path) -> Result<Option<Header>, StoreError> {
    let path = folder.join(CARD);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let fault = |error: serde_json::Error| StoreError::Line {
                file: CARD.into(),
                line: error.line() as u64,
                reason: error.to_string(),
            };
            serde_json::from_str(&text).map(Some).map_err(fault)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::file(&path)(error)),
    }
}
