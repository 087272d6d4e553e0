//! For leads: agreement, disagreements to resolve, the terms of the work, all decisions as files.

use super::reply::Reply;
use super::{Asked, Refused};
use crate::report::Wording;
use crate::report::markup::escape;
use crate::report::view::title;
use crate::review::agreement::{Agreement, Estimate, Undefined};
use crate::review::card::{html_lang, name, shortened};
use crate::review::desk::Ask;
use crate::review::exchange;
use crate::review::queue::{Blind, Terms};
use crate::review::state::Standing;
use crate::review::store::people::random_hex;
use serde_json::{Value, json};

/// Disagreements shown at a time.
const SHOWN: usize = 40;

/// The agreement of all as JSON.
pub fn agreement_values(asked: &Asked<'_>) -> Agreement {
    Agreement::of(&asked.app.desk.state())
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
    let fields = agreement.fields.iter().map(|field| {
        json!({
            "name": asked.lang.text(&format!("agreement-{}", field.field)), "units": field.units,
            "raw": said(asked, &field.raw), "nominal": said(asked, &field.nominal), "ordinal": said(asked, &field.ordinal),
            "graded": field.field == "grade",
        })
    });
    let together = agreement.together.iter().map(|row| {
        json!({
            "first": row.first, "second": row.second, "units": row.units, "raw": said(asked, &row.raw),
            "kappa": said(asked, &row.kappa), "confusion": row.confusion,
        })
    });
    let values = json!({ "fields": fields.collect::<Vec<_>>(), "together": together.collect::<Vec<_>>() });
    Ok(Reply::html(asked.page("agreement.html", &asked.lang.text("nav-agreement"), &values)?))
}

/// `GET /disagreements`: pairs on which reviewers differ and no lead has ruled, with both opinions.
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
        let row = &desk.run.project.inquiries[place];
        let promise = &desk.run.clauses[promise];
        let opinions = state.opinions(inquiry, clause).into_iter();
        let opinions =
            opinions.map(|(who, opinion)| json!({ "name": who, "grade": opinion.grade, "comment": opinion.comment }));
        let start = desk.asks[place].filter(|start| row.text.is_char_boundary(*start)).unwrap_or(0);
        rows.push(json!({
            "inquiry": inquiry, "title": shortened(title(row), 200), "lang": html_lang(row.lang),
            "ask": escape(&shortened(&row.text[start..], 900)),
            "clause": clause, "promise": shortened(&promise.text, 600), "promise_lang": html_lang(Some(promise.lang)),
            "owner": name(wording, promise.owner.as_str()), "opinions": opinions.collect::<Vec<_>>(),
            "key": format!("w{}", random_hex(12)?),
        }));
    }
    let values = json!({ "rows": rows, "all": all });
    Ok(Reply::html(asked.page("disagreements.html", &asked.lang.text("nav-disagreements"), &values)?))
}

/// `POST /rulings`: keeps a lead's ruling; the opinions stay.
pub fn rule(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let text = |name: &str| asked.field(name).to_owned();
    let grade = text("answer").parse::<u8>().map_err(|_| Refused::Bad("answer"))?;
    let ask = Ask::Resolve { inquiry: text("inquiry"), clause: text("clause"), grade, comment: text("comment") };
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
