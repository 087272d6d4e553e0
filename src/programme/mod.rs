//! Which clauses make up a programme, which of them are promises, could they be checked, and whose are they?
//!
//! Takes the promises table and programme texts; gives [`Clause`]s.
//! Promises: the clauses of a text tile it, byte by byte; each keeps the span it came from.
//! Knows nothing of: inquiries, matching.

pub mod coordination;
mod cue;
pub mod kind;
pub mod layout;
pub mod origin;
pub mod reader;
pub mod segment;
pub mod testability;
pub mod words;

pub use kind::Kind;
pub use origin::{ClauseOrigin, Meaning};
pub use reader::{Reader, Unit};
pub use segment::{Outliner, Segment, SegmentKind};
pub use testability::{Act, Fields};

use crate::Result;
use crate::analysis::{Analyzer, Gazetteer, Glossary, Language, PlaceNames};
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
    /// The clause, without its list mark, page furniture and hyphens of line ends.
    pub text: String,
    /// As declared, else as read off the words.
    pub lang: TextLanguage,
    /// True for a promise: the clause commits its owner.
    pub pledge: bool,
    /// That it is a promise, from 0 to 1; `null` for a row of the promises table.
    pub probability: Option<f64>,
    /// What it is; `null` for a row of the promises table.
    pub kind: Option<Kind>,
    /// Whether one could tell that it was kept; `null` where nobody has judged.
    pub testability: Option<Testability>,
    /// Action or outcome; of promises in texts.
    pub act: Option<Act>,
    /// Deadline, quantity, place, addressee; of promises in texts.
    pub fields: Fields,
    /// The clause that announces it: «Обязуюсь:».
    pub lead_in: Option<String>,
    /// Against the party's programme: own, adapted, copied; `null` where there is nothing to compare.
    pub origin: Option<ClauseOrigin>,
    /// The party's clause that it comes from; of a row of the promises table what the table says of its source.
    pub from: Option<String>,
}

/// The tables and functions that programmes are read with.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// Reads words.
    pub analyzer: &'a Analyzer,
    /// Concepts of both languages.
    pub glossary: &'a Glossary,
    /// What promises mean, beside their words, for comparing them with those of the party; words alone where there is none.
    pub meaning: Option<Meaning<'a>>,
}

/// All clauses of the project: rows of the promises table, then programme texts cut into clauses, in the tables' order.
///
/// # Errors
/// [`crate::Error::Model`] for a bundled table that does not say what it should.
pub fn clauses(project: &Project, tools: &Tools<'_>) -> Result<Vec<Clause>> {
    let analyzer = tools.analyzer;
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
            probability: None,
            kind: None,
            testability: promise.testability,
            act: None,
            fields: Fields::default(),
            lead_in: None,
            origin: None,
            from: promise.extra.get("source").cloned(),
        })
        .collect();
    if project.programmes.iter().all(|programme| programme.text.is_empty()) {
        return Ok(clauses);
    }
    let mut gazetteer = Gazetteer::kazakhstan(analyzer);
    for place in &project.places {
        let aliases = || place.aliases.iter().map(String::as_str);
        let kazakh: Vec<&str> = std::iter::once(&*place.name_kk).chain(aliases()).collect();
        let russian: Vec<&str> = std::iter::once(&*place.name_ru).chain(aliases()).collect();
        gazetteer.insert(analyzer, PlaceNames { id: &place.id, kazakh: &kazakh, russian: &russian });
    }
    let reader = Reader::bundled(analyzer, tools.glossary, &gazetteer)?;
    let taken: BTreeSet<&str> = project.promises.iter().map(|promise| promise.id.as_str()).collect();
    let mut numbers: BTreeMap<&OwnerId, usize> = BTreeMap::new();
    let mut readings: BTreeMap<usize, origin::Reading> = BTreeMap::new();
    for programme in project.programmes.iter().filter(|programme| !programme.text.is_empty()) {
        for unit in reader.units(&programme.text) {
            // An owner may have several texts; each clause gets the next id that is free.
            let number = numbers.entry(&programme.owner).or_insert(0);
            let id = loop {
                *number += 1;
                let id = format!("{}-c{number}", programme.owner);
                if !taken.contains(id.as_str()) {
                    break id;
                }
            };
            if let Some(reading) = unit.reading {
                readings.insert(
                    clauses.len(),
                    match tools.meaning {
                        Some(meaning) => reading.with_meaning(meaning),
                        None => reading,
                    },
                );
            }
            clauses.push(Clause {
                id: id.into(),
                owner: programme.owner.clone(),
                document: programme.file.clone(),
                start: unit.span.start,
                end: unit.span.end,
                lang: programme.lang.unwrap_or_else(|| detect(analyzer, &unit.text)),
                text: unit.text,
                pledge: unit.kind == Kind::Pledge,
                probability: Some(unit.pledge),
                kind: Some(unit.kind),
                testability: unit.testability,
                act: unit.act,
                fields: unit.fields,
                lead_in: unit.lead_in,
                origin: None,
                from: None,
            });
        }
    }
    align(project, &mut clauses, &readings);
    Ok(clauses)
}

/// Holds the promises of each party's people against the party's programme.
fn align(project: &Project, clauses: &mut [Clause], readings: &BTreeMap<usize, origin::Reading>) {
    let party_of: BTreeMap<&str, &str> =
        project.people.iter().map(|person| (person.id.as_str(), person.party.as_str())).collect();
    let mut by_owner: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for place in readings.keys() {
        by_owner.entry(clauses[*place].owner.to_string()).or_default().push(*place);
    }
    let mut programmes: BTreeMap<&str, (Vec<usize>, origin::PartyProgramme)> = BTreeMap::new();
    for party in &project.parties {
        if let Some(places) = by_owner.get(party.id.as_str()) {
            let promises = places.iter().map(|place| readings[place].clone()).collect();
            let laid_out = origin::PartyProgramme::new(promises, readings.values());
            programmes.insert(party.id.as_str(), (places.clone(), laid_out));
        }
    }
    for (place, reading) in readings {
        let Some(party) = party_of.get(clauses[*place].owner.as_str()) else { continue };
        let aligned = programmes.get(party).map(|(places, programme)| (places, programme.align(reading)));
        // Where the party's programme is not at hand, nothing is known; without a party all is the owner's own.
        let (origin, from) = match aligned {
            Some((places, aligned)) => (Some(aligned.origin), aligned.from.and_then(|at| places.get(at)).copied()),
            None => (party.is_empty().then_some(ClauseOrigin::Own), None),
        };
        let from = from.map(|at| clauses[at].id.to_string());
        clauses[*place].origin = origin;
        clauses[*place].from = from;
    }
}

/// Below this share of promises from the party a programme is its owner's own, above one minus it the party's.
const FEW: f64 = 0.1;

/// The class of an owner's programme by the origin of its promises; `None` where the origin of none is known.
pub fn class(clauses: &[Clause], owner: &OwnerId) -> Option<Origin> {
    let read = || clauses.iter().filter(|clause| clause.owner == *owner && clause.kind.is_some());
    read().next()?;
    let promises = read().filter(|clause| clause.pledge).count();
    if promises == 0 {
        return Some(Origin::None);
    }
    let known: Vec<ClauseOrigin> = read().filter(|clause| clause.pledge).filter_map(|clause| clause.origin).collect();
    if known.is_empty() {
        return None;
    }
    let party = known.iter().filter(|origin| **origin != ClauseOrigin::Own).count();
    #[expect(clippy::cast_precision_loss, reason = "counts of promises")]
    let share = party as f64 / known.len() as f64;
    Some(match share {
        share if share < FEW => Origin::Own,
        share if share > 1.0 - FEW => Origin::Party,
        _ => Origin::OwnAndParty,
    })
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
    let file = project.table_file("responses");
    project.responses.retain(|response| {
        let about = |id: &ClauseId| clauses.iter().any(|clause| clause.id == *id && clause.owner == response.person);
        let Some(id) = response.clause.as_ref().filter(|id| !about(id)) else { return true };
        problems.push(dangling(&file, id).at_line(response.line).in_column("clause"));
        false
    });
    problems
}
