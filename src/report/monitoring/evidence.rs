//! The evidence matrix: how many promises stand on which rung, by faction and promise by promise.

use super::super::chart::{self, PartRow, Parts};
use super::super::diagrams::label;
use super::super::markup::Voice;
use super::super::view::symbol;
use super::edition::Edition;
use crate::evidence::{Status, Tally};
use serde_json::{Value, json};

/// Every rung with its sign, name, meaning and number of promises.
pub fn statuses(edition: &Edition<'_>) -> Value {
    let row = |(code, status): &(&str, Status)| {
        let key = code.replace('_', "-");
        json!({
            "code": code,
            "symbol": symbol(*status),
            "name": edition.lang.text(&format!("status-{key}")),
            "meaning": edition.lang.text(&format!("report-means-{key}")),
            "promises": edition.run.rollup.all.of(*status),
        })
    };
    Status::ALL.iter().map(row).collect()
}

/// Promises by status: those of each faction's members, and of each party.
pub fn by_faction(edition: &Edition<'_>) -> String {
    let rollup = &edition.run.rollup;
    let row = |label, tally: &Tally, behind: String| PartRow {
        label,
        values: Status::ALL.iter().map(|(_, status)| tally.of(*status)).collect(),
        behind,
    };
    let named = |id: &str| label(edition.run, |wording| wording.group(id));
    let factions = edition
        .factions()
        .into_iter()
        .filter_map(|id| rollup.by_faction.get(id).map(|tally| row(named(id), tally, format!("g-{id}"))));
    let programme = |id: &str| {
        let of_party = label(edition.run, |wording| wording.owner(id));
        chart::label(|lang| lang.say("report-programme-of", &[("party", of_party[lang as usize].as_str().into())]))
    };
    let parties = edition
        .parties()
        .into_iter()
        .filter_map(|id| rollup.by_owner.get(id).map(|tally| row(programme(id), tally, format!("o-{id}"))));
    let part =
        |(code, _): &(&str, Status)| (format!("s-{code}"), chart::text(&format!("status-{}", code.replace('_', "-"))));
    let parts = Parts {
        id: "evidence-by-faction",
        title: chart::text("report-evidence-by-faction"),
        parts: Status::ALL.iter().map(part).collect(),
        rows: factions.chain(parties).collect(),
    };
    parts.to_html(Voice::One(edition.lang))
}

/// A row for each owner with promises, by name: a square a promise.
pub fn matrix(edition: &Edition<'_>) -> Value {
    let row = |id: &str| {
        let square = |(place, (cell, _)): (usize, &(&crate::evidence::Cell, &crate::programme::Clause))| {
            let code = cell.status().code();
            json!({
                "id": cell.promise(),
                "number": place + 1,
                "code": code,
                "symbol": symbol(cell.status()),
                "name": edition.lang.text(&format!("status-{}", code.replace('_', "-"))),
            })
        };
        let tally = edition.run.rollup.by_owner.get(id).cloned().unwrap_or_default();
        json!({
            "id": id,
            "name": edition.name(id),
            "promises": tally.promises,
            "with_evidence": tally.with_evidence(),
            "cells": edition.cells(id).iter().enumerate().map(square).collect::<Vec<_>>(),
        })
    };
    let people = edition.people.iter().map(|person| person.id.as_str()).filter(|id| !edition.cells(id).is_empty());
    people.chain(edition.parties()).map(row).collect()
}

/// People of whose promises the project holds nothing, by name.
pub fn without(edition: &Edition<'_>) -> Value {
    let people = edition.people.iter().map(|person| person.id.as_str()).filter(|id| edition.cells(id).is_empty());
    people.map(|id| json!({ "id": id, "name": edition.name(id) })).collect()
}
