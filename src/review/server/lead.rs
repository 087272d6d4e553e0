//! For leads: agreement, disagreements to resolve, the terms of the work, all decisions as files.

use super::pages::ticked;
use super::reply::Reply;
use super::{Asked, Refused};
use crate::ingest::InquiryTopics;
use crate::report::Wording;
use crate::report::markup::escape;
use crate::report::view::title;
use crate::review::agreement::{Agreement, Estimate, FieldAgreement, Undefined};
use crate::review::ask::Ask;
use crate::review::card::{html_lang, name, shortened, topic_names};
use crate::review::exchange;
use crate::review::queue::{Blind, Terms};
use crate::review::state::{Standing, State};
use crate::review::store::people::random_hex;
use crate::topics::Topic;
use crate::topics::decided::put;
use serde_json::{Value, json};

/// Disagreements shown at a time.
const SHOWN: usize = 40;

/// The agreement of all as JSON.
pub fn agreement_values(asked: &Asked<'_>) -> Agreement {
    Agreement::of(&asked.app.desk.state(), &asked.app.desk.run.taxonomy)
}

fn said(asked: &Asked<'_>, estimate: &Estimate) -> Value {
    let undefined = estimate.undefined.map(|reason| {
        asked.lang.text(match reason {
            Undefined::NoPairs => "agreement-no-pairs",
            Undefined::OneValue => "agreement-one-value",
        })
    });
    let number = |value: Option<f64>| value.map(|value| asked.lang.rounded(value, 3));
    json!({ "value": number(estimate.value), "low": number(estimate.low), "high": number(estimate.high), "undefined": undefined })
}

/// `GET /agreement`
pub fn agreement(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let agreement = agreement_values(asked);
    let row = |field: &FieldAgreement, name: String| {
        json!({
            "name": name, "units": field.units, "raw": said(asked, &field.raw), "nominal": said(asked, &field.nominal),
            "ordinal": said(asked, &field.ordinal), "graded": field.field == "grade",
        })
    };
    let fields =
        agreement.fields.iter().map(|field| row(field, asked.lang.text(&format!("agreement-{}", field.field))));
    let taxonomy = &asked.app.desk.run.taxonomy;
    let topics = agreement.topics.iter().zip(&taxonomy.topics);
    let topics = topics.map(|(field, topic)| row(field, shortened(topic.name.in_lang(asked.lang), 120)));
    let together = agreement.together.iter().map(|row| {
        json!({
            "first": row.first, "second": row.second, "units": row.units, "raw": said(asked, &row.raw),
            "kappa": said(asked, &row.kappa), "confusion": row.confusion,
        })
    });
    let values = json!({
        "fields": fields.collect::<Vec<_>>(), "topics": topics.collect::<Vec<_>>(),
        "together": together.collect::<Vec<_>>(),
    });
    Ok(Reply::html(asked.page("agreement.html", &asked.lang.text("nav-agreement"), &values)?))
}

/// The inquiry that a disagreement is about: its title and what it asks for.
fn inquiry_values(asked: &Asked<'_>, place: usize) -> Result<Value, Refused> {
    let desk = &asked.app.desk;
    let row = &desk.run.project.inquiries[place];
    let start = desk.asks[place].filter(|start| row.text.is_char_boundary(*start)).unwrap_or(0);
    Ok(json!({
        "inquiry": row.id, "title": shortened(title(row), 200), "lang": html_lang(row.lang),
        "ask": escape(&shortened(&row.text[start..], 900)), "key": format!("w{}", random_hex(12)?),
    }))
}

/// Inquiries about whose topics reviewers differ and no lead has ruled: how many, and the first of them with all opinions. Ticked are the topics
/// that all give.
fn disputed_topics(asked: &Asked<'_>, state: &State) -> Result<(usize, Vec<Value>), Refused> {
    let desk = &asked.app.desk;
    let taxonomy = &desk.run.taxonomy;
    let (mut all, mut rows) = (0, Vec::new());
    let standings = state.inquiries_with_topics(taxonomy).into_iter();
    for (inquiry, _) in standings.filter(|(_, standing)| *standing == Standing::Disputed) {
        let Ok(place) = desk.inquiry(inquiry) else { continue };
        all += 1;
        if rows.len() >= SHOWN {
            continue;
        }
        let opinions = state.topic_opinions(inquiry, taxonomy);
        let topic = |topic: &Topic| {
            let name = shortened(topic.name.in_lang(asked.lang), 120);
            json!({ "id": topic.id, "name": name, "is": opinions.iter().all(|(.., given)| given.contains(&topic.id)) })
        };
        let said = opinions.iter().map(|(who, opinion, given)| {
            json!({ "name": who, "topics": topic_names(taxonomy, given, asked.lang), "comment": opinion.comment })
        });
        rows.push(json!({
            "about": inquiry_values(asked, place)?, "opinions": said.collect::<Vec<_>>(),
            "topics": taxonomy.topics.iter().map(topic).collect::<Vec<_>>(),
        }));
    }
    Ok((all, rows))
}

/// `GET /disagreements`: pairs, and topics of inquiries, on which reviewers differ and no lead has ruled, with all opinions.
pub fn disagreements(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let wording = Wording::new(&desk.run, asked.lang);
    let state = desk.state();
    let mut rows = Vec::new();
    let mut all = 0;
    for (inquiry, clause, _) in state.pairs().into_iter().filter(|(.., standing)| *standing == Standing::Disputed) {
        let (Ok(place), Ok(promise)) = (desk.inquiry(inquiry), desk.clause(clause)) else { continue };
        all += 1;
        if rows.len() >= SHOWN {
            continue;
        }
        let promise = &desk.run.clauses[promise];
        let opinions = state.opinions(inquiry, clause).into_iter();
        let opinions =
            opinions.map(|(who, opinion)| json!({ "name": who, "grade": opinion.grade, "comment": opinion.comment }));
        rows.push(json!({
            "about": inquiry_values(asked, place)?,
            "clause": clause, "promise": shortened(&promise.text, 600), "promise_lang": html_lang(Some(promise.lang)),
            "owner": name(wording, promise.owner.as_str()), "opinions": opinions.collect::<Vec<_>>(),
        }));
    }
    let (of_topics, topics) = disputed_topics(asked, &state)?;
    // The page reads what stands too: not twice at once, or a writer who waits between the two would wait for ever.
    drop(state);
    let taxonomy = &desk.run.taxonomy.fingerprint;
    let values = json!({ "rows": rows, "all": all, "of_topics": of_topics, "topics": topics, "taxonomy": taxonomy });
    Ok(Reply::html(asked.page("disagreements.html", &asked.lang.text("nav-disagreements"), &values)?))
}

/// `POST /rulings`: keeps a lead's ruling; the opinions stay.
pub fn rule(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let text = |name: &str| asked.field(name).to_owned();
    let (inquiry, comment) = (text("inquiry"), text("comment"));
    let ask = if text("answer") == "topics" {
        Ask::ResolveTopics { inquiry, topics: ticked(asked), comment }
    } else {
        let grade = text("answer").parse::<u8>().map_err(|_| Refused::Bad("answer"))?;
        Ask::Resolve { inquiry, clause: text("clause"), grade, comment }
    };
    let kept = asked.app.desk.decide(asked.reviewer()?, ask, asked.field("key"))?;
    let at = kept.first().map(|decision| decision.at.clone()).unwrap_or_default();
    Ok(Reply::redirect(format!("/disagreements?saved={at}")))
}

/// `GET /settings`
pub fn settings(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let terms = asked.app.desk.deal().terms.clone();
    let reviewers = asked.app.desk.store().reviewers()?;
    let values = json!({
        "double": terms.double_percent, "sample": terms.sample_percent, "blind": terms.blind.code(),
        "blinds": Blind::ALL.map(|(code, _)| code), "reviewers": reviewers,
    });
    Ok(Reply::html(asked.page("settings.html", &asked.lang.text("nav-settings"), &values)?))
}

/// `POST /settings`
pub fn set(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let percent = |name: &'static str| {
        asked.field(name).parse::<u8>().ok().filter(|percent| *percent <= 100).ok_or(Refused::Bad(name))
    };
    let (double_percent, sample_percent) = (percent("double")?, percent("sample")?);
    let blind = Blind::ALL.into_iter().find(|(code, _)| *code == asked.field("blind")).ok_or(Refused::Bad("blind"))?.1;
    let kept = {
        let mut store = asked.app.desk.store();
        let terms = Terms { double_percent, sample_percent, blind, ..store.terms()? };
        store.set_terms(&terms)?;
        terms
    };
    asked.app.desk.set_terms(kept);
    Ok(Reply::redirect("/settings"))
}

/// `GET /decisions.csv`
pub fn csv(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let mut out = Vec::new();
    let all = asked.app.desk.store().all()?;
    exchange::write_csv(&all, &mut out).map_err(|error| Refused::Fault(error.to_string()))?;
    Ok(Reply::download("text/csv; charset=utf-8", "decisions.csv", out))
}

/// `GET /decisions.jsonl`
pub fn jsonl(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let mut out = Vec::new();
    let all = asked.app.desk.store().all()?;
    exchange::write_jsonl(&all, &mut out).map_err(|error| Refused::Fault(error.to_string()))?;
    Ok(Reply::download("application/jsonl", "decisions.jsonl", out))
}

/// The topics decided: the project's rows, and in their place what reviewers settled.
fn decided_topics(asked: &Asked<'_>) -> Vec<InquiryTopics> {
    let desk = &asked.app.desk;
    let mut rows = desk.run.project.inquiry_topics.clone();
    let settled = desk.state().settled_topics(&desk.run.taxonomy);
    put(&mut rows, &desk.run.project.inquiries, &settled);
    rows
}

/// `GET /inquiry_topics.csv`
pub fn topics_csv(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let mut out = Vec::new();
    exchange::write_topics_csv(&decided_topics(asked), &mut out).map_err(|error| Refused::Fault(error.to_string()))?;
    Ok(Reply::download("text/csv; charset=utf-8", "inquiry_topics.csv", out))
}

/// `GET /inquiry_topics.jsonl`
pub fn topics_jsonl(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let mut out = Vec::new();
    exchange::write_jsonl(&decided_topics(asked), &mut out).map_err(|error| Refused::Fault(error.to_string()))?;
    Ok(Reply::download("application/jsonl", "inquiry_topics.jsonl", out))
}
