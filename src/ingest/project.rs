//! A monitoring project in memory: what the tables say, nothing inferred.
//!
//! People and owners are named as the tables name them, by id or by any spelling, until [`crate::people::resolve`] has
//! replaced every mention by an id.

use super::monitor::Monitor;
use super::recommendations::Recommendation;
use super::when::When;
use crate::id::{ClauseId, InquiryId, OwnerId, PersonId, TopicId};
use serde::Serialize;
use std::collections::BTreeMap;

/// Columns that the program does not know, kept as written.
pub type Extra = BTreeMap<String, String>;

/// Everything read from a project folder.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "each field is the table of its name; docs/formats.md describes the columns")]
pub struct Project {
    pub monitor: Monitor,
    pub people: Vec<Person>,
    pub parties: Vec<Party>,
    pub places: Vec<Place>,
    pub programmes: Vec<Programme>,
    pub promises: Vec<Promise>,
    pub inquiries: Vec<Inquiry>,
    pub meetings: Vec<Meeting>,
    pub outcomes: Vec<Outcome>,
    pub responses: Vec<Response>,
    pub published: Vec<Published>,
    pub inquiry_topics: Vec<InquiryTopics>,
    /// The project's own taxonomy, `topics.toml`.
    pub topics: Option<Source>,
    /// The project's groups and relations, `audit.toml`.
    pub audit: Option<Source>,
    /// The project's own recommendations, `recommendations.toml`.
    pub recommendations: Option<Vec<Recommendation>>,
    /// Every file that was read, with the BLAKE3 hash of its bytes.
    pub files: BTreeMap<String, String>,
}

/// A text file of the project.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the project.
    pub file: String,
    /// Its text.
    pub text: String,
}

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// All values with their names in tables.
            pub const ALL: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),+];

            /// The name in tables and output.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}
pub(crate) use choice;

choice! {
    /// How a deputy got the seat.
    Mandate {
        /// Elected in a single-mandate district.
        Single = "single",
        /// Elected from a party list.
        List = "list",
    }
}
choice! {
    /// Whether the monitors could obtain a programme.
    Availability {
        /// Found in open sources.
        Open = "open",
        /// Sent when asked for.
        OnRequest = "on_request",
        /// Not obtained.
        NotObtained = "not_obtained",
    }
}
choice! {
    /// Where a programme's content comes from.
    Origin {
        /// The owner's own.
        Own = "own",
        /// The owner's own on top of the party's.
        OwnAndParty = "own_and_party",
        /// The party's alone.
        Party = "party",
        /// There is no programme.
        None = "none",
    }
}
choice! {
    /// Whether one could tell that a promise was kept.
    Testability {
        /// No action or outcome that could be checked.
        Vague = "vague",
        /// An action or outcome is named.
        Specific = "specific",
        /// With a quantity, a place or a deadline to check against.
        Testable = "testable",
    }
}
choice! {
    /// The language of a text as its source declares it.
    TextLanguage {
        /// Kazakh
        Kazakh = "kk",
        /// Russian
        Russian = "ru",
        /// Kazakh and Russian in one text.
        Mixed = "mixed",
    }
}
choice! {
    /// What a source says became of a promise.
    OutcomeStatus {
        /// Something was done.
        Acted = "acted",
        /// The promised outcome was verified.
        OutcomeVerified = "outcome_verified",
        /// The owner acted against the promise.
        Contradicted = "contradicted",
    }
}

/// A deputy.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `people`")]
pub struct Person {
    /// The line of its table on which the row begins.
    #[serde(skip)]
    pub line: u64,
    pub id: PersonId,
    pub name_kk: String,
    pub name_ru: String,
    pub aliases: Vec<String>,
    pub party: String,
    pub faction: String,
    pub mandate: Option<Mandate>,
    pub district_no: String,
    pub district: String,
    pub region: String,
    pub extra: Extra,
}

/// A party: it may own a programme.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `parties`")]
pub struct Party {
    pub id: OwnerId,
    pub name_kk: String,
    pub name_ru: String,
    pub aliases: Vec<String>,
}

/// A place of the project that the bundled gazetteer does not know.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `places`")]
pub struct Place {
    pub id: String,
    pub name_kk: String,
    pub name_ru: String,
    pub aliases: Vec<String>,
}

/// A programme and how it was come by.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `programmes`")]
pub struct Programme {
    /// The line of its table on which the row begins.
    #[serde(skip)]
    pub line: u64,
    pub owner: OwnerId,
    pub file: String,
    pub lang: Option<TextLanguage>,
    pub obtained: Option<Availability>,
    pub origin: Option<Origin>,
    pub source_url: String,
    /// The text of `file`; empty where the project gives only the promises.
    #[serde(skip)]
    pub text: String,
    pub extra: Extra,
}

/// A promise that came already cut out of its programme.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `promises`")]
pub struct Promise {
    /// The line of its table on which the row begins.
    #[serde(skip)]
    pub line: u64,
    pub id: ClauseId,
    pub owner: OwnerId,
    pub lang: Option<TextLanguage>,
    pub text: String,
    pub testability: Option<Testability>,
    pub extra: Extra,
}

/// An inquiry with its reply.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `inquiries`")]
pub struct Inquiry {
    /// The line of its table on which the row begins.
    #[serde(skip)]
    pub line: u64,
    pub id: InquiryId,
    pub date: Option<When>,
    pub lang: Option<TextLanguage>,
    /// `None` where the source does not say who began it.
    pub initiator: Option<PersonId>,
    pub cosigners: Vec<PersonId>,
    pub addressee: String,
    pub title: String,
    pub text: String,
    pub url: String,
    pub reply_date: Option<When>,
    pub reply_text: String,
    pub extra: Extra,
}

/// A meeting with voters.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `meetings`")]
pub struct Meeting {
    /// The line of its table on which the row begins.
    #[serde(skip)]
    pub line: u64,
    pub person: PersonId,
    pub date: Option<When>,
    pub place: String,
    pub in_district: Option<bool>,
    /// Promises that the source itself connects with the meeting.
    pub promises: Vec<ClauseId>,
    pub quote: String,
    pub source_url: String,
}

/// What a source says was done about a promise.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `outcomes`")]
pub struct Outcome {
    /// The line of its table on which the row begins.
    #[serde(skip)]
    pub line: u64,
    pub owner: OwnerId,
    pub clause: ClauseId,
    pub status: OutcomeStatus,
    pub date: Option<When>,
    pub source_url: String,
    pub quote: String,
}

/// What a deputy or a party answers to the monitoring: the right of reply.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `responses`")]
pub struct Response {
    /// The line of its table on which the row begins.
    #[serde(skip)]
    pub line: u64,
    /// Who answers: a person or a party.
    pub person: OwnerId,
    /// The promise that it is about; `None` where it is about the monitoring as a whole.
    pub clause: Option<ClauseId>,
    pub date: Option<When>,
    pub text: String,
    pub source_url: String,
}

/// A figure that somebody published.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `published`")]
pub struct Published {
    /// The line of its table on which the row begins.
    #[serde(skip)]
    pub line: u64,
    pub id: String,
    pub source: String,
    /// Where in the source: `diagram-4`.
    pub place: String,
    pub measure: String,
    pub unit: String,
    /// A person's id or a group of `audit.toml`.
    pub group: String,
    pub value: f64,
    pub quote: String,
}

/// The topics of an inquiry as a person decided them: these and no others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "columns of `inquiry_topics`")]
pub struct InquiryTopics {
    /// The line of its table on which the row begins.
    #[serde(skip)]
    pub line: u64,
    pub inquiry: InquiryId,
    /// Empty where it has none. Ids or names, until they have been looked up in the taxonomy; then ids.
    pub topics: Vec<TopicId>,
}

impl Project {
    /// The file that held table `name`, such as `inquiries.jsonl`; the bare name where there was none.
    pub fn table_file(&self, name: &str) -> String {
        let of_table = |file: &&String| file.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        self.files.keys().find(of_table).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// The person of that id.
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    /// True for the id of a party (of the table, or named in a person's `party`).
    pub fn is_party(&self, owner: &OwnerId) -> bool {
        self.parties.iter().any(|party| party.id == *owner)
            || (!owner.as_str().is_empty() && self.people.iter().any(|person| person.party == owner.as_str()))
    }

    /// What is known of an owner's programme; `None` where the project says nothing.
    pub fn obtained(&self, owner: &OwnerId) -> Option<Availability> {
        self.programmes.iter().find(|programme| programme.owner == *owner).and_then(|programme| programme.obtained)
    }

    /// The name to show for an owner: a party's or a person's, Kazakh before Russian, else the id.
    pub fn owner_name<'a>(&'a self, owner: &'a OwnerId) -> &'a str {
        let person = self.people.iter().find(|person| person.id.as_str() == owner.as_str());
        let party = self.parties.iter().find(|party| party.id == *owner);
        let names = person
            .map(|person| [&person.name_kk, &person.name_ru])
            .or_else(|| party.map(|party| [&party.name_kk, &party.name_ru]));
        names.and_then(|names| names.into_iter().find(|name| !name.is_empty())).map_or(owner.as_str(), String::as_str)
    }
}
