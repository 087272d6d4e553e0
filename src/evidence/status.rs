//! The ladder of evidence, and why a cell is empty.

use crate::ingest::choice;

choice! {
    /// What is known about work on a promise. A ladder about *evidence*: no rung says by itself that a promise was kept.
    Status {
        /// The programme could not be obtained: nothing can be said.
        ProgrammeNotObtained = "programme_not_obtained",
        /// The promise is too vague for anyone to tell.
        Untestable = "untestable",
        /// No inquiry in the project pursues it.
        NoEvidence = "no_evidence",
        /// An inquiry that its owner co-signed pursues it.
        CoSigned = "co_signed",
        /// An inquiry that its owner began pursues it.
        Initiated = "initiated",
        /// Such an inquiry was answered.
        Answered = "answered",
        /// A source says that something was done.
        Acted = "acted",
        /// A source verified the promised outcome.
        OutcomeVerified = "outcome_verified",
        /// A source shows that the owner acted against it.
        Contradicted = "contradicted",
    }
}

choice! {
    /// Why a cell holds no inquiry.
    Empty {
        /// The programme was not obtained.
        NotObtained = "not_obtained",
        /// The owner has no inquiry in the project at all.
        NoInquiries = "no_inquiries",
        /// The owner has inquiries, none of which reads like this promise.
        NoMatch = "no_match",
        /// There are inquiries that may pursue it; a person must look.
        AwaitsReview = "awaits_review",
    }
}
