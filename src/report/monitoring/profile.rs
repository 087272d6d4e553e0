//! A profile of each deputy and each party with a programme: promises with their evidence in quoted words, inquiries, meetings,
//! topics, and what the person answered.

use super::super::chart::{Mark, Shape, Timeline, label};
use super::super::dates;
use super::super::markup::{Voice, escape};
use super::super::view::{html_lang, symbol, title};
use super::edition::{Edition, Raised};
use super::replies::{ReplyState, count};
use super::web_address;
use crate::evidence::rollup::faction;
use crate::evidence::{Act, ActKind, Cell};
use crate::ingest::{Inquiry, Meeting, Person, Programme, Response};
use crate::locale::{Arg, Lang};
use crate::programme::Clause;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The longest quotation, in bytes.
const QUOTATION: usize = 420;
/// Acts quoted under one promise; the others are named.
const QUOTED: usize = 4;

/// The profiles of all people, by name.
pub fn people(edition: &Edition<'_>) -> Value {
    edition.people.iter().map(|person| self::person(edition, person)).collect()
}

/// The profiles of parties with promises, by name.
pub fn parties(edition: &Edition<'_>) -> Value {
    let party = |id: &str| {
        json!({
            "id": id,
            "name": edition.name(id),
            "programme": programme(edition, id),
            "tally": tally(edition, id),
            "responses": edition.responses(id).iter().filter(|row| row.clause.is_none()).map(|row| response(edition, row)).collect::<Vec<_>>(),
            "promises": edition.cells(id).iter().map(|(cell, clause)| promise(edition, cell, clause)).collect::<Vec<_>>(),
        })
    };
    edition.parties().into_iter().map(party).collect()
}

fn person(edition: &Edition<'_>, person: &Person) -> Value {
    let id = person.id.as_str();
    let (began, signed, met) = (edition.began(id), edition.signed(id), edition.met(id));
    let inside = |wanted: bool| met.iter().filter(|row| row.in_district == Some(wanted)).count();
    let topics = edition.run.taxonomy.topics.iter().enumerate().filter_map(|(place, topic)| {
        let n = began.iter().filter(|(_, scores)| scores[place].label).count();
        (n > 0).then(|| json!({ "id": topic.id, "name": topic.name.in_lang(edition.lang), "n": n }))
    });
    let party = crate::id::OwnerId::from(person.party.as_str());
    let theses = Some(&party).filter(|party| !edition.cells(party.as_str()).is_empty());
    json!({
        "id": id,
        "name": edition.name(id),
        "about": about(edition, person),
        "party": theses.map(|party| json!({ "id": party, "name": edition.name(party.as_str()) })),
        "programme": programme(edition, id),
        "tally": tally(edition, id),
        "initiated": edition.stated(id, "inquiries_initiated", began.len()),
        "cosigned": edition.stated(id, "inquiries_cosigned", signed.len()),
        "meetings_in": edition.stated(id, "meetings_in_district", inside(true)),
        "meetings_out": edition.stated(id, "meetings_out_of_district", inside(false)),
        "responses": edition.responses(id).iter().filter(|row| row.clause.is_none()).map(|row| response(edition, row)).collect::<Vec<_>>(),
        "promises": edition.cells(id).iter().map(|(cell, clause)| promise(edition, cell, clause)).collect::<Vec<_>>(),
        "inquiries": began.iter().map(|raised| inquiry(edition, raised)).collect::<Vec<_>>(),
        "signed": signed.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        "meetings": met.iter().map(|row| meeting(edition, row)).collect::<Vec<_>>(),
        "topics": topics.collect::<Vec<_>>(),
        "replies": replies(edition, began),
    })
}

/// Faction, mandate, district and region, as far as the project gives them.
fn about(edition: &Edition<'_>, person: &Person) -> Vec<String> {
    let group = faction(person);
    let mandate = person.mandate.map(|mandate| edition.lang.text(&format!("mandate-{}", mandate.code())));
    let parts = [
        (!group.is_empty()).then(|| edition.wording.group(group)),
        mandate,
        Some(person.district.clone()),
        Some(person.region.clone()).filter(|region| !person.district.contains(region.as_str())),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect()
}

fn programme(edition: &Edition<'_>, owner: &str) -> Value {
    let row: Option<&Programme> = edition.run.project.programmes.iter().find(|row| row.owner.as_str() == owner);
    let said = |prefix: &str, code: Option<&str>| {
        edition.lang.text(&format!("{prefix}-{}", code.unwrap_or("unknown").replace('_', "-")))
    };
    json!({
        "availability": said("availability", row.and_then(|row| row.obtained).map(crate::ingest::Availability::code)),
        "origin": said("origin", row.and_then(|row| row.origin).map(crate::ingest::Origin::code)),
        "url": row.map_or("", |row| web_address(&row.source_url)),
    })
}

fn tally(edition: &Edition<'_>, owner: &str) -> Value {
    let tally = edition.run.rollup.by_owner.get(owner).cloned().unwrap_or_default();
    json!({
        "promises": tally.promises,
        "with_evidence": tally.with_evidence(),
        "untestable": tally.of(crate::evidence::Status::Untestable),
        "confirmed": tally.confirmed,
    })
}

fn response(edition: &Edition<'_>, row: &Response) -> Value {
    json!({
        "text": row.text,
        "date": row.date.map(|date| dates::long(date, edition.lang)),
        "url": web_address(&row.source_url),
    })
}

fn promise(edition: &Edition<'_>, cell: &Cell, clause: &Clause) -> Value {
    let code = cell.status().code();
    let link = |id: &crate::id::InquiryId| edition.lookup.link(id.as_str(), clause.id.as_str());
    let awaiting = cell
        .awaiting_review()
        .iter()
        .map(|id| json!({ "id": id, "probability": link(id).map(|link| edition.lang.percent(link.probability)) }));
    let quoted = quoted(cell.acts());
    let named: BTreeSet<_> = quoted.iter().filter_map(|act| act.inquiry()).collect();
    let more: BTreeSet<_> = cell.acts().iter().filter_map(Act::inquiry).filter(|id| !named.contains(id)).collect();
    let responses =
        edition.responses(clause.owner.as_str()).iter().filter(|row| row.clause.as_ref() == Some(&clause.id));
    json!({
        "id": clause.id,
        "lang": html_lang(clause.lang.code()),
        "text": clause.text,
        "code": code,
        "symbol": symbol(cell.status()),
        "status": edition.lang.text(&format!("status-{}", code.replace('_', "-"))),
        "empty": cell.empty().map(|empty| edition.lang.text(&format!("empty-{}", empty.code().replace('_', "-")))),
        "timeline": timeline(edition, cell, clause),
        "acts": quoted.iter().map(|act| self::act(edition, act)).collect::<Vec<_>>(),
        "more": more,
        "awaiting": awaiting.collect::<Vec<_>>(),
        "responses": responses.map(|row| response(edition, row)).collect::<Vec<_>>(),
    })
}

/// The acts that are quoted, in their order: the first of each kind, then others from the first on.
fn quoted(acts: &[Act]) -> Vec<&Act> {
    let mut kinds = BTreeSet::new();
    let (mut first, others): (Vec<usize>, Vec<usize>) =
        (0..acts.len()).partition(|place| kinds.insert(acts[*place].kind().code()));
    first.extend(others);
    first.truncate(QUOTED);
    first.sort_unstable();
    first.into_iter().map(|place| &acts[place]).collect()
}

fn act(edition: &Edition<'_>, act: &Act) -> Value {
    let inquiry = act.inquiry().and_then(|id| edition.lookup.inquiry(id.as_str()));
    json!({
        "kind": act_name(act.kind(), edition.lang),
        "who": act.person().map(|person| edition.name(person.as_str())),
        "date": act.date().map(|date| dates::short(date, edition.lang)),
        "inquiry": inquiry.map(|row| row.id.as_str()),
        "title": inquiry.map(title),
        "lang": inquiry.and_then(|row| row.lang).map_or("", |lang| html_lang(lang.code())),
        "probability": act.probability().filter(|_| act.kind() != ActKind::Reply).map(|value| edition.lang.percent(value)),
        "confirmed": act.confirmed_by(),
        "passage": edition.lookup.passage(act, QUOTATION),
    })
}

fn act_name(kind: ActKind, lang: Lang) -> String {
    lang.text(&format!("act-{}", kind.code().replace('_', "-")))
}

const SHAPES: [(ActKind, Shape); 5] = [
    (ActKind::Initiated, Shape::Disc),
    (ActKind::CoSigned, Shape::Ring),
    (ActKind::Reply, Shape::Square),
    (ActKind::Meeting, Shape::Diamond),
    (ActKind::Outcome, Shape::Triangle),
];

/// The key of the time lines: the shape of each kind of act, with its name.
pub fn shapes(lang: Lang) -> Vec<String> {
    let entry = |(kind, shape): &(ActKind, Shape)| {
        let name = escape(&act_name(*kind, lang));
        format!(
            "<svg class=\"swatch\" width=\"14\" height=\"14\" viewBox=\"-7 -7 14 14\" aria-hidden=\"true\">{}</svg> {name}",
            shape.path()
        )
    };
    SHAPES.iter().map(entry).collect()
}

/// The time line of a promise on which two or more things happened on known days.
fn timeline(edition: &Edition<'_>, cell: &Cell, clause: &Clause) -> String {
    let Some(period) = edition.run.project.monitor.period else { return String::new() };
    let mark = |act: &Act| {
        let date = act.date().filter(crate::ingest::When::is_day)?;
        let said = |lang| format!("{}: {}", dates::long(date, lang), act_name(act.kind(), lang));
        let shape = SHAPES.iter().find(|(kind, _)| *kind == act.kind())?.1;
        Some(Mark { day: date.from, shape, label: label(said) })
    };
    let marks: Vec<Mark> = cell.acts().iter().filter_map(mark).collect();
    if marks.len() < 2 {
        return String::new();
    }
    let timeline = Timeline {
        id: format!("line-{}", escape(clause.id.as_str())),
        title: label(|lang| lang.text("report-timeline")),
        period,
        shaded: edition.run.project.monitor.recess.clone(),
        ends: [period.from, period.to].map(|day| label(|lang| dates::day(day, lang))),
        marks,
    };
    timeline.to_html(Voice::One(edition.lang))
}

/// A row of the table of inquiries.
pub fn inquiry(edition: &Edition<'_>, (inquiry, scores): &Raised<'_>) -> Value {
    let labels = scores.iter().zip(&edition.run.taxonomy.topics).filter(|(score, _)| score.label);
    let state = edition.replies.map(|rule| rule.state(inquiry));
    json!({
        "id": inquiry.id,
        "date": inquiry.date.map(|date| dates::short(date, edition.lang)),
        "title": title(inquiry),
        "lang": inquiry.lang.map_or("", |lang| html_lang(lang.code())),
        "url": web_address(&inquiry.url),
        "quote": inquiry.extra.get("quote"),
        "topics": labels.map(|(_, topic)| topic.name.in_lang(edition.lang)).collect::<Vec<_>>(),
        "reply": state.map(|state| reply(edition, inquiry, state)),
    })
}

fn reply(edition: &Edition<'_>, inquiry: &Inquiry, state: ReplyState) -> String {
    let name = edition.lang.text(&format!("reply-{}", state.code().replace('_', "-")));
    match inquiry.reply_date {
        Some(date) => format!("{name}, {}", dates::short(date, edition.lang)),
        None => name,
    }
}

fn meeting(edition: &Edition<'_>, row: &Meeting) -> Value {
    let place = match row.in_district {
        Some(true) => "meeting-in-district",
        Some(false) => "meeting-out-of-district",
        None => "meeting-place-unknown",
    };
    json!({
        "date": row.date.map(|date| dates::short(date, edition.lang)),
        "place": row.place,
        "in_district": edition.lang.text(place),
        "quote": row.quote,
        "url": web_address(&row.source_url),
    })
}

/// How a person's inquiries stand, in words: `in time 3, late 2`.
fn replies(edition: &Edition<'_>, began: &[Raised<'_>]) -> String {
    let Some(rule) = edition.replies else { return String::new() };
    let counts = count(rule, began.iter().map(|(inquiry, _)| *inquiry));
    let said = |((code, _), n): (&(&str, ReplyState), &usize)| {
        let name = edition.lang.text(&format!("reply-{}", code.replace('_', "-")));
        (*n > 0).then(|| edition.lang.say("report-named-count", &[("name", Arg::from(name)), ("n", (*n).into())]))
    };
    ReplyState::ALL.iter().zip(&counts).filter_map(said).collect::<Vec<_>>().join(", ")
}
