//! The fulfilment-evidence matrix: a cell for every promise.

use super::act::{Act, ActKind};
use super::status::{Empty, Status};
use super::verdict::Verdicts;
use crate::id::{ClauseId, InquiryId, OwnerId, PersonId};
use crate::ingest::{Availability, Inquiry, Project, Testability};
use crate::linking::{Link, Zone};
use crate::programme::{Clause, ClauseOrigin};
use crate::retrieval::{Role, Scopes};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is known about one promise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    owner: OwnerId,
    promise: ClauseId,
    origin: Option<ClauseOrigin>,
    status: Status,
    acts: Vec<Act>,
    awaiting_review: Vec<InquiryId>,
    empty: Option<Empty>,
}

impl Cell {
    /// Whose promise.
    pub fn owner(&self) -> &OwnerId {
        &self.owner
    }

    /// The promise.
    pub fn promise(&self) -> &ClauseId {
        &self.promise
    }

    /// Against the party's programme; `None` where there is nothing to compare.
    pub fn origin(&self) -> Option<ClauseOrigin> {
        self.origin
    }

    /// True where the owner took the promise from the party's programme, in the party's words or in others.
    pub fn is_party_thesis(&self) -> bool {
        matches!(self.origin, Some(ClauseOrigin::Copied | ClauseOrigin::Adapted))
    }

    /// The rung that its acts carry.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What was done, by date.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// Inquiries that may pursue the promise: a person must look.
    pub fn awaiting_review(&self) -> &[InquiryId] {
        &self.awaiting_review
    }

    /// Why there is no act; `None` where there is one.
    pub fn empty(&self) -> Option<Empty> {
        self.empty
    }

    /// How many acts are of a kind.
    pub fn count(&self, kind: ActKind) -> usize {
        self.acts.iter().filter(|act| act.kind() == kind).count()
    }
}

/// All cells, in the order of the clauses, and owners of whom no promise is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceMatrix {
    /// One for every promise.
    pub cells: Vec<Cell>,
    /// People without any promise in the project, with the reason.
    pub without_promises: Vec<WithoutPromises>,
}

/// A person of whose promises nothing is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WithoutPromises {
    /// Who.
    pub person: PersonId,
    /// What is known of the programme; `None` where the project says nothing.
    pub obtained: Option<Availability>,
}

impl EvidenceMatrix {
    /// Brings links, what people decided about them, replies, meetings and outcomes together.
    pub fn new(project: &Project, clauses: &[Clause], links: &[Link], verdicts: &Verdicts) -> Self {
        let inquiries: BTreeMap<&InquiryId, &Inquiry> = project.inquiries.iter().map(|row| (&row.id, row)).collect();
        let mut by_clause: BTreeMap<&ClauseId, Vec<&Link>> = BTreeMap::new();
        for link in links {
            by_clause.entry(&link.promise).or_default().push(link);
        }
        let scopes = Scopes::new(project, clauses);
        let authors = authors(project, &scopes);
        let promises = clauses.iter().filter(|clause| clause.pledge);
        let cells: Vec<Cell> = promises
            .map(|clause| {
                let links = by_clause.get(&clause.id).map_or(&[][..], Vec::as_slice);
                let acts = acts(project, clause, links, verdicts, &inquiries, &scopes);
                let awaiting =
                    links.iter().filter(|link| verdicts.zone(link) == Zone::Review && link.role != Role::None);
                let awaiting_review: Vec<InquiryId> = awaiting.map(|link| link.inquiry.clone()).collect();
                let status = status(project, clause, &acts);
                let empty = acts.is_empty().then(|| match () {
                    () if status == Status::ProgrammeNotObtained => Empty::NotObtained,
                    () if !awaiting_review.is_empty() => Empty::AwaitsReview,
                    () if !authors.contains(clause.owner.as_str()) => Empty::NoInquiries,
                    () => Empty::NoMatch,
                });
                let (owner, promise) = (clause.owner.clone(), clause.id.clone());
                Cell { owner, promise, origin: clause.origin, status, acts, awaiting_review, empty }
            })
            .collect();
        let owners: BTreeSet<&str> = clauses.iter().map(|clause| clause.owner.as_str()).collect();
        let without = project.people.iter().filter(|person| !owners.contains(person.id.as_str()));
        let without_promises = without.map(|person| {
            let obtained = project.obtained(&OwnerId::from(&person.id));
            WithoutPromises { person: person.id.clone(), obtained }
        });
        Self { cells, without_promises: without_promises.collect() }
    }
}

/// Ids of people and parties with at least one inquiry to their name.
fn authors<'a>(project: &'a Project, scopes: &Scopes<'_>) -> BTreeSet<String> {
    let people = project.inquiries.iter().flat_map(|inquiry| inquiry.initiator.iter().chain(&inquiry.cosigners));
    let people: BTreeSet<&'a PersonId> = people.collect();
    let parties = people.iter().filter_map(|person| scopes.party(person)).map(|party| party.to_string());
    people.iter().map(ToString::to_string).chain(parties).collect()
}

fn acts(
    project: &Project,
    clause: &Clause,
    links: &[&Link],
    verdicts: &Verdicts,
    inquiries: &BTreeMap<&InquiryId, &Inquiry>,
    scopes: &Scopes<'_>,
) -> Vec<Act> {
    let mut acts = Vec::new();
    for link in links {
        let Some(inquiry) = inquiries.get(&link.inquiry) else { continue };
        acts.extend(Act::of_link(link, verdicts, inquiry, actor(clause, inquiry, link.role, scopes)));
        acts.extend(Act::of_reply(link, verdicts, inquiry));
    }
    let meetings = project.meetings.iter().filter(|meeting| meeting.promises.contains(&clause.id));
    acts.extend(meetings.filter_map(Act::of_meeting));
    let outcomes = project.outcomes.iter().filter(|outcome| outcome.clause == clause.id);
    acts.extend(outcomes.filter_map(Act::of_outcome));
    acts.sort_by_key(|act| (act.date(), act.kind(), act.inquiry().cloned()));
    acts
}

/// Who acted: the owner, or for a party's promise the author who belongs to the party.
fn actor<'a>(clause: &Clause, inquiry: &'a Inquiry, role: Role, scopes: &Scopes<'_>) -> Option<&'a PersonId> {
    let authors: Vec<&PersonId> = match role {
        Role::Initiator => inquiry.initiator.iter().collect(),
        Role::Cosigner => inquiry.cosigners.iter().collect(),
        Role::None => Vec::new(),
    };
    let owns = |person: &&&PersonId| {
        person.as_str() == clause.owner.as_str() || scopes.party(person).as_ref() == Some(&clause.owner)
    };
    authors.iter().find(owns).copied()
}

/// The highest rung that any act carries. A contradiction, being a source's word, stands above all. Without a rung the
/// programme and the promise itself decide.
fn status(project: &Project, clause: &Clause, acts: &[Act]) -> Status {
    let carried = acts.iter().filter_map(Act::rung).max();
    carried.unwrap_or_else(|| match () {
        () if project.obtained(&clause.owner) == Some(Availability::NotObtained) => Status::ProgrammeNotObtained,
        () if clause.testability == Some(Testability::Vague) => Status::Untestable,
        () => Status::NoEvidence,
    })
}
