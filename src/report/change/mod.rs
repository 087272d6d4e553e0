//! What changed between two runs, and because of what?
//!
//! Takes the folders of two runs; gives the cells that differ, each with its causes: an inquiry, a decision, a promise, the model,
//! a setting. Promises: a cell that is not named has the same status, the same acts and the same inquiries to look at in both runs.
//! Knows nothing of: how the runs were made beyond what they wrote.

pub mod folder;
pub mod cause;
pub mod wording;

use crate::Result;
use cause::{Cause, Pairs};
use folder::{CellRow, Folder, each_link};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The difference of two runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Settings and models that differ.
    pub settings: Vec<SettingChange>,
    /// Inputs that differ.
    pub inputs: Vec<InputChange>,
    /// Promises in either run.
    pub promises: usize,
    /// Pairs that the model puts into another zone; only those scored in both runs.
    pub links_moved: usize,
    /// Cells that differ, by promise.
    pub cells: Vec<CellChange>,
}

/// A setting that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "plain words")]
pub struct SettingChange {
    pub setting: &'static str,
    pub before: String,
    pub after: String,
}

/// An input that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "plain words")]
pub struct InputChange {
    pub file: String,
    pub change: InputDifference,
}

/// How an input differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "plain words")]
pub enum InputDifference {
    Added,
    Removed,
    Edited,
}

/// A cell that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellChange {
    /// The promise.
    pub promise: String,
    /// Whose.
    pub owner: String,
    /// Their name.
    pub owner_name: String,
    /// Its text, of the later run where both have it.
    pub text: String,
    /// The status before; `None` where the promise was not there.
    pub before: Option<String>,
    /// The status after.
    pub after: Option<String>,
    /// Acts that only the later run has.
    pub gained: BTreeSet<ActKey>,
    /// Acts that only the earlier run has.
    pub lost: BTreeSet<ActKey>,
    /// Why.
    pub causes: Vec<Cause>,
}

/// What makes an act the same in two runs: what was done, and what proves it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs, reason = "fields of matrix.jsonl")]
pub struct ActKey {
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// The manifest's settings that can change a result.
pub const SETTINGS: [&str; 10] = [
    "saual",
    "link_model",
    "link_model_hash",
    "encoder",
    "taxonomy",
    "analyzer",
    "suggest",
    "review",
    "beyond",
    "left_out",
];

/// Compares the runs in two folders.
///
/// # Errors
/// As [`Folder::read`].
pub fn compare(before: &Path, after: &Path) -> Result<Change> {
    let folders = [Folder::read(before)?, Folder::read(after)?];
    let [earlier, later] = &folders;
    let settings: Vec<SettingChange> = SETTINGS
        .into_iter()
        .map(|setting| SettingChange { setting, before: earlier.setting(setting), after: later.setting(setting) })
        .filter(|change| change.before != change.after)
        .collect();
    let promises: BTreeSet<&String> = earlier.cells.keys().chain(later.cells.keys()).collect();
    let mut changes: Vec<(&String, Difference)> = promises
        .iter()
        .map(|promise| (*promise, Difference::of([&folders[0], &folders[1]], promise)))
        .filter(|(_, difference)| difference.any())
        .collect();
    changes.sort_by_key(|(promise, _)| *promise);
    let concerned = changes.iter().flat_map(|(promise, difference)| {
        difference.inquiries().into_iter().map(|inquiry| (inquiry.to_owned(), (*promise).clone()))
    });
    let mut pairs = Pairs::new(&folders, &settings, concerned.collect());
    let mut zones: BTreeMap<(String, String), String> = BTreeMap::new();
    each_link(before, |link| {
        zones.insert((link.inquiry.clone(), link.promise.clone()), link.zone.clone());
        pairs.add(0, link);
    })?;
    let mut links_moved = 0;
    each_link(after, |link| {
        let zone = zones.get(&(link.inquiry.clone(), link.promise.clone()));
        links_moved += usize::from(zone.is_some_and(|zone| *zone != link.zone));
        pairs.add(1, link);
    })?;
    let cells = changes.into_iter().map(|(promise, difference)| {
        let causes = cause::of_cell(&pairs, promise, &difference);
        cell_change(&folders, promise, difference, causes)
    });
    let cells = cells.collect();
    Ok(Change { inputs: inputs(&folders), promises: promises.len(), links_moved, cells, settings })
}

fn cell_change(folders: &[Folder; 2], promise: &str, difference: Difference, causes: Vec<Cause>) -> CellChange {
    let cells = folders.each_ref().map(|folder| folder.cells.get(promise));
    let owner = cells.iter().flatten().last().map(|cell| cell.owner.clone()).unwrap_or_default();
    let mut names = folders.iter().filter_map(|folder| folder.names.get(&owner));
    let mut texts = folders.iter().filter_map(|folder| folder.clauses.get(promise));
    let [before, after] = cells.map(|cell| cell.map(|cell| cell.status.clone()));
    CellChange {
        promise: promise.to_owned(),
        owner_name: names.next_back().cloned().unwrap_or_else(|| owner.clone()),
        owner,
        text: texts.next_back().map(|clause| clause.text.clone()).unwrap_or_default(),
        before,
        after,
        gained: difference.gained,
        lost: difference.lost,
        causes,
    }
}

fn inputs(folders: &[Folder; 2]) -> Vec<InputChange> {
    let [before, after] = folders.each_ref().map(Folder::inputs);
    let files: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let differ = files.into_iter().filter_map(|file| {
        let change = match (before.get(file), after.get(file)) {
            (None, _) => InputDifference::Added,
            (_, None) => InputDifference::Removed,
            (before, after) if before != after => InputDifference::Edited,
            _ => return None,
        };
        Some(InputChange { file: file.to_owned(), change })
    });
    differ.collect()
}

/// How a cell differs.
#[derive(Debug, Default)]
pub struct Difference {
    status: bool,
    appeared: bool,
    vanished: bool,
    gained: BTreeSet<ActKey>,
    lost: BTreeSet<ActKey>,
    /// Inquiries that await review in one run alone.
    awaiting: BTreeSet<String>,
}

impl Difference {
    fn of(folders: [&Folder; 2], promise: &str) -> Self {
        let [before, after] = folders.map(|folder| folder.cells.get(promise));
        let acts = |cell: Option<&CellRow>| cell.map(acts).unwrap_or_default();
        let (earlier, later) = (acts(before), acts(after));
        let awaiting = |cell: Option<&CellRow>| -> BTreeSet<String> {
            cell.map(|cell| cell.awaiting_review.iter().cloned().collect()).unwrap_or_default()
        };
        Self {
            status: before.map(|cell| &cell.status) != after.map(|cell| &cell.status),
            appeared: before.is_none(),
            vanished: after.is_none(),
            gained: later.difference(&earlier).cloned().collect(),
            lost: earlier.difference(&later).cloned().collect(),
            awaiting: awaiting(before).symmetric_difference(&awaiting(after)).cloned().collect(),
        }
    }

    fn any(&self) -> bool {
        self.status || !self.gained.is_empty() || !self.lost.is_empty() || !self.awaiting.is_empty()
    }

    /// The inquiries behind it.
    fn inquiries(&self) -> BTreeSet<&str> {
        let acts = self.gained.iter().chain(&self.lost).filter_map(|act| act.inquiry.as_deref());
        acts.chain(self.awaiting.iter().map(String::as_str)).collect()
    }
}

fn acts(cell: &CellRow) -> BTreeSet<ActKey> {
    let key = |act: &folder::ActRow| ActKey {
        kind: act.kind.clone(),
        inquiry: act.link.as_ref().map(|proof| proof.inquiry.clone()),
        quote: act.quote.as_ref().map(|source| source.quote.clone()),
        source_url: act.quote.as_ref().map(|source| source.source_url.clone()),
        status: act.quote.as_ref().and_then(|source| source.status.clone()),
    };
    cell.acts.iter().map(key).collect()
}
