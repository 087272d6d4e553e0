//! What is declared for an audit: groups of people that figures are published for, and relations that figures must obey.

use crate::ingest::{Person, Project, Source};
use crate::locale::Translated;
use crate::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

const BUNDLED_FILE: &str = "models/audit/relations.toml";
const BUNDLED: &str = include_str!("../../models/audit/relations.toml");

/// Groups and relations.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declarations {
    /// Groups, in the file's order.
    #[serde(default, rename = "group")]
    pub groups: Vec<Group>,
    /// Relations, in the file's order.
    #[serde(default, rename = "relation")]
    pub relations: Vec<Relation>,
    /// Names of places in the source.
    #[serde(default, rename = "place")]
    pub places: Vec<Place>,
}

/// Where in its source a figure is published: `place` of the published table, said in words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// As in `published.place`.
    pub id: String,
    /// Its name.
    pub name: Translated,
}

/// A group of people that figures are published for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id, as in `published.group`.
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: Translated,
    /// What kind of group it is: `faction`, `availability`, `origin`, `region`, `other`.
    #[serde(default)]
    pub kind: String,
    /// A filter over columns of `people`; `None` where the project's table does not hold exactly its members.
    pub members: Option<BTreeMap<String, String>>,
    /// Partitions: lists of groups that make it up.
    #[serde(default)]
    pub parts: Vec<Vec<String>>,
}

/// A relation between a published figure and something it must equal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Its id, the `rule` of findings.
    pub id: String,
    /// The measure it is about; every measure where there is none.
    pub measure: Option<String>,
    /// What the published figure must equal.
    pub right: Term,
    /// The two may differ by less than this.
    #[serde(default)]
    pub tolerance: f64,
}

/// The right-hand side of a relation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Term {
    /// Figures of the published table, or people.
    Named(NamedTerm),
    /// Rows of a table.
    Count {
        /// `inquiries` or `meetings`.
        count: String,
        /// For inquiries: `initiator` or `cosigner`.
        role: Option<String>,
        /// For meetings: inside the district or outside.
        in_district: Option<bool>,
    },
    /// One published measure divided by another.
    Ratio {
        /// Dividend and divisor.
        ratio: [String; 2],
    },
}

/// A term without parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NamedTerm {
    /// The same figure wherever it is published.
    Restated,
    /// The sum of a partition.
    Parts,
    /// The sum of the members' own figures.
    Rows,
    /// The number of members.
    Members,
}

impl Declarations {
    /// The bundled relations with the project's own groups and relations.
    ///
    /// # Errors
    /// [`Error::Model`] for a file that cannot be read, a group that stands twice, or a partition of unknown groups.
    pub fn of(project: &Project) -> Result<Self> {
        let mut declarations = Self::parse(BUNDLED, BUNDLED_FILE)?;
        if let Some(Source { file, text }) = &project.audit {
            let own = Self::parse(text, file)?;
            declarations.relations.retain(|relation| !own.relations.iter().any(|other| other.id == relation.id));
            declarations.relations.extend(own.relations);
            declarations.groups = own.groups;
            declarations.places = own.places;
        }
        declarations.add_factions(project);
        Ok(declarations)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Model`]
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let parsed: Self = toml::from_str(text).map_err(|error| Error::toml(file, text, &error))?;
        for relation in &parsed.relations {
            if !(relation.tolerance.is_finite() && relation.tolerance >= 0.0) {
                return Err(Error::model(file, format!("relation «{}»: tolerance: expected 0 or more", relation.id)));
            }
            if let Term::Count { count, role, .. } = &relation.right {
                let known = ["inquiries", "meetings"].contains(&count.as_str());
                if !known || role.as_deref().is_some_and(|role| !["initiator", "cosigner"].contains(&role)) {
                    let expected =
                        "expected count = \"inquiries\" or \"meetings\", role = \"initiator\" or \"cosigner\"";
                    return Err(Error::model(file, format!("relation «{}»: {expected}", relation.id)));
                }
            }
        }
        for (place, group) in parsed.groups.iter().enumerate() {
            if parsed.groups[..place].iter().any(|other| other.id == group.id) {
                return Err(Error::model(file, format!("group «{}» stands twice", group.id)));
            }
            for part in group.parts.iter().flatten() {
                if !parsed.groups.iter().any(|other| other.id == *part) {
                    let message = format!(
                        "group «{}»: part «{part}» is no group of the file; declare it or mend the name",
                        group.id
                    );
                    return Err(Error::model(file, message));
                }
            }
        }
        Ok(parsed)
    }

    /// Every faction of the people table is a group of itself unless the file declares one of that id.
    fn add_factions(&mut self, project: &Project) {
        for person in &project.people {
            let faction = crate::evidence::rollup::faction(person);
            if !faction.is_empty() && !self.groups.iter().any(|group| group.id == faction) {
                let column = if person.faction.is_empty() { "party" } else { "faction" };
                let members = Some(BTreeMap::from([(column.to_owned(), faction.to_owned())]));
                // A project with groups of its own says itself how factions are published.
                let kind = if self.groups.iter().any(|group| group.kind == "faction" && group.members.is_some())
                    && project.audit.is_some()
                {
                    "other"
                } else {
                    "faction"
                };
                self.groups.push(Group { id: faction.to_owned(), kind: kind.into(), members, ..Group::default() });
            }
        }
    }

    /// The group of that id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }
}

impl Group {
    /// True where the filter picks `person`.
    pub fn has(&self, person: &Person) -> bool {
        self.members.as_ref().is_some_and(|filter| filter.iter().all(|(name, value)| column(person, name) == *value))
    }

    /// The people of the group; `None` where the table does not hold exactly its members.
    pub fn people<'a>(&self, project: &'a Project) -> Option<Vec<&'a Person>> {
        self.members.as_ref().map(|_| project.people.iter().filter(|person| self.has(person)).collect())
    }
}

fn column<'a>(person: &'a Person, name: &str) -> &'a str {
    match name {
        "id" => person.id.as_str(),
        "party" => &person.party,
        "faction" => &person.faction,
        "mandate" => person.mandate.map_or("", crate::ingest::Mandate::code),
        "district_no" => &person.district_no,
        "district" => &person.district,
        "region" => &person.region,
        other => person.extra.get(other).map_or("", String::as_str),
    }
}
