//! Who is meant?
//!
//! Takes a [`Project`] whose tables name people by id or by any spelling; replaces every mention by an id and gives the
//! ledger of what each was taken for and why.
//! Promises: never a silent merge; a mention that fits two people is given to nobody.
//! Knows nothing of: texts, promises, matching.

pub mod name;
pub mod roster;
pub mod trace;

mod clean;
mod endings;
mod fit;
mod initials;
mod known;
mod letters;
mod shape;
mod slip;
mod tables;
mod vocabulary;
mod word;

pub use roster::Roster;
pub use trace::{Explanation, Reason, Resolution};

use crate::id::{OwnerId, PersonId};
use crate::ingest::{Fault, Problem, Project};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The least confidence at which a table's mention is taken for a person; below it the mention is a problem that names the
/// nearest person, for the analyst to add an alias.
const LEAST_CONFIDENCE: f64 = 0.8;

/// One line of the ledger: what a mention was taken for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerEntry {
    /// As the table has it.
    pub mention: String,
    /// The person or party; `null` for nobody.
    pub person: Option<String>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Why.
    pub reason: Reason,
    /// The table and column: `inquiries.jsonl: cosigners`.
    pub source: String,
    /// How often it stands there.
    pub count: usize,
}

/// Replaces every mention in `project` by an id. What fits nobody is a problem; its row (or, in a list, the mention) is left out.
pub fn resolve(project: &mut Project) -> (Vec<LedgerEntry>, Vec<Problem>) {
    let mut resolver = Resolver::new(project);
    for person in &mut project.people {
        if let Some(party) = resolver.parties.get(&person.party.to_lowercase()) {
            party.as_str().clone_into(&mut person.party);
        }
    }
    let Project { programmes, promises, inquiries, meetings, outcomes, responses, .. } = project;
    programmes.retain_mut(|row| resolver.owner(&mut row.owner, "programmes", "owner", row.line));
    promises.retain_mut(|row| resolver.owner(&mut row.owner, "promises", "owner", row.line));
    inquiries.retain_mut(|row| {
        row.cosigners.retain_mut(|person| resolver.person(person, "inquiries", "cosigners", row.line));
        let initiator = row.initiator.as_mut().is_none_or(|p| resolver.person(p, "inquiries", "initiator", row.line));
        row.cosigners.retain(|person| Some(person) != row.initiator.as_ref());
        let mut seen = BTreeSet::new();
        row.cosigners.retain(|person| seen.insert(person.clone()));
        initiator
    });
    meetings.retain_mut(|row| resolver.person(&mut row.person, "meetings", "person", row.line));
    outcomes.retain_mut(|row| resolver.owner(&mut row.owner, "outcomes", "owner", row.line));
    responses.retain_mut(|row| resolver.owner(&mut row.person, "responses", "person", row.line));
    resolver.finish()
}

struct Resolver {
    roster: Roster,
    ids: BTreeSet<PersonId>,
    /// Party ids, names and aliases in lower case.
    parties: BTreeMap<String, OwnerId>,
    files: BTreeMap<&'static str, String>,
    known: BTreeMap<String, Resolution>,
    ledger: BTreeMap<(String, String), LedgerEntry>,
    problems: Vec<Problem>,
}

impl Resolver {
    fn new(project: &Project) -> Self {
        let mut parties = BTreeMap::new();
        for party in &project.parties {
            let names = [party.id.as_str(), &party.name_kk, &party.name_ru].into_iter();
            for name in names.chain(party.aliases.iter().map(String::as_str)).filter(|name| !name.is_empty()) {
                parties.insert(name.to_lowercase(), party.id.clone());
            }
        }
        for person in project.people.iter().filter(|person| !person.party.is_empty()) {
            parties.entry(person.party.to_lowercase()).or_insert_with(|| person.party.as_str().into());
        }
        let tables = ["programmes", "promises", "inquiries", "meetings", "outcomes", "responses"];
        Self {
            roster: Roster::new(&project.people),
            ids: project.people.iter().map(|person| person.id.clone()).collect(),
            parties,
            files: tables.into_iter().map(|table| (table, project.table_file(table))).collect(),
            known: BTreeMap::new(),
            ledger: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    /// Replaces the mention in `person`; `false` where it fits nobody.
    fn person(&mut self, person: &mut PersonId, table: &'static str, column: &str, line: u64) -> bool {
        let mention = person.as_str().to_owned();
        let found = self.known.entry(mention.clone()).or_insert_with(|| self.roster.resolve(&mention)).clone();
        self.note(
            &mention,
            found.person.as_ref().filter(|_| found.confidence >= LEAST_CONFIDENCE).map(ToString::to_string),
            found.confidence,
            found.reason,
            table,
            column,
        );
        match found.person {
            Some(id) if found.confidence >= LEAST_CONFIDENCE => {
                *person = id;
                return true;
            }
            Some(id) => self.refuse(&mention, found.reason, &[id.to_string()], table, column, line),
            None => self.refuse(&mention, found.reason, &found.candidates, table, column, line),
        }
        false
    }

    /// Replaces the mention in `owner` by a party's or a person's id; `false` where it fits nobody.
    fn owner(&mut self, owner: &mut OwnerId, table: &'static str, column: &str, line: u64) -> bool {
        let is_person = self.ids.contains(owner.as_str());
        if let Some(party) = self.parties.get(&owner.as_str().to_lowercase()).cloned().filter(|_| !is_person) {
            let reason = if party == *owner { Reason::Id } else { Reason::Name };
            self.note(owner.as_str(), Some(party.to_string()), 1.0, reason, table, column);
            *owner = party;
            return true;
        }
        let mut person = PersonId::from(owner.as_str());
        let found = self.person(&mut person, table, column, line);
        *owner = OwnerId::from(&person);
        found
    }

    fn note(
        &mut self,
        mention: &str,
        person: Option<String>,
        confidence: f64,
        reason: Reason,
        table: &str,
        column: &str,
    ) {
        let source = format!("{}: {column}", self.files.get(table).map_or(table, String::as_str));
        let entry = self.ledger.entry((mention.to_owned(), source.clone())).or_insert_with(|| LedgerEntry {
            mention: mention.to_owned(),
            person,
            confidence,
            reason,
            source,
            count: 0,
        });
        entry.count += 1;
    }

    /// Notes that `mention` was given to nobody.
    fn refuse(
        &mut self,
        mention: &str,
        reason: Reason,
        candidates: &[String],
        table: &'static str,
        column: &str,
        line: u64,
    ) {
        let value = mention.to_owned();
        let fault = match reason {
            Reason::Ambiguous => Fault::Ambiguous { value, candidates: candidates.join(", ") },
            _ => Fault::Dangling { value, table: "people".into(), nearest: candidates.join(", ") },
        };
        let file = self.files.get(table).map_or(table, String::as_str);
        self.problems.push(Problem::in_file(file, fault).at_line(line).in_column(column));
    }

    fn finish(self) -> (Vec<LedgerEntry>, Vec<Problem>) {
        (self.ledger.into_values().collect(), self.problems)
    }
}
