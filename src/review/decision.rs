//! A decision: what one reviewer said at one moment. Its id is the hash of its content, so that equal decisions are one.

use super::store::StoreError;
use crate::ingest::choice;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

choice! {
    /// What a decision says.
    Kind {
        /// A grade for one inquiry and one clause.
        Grade = "grade",
        /// None of the clauses listed in `covered` is pursued, except those that the reviewer graded one by one.
        None = "none",
        /// Not decided now, with a reason.
        Skip = "skip",
        /// An earlier decision of the same reviewer, named in `revokes`, no longer stands.
        Undo = "undo",
        /// A lead's ruling on a pair, or on an inquiry's topics, about which reviewers disagree. Their opinions stay.
        Resolve = "resolve",
        /// The topics of an inquiry: of every topic of the taxonomy whether the inquiry has it.
        Topics = "topics",
    }
}

choice! {
    /// What a reviewer may do.
    Role {
        /// Grade, skip, undo.
        Reviewer = "reviewer",
        /// Also resolve disagreements, see agreement, deal out the work.
        Lead = "lead",
    }
}

/// Longest comment, in characters.
pub const LONGEST_COMMENT: usize = 4000;
/// Longest identifier, in bytes: of an inquiry, a clause, a reviewer, a key, a model.
pub const LONGEST_NAME: usize = 400;
/// Most clauses that one "none of these" can cover.
pub const MOST_COVERED: usize = 10_000;

/// What a decision says of one topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopicAnswer {
    /// The topic.
    pub topic: String,
    /// True where the inquiry has it.
    pub is: bool,
    /// What the model had said of it: a probability, to four decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
}

/// A decision before it is kept: everything but who, when and its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What it says.
    pub kind: Kind,
    /// The inquiry; empty for an undo.
    #[serde(default)]
    pub inquiry: String,
    /// The clause of a grade or a ruling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// 2 direct, 1 partial, 0 none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
    /// In the reviewer's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// Why an inquiry was skipped: a short code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The clauses that a "none of these" is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covered: Vec<String>,
    /// The decision that an undo takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revokes: Option<String>,
    /// What the model had said of the pair: a probability, to four decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// The model's version; of topics, that of their model and the hash of the taxonomy.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// Every topic that was asked about, once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicAnswer>,
    /// True where the reviewer saw neither score nor anybody else's decision.
    #[serde(default)]
    pub blind: bool,
    /// The idempotency key: the same key of the same reviewer is the same decision, sent again.
    pub key: String,
}

/// A decision as kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// 32 hexadecimal digits: BLAKE3 of all other fields.
    pub id: String,
    /// UTC, `2026-02-03T04:05:06.000007Z`.
    pub at: String,
    /// Who.
    pub reviewer: String,
    /// As what.
    pub role: Role,
    /// The rest.
    #[serde(flatten)]
    pub draft: Draft,
}

impl Draft {
    /// A draft of `kind` with nothing in it.
    pub fn new(kind: Kind, key: impl Into<String>) -> Self {
        Self {
            kind,
            inquiry: String::new(),
            clause: None,
            grade: None,
            comment: String::new(),
            reason: String::new(),
            covered: Vec::new(),
            revokes: None,
            probability: None,
            model: String::new(),
            topics: Vec::new(),
            blind: false,
            key: key.into(),
        }
    }

    /// The draft in its one written form.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] where a field that its kind needs is missing, does not belong or is too long.
    pub fn checked(mut self) -> Result<Self, StoreError> {
        let invalid = |what: &'static str| Err(StoreError::Invalid { what });
        let key_letter = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
        if !(8..=120).contains(&self.key.len()) || !self.key.chars().all(key_letter) {
            return invalid("key");
        }
        let names = [&self.inquiry, &self.reason, &self.model].into_iter();
        let names = names.chain(&self.clause).chain(&self.revokes).chain(&self.covered);
        let names = names.chain(self.topics.iter().map(|answer| &answer.topic));
        if names.into_iter().any(|name| name.len() > LONGEST_NAME)
            || self.covered.len().max(self.topics.len()) > MOST_COVERED
        {
            return invalid("length");
        }
        if self.comment.chars().count() > LONGEST_COMMENT {
            return invalid("comment");
        }
        if (self.kind == Kind::Undo) != self.inquiry.is_empty() || (self.kind == Kind::Undo) != self.revokes.is_some() {
            return invalid("inquiry");
        }
        let of_topics = !self.topics.is_empty();
        let distinct: BTreeSet<&str> = self.topics.iter().map(|answer| answer.topic.as_str()).collect();
        let topics_fit = match self.kind {
            Kind::Topics => of_topics,
            Kind::Resolve => true,
            Kind::Grade | Kind::None | Kind::Skip | Kind::Undo => !of_topics,
        };
        if !topics_fit || distinct.len() < self.topics.len() || distinct.contains("") {
            return invalid("topics");
        }
        let graded = self.kind == Kind::Grade || (self.kind == Kind::Resolve && !of_topics);
        if graded != self.clause.as_ref().is_some_and(|clause| !clause.is_empty()) {
            return invalid("clause");
        }
        if graded != self.grade.is_some() || self.grade.is_some_and(|grade| grade > 2) {
            return invalid("grade");
        }
        if (self.kind == Kind::Skip) == self.reason.is_empty() {
            return invalid("reason");
        }
        if self.kind != Kind::None && !self.covered.is_empty() {
            return invalid("covered");
        }
        for probability in self.topics.iter_mut().map(|answer| &mut answer.probability).chain([&mut self.probability]) {
            *probability = match *probability {
                Some(p) if !(0.0..=1.0).contains(&p) => return invalid("probability"),
                Some(p) => Some((p * 1e4).round() / 1e4),
                None => None,
            };
        }
        Ok(self)
    }
}

impl Decision {
    /// A decision of `reviewer` at `at`; `draft` must be checked.
    pub fn new(at: String, reviewer: &str, role: Role, draft: Draft) -> Self {
        let mut decision = Self { id: String::new(), at, reviewer: reviewer.to_owned(), role, draft };
        decision.id = decision.content_id();
        decision
    }

    /// The hash of the content: every field with its length before it, so that no two contents are written alike.
    pub fn content_id(&self) -> String {
        let Draft {
            kind,
            inquiry,
            clause,
            grade,
            comment,
            reason,
            covered,
            revokes,
            probability,
            model,
            topics,
            blind,
            key,
        } = &self.draft;
        let written = |probability: &Option<f64>| probability.map(|p| format!("{p:.4}")).unwrap_or_default();
        let mut hash = blake3::Hasher::new();
        let mut field = |text: &str| {
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        field("saual decision 1");
        for text in [&self.at, &self.reviewer, self.role.code(), kind.code(), inquiry, comment, reason, model, key] {
            field(text);
        }
        field(if *blind { "blind" } else { "" });
        for optional in [clause, revokes] {
            field(if optional.is_some() { "some" } else { "none" });
            field(optional.as_deref().unwrap_or_default());
        }
        field(&grade.map(|grade| grade.to_string()).unwrap_or_default());
        field(&written(probability));
        for clause in covered {
            field(clause);
        }
        for TopicAnswer { topic, is, probability } in topics {
            field(topic);
            field(if *is { "is" } else { "" });
            field(&written(probability));
        }
        hash.finalize().to_hex()[..32].to_owned()
    }

    /// The decision, where its id is that of its content and its fields are in order.
    ///
    /// # Errors
    /// [`StoreError::Altered`], [`StoreError::Invalid`].
    pub fn verified(self) -> Result<Self, StoreError> {
        if self.reviewer.is_empty() || self.reviewer.len() > LONGEST_NAME {
            return Err(StoreError::Invalid { what: "reviewer" });
        }
        if !is_moment(&self.at) {
            return Err(StoreError::Invalid { what: "at" });
        }
        if self.draft.kind == Kind::Resolve && self.role != Role::Lead {
            return Err(StoreError::Invalid { what: "role" });
        }
        let decision = Self { draft: self.draft.checked()?, ..self };
        if decision.id == decision.content_id() { Ok(decision) } else { Err(StoreError::Altered { id: decision.id }) }
    }
}

/// `2026-02-03T04:05:06.000007Z` and nothing else: texts of this form sort as their moments do.
pub fn is_moment(text: &str) -> bool {
    const FORM: &str = "0000-00-00T00:00:00.000000Z";
    text.len() == FORM.len()
        && text
            .bytes()
            .zip(FORM.bytes())
            .all(|(byte, form)| if form == b'0' { byte.is_ascii_digit() } else { byte == form })
        && text.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grade() -> Draft {
        let pair = ("q1".to_owned(), Some("p1".to_owned()));
        Draft { inquiry: pair.0, clause: pair.1, grade: Some(2), ..Draft::new(Kind::Grade, "key-0001") }
    }

    fn topics(names: &[&str]) -> Draft {
        let answer = |name: &&str| TopicAnswer { topic: (*name).into(), is: true, probability: Some(0.123_456) };
        let topics = names.iter().map(answer).collect();
        Draft { inquiry: "q1".into(), topics, ..Draft::new(Kind::Topics, "key-0002") }
    }

    #[test]
    fn a_kind_has_its_fields_and_no_others() {
        assert!(grade().checked().is_ok());
        let asked = topics(&["ecology", "reforms"]).checked().expect("a good draft");
        assert_eq!(asked.topics[0].probability, Some(0.1235));
        assert!(Draft { kind: Kind::Resolve, ..asked.clone() }.checked().is_ok());
        for draft in
            [topics(&[]), topics(&["x", "x"]), topics(&[""]), Draft { topics: asked.topics.clone(), ..grade() }]
        {
            assert!(matches!(draft.checked(), Err(StoreError::Invalid { what: "topics" })));
        }
        let both = Draft { kind: Kind::Resolve, clause: Some("p1".into()), grade: Some(1), ..asked };
        assert!(matches!(both.checked(), Err(StoreError::Invalid { what: "clause" })));
        let faults: [(&str, Draft); 7] = [
            ("grade", Draft { grade: Some(3), ..grade() }),
            ("grade", Draft { grade: None, ..grade() }),
            ("clause", Draft { clause: None, ..grade() }),
            ("key", Draft { key: "short".into(), ..grade() }),
            ("reason", Draft { reason: "later".into(), ..grade() }),
            ("probability", Draft { probability: Some(f64::NAN), ..grade() }),
            ("comment", Draft { comment: "қ".repeat(LONGEST_COMMENT + 1), ..grade() }),
        ];
        for (field, draft) in faults {
            assert!(matches!(draft.checked(), Err(StoreError::Invalid { what }) if what == field), "{field}");
        }
    }

    #[test]
    fn one_changed_letter_gives_itself_away() {
        let at = "2026-02-03T04:05:06.000007Z".to_owned();
        let decision = Decision::new(at.clone(), "aigul", Role::Reviewer, grade().checked().expect("a good draft"));
        assert!(decision.clone().verified().is_ok());
        let mut altered = decision.clone();
        altered.draft.grade = Some(1);
        assert!(matches!(altered.verified(), Err(StoreError::Altered { .. })));
        let said = topics(&["ecology"]).checked().expect("a good draft");
        let mut altered_topics = Decision::new(at, "aigul", Role::Reviewer, said);
        altered_topics.draft.topics[0].is = false;
        assert!(matches!(altered_topics.verified(), Err(StoreError::Altered { .. })));
        let mut altered = decision;
        altered.at = "2026-02-03T04:05:06Z".into();
        assert!(matches!(altered.verified(), Err(StoreError::Invalid { what: "at" })));
    }
}
