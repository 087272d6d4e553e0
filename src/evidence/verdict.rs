//! What people decided about links. Where they did, it counts, and the model's suggestion does not.

use crate::id::{ClauseId, InquiryId};
use crate::linking::{Link, Zone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What people say of one pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All who judged it gave this grade, or a lead ruled so.
    Judged {
        /// 2 direct, 1 partial, 0 none.
        grade: u8,
        /// How many judged it.
        reviewers: usize,
    },
    /// They differ, and no lead has ruled.
    Disputed,
}

/// Verdicts by inquiry and promise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdicts(BTreeMap<(InquiryId, ClauseId), Verdict>);

impl Verdicts {
    /// The verdict on a pair.
    pub fn of(&self, inquiry: &InquiryId, promise: &ClauseId) -> Option<Verdict> {
        self.0.get(&(inquiry.clone(), promise.clone())).copied()
    }

    /// All verdicts, by inquiry and promise.
    pub fn iter(&self) -> impl Iterator<Item = (&InquiryId, &ClauseId, Verdict)> {
        self.0.iter().map(|((inquiry, promise), verdict)| (inquiry, promise, *verdict))
    }

    /// How many pairs people judged.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is to be done with a link: what people said where they did, else what the model says.
    pub fn zone(&self, link: &Link) -> Zone {
        if self.is_empty() {
            return link.zone;
        }
        match self.of(&link.inquiry, &link.promise) {
            None => link.zone,
            Some(Verdict::Disputed) => Zone::Review,
            Some(Verdict::Judged { grade: 0, .. }) => Zone::Leave,
            Some(Verdict::Judged { .. }) => Zone::Suggest,
        }
    }

    /// A hash of all of them, for the manifest of a run.
    pub fn fingerprint(&self) -> String {
        let mut hash = blake3::Hasher::new();
        for ((inquiry, promise), verdict) in &self.0 {
            for part in [inquiry.as_str(), promise.as_str(), &format!("{verdict:?}")] {
                hash.update(&(part.len() as u64).to_le_bytes());
                hash.update(part.as_bytes());
            }
        }
        hash.finalize().to_hex().to_string()
    }
}

impl FromIterator<((InquiryId, ClauseId), Verdict)> for Verdicts {
    fn from_iter<T: IntoIterator<Item = ((InquiryId, ClauseId), Verdict)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}
