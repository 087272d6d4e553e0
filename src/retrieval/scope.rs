//! Whose promises an inquiry is held against: those of its initiator, of its co-signatories, of their parties.

use crate::id::{OwnerId, PersonId};
use crate::ingest::{Inquiry, Project, choice};
use crate::programme::Clause;
use std::collections::{BTreeMap, HashMap};

choice! {
    /// Whose clause it is.
    Scope {
        /// The initiator's own.
        Own = "own",
        /// A co-signatory's own.
        CoSigned = "co_signed",
        /// Of the party of an author.
        Party = "party",
        /// Of somebody else.
        All = "all",
    }
}

choice! {
    /// The part that a clause's owner (for a party: its member) took in an inquiry. Ordered from the strongest.
    Role {
        /// Began it.
        Initiator = "initiator",
        /// Signed it.
        Cosigner = "cosigner",
        /// None.
        None = "none",
    }
}

/// Who owns which clauses, and who belongs to which party.
pub struct Scopes<'a> {
    clauses: HashMap<&'a str, Vec<usize>>,
    /// True for each clause that is a promise.
    promises: Vec<bool>,
    party: HashMap<&'a str, &'a str>,
}

impl<'a> Scopes<'a> {
    /// The scopes of a project. Only promises are candidates: headings and the like are left out.
    pub fn new(project: &'a Project, clauses: &'a [Clause]) -> Self {
        let mut owned: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, clause) in clauses.iter().enumerate().filter(|(_, clause)| clause.pledge) {
            owned.entry(clause.owner.as_str()).or_default().push(place);
        }
        let of_person = project.people.iter().map(|person| (person.id.as_str(), person.party.as_str()));
        let promises = clauses.iter().map(|clause| clause.pledge).collect();
        Self { clauses: owned, promises, party: of_person.filter(|(_, party)| !party.is_empty()).collect() }
    }

    /// True where a clause, by its place in the list of clauses, is a promise.
    pub fn is_promise(&self, clause: usize) -> bool {
        self.promises.get(clause).is_some_and(|is| *is)
    }

    /// The party of a person, if any.
    pub fn party(&self, person: &PersonId) -> Option<OwnerId> {
        self.party.get(person.as_str()).map(|party| OwnerId::from(*party))
    }

    /// The clauses in scope of an inquiry with the closest scope of each.
    pub fn of(&self, inquiry: &Inquiry) -> BTreeMap<usize, (Scope, Role)> {
        let mut found: BTreeMap<usize, (Scope, Role)> = BTreeMap::new();
        let mut add = |owner: &str, scope: Scope, role: Role| {
            for clause in self.clauses.get(owner).into_iter().flatten() {
                let known = found.entry(*clause).or_insert((scope, role));
                *known = (*known).min((scope, role));
            }
        };
        let initiator = inquiry.initiator.iter().map(|person| (person, Scope::Own, Role::Initiator));
        let cosigners = inquiry.cosigners.iter().map(|person| (person, Scope::CoSigned, Role::Cosigner));
        for (person, scope, role) in initiator.chain(cosigners) {
            add(person.as_str(), scope, role);
            if let Some(party) = self.party.get(person.as_str()) {
                add(party, Scope::Party, role);
            }
        }
        found
    }
}
