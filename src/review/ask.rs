//! What a reviewer asks to have kept, and why it may be refused.

use super::store::StoreError;
use std::collections::BTreeSet;

/// What a reviewer asks to have kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// A grade for a pair; with `alike` also for inquiries that say nearly the same.
    Grade {
        /// The inquiry.
        inquiry: String,
        /// The clause.
        clause: String,
        /// 2, 1 or 0.
        grade: u8,
        /// In the reviewer's words.
        comment: String,
        /// Also for near-equal inquiries.
        alike: bool,
    },
    /// None of the clauses in scope, except those graded one by one.
    None {
        /// The inquiry.
        inquiry: String,
        /// In the reviewer's words.
        comment: String,
        /// Also for near-equal inquiries.
        alike: bool,
    },
    /// Not now.
    Skip {
        /// The inquiry.
        inquiry: String,
        /// One of [`REASONS`].
        reason: String,
        /// In the reviewer's words.
        comment: String,
    },
    /// A lead's ruling.
    Resolve {
        /// The inquiry.
        inquiry: String,
        /// The clause.
        clause: String,
        /// 2, 1 or 0.
        grade: u8,
        /// In the lead's words.
        comment: String,
    },
    /// The topics of an inquiry: these and no others of the taxonomy.
    Topics {
        /// The inquiry.
        inquiry: String,
        /// The topics.
        topics: Topics,
        /// In the reviewer's words.
        comment: String,
        /// Also for near-equal inquiries.
        alike: bool,
    },
    /// A lead's ruling on the topics of an inquiry.
    ResolveTopics {
        /// The inquiry.
        inquiry: String,
        /// The topics.
        topics: Topics,
        /// In the lead's words.
        comment: String,
    },
}

/// Topics as chosen from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topics {
    /// The fingerprint of the taxonomy that the list showed: what it did not show was not decided.
    pub taxonomy: String,
    /// The ids chosen.
    pub chosen: BTreeSet<String>,
}

/// Why an inquiry can be skipped.
pub const REASONS: [&str; 4] = ["unsure", "unreadable", "conflict", "later"];

/// Why the desk refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The project has no such inquiry, clause or topic.
    #[error("{what} «{name}» is not in the project")]
    Unknown {
        /// `inquiry`, `promise` or `topic`.
        what: &'static str,
        /// As asked for.
        name: String,
    },
    /// Only a lead may.
    #[error("only a lead may do this")]
    LeadOnly,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
