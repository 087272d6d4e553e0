//! Recommendations, each beside the finding that calls for it, with its figures.

use super::super::diagrams::{self, anchor};
use super::edition::Edition;
use super::replies::{ReplyState, count};
use crate::evidence::Status;
use crate::ingest::recommendations::bundled;
use crate::ingest::{Audience, Availability, Extent, Occasion, Origin, Programme, Recommendation};
use crate::locale::Arg;
use serde_json::{Value, json};

/// A finding in a sentence, with the anchor of the section behind it.
pub struct Found {
    text: String,
    anchor: String,
}

impl Found {
    /// As the templates take it.
    pub fn into_sentence(self) -> Value {
        json!({ "text": self.text, "anchor": self.anchor })
    }
}

/// The recommendations that findings call for, by audience.
pub fn recommendations(edition: &Edition<'_>) -> Value {
    let all = edition.run.project.recommendations.clone().unwrap_or_else(bundled);
    let given = |row: &Recommendation| {
        let text = row.text.in_lang(edition.lang).to_owned();
        match row.when {
            None => Some(json!({ "text": text })),
            Some(occasion) => {
                found(edition, occasion).map(|found| json!({ "text": text, "because": found.into_sentence() }))
            }
        }
    };
    let of = |(code, audience): &(&str, Audience)| {
        let rows: Vec<Value> = all.iter().filter(|row| row.to == *audience).filter_map(given).collect();
        (!rows.is_empty()).then(|| json!({ "to": edition.lang.text(&format!("report-to-{code}")), "rows": rows }))
    };
    Audience::ALL.iter().filter_map(of).collect()
}

/// What was found on an occasion; `None` where there is nothing to say.
pub fn found(edition: &Edition<'_>, occasion: Occasion) -> Option<Found> {
    let run = edition.run;
    let all = &run.rollup.all;
    let said = |n: usize, of: usize, anchor: &str| {
        let key = format!("finding-{}", occasion.code().replace('_', "-"));
        let args = [("n", Arg::from(n)), ("all", of.into())];
        (n > 0).then(|| Found { text: edition.lang.say(&key, &args), anchor: anchor.to_owned() })
    };
    match occasion {
        Occasion::ProgrammesNotObtained => {
            let codes = [Availability::NotObtained.code()];
            let (n, of, anchor) =
                programmes(edition, "availability", &codes, |row| row.obtained.map(Availability::code));
            said(n, of, &anchor)
        }
        Occasion::NoOwnProgramme => {
            let codes = [Origin::Party.code(), Origin::None.code()];
            let (n, of, anchor) = programmes(edition, "origin", &codes, |row| row.origin.map(Origin::code));
            said(n, of, &anchor)
        }
        Occasion::PromisesUntestable => said(all.of(Status::Untestable), all.promises, "matrix"),
        Occasion::PromisesWithoutEvidence => said(all.of(Status::NoEvidence), all.promises, "matrix"),
        Occasion::RepliesLate => {
            let counts = count(edition.replies?, run.project.inquiries.iter());
            let late = [ReplyState::Late, ReplyState::Overdue].iter().map(|state| counts[*state as usize]).sum();
            said(late, run.project.inquiries.len(), "replies")
        }
        Occasion::NoMeetingInDistrict => {
            let inside = |person: &&crate::ingest::Person| {
                let id = person.id.as_str();
                let counted = edition.met(id).iter().filter(|row| row.in_district == Some(true)).count();
                let stated = edition.stated(id, "meetings_in_district", counted);
                stated["number"].as_f64().or_else(|| stated["value"].as_f64())
            };
            let known: Vec<f64> = edition.people.iter().filter_map(inside).collect();
            said(known.iter().filter(|value| **value == 0.0).count(), known.len(), "meetings")
        }
        Occasion::FiguresContradict => said(run.audit.findings().count(), run.audit.checks.len(), "audit"),
        Occasion::LinksUnreviewed => said(all.suggested_only, all.with_evidence(), "method"),
        Occasion::DataPartial => {
            let partial = run.project.monitor.coverage.inquiries == Extent::Partial;
            said(if partial { run.project.inquiries.len() } else { 0 }, run.project.inquiries.len(), "method")
        }
    }
}

/// How many people's programmes bear one of `codes`, of how many, and where that stands: as published for the groups `availability_…`
/// and `origin_…`, else counted.
fn programmes(
    edition: &Edition<'_>,
    kind: &str,
    codes: &[&str],
    of: impl Fn(&Programme) -> Option<&'static str>,
) -> (usize, usize, String) {
    let run = edition.run;
    let published = |code: &&str| diagrams::published(run, "deputies", &format!("{kind}_{code}"));
    let rows: Vec<_> = codes.iter().filter_map(published).collect();
    if let Some(first) = rows.first() {
        let groups = run.declarations.groups.iter().filter(|group| group.kind == kind);
        let all: f64 =
            groups.filter_map(|group| diagrams::published(run, "deputies", &group.id)).map(|row| row.value).sum();
        return (whole(rows.iter().map(|row| row.value).sum()), whole(all), anchor(first));
    }
    let people = |row: &&Programme| run.project.people.iter().any(|person| person.id.as_str() == row.owner.as_str());
    let mine = run.project.programmes.iter().filter(people);
    let n = mine.filter(|row| of(row).is_some_and(|code| codes.contains(&code))).count();
    (n, run.project.people.len(), "programmes".to_owned())
}

/// A published count as a number of people.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; counts of people")]
fn whole(value: f64) -> usize {
    value.round() as usize
}
