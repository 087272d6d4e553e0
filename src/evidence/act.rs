//! What somebody did about a promise, with the proof of it. An act cannot be made without its source.

use super::status::Status;
use super::verdict::{Verdict, Verdicts};
use crate::id::{InquiryId, PersonId};
use crate::ingest::{Inquiry, Meeting, Outcome, OutcomeStatus, When};
use crate::linking::{Link, SharedWord, Zone};
use crate::retrieval::Role;
use serde::Serialize;
use std::sync::Arc;

/// The inquiry that proves an act: which, by which model, how sure, on which words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proof {
    inquiry: InquiryId,
    score: f64,
    probability: f64,
    model: Arc<str>,
    spans: Vec<SharedWord>,
    /// What people said of the link; absent where only the model speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
}

/// One act. Only the constructors below make one, each from the record that proves it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Act {
    kind: ActKind,
    person: Option<PersonId>,
    date: Option<When>,
    #[serde(flatten)]
    source: ActSource,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// Began an inquiry.
    Initiated,
    /// Signed an inquiry.
    CoSigned,
    /// The inquiry was answered.
    Reply,
    /// Met voters about it, as the source says.
    Meeting,
    /// A source reports an outcome.
    Outcome,
}

impl ActKind {
    /// The name in output and the tail of its message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Initiated => "initiated",
            Self::CoSigned => "co_signed",
            Self::Reply => "reply",
            Self::Meeting => "meeting",
            Self::Outcome => "outcome",
        }
    }
}

/// Where an act is proved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum ActSource {
    /// A link to an inquiry.
    Link(Proof),
    /// A quotation of a source.
    Quote {
        quote: String,
        source_url: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<OutcomeStatus>,
    },
}

impl Act {
    /// The act behind a link that people confirmed or, where nobody judged it, that is suggested and shares a word; `None` for any
    /// other, and where the owner took no part.
    pub fn of_link(link: &Link, verdicts: &Verdicts, inquiry: &Inquiry, person: Option<&PersonId>) -> Option<Self> {
        let kind = match link.role {
            Role::Initiator => ActKind::Initiated,
            Role::Cosigner => ActKind::CoSigned,
            Role::None => return None,
        };
        let proof = Proof::of(link, verdicts)?;
        Some(Self { kind, person: person.cloned(), date: inquiry.date, source: ActSource::Link(proof) })
    }

    /// The reply to the inquiry of such a link; `None` where there is no reply.
    pub fn of_reply(link: &Link, verdicts: &Verdicts, inquiry: &Inquiry) -> Option<Self> {
        if inquiry.reply_text.is_empty() || link.role == Role::None {
            return None;
        }
        let proof = Proof::of(link, verdicts)?;
        Some(Self { kind: ActKind::Reply, person: None, date: inquiry.reply_date, source: ActSource::Link(proof) })
    }

    /// A meeting that the source itself connects with the promise; `None` without the source's words.
    pub fn of_meeting(meeting: &Meeting) -> Option<Self> {
        let source = Self::quoted(&meeting.quote, &meeting.source_url, None)?;
        Some(Self { kind: ActKind::Meeting, person: Some(meeting.person.clone()), date: meeting.date, source })
    }

    /// An outcome with its source; `None` without the source's words.
    pub fn of_outcome(outcome: &Outcome) -> Option<Self> {
        let source = Self::quoted(&outcome.quote, &outcome.source_url, Some(outcome.status))?;
        Some(Self { kind: ActKind::Outcome, person: None, date: outcome.date, source })
    }

    fn quoted(quote: &str, source_url: &str, status: Option<OutcomeStatus>) -> Option<ActSource> {
        let quote = quote.trim().to_owned();
        (!quote.is_empty()).then(|| ActSource::Quote { quote, source_url: source_url.to_owned(), status })
    }

    /// What was done.
    pub fn kind(&self) -> ActKind {
        self.kind
    }

    /// Who did it, where a person did.
    pub fn person(&self) -> Option<&PersonId> {
        self.person.as_ref()
    }

    /// When.
    pub fn date(&self) -> Option<When> {
        self.date
    }

    /// The inquiry that proves it.
    pub fn inquiry(&self) -> Option<&InquiryId> {
        self.proof().map(|proof| &proof.inquiry)
    }

    /// The probability of the link that proves it.
    pub fn probability(&self) -> Option<f64> {
        self.proof().map(|proof| proof.probability)
    }

    /// The shared words that prove it.
    pub fn spans(&self) -> &[SharedWord] {
        self.proof().map_or(&[], |proof| &proof.spans)
    }

    /// How many people confirmed the link that proves it; `None` where only the model speaks for it.
    pub fn confirmed_by(&self) -> Option<usize> {
        match self.proof()?.verdict? {
            Verdict::Judged { reviewers, .. } => Some(reviewers),
            Verdict::Disputed => None,
        }
    }

    /// The source's words that prove it.
    pub fn quote(&self) -> Option<&str> {
        match &self.source {
            ActSource::Quote { quote, .. } => Some(quote),
            ActSource::Link(_) => None,
        }
    }

    /// The address of that source; `None` where an inquiry proves the act.
    pub fn source_url(&self) -> Option<&str> {
        match &self.source {
            ActSource::Quote { source_url, .. } => Some(source_url),
            ActSource::Link(_) => None,
        }
    }

    fn proof(&self) -> Option<&Proof> {
        match &self.source {
            ActSource::Link(proof) => Some(proof),
            ActSource::Quote { .. } => None,
        }
    }

    /// The highest rung that this act alone can carry. An inquiry never carries more than `initiated`, a reply no more than
    /// `answered`; a meeting carries none.
    pub fn rung(&self) -> Option<Status> {
        match (self.kind, &self.source) {
            (ActKind::Initiated, _) => Some(Status::Initiated),
            (ActKind::CoSigned, _) => Some(Status::CoSigned),
            (ActKind::Reply, _) => Some(Status::Answered),
            (ActKind::Outcome, ActSource::Quote { status: Some(status), .. }) => Some(match status {
                OutcomeStatus::Acted => Status::Acted,
                OutcomeStatus::OutcomeVerified => Status::OutcomeVerified,
                OutcomeStatus::Contradicted => Status::Contradicted,
            }),
            (ActKind::Meeting | ActKind::Outcome, _) => None,
        }
    }
}

impl Proof {
    fn of(link: &Link, verdicts: &Verdicts) -> Option<Self> {
        let verdict = verdicts.of(&link.inquiry, &link.promise);
        let proved = verdict.is_some() || !link.spans.is_empty();
        (verdicts.zone(link) == Zone::Suggest && proved && !link.model.is_empty()).then(|| Self {
            inquiry: link.inquiry.clone(),
            score: link.score,
            probability: link.probability,
            model: Arc::clone(&link.model),
            spans: link.spans.to_vec(),
            verdict,
        })
    }
}
