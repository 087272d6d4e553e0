//! What stands behind the figures: the audit with the quoted words, all links, inquiries that name nobody, published figures.

use super::super::diagrams::anchor;
use super::edition::Edition;
use super::profile;
use crate::audit::{Check, Figure};
use crate::evidence::Verdict;
use crate::linking::{Link, Zone};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Findings with the quoted words, then what adds up.
pub fn audit(edition: &Edition<'_>) -> Value {
    let quoted = |row: &Figure| {
        let same = |published: &&crate::ingest::Published| {
            published.group == row.group
                && published.value == row.value
                && published.place == row.place
                && published.quote == row.quote
        };
        json!({
            "group": edition.wording.group(&row.group),
            "value": edition.lang.number(row.value),
            "place": edition.wording.place(&row.place),
            "quote": row.quote,
            "anchor": edition.run.project.published.iter().find(same).map(anchor),
        })
    };
    let finding = |check: &Check| {
        json!({
            "sentence": edition.wording.check(check),
            "published": check.published.iter().map(quoted).collect::<Vec<_>>(),
            "counted": check.counted.figures.iter().map(quoted).collect::<Vec<_>>(),
        })
    };
    let holds = edition.run.audit.checks.iter().filter(|check| check.holds);
    json!({
        "checks": edition.run.audit.checks.len(),
        "findings": edition.run.audit.findings().map(finding).collect::<Vec<_>>(),
        "holds": holds.map(|check| edition.wording.check(check)).collect::<Vec<_>>(),
    })
}

/// Every suggested or confirmed link, by owner and promise.
pub fn links(edition: &Edition<'_>) -> Value {
    let run = edition.run;
    let mut by_promise: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in run.links.iter().filter(|link| run.verdicts.zone(link) == Zone::Suggest) {
        by_promise.entry(link.promise.as_str()).or_default().push(link);
    }
    let row = |link: &&Link| {
        let verdict = match run.verdicts.of(&link.inquiry, &link.promise) {
            Some(Verdict::Judged { reviewers, .. }) => Some(reviewers),
            _ => None,
        };
        json!({ "inquiry": link.inquiry, "probability": edition.lang.percent(link.probability), "confirmed": verdict })
    };
    let promise = |id: &str| {
        let links = by_promise.get(id)?;
        Some(json!({ "id": id, "links": links.iter().map(row).collect::<Vec<_>>() }))
    };
    let owner = |id: &str| {
        let promises: Vec<Value> =
            edition.cells(id).iter().filter_map(|(cell, _)| promise(cell.promise().as_str())).collect();
        (!promises.is_empty()).then(|| json!({ "id": id, "name": edition.name(id), "promises": promises }))
    };
    let people = edition.people.iter().map(|person| person.id.as_str());
    people.chain(edition.parties()).filter_map(owner).collect()
}

/// Inquiries whose initiator the tables do not name.
pub fn unnamed(edition: &Edition<'_>) -> Value {
    edition.began("").iter().map(|raised| profile::inquiry(edition, raised)).collect()
}

/// Every published figure with the words it was published in.
pub fn published(edition: &Edition<'_>) -> Value {
    let row = |row: &crate::ingest::Published| {
        json!({
            "id": anchor(row),
            "group": edition.wording.group(&row.group),
            "measure": edition.wording.measure(&row.measure),
            "value": edition.lang.number(row.value),
            "quote": row.quote,
            "place": edition.wording.place(&row.place),
        })
    };
    edition.run.project.published.iter().map(row).collect()
}
