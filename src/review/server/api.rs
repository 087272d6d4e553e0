//! The same actions for programs: JSON under `/api/v1`, described in `docs/openapi.json`.

use super::pages::filter;
use super::reply::Reply;
use super::{Asked, Refused, lists, pages};
use crate::review::ask::{Ask, Topics};
use crate::review::card;
use crate::review::decision::{Decision, Draft};
use crate::review::queue::Filter;
use serde_json::{Value, json};

/// `GET /api/v1/openapi.json`
pub fn openapi(_: &Asked<'_>) -> Result<Reply, Refused> {
    Ok(Reply::asset("application/json", include_str!("../../../docs/openapi.json")))
}

fn show(asked: &Asked<'_>, place: Option<(usize, usize)>) -> Result<Reply, Refused> {
    let who = asked.reviewer()?;
    let card = place.map(|(inquiry, clause)| card::card(&asked.app.desk, who, inquiry, clause, asked.lang));
    let (all, judged) = asked.app.desk.progress(&who.name);
    Ok(Reply::json(&json!({ "card": card, "asked": all, "judged": judged })))
}

/// `GET /api/v1/next`
pub fn next(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let place = asked.app.desk.next(&asked.reviewer()?.name, &filter(asked));
    show(asked, place)
}

/// `GET /api/v1/inquiries/{id}`
pub fn inquiry(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let inquiry = desk.inquiry(asked.path.first().map_or("", String::as_str))?;
    let clause = match asked.query.get("clause") {
        Some(id) => desk.clause(id)?,
        None => desk.first_clause(&asked.reviewer()?.name, inquiry).ok_or(Refused::Missing)?,
    };
    show(asked, Some((inquiry, clause)))
}

/// `GET /api/v1/inquiries`: those that pass the filter, fifty a page.
pub fn inquiries(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let filter: Filter = filter(asked);
    let rows = lists::rows(asked, &filter)?;
    let page: usize = asked.query.get("page").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, 100_000);
    let shown = rows.iter().skip((page - 1) * lists::ROWS).take(lists::ROWS);
    let shown: Vec<Value> = shown.map(|(inquiry, status)| lists::row(asked, *inquiry, status)).collect();
    Ok(Reply::json(&json!({ "all": rows.len(), "page": page, "inquiries": shown })))
}

/// `GET /api/v1/promises?text=…`: promises that hold words of the text.
pub fn promises(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let found = asked.app.desk.search(asked.field("text"), 20);
    Ok(Reply::json(
        &json!({ "promises": found.into_iter().map(|place| pages::brief(asked, place)).collect::<Vec<_>>() }),
    ))
}

fn body(asked: &Asked<'_>) -> Result<Value, Refused> {
    serde_json::from_slice::<Value>(&asked.body).ok().filter(Value::is_object).ok_or(Refused::Bad("json"))
}

fn text(body: &Value, name: &str) -> String {
    match &body[name] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "1".into(),
        _ => String::new(),
    }
}

/// A decision as its reviewer may see it: blind, without what the model had said.
fn seen(decision: &Decision) -> Value {
    let mut decision = decision.clone();
    let Draft { probability, topics, blind, .. } = &mut decision.draft;
    if *blind {
        *probability = None;
        for answer in topics {
            answer.probability = None;
        }
    }
    json!(decision)
}

/// The topics of a body: a list of ids.
fn topics(body: &Value) -> Topics {
    let chosen = body["topics"].as_array().into_iter().flatten();
    let chosen = chosen.map(|id| id.as_str().unwrap_or_default().to_owned());
    Topics { taxonomy: text(body, "taxonomy"), chosen: chosen.collect() }
}

/// `POST /api/v1/decisions`: answered once the decision is on the disk.
pub fn decide(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let body = body(asked)?;
    let who = asked.reviewer()?;
    let field = |name: &str| text(&body, name);
    let ask = if field("answer") == "resolve" && body["topics"].is_array() {
        Ask::ResolveTopics { inquiry: field("inquiry"), topics: topics(&body), comment: field("comment") }
    } else if field("answer") == "resolve" {
        let grade = field("grade").parse::<u8>().map_err(|_| Refused::Bad("grade"))?;
        let (inquiry, clause, comment) = (field("inquiry"), field("clause"), field("comment"));
        Ask::Resolve { inquiry, clause, grade, comment }
    } else {
        pages::ask(&field, || topics(&body))?
    };
    let kept = asked.app.desk.decide(who, ask, &field("key"))?;
    Ok(Reply::json(&json!({ "decisions": kept.iter().map(seen).collect::<Vec<_>>() })))
}

/// `POST /api/v1/undo`
pub fn undo(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let undone = asked.app.desk.undo(asked.reviewer()?, &text(&body(asked)?, "key"))?;
    let pair = |(undo, taken): &(Decision, Decision)| json!({ "undo": seen(undo), "taken_back": seen(taken) });
    let undone: Vec<Value> = undone.iter().map(pair).collect();
    Ok(Reply::json(&json!({ "undone": undone })))
}

/// `GET /api/v1/progress`
pub fn progress(asked: &Asked<'_>) -> Result<Reply, Refused> {
    Ok(Reply::json(&lists::progress_values(asked)))
}

/// `GET /api/v1/agreement`
pub fn agreement(asked: &Asked<'_>) -> Result<Reply, Refused> {
    Ok(Reply::json(&super::lead::agreement_values(asked)))
}

/// `GET /api/v1/decisions`: every decision, by time.
pub fn decisions(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let all = asked.app.desk.store().all()?;
    Ok(Reply::json(&json!({ "decisions": all })))
}
