//! Lists: inquiries with filters, deputies and their promises, the audit, everybody's progress.

use super::pages::{filter, filter_query};
use super::reply::Reply;
use super::{Asked, Refused};
use crate::report::Wording;
use crate::report::view::title;
use crate::review::card::{shortened, standing_code};
use crate::review::queue::{Filter, fits, regions};
use crate::review::state::Standing;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows of a page of a list.
pub const ROWS: usize = 50;

/// How an inquiry stands for its list: the first of these that holds.
pub const STATUSES: [&str; 5] = ["disputed", "skipped", "waiting", "linked", "unlinked"];

/// The status of an inquiry, seen by `reviewer`.
fn status(asked: &Asked<'_>, inquiry: usize, reviewer: &str) -> &'static str {
    let desk = &asked.app.desk;
    let (state, deal) = (desk.state(), desk.deal());
    let id = desk.run.project.inquiries[inquiry].id.as_str();
    // Blind: what others said is not told by a list either.
    let hidden = deal.blind(inquiry) && !asked.visitor.as_ref().is_some_and(super::access::is_lead);
    let pairs = || desk.queue.pairs[inquiry].iter();
    let standing = |clause: usize| state.standing(id, desk.run.clauses[clause].id.as_str());
    if !hidden && pairs().any(|pair| standing(pair.clause) == Standing::Disputed) {
        return "disputed";
    }
    if state.word(reviewer, id).is_some_and(|word| word.skipped.is_some()) {
        return "skipped";
    }
    if desk.queue.pending(&desk.run, inquiry, reviewer, &state, &deal).next().is_some() {
        return "waiting";
    }
    let own =
        |clause: usize| state.opinion(reviewer, id, desk.run.clauses[clause].id.as_str()).map(|opinion| opinion.grade);
    let grade = |clause: usize| if hidden { own(clause) } else { standing(clause).grade() };
    if pairs().any(|pair| grade(pair.clause).is_some_and(|grade| grade > 0)) { "linked" } else { "unlinked" }
}

/// The inquiries that pass a filter, with their status, by date.
pub fn rows(asked: &Asked<'_>, filter: &Filter) -> Result<Vec<(usize, &'static str)>, Refused> {
    let desk = &asked.app.desk;
    let name = &asked.reviewer()?.name;
    let all = (0..desk.run.project.inquiries.len()).filter(|inquiry| fits(&desk.run, *inquiry, filter));
    let rows = all.map(|inquiry| (inquiry, status(asked, inquiry, name)));
    let mut rows: Vec<(usize, &'static str)> =
        rows.filter(|(_, status)| filter.status.is_empty() || filter.status == *status).collect();
    rows.sort_by_key(|(inquiry, _)| desk.run.project.inquiries[*inquiry].date.map(|date| date.to_string()));
    Ok(rows)
}

/// An inquiry in a row.
pub fn row(asked: &Asked<'_>, inquiry: usize, status: &str) -> Value {
    let desk = &asked.app.desk;
    let row = &desk.run.project.inquiries[inquiry];
    let wording = Wording::new(&desk.run, asked.lang);
    json!({
        "id": row.id, "title": shortened(title(row), 160), "status": status,
        "lang": crate::review::card::html_lang(row.lang),
        "date": row.date.map(|date| date.to_string().replace('/', " – ")).unwrap_or_default(),
        "initiator": row.initiator.as_ref().map(|id| wording.owner(id.as_str())).unwrap_or_default(),
    })
}

/// `GET /list`
pub fn list(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let filter = filter(asked);
    let everything = rows(asked, &Filter { status: String::new(), ..filter.clone() })?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, status) in &everything {
        *counts.entry(status).or_default() += 1;
    }
    let rows: Vec<_> =
        everything.into_iter().filter(|(_, status)| filter.status.is_empty() || filter.status == *status).collect();
    let page: usize = asked.query.get("page").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, 100_000);
    let shown = rows.iter().skip((page - 1) * ROWS).take(ROWS);
    let wording = Wording::new(&desk.run, asked.lang);
    let people = desk
        .run
        .project
        .people
        .iter()
        .map(|person| json!({ "id": person.id, "name": wording.owner(person.id.as_str()) }));
    let topics =
        desk.run.taxonomy.topics.iter().map(|topic| json!({ "id": topic.id, "name": topic.name.in_lang(asked.lang) }));
    let values = json!({
        "rows": shown.map(|(inquiry, status)| row(asked, *inquiry, status)).collect::<Vec<_>>(),
        "all": rows.len(), "number": page, "pages": rows.len().div_ceil(ROWS).max(1), "filter": filter,
        "query": filter_query(&filter), "statuses": STATUSES.map(|status| json!({ "code": status, "count": counts.get(status).copied().unwrap_or(0) })),
        "people": people.collect::<Vec<_>>(), "topics": topics.collect::<Vec<_>>(), "regions": regions(&desk.run),
    });
    Ok(Reply::html(asked.page("list.html", &asked.lang.text("nav-list"), &values)?))
}

/// Every owner's promises: in all, with links that people found, disputed. Blind reviewers see their own words alone.
fn owner_counts(asked: &Asked<'_>) -> BTreeMap<String, [usize; 2]> {
    let desk = &asked.app.desk;
    let state = desk.state();
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for clause in desk.run.clauses.iter().filter(|clause| clause.pledge) {
        let count = counts.entry(clause.owner.to_string()).or_default();
        count[0] += 1;
        count[1] += usize::from(state.is_linked(clause.id.as_str()));
    }
    counts
}

/// `GET /deputies`
pub fn deputies(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let wording = Wording::new(&desk.run, asked.lang);
    let counts = owner_counts(asked);
    let people = desk.run.project.people.iter().map(|person| (person.id.to_string(), person.region.clone()));
    let parties =
        counts.keys().filter(|id| desk.run.project.is_party(&id.as_str().into())).map(|id| (id.clone(), String::new()));
    let row = |(id, region): (String, String)| {
        let [promises, linked] = counts.get(&id).copied().unwrap_or_default();
        json!({ "id": id, "name": wording.owner(&id), "region": region, "promises": promises, "linked": linked })
    };
    let values = json!({ "rows": people.chain(parties).map(row).collect::<Vec<_>>() });
    Ok(Reply::html(asked.page("deputies.html", &asked.lang.text("nav-deputies"), &values)?))
}

/// `GET /deputies/{id}`: the promises of an owner, each with the inquiries that people or the model connect with it.
pub fn deputy(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let owner = asked.path.first().map_or("", String::as_str);
    let wording = Wording::new(&desk.run, asked.lang);
    let lead = asked.visitor.as_ref().is_some_and(super::access::is_lead);
    let (state, deal) = (desk.state(), desk.deal());
    let places: BTreeMap<usize, &str> = desk
        .run
        .clauses
        .iter()
        .enumerate()
        .filter(|(_, row)| row.pledge && row.owner.as_str() == owner)
        .map(|(place, row)| (place, row.id.as_str()))
        .collect();
    if places.is_empty() && desk.run.project.people.iter().all(|person| person.id.as_str() != owner) {
        return Err(Refused::Missing);
    }
    let mut links: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for (inquiry, pairs) in desk.queue.pairs.iter().enumerate() {
        let row = &desk.run.project.inquiries[inquiry];
        for pair in pairs {
            let Some(clause) = places.get(&pair.clause) else { continue };
            let standing = state.standing(row.id.as_str(), clause);
            let hidden = deal.blind(inquiry) && !lead;
            let status = if hidden { "open" } else { standing_code(standing) };
            if status == "none" || (standing == Standing::Open && !pair.doubtful) || (hidden && !pair.doubtful) {
                continue;
            }
            links.entry(pair.clause).or_default().push(json!({
                "inquiry": row.id, "title": shortened(title(row), 140), "lang": crate::review::card::html_lang(row.lang),
                "status": status,
                "probability": if hidden { String::new() } else { format!("{:.0} %", pair.probability * 100.0) },
            }));
        }
    }
    let promise = |(place, id): (&usize, &&str)| {
        let clause = &desk.run.clauses[*place];
        json!({
            "id": id, "text": shortened(&clause.text, 600), "lang": crate::review::card::html_lang(Some(clause.lang)),
            "links": links.get(place),
        })
    };
    let values = json!({ "id": owner, "promises": places.iter().map(promise).collect::<Vec<_>>() });
    Ok(Reply::html(asked.page("deputy.html", &wording.owner(owner), &values)?))
}

/// `GET /audit`: what the published figures say and what was counted.
pub fn audit(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let run = &asked.app.desk.run;
    let wording = Wording::new(run, asked.lang);
    let check = |check: &crate::audit::Check| {
        let figures = check.published.iter().chain(&check.counted.figures).take(24);
        json!({
            "sentence": wording.check(check), "holds": check.holds,
            "figures": figures.map(|figure| wording.figure(figure)).collect::<Vec<_>>(),
        })
    };
    let values = json!({ "checks": run.audit.checks.iter().map(check).collect::<Vec<_>>(), "findings": run.audit.findings().count() });
    Ok(Reply::html(asked.page("audit.html", &asked.lang.text("nav-audit"), &values)?))
}

/// Everybody's progress and what is probably still unfound.
pub fn progress_values(asked: &Asked<'_>) -> Value {
    let desk = &asked.app.desk;
    let mut names: Vec<String> = desk.deal().terms.reviewers.iter().map(|member| member.name.clone()).collect();
    names.extend(desk.state().counts().keys().cloned());
    names.extend(asked.visitor.as_ref().map(|visitor| visitor.reviewer.name.clone()));
    names.sort();
    names.dedup();
    let person = |name: &String| {
        let (asked, judged) = desk.progress(name);
        let opinions = desk.state().counts().get(name).copied().unwrap_or(0);
        json!({ "name": name, "asked": asked, "judged": judged, "opinions": opinions })
    };
    let (all, judged) = desk.progress_of_all();
    json!({ "people": names.iter().map(person).collect::<Vec<_>>(), "all": all, "judged": judged, "unfound": desk.unfound() })
}

/// `GET /progress`
pub fn progress(asked: &Asked<'_>) -> Result<Reply, Refused> {
    Ok(Reply::html(asked.page("progress.html", &asked.lang.text("nav-progress"), &progress_values(asked))?))
}
