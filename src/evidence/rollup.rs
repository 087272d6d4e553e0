//! The matrix summed up: by owner, by party, by topic, by month. Every sum carries its denominator.

use super::matrix::{Cell, EvidenceMatrix};
use super::status::Status;
use crate::id::{InquiryId, OwnerId, TopicId};
use crate::ingest::{Availability, Project};
use crate::topics::TopicScore;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many promises stand on each rung, of how many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Promises in all: the denominator.
    pub promises: usize,
    /// Promises by status.
    pub by_status: BTreeMap<Status, usize>,
    /// Promises without evidence for which inquiries await review.
    pub awaiting_review: usize,
    /// Promises with evidence of which people confirmed a link.
    pub confirmed: usize,
    /// Promises with evidence that rests on links which only the model suggests.
    pub suggested_only: usize,
}

impl Tally {
    fn add(&mut self, cell: &Cell) {
        self.promises += 1;
        *self.by_status.entry(cell.status()).or_default() += 1;
        self.awaiting_review += usize::from(cell.acts().is_empty() && !cell.awaiting_review().is_empty());
        let confirmed = cell.acts().iter().any(|act| act.confirmed_by().is_some());
        self.confirmed += usize::from(confirmed);
        let suggested = cell.acts().iter().any(|act| act.inquiry().is_some());
        self.suggested_only += usize::from(suggested && !confirmed);
    }

    /// Promises on one rung.
    pub fn of(&self, status: Status) -> usize {
        self.by_status.get(&status).copied().unwrap_or(0)
    }

    /// Promises with evidence of work: `co_signed` or above, contradictions not counted.
    pub fn with_evidence(&self) -> usize {
        let rungs = [Status::CoSigned, Status::Initiated, Status::Answered, Status::Acted, Status::OutcomeVerified];
        rungs.into_iter().map(|status| self.of(status)).sum()
    }
}

/// The matrix summed up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Rollup {
    /// All promises: own ones and theses of parties.
    pub all: Tally,
    /// By owner, people and parties: own promises, and those of which nobody knows whose they are.
    pub by_owner: BTreeMap<String, Tally>,
    /// The same of people by their faction (where the project names none, their party).
    pub by_faction: BTreeMap<String, Tally>,
    /// Promises that people took from their party's programme, by owner: credit for a party's thesis is none for one's own.
    pub party_theses: BTreeMap<String, Tally>,
    /// People by what is known of their programme: the codes of [`Availability`], `unknown` where the project says nothing.
    pub availability: BTreeMap<&'static str, usize>,
    /// Inquiries by topic and faction of the initiator (`""` where nobody is named).
    pub topics_by_faction: BTreeMap<TopicId, BTreeMap<String, usize>>,
    /// Inquiries by month, `2024-05`; those dated by a longer period stand under the period.
    pub inquiries_by_month: BTreeMap<String, usize>,
}

impl Rollup {
    /// Sums up `matrix`; `topics[i]` are the scores of `project.inquiries[i]`.
    pub fn new(project: &Project, matrix: &EvidenceMatrix, topics: &[Vec<TopicScore>]) -> Self {
        let mut rollup = Self::default();
        let faction_of: BTreeMap<&str, &str> =
            project.people.iter().map(|person| (person.id.as_str(), faction(person))).collect();
        for cell in &matrix.cells {
            rollup.all.add(cell);
            let own = rollup.by_owner.entry(cell.owner().to_string()).or_default();
            if cell.is_party_thesis() {
                rollup.party_theses.entry(cell.owner().to_string()).or_default().add(cell);
                continue;
            }
            own.add(cell);
            if let Some(faction) = faction_of.get(cell.owner().as_str()) {
                rollup.by_faction.entry((*faction).to_owned()).or_default().add(cell);
            }
        }
        for person in &project.people {
            let obtained = project.obtained(&OwnerId::from(&person.id)).map_or("unknown", Availability::code);
            *rollup.availability.entry(obtained).or_default() += 1;
        }
        for (inquiry, scores) in project.inquiries.iter().zip(topics) {
            let initiator = inquiry.initiator.as_ref().and_then(|person| faction_of.get(person.as_str()));
            for score in scores.iter().filter(|score| score.label) {
                let by_faction = rollup.topics_by_faction.entry(score.topic.clone()).or_default();
                *by_faction.entry(initiator.copied().unwrap_or_default().to_owned()).or_default() += 1;
            }
            let month = inquiry
                .date
                .map(|date| if date.is_day() { date.to_string()[..7].to_owned() } else { date.to_string() });
            *rollup.inquiries_by_month.entry(month.unwrap_or_default()).or_default() += 1;
        }
        rollup
    }
}

/// The faction of a person; where the project names none, the party.
pub fn faction(person: &crate::ingest::Person) -> &str {
    if person.faction.is_empty() { &person.party } else { &person.faction }
}

/// Which inquiries of the project have a suggested link.
pub fn linked_inquiries(matrix: &EvidenceMatrix) -> BTreeSet<&InquiryId> {
    matrix.cells.iter().flat_map(Cell::acts).filter_map(super::Act::inquiry).collect()
}
