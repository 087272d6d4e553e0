//! The page: one self-contained html file in three languages, of which the reader sees one.

use super::diagrams::diagrams;
use super::markup::{Voice, escape, in_all, marked};
use super::template;
use super::view::{Lookup, html_lang, status_name, symbol, title};
use crate::Result;
use crate::evidence::Status;
use crate::ingest::Extent;
use crate::locale::Lang;
use crate::run::Run;
use crate::span::Span;
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde_json::json;
use std::collections::BTreeMap;

/// The page of `run`, opening in `lang`.
///
/// # Errors
/// [`crate::Error::Internal`] for a fault of the template.
pub fn render(run: &Run, lang: Lang) -> Result<String> {
    let environment = template::environment(&[("page.html", include_str!("templates/page.html"))])?;
    let lookup = Lookup::new(run, Voice::All);
    let monitor = &run.project.monitor;
    let safe = Value::from_safe_string;
    let diagrams: Vec<Value> = diagrams(run)
        .into_iter()
        .map(|diagram| {
            context! {
                html => safe(diagram.chart.to_html(Voice::All, false)),
                source => safe(in_all(|lang| lang.text(diagram.source))),
            }
        })
        .collect();
    let context = context! {
        t => template::translator(Voice::All),
        number => template::number_writer(Voice::All),
        lang => lang.code(),
        css => safe([include_str!("templates/page.css"), include_str!("templates/chart.css")].concat()),
        patterns => safe(super::chart::PATTERNS.to_owned()),
        title => safe(in_all(|lang| monitor.title.in_lang(lang).to_owned())),
        plain_title => safe(escape(monitor.title.in_lang(lang))),
        parliament => safe(in_all(|lang| monitor.parliament.in_lang(lang).to_owned())),
        period => monitor.period.map(|period| period.to_string().replace('/', " – ")),
        fictional => monitor.fictional,
        source_name => safe(in_all(|lang| monitor.source.name.in_lang(lang).to_owned())),
        source_note => safe(in_all(|lang| monitor.source.note.in_lang(lang).to_owned())),
        partial => monitor.coverage.inquiries == Extent::Partial,
        counts => Value::from(Serde(counts(run))),
        statuses => Value::from(Serde(statuses(run))),
        owners => Value::from(Serde(lookup.owners())),
        without => Value::from(Serde(without(run, &lookup))),
        diagrams,
        topics => Value::from(Serde(topics(run))),
        factions => Value::from(Serde(factions(run, &lookup))),
        findings => Value::from(Serde(checks(run, &lookup, false))),
        holds => Value::from(Serde(checks(run, &lookup, true))),
        inquiries => Value::from(Serde(inquiries(run, &lookup))),
        manifest => Value::from(Serde(&run.manifest)),
        problems => run.manifest.left_out,
    };
    template::render(&environment, "page.html", context)
}

fn counts(run: &Run) -> serde_json::Value {
    let suggested = run.links.iter().filter(|link| link.zone == crate::linking::Zone::Suggest).count();
    json!({
        "people": run.project.people.len(),
        "promises": run.rollup.all.promises,
        "with_evidence": run.rollup.all.with_evidence(),
        "awaiting": run.rollup.all.awaiting_review,
        "judged": run.verdicts.len(),
        "confirmed": run.rollup.all.confirmed,
        "suggested_only": run.rollup.all.suggested_only,
        "inquiries": run.project.inquiries.len(),
        "linked": crate::evidence::rollup::linked_inquiries(&run.matrix).len(),
        "pairs": run.links.len(),
        "suggested": suggested,
        "topics_decided": run.project.inquiry_topics.len(),
        "checks": run.audit.checks.len(),
        "findings": run.audit.findings().count(),
    })
}

fn statuses(run: &Run) -> Vec<serde_json::Value> {
    let row = |(code, status): &(&str, Status)| json!({ "code": code, "symbol": symbol(*status), "name": status_name(Voice::All, *status), "promises": run.rollup.all.of(*status) });
    Status::ALL.iter().map(row).collect()
}

fn without(run: &Run, lookup: &Lookup<'_>) -> Vec<String> {
    let people =
        run.matrix.without_promises.iter().map(|row| lookup.wording(|wording| wording.owner(row.person.as_str())));
    people.collect()
}

/// Factions as columns of the topic table; inquiries whose initiator nobody names last.
fn faction_ids(run: &Run) -> Vec<String> {
    let mut ids: Vec<String> =
        run.project.people.iter().map(|person| crate::evidence::rollup::faction(person).to_owned()).collect();
    ids.sort();
    ids.dedup();
    if run.project.inquiries.iter().any(|inquiry| inquiry.initiator.is_none()) && !ids.contains(&String::new()) {
        ids.push(String::new());
    }
    ids
}

fn factions(run: &Run, lookup: &Lookup<'_>) -> Vec<String> {
    faction_ids(run).iter().map(|id| lookup.wording(|wording| wording.group(id))).collect()
}

fn topics(run: &Run) -> Vec<serde_json::Value> {
    let factions = faction_ids(run);
    let row = |(place, topic): (usize, &crate::topics::Topic)| {
        let counts = run.rollup.topics_by_faction.get(&topic.id).cloned().unwrap_or_default();
        let of: Vec<usize> = factions.iter().map(|id| counts.get(id).copied().unwrap_or(0)).collect();
        let labelled = run.project.inquiries.iter().zip(&run.topics).filter(|(_, scores)| scores[place].label);
        let examples: Vec<_> = labelled.map(|(inquiry, scores)| {
            let cues: Vec<&str> = scores[place].cues.iter().filter(|cue| cue.weight > 0.0).map(|cue| cue.cue.as_str()).collect();
            json!({ "id": escape(inquiry.id.as_str()), "title": escape(title(inquiry)), "cues": escape(&cues.join(", ")) })
        }).collect();
        json!({
            "name": in_all(|lang| topic.name.in_lang(lang).to_owned()),
            "description": in_all(|lang| topic.description.in_lang(lang).to_owned()),
            "counts": of,
            "all": of.iter().sum::<usize>(),
            "inquiries": examples,
        })
    };
    run.taxonomy.topics.iter().enumerate().map(row).collect()
}

fn checks(run: &Run, lookup: &Lookup<'_>, holds: bool) -> Vec<serde_json::Value> {
    let figure = |figure: &crate::audit::Figure| {
        json!({
            "group": lookup.wording(|wording| wording.group(&figure.group)),
            "value": in_all(|lang| lang.number(figure.value)),
            "place": lookup.wording(|wording| wording.place(&figure.place)),
            "quote": escape(&figure.quote),
        })
    };
    let check = |check: &crate::audit::Check| {
        json!({
            "sentence": lookup.wording(|wording| wording.check(check)),
            "published": check.published.iter().map(figure).collect::<Vec<_>>(),
            "counted": check.counted.figures.iter().map(figure).collect::<Vec<_>>(),
        })
    };
    run.audit.checks.iter().filter(|row| row.holds == holds).map(check).collect()
}

fn inquiries(run: &Run, lookup: &Lookup<'_>) -> Vec<serde_json::Value> {
    let mut suggested: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for link in run.links.iter().filter(|link| run.verdicts.zone(link) == crate::linking::Zone::Suggest) {
        suggested.entry(link.inquiry.as_str()).or_default().push(link.promise.as_str());
    }
    let row = |(inquiry, scores): (&crate::ingest::Inquiry, &Vec<crate::topics::TopicScore>)| {
        let name = |id: &crate::id::PersonId| lookup.wording(|wording| wording.owner(id.as_str()));
        let labels = scores.iter().zip(&run.taxonomy.topics).filter(|(score, _)| score.label);
        let offset = inquiry.title.len() + 1;
        let cues =
            scores.iter().filter(|score| score.label).flat_map(|score| &score.cues).filter(|cue| cue.weight > 0.0);
        let spans: Vec<Span> = cues
            .filter(|cue| cue.span.start >= offset)
            .map(|cue| Span::new(cue.span.start - offset, cue.span.end - offset))
            .collect();
        json!({
            "id": escape(inquiry.id.as_str()),
            "title": escape(title(inquiry)),
            "date": inquiry.date.map(|date| date.to_string().replace('/', " – ")).unwrap_or_default(),
            "initiator": inquiry.initiator.as_ref().map_or_else(|| in_all(|lang| lang.text("group-none")), name),
            "cosigners": inquiry.cosigners.iter().map(name).collect::<Vec<_>>(),
            "addressee": escape(&inquiry.addressee),
            "lang": inquiry.lang.map_or("", |lang| html_lang(lang.code())),
            "text": marked(&inquiry.text, &spans),
            "reply": escape(&inquiry.reply_text),
            "reply_date": inquiry.reply_date.map(|date| date.to_string()).unwrap_or_default(),
            "topics": labels.map(|(_, topic)| in_all(|lang| topic.name.in_lang(lang).to_owned())).collect::<Vec<_>>(),
            "promises": suggested.get(inquiry.id.as_str()).into_iter().flatten().map(|id| escape(id)).collect::<Vec<_>>(),
        })
    };
    run.project.inquiries.iter().zip(&run.topics).map(row).collect()
}
