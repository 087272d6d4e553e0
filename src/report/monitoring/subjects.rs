//! Programmes, factions, topics and replies: who stands behind each figure.

use super::super::chart::{self, HeatMap, HeatRow, PartRow, Parts};
use super::super::diagrams::label;
use super::super::markup::Voice;
use super::edition::{Edition, Raised};
use super::replies::{ReplyState, count};
use crate::evidence::rollup::faction;
use crate::ingest::{Availability, Inquiry, Origin, Person, Programme};
use serde_json::{Value, json};

/// People by availability and by origin of their programme, as far as the tables name them.
pub fn programmes(edition: &Edition<'_>) -> Value {
    let programme =
        |person: &Person| edition.run.project.programmes.iter().find(|row| row.owner.as_str() == person.id.as_str());
    let group = |prefix: &str, code: &str, wanted: &dyn Fn(Option<&Programme>) -> bool| {
        let people: Vec<Value> = edition
            .people
            .iter()
            .filter(|person| wanted(programme(person)))
            .map(|person| json!({ "id": person.id, "name": edition.name(person.id.as_str()) }))
            .collect();
        json!({ "id": format!("{prefix}-{code}"), "name": edition.lang.text(&format!("{prefix}-{}", code.replace('_', "-"))), "people": people, "known": code != "unknown" })
    };
    let availability = Availability::ALL
        .iter()
        .map(|(code, value)| group("availability", code, &|row| row.and_then(|row| row.obtained) == Some(*value)));
    let origin = Origin::ALL
        .iter()
        .map(|(code, value)| group("origin", code, &|row| row.and_then(|row| row.origin) == Some(*value)));
    let unknown = [
        group("availability", "unknown", &|row| row.and_then(|row| row.obtained).is_none()),
        group("origin", "unknown", &|row| row.and_then(|row| row.origin).is_none()),
    ];
    let groups = availability.chain(origin).chain(unknown);
    let named = groups.filter(|group| group["people"].as_array().is_some_and(|people| !people.is_empty()));
    let (origin, availability): (Vec<Value>, Vec<Value>) =
        named.partition(|group| group["id"].as_str().is_some_and(|id| id.starts_with("origin")));
    // Where nothing is known of anybody, a list of all says nothing.
    let told = |groups: Vec<Value>| {
        if groups.len() > 1 || groups[..].iter().any(|group| group["known"] == true) { groups } else { Vec::new() }
    };
    json!({ "groups": [told(availability), told(origin)], "people": edition.people.len() })
}

/// The members of each faction.
pub fn factions(edition: &Edition<'_>) -> Value {
    let row = |id: &str| {
        let members = edition.people.iter().filter(|person| faction(person) == id);
        let members: Vec<Value> =
            members.map(|person| json!({ "id": person.id, "name": edition.name(person.id.as_str()) })).collect();
        json!({ "id": id, "name": edition.wording.group(id), "members": members })
    };
    edition.factions().into_iter().map(row).collect()
}

fn labelled(raised: &[Raised<'_>], topic: usize) -> usize {
    raised.iter().filter(|(_, scores)| scores.get(topic).is_some_and(|score| score.label)).count()
}

/// Faction ids with the inquiries of their members; of nobody last.
fn by_faction<'e, 'a>(edition: &'e Edition<'a>) -> Vec<(&'a str, Vec<Raised<'a>>)> {
    let of = |id: &'a str| {
        let members = edition.people.iter().filter(|person| faction(person) == id);
        (id, members.flat_map(|person| edition.began(person.id.as_str())).copied().collect::<Vec<_>>())
    };
    let mut factions: Vec<(&str, Vec<Raised<'_>>)> = edition.factions().into_iter().map(of).collect();
    if !edition.began("").is_empty() {
        match factions.iter_mut().find(|(id, _)| id.is_empty()) {
            Some((_, raised)) => raised.extend(edition.began("")),
            None => factions.push(("", edition.began("").to_vec())),
        }
    }
    factions
}

/// Topics by faction of the initiator.
pub fn heat(edition: &Edition<'_>) -> String {
    let factions = by_faction(edition);
    let column =
        |(id, raised): &(&str, Vec<Raised<'_>>)| (label(edition.run, |wording| wording.group(id)), raised.len());
    let row = |(place, topic): (usize, &crate::topics::Topic)| HeatRow {
        label: chart::label(|lang| topic.name.in_lang(lang).to_owned()),
        values: factions.iter().map(|(_, raised)| labelled(raised, place)).collect(),
        behind: format!("topic-{}", topic.id),
    };
    let map = HeatMap {
        id: "topics-by-faction",
        title: chart::text("report-topics-by-faction"),
        columns: factions.iter().map(column).collect(),
        rows: edition.run.taxonomy.topics.iter().enumerate().map(row).collect(),
    };
    map.to_html(Voice::One(edition.lang))
}

/// Topics by deputy, and under each topic the inquiries that bear it with the words that decided.
pub fn by_person(edition: &Edition<'_>) -> Value {
    let topics = &edition.run.taxonomy.topics;
    let inquiries = edition.run.project.inquiries.iter().zip(&edition.run.topics);
    let name = |topic: &crate::topics::Topic| topic.name.in_lang(edition.lang).to_owned();
    let topic = |(place, topic): (usize, &crate::topics::Topic)| {
        let touched = inquiries.clone().filter(|(_, scores)| scores[place].label);
        let rows: Vec<Value> = touched
            .map(|(inquiry, scores)| {
                let cues = scores[place].cues.iter().filter(|cue| cue.weight > 0.0).map(|cue| cue.cue.as_str());
                json!({ "id": inquiry.id, "cues": cues.collect::<Vec<_>>().join(", ") })
            })
            .collect();
        json!({ "id": topic.id, "name": name(topic), "description": topic.description.in_lang(edition.lang), "inquiries": rows })
    };
    let person = |person: &&Person| {
        let raised = edition.began(person.id.as_str());
        let counts: Vec<usize> = (0..topics.len()).map(|place| labelled(raised, place)).collect();
        json!({ "id": person.id, "name": edition.name(person.id.as_str()), "counts": counts, "all": raised.len() })
    };
    let people = edition.people.iter().filter(|person| !edition.began(person.id.as_str()).is_empty());
    json!({
        "topics": topics.iter().enumerate().map(topic).collect::<Vec<_>>(),
        "people": people.map(person).collect::<Vec<_>>(),
    })
}

/// How inquiries stand: each state with its number; `null` where no reply is recorded.
pub fn replies(edition: &Edition<'_>) -> Value {
    let Some(rule) = edition.replies else { return Value::Null };
    let counts = count(rule, edition.run.project.inquiries.iter());
    let row = |((code, _), count): (&(&str, ReplyState), &usize)| json!({ "code": code, "name": edition.lang.text(&format!("reply-{}", code.replace('_', "-"))), "inquiries": count });
    json!({
        "states": ReplyState::ALL.iter().zip(&counts).filter(|(_, count)| **count > 0).map(row).collect::<Vec<_>>(),
        "inquiries": edition.run.project.inquiries.len(),
        "days": rule.days,
        "as_of": rule.as_of.map(|day| super::dates::day(day, edition.lang)),
    })
}

/// How inquiries stand, by faction of the initiator.
pub fn replies_chart(edition: &Edition<'_>) -> String {
    let Some(rule) = edition.replies else { return String::new() };
    let row = |(id, raised): &(&str, Vec<Raised<'_>>)| PartRow {
        label: label(edition.run, |wording| wording.group(id)),
        values: count(rule, raised.iter().map(|(inquiry, _): &(&Inquiry, _)| *inquiry)),
        behind: format!("g-{id}"),
    };
    let part = |(code, _): &(&str, ReplyState)| {
        (format!("r-{code}"), chart::text(&format!("reply-{}", code.replace('_', "-"))))
    };
    let parts = Parts {
        id: "replies-by-faction",
        title: chart::text("report-replies-by-faction"),
        parts: ReplyState::ALL.iter().map(part).collect(),
        rows: by_faction(edition).iter().filter(|(_, raised)| !raised.is_empty()).map(row).collect(),
    };
    parts.to_html(Voice::One(edition.lang))
}
