//! Links as researchers of retrieval exchange them: a TREC run and qrels (trec.nist.gov, the formats of `trec_eval`).
//!
//! A topic is an inquiry, a document is a promise. Ids of a project hold no blanks, so that every line has its six or four words.

use crate::evidence::{Verdict, Verdicts};
use crate::id::{ClauseId, InquiryId};
use crate::linking::Link;
use std::io::Write;

/// What people said of a pair: 0, 1 or 2.
pub type Grade = (InquiryId, ClauseId, u8);

/// The grades on which reviewers agree or a lead ruled.
pub fn reviewers(verdicts: &Verdicts) -> Vec<Grade> {
    let graded = verdicts.iter().filter_map(|(inquiry, promise, verdict)| match verdict {
        Verdict::Judged { grade, .. } => Some((inquiry.clone(), promise.clone(), grade)),
        Verdict::Disputed => None,
    });
    graded.collect()
}

/// Writes `links` as a run: by inquiry in their order, the best promise first, ties in their order.
///
/// # Errors
/// Those of `out`.
pub fn run(links: &[Link], mut out: impl Write) -> std::io::Result<()> {
    for of_inquiry in links.chunk_by(|a, b| a.inquiry == b.inquiry) {
        let mut ranked: Vec<&Link> = of_inquiry.iter().collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        for (rank, link) in (1..).zip(ranked) {
            let model = link.model.replace(char::is_whitespace, "-");
            writeln!(out, "{} Q0 {} {rank} {} {model}", link.inquiry, link.promise, link.score)?;
        }
    }
    out.flush()
}

/// Writes what people said as qrels.
///
/// # Errors
/// Those of `out`.
pub fn qrels(grades: &[Grade], mut out: impl Write) -> std::io::Result<()> {
    for (inquiry, promise, grade) in grades {
        writeln!(out, "{inquiry} 0 {promise} {grade}")?;
    }
    out.flush()
}
