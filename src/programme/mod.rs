//! Which clauses make up a programme?
//!
//! Takes the promises table and programme texts; gives [`Clause`]s.
//! Promises: the clauses of a text tile it, byte by byte; each keeps the span it came from.
//! Knows nothing of: inquiries, matching.

pub mod segment;

pub use segment::{Segment, SegmentKind, segment};

use crate::analysis::{Analyzer, Language};
use crate::id::{ClauseId, OwnerId};
use crate::ingest::{Fault, Origin, Problem, Project, Testability, TextLanguage};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The smallest passage of a programme that an inquiry can be linked to: one action or outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clause {
    /// `promises.id`, or `OWNER-cN` for the N-th clause of a programme text.
    pub id: ClauseId,
    /// The person or party whose programme it stands in.
    pub owner: OwnerId,
    /// The file: the promises table, or the programme's text.
    pub document: String,
    /// First byte in the document's text (for a row of the promises table: in its `text`).
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The clause.
    pub text: String,
    /// As declared, else as read off the words.
    pub lang: TextLanguage,
    /// True for a promise: the clause commits its owner. Headings do not.
    pub pledge: bool,
    /// Whether one could tell that it was kept; `null` where nobody has judged.
    pub testability: Option<Testability>,
    /// Own, or from the party; `null` where unknown.
    pub origin: Option<Origin>,
    /// What the table says of its place in the source.
    pub from: Option<String>,
}

/// All clauses of the project: rows of the promises table, then programme texts cut into clauses, in the tables' order.
pub fn clauses(project: &Project, analyzer: &Analyzer) -> Vec<Clause> {
    let document = project.table_file("promises");
    let mut clauses: Vec<Clause> = project
        .promises
        .iter()
        .map(|promise| Clause {
            id: promise.id.clone(),
            owner: promise.owner.clone(),
            document: document.clone(),
            start: 0,
            end: promise.text.len(),
            text: promise.text.clone(),
            lang: promise.lang.unwrap_or_else(|| detect(analyzer, &promise.text)),
            pledge: true,
            testability: promise.testability,
            origin: None,
            from: promise.extra.get("source").cloned(),
        })
        .collect();
    let taken: BTreeSet<&str> = project.promises.iter().map(|promise| promise.id.as_str()).collect();
    let mut numbers: BTreeMap<&OwnerId, usize> = BTreeMap::new();
    for programme in project.programmes.iter().filter(|programme| !programme.text.is_empty()) {
        for part in segment(&programme.text) {
            // An owner may have several texts; each clause gets the next id that is free.
            let number = numbers.entry(&programme.owner).or_insert(0);
            let id = loop {
                *number += 1;
                let id = format!("{}-c{number}", programme.owner);
                if !taken.contains(id.as_str()) {
                    break id;
                }
            };
            let text = part.span.of(&programme.text).trim();
            clauses.push(Clause {
                id: id.into(),
                owner: programme.owner.clone(),
                document: programme.file.clone(),
                start: part.span.start,
                end: part.span.end,
                text: text.to_owned(),
                lang: programme.lang.unwrap_or_else(|| detect(analyzer, text)),
                pledge: part.kind != SegmentKind::Heading,
                testability: None,
                origin: None,
                from: None,
            });
        }
    }
    clauses
}

fn detect(analyzer: &Analyzer, text: &str) -> TextLanguage {
    match analyzer.language(text) {
        Language::Kazakh => TextLanguage::Kazakh,
        Language::Russian => TextLanguage::Russian,
        Language::Mixed | Language::Other => TextLanguage::Mixed,
    }
}

/// Meetings and outcomes that name a clause which no programme has. The reference (meetings) or the row (outcomes) is left out.
pub fn check_references(project: &mut Project, clauses: &[Clause]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let known = |id: &ClauseId| clauses.iter().any(|clause| clause.id == *id);
    let dangling = |file: &str, id: &ClauseId| {
        let fault = Fault::Dangling { value: id.to_string(), table: "promises".into(), nearest: String::new() };
        Problem::in_file(file, fault)
    };
    let file = project.table_file("meetings");
    for meeting in &mut project.meetings {
        meeting.promises.retain(|id| {
            let found = known(id);
            if !found {
                problems.push(dangling(&file, id).at_line(meeting.line).in_column("promises"));
            }
            found
        });
    }
    let file = project.table_file("outcomes");
    project.outcomes.retain(|outcome| {
        let found = clauses.iter().any(|clause| clause.id == outcome.clause && clause.owner == outcome.owner);
        if !found {
            problems.push(dangling(&file, &outcome.clause).at_line(outcome.line).in_column("clause"));
        }
        found
    });
    problems
}
