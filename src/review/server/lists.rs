//! Lists: inquiries with filters, deputies and their promises, the audit, everybody's progress.

use super::pages::{filter, filter_query};
use super::reply::Reply;
use super::{Asked, Refused};
use crate::report::Wording;
use crate::report::view::title;
use crate::review::card::{html_lang, name, shortened, standing_code};
use crate::review::decision::Role;
use crate::review::desk::Reviewer;
use crate::review::queue::{Deal, Filter, fits, regions};
use crate::review::state::{Standing, State};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a page of a list.
pub const ROWS: usize = 50;

/// How an inquiry stands for its list: the first of these that holds.
pub const STATUSES: [&str; 6] = ["disputed", "skipped", "waiting", "linked", "unlinked", "open"];

/// Who looks at a list, and how much of what others said they may see there: blind, nothing. Leads resolve disagreements and
/// see all.
struct Onlooker<'a> {
    reviewer: &'a Reviewer,
    state: &'a State,
    deal: &'a Deal,
}

impl Onlooker<'_> {
    /// True where only the onlooker's own word may be shown.
    fn is_blind(&self, inquiry: usize) -> bool {
        self.deal.blind(inquiry) && self.reviewer.role != Role::Lead
    }

    /// How a pair stands as far as the onlooker may see it.
    fn standing(&self, inquiry: usize, id: &str, clause: &str) -> Standing {
        if self.is_blind(inquiry) {
            let own = self.state.opinion(&self.reviewer.name, id, clause);
            own.map_or(Standing::Open, |opinion| Standing::Agreed(opinion.grade, 1))
        } else {
            self.state.standing(id, clause)
        }
    }
}

/// The status of an inquiry, seen by `reviewer`.
fn status(asked: &Asked<'_>, inquiry: usize, reviewer: &Reviewer) -> &'static str {
    let desk = &asked.app.desk;
    let (state, deal) = (desk.state(), desk.deal());
    let id = desk.run.project.inquiries[inquiry].id.as_str();
    let onlooker = Onlooker { reviewer, state: &state, deal: &deal };
    let judged = state.judged(id);
    let standings = || judged.iter().map(|clause| onlooker.standing(inquiry, id, clause));
    if standings().any(|standing| standing == Standing::Disputed) {
        return "disputed";
    }
    let reviewer = reviewer.name.as_str();
    if state.word(reviewer, id).is_some_and(|word| word.skipped.is_some()) {
        return "skipped";
    }
    if desk.queue.pending(&desk.run, inquiry, reviewer, &state, &deal).next().is_some() {
        return "waiting";
    }
    match standings().filter_map(Standing::settled).max() {
        Some(0) => "unlinked",
        Some(_) => "linked",
        None => "open",
    }
}

/// The inquiries that pass a filter, with their status, by date.
pub fn rows(asked: &Asked<'_>, filter: &Filter) -> Result<Vec<(usize, &'static str)>, Refused> {
    let desk = &asked.app.desk;
    let who = asked.reviewer()?;
    let state = desk.state();
    let word = |inquiry: usize| state.word(&who.name, desk.run.project.inquiries[inquiry].id.as_str());
    let all = 0..desk.run.project.inquiries.len();
    let all: Vec<usize> = all.filter(|inquiry| fits(&desk.run, *inquiry, word(*inquiry), filter)).collect();
    drop(state);
    let rows = all.into_iter().map(|inquiry| (inquiry, status(asked, inquiry, who)));
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
        "lang": html_lang(row.lang),
        "date": row.date.map(|date| date.to_string().replace('/', " – ")).unwrap_or_default(),
        "initiator": row.initiator.as_ref().map(|id| name(wording, id.as_str())).unwrap_or_default(),
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
        .map(|person| json!({ "id": person.id, "name": name(wording, person.id.as_str()) }));
    let topics =
        desk.run.taxonomy.topics.iter().map(|topic| json!({ "id": topic.id, "name": topic.name.in_lang(asked.lang) }));
    let values = json!({
        "rows": shown.map(|(inquiry, status)| row(asked, *inquiry, status)).collect::<Vec<_>>(),
        "all": rows.len(), "number": page, "pages": rows.len().div_ceil(ROWS).max(1), "filter": filter,
        "query": filter_query(&filter), "statuses": STATUSES.map(|status| json!({ "code": status, "count": counts.get(status).copied().unwrap_or(0) })),
        "orders": ["", "date", "deputy"], "people": people.collect::<Vec<_>>(), "topics": topics.collect::<Vec<_>>(), "regions": regions(&desk.run),
    });
    Ok(Reply::html(asked.page("list.html", &asked.lang.text("nav-list"), &values)?))
}

/// Every owner's promises: in all, and with links that people found, as far as the visitor may see them.
fn owner_counts(asked: &Asked<'_>) -> Result<BTreeMap<String, [usize; 2]>, Refused> {
    let desk = &asked.app.desk;
    let (state, deal) = (desk.state(), desk.deal());
    let onlooker = Onlooker { reviewer: asked.reviewer()?, state: &state, deal: &deal };
    let is_link = |(inquiry, clause, _): &(&str, &str, Standing)| {
        let place = desk.inquiry(inquiry).ok();
        place.is_some_and(|place| onlooker.standing(place, inquiry, clause).settled() > Some(0))
    };
    let linked: BTreeSet<&str> = state.pairs().into_iter().filter(is_link).map(|(_, clause, _)| clause).collect();
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for clause in desk.run.clauses.iter().filter(|clause| clause.pledge) {
        let count = counts.entry(clause.owner.to_string()).or_default();
        count[0] += 1;
        count[1] += usize::from(linked.contains(clause.id.as_str()));
    }
    Ok(counts)
}

/// `GET /deputies`
pub fn deputies(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let wording = Wording::new(&desk.run, asked.lang);
    let counts = owner_counts(asked)?;
    let people = desk.run.project.people.iter().map(|person| (person.id.to_string(), person.region.clone()));
    let parties =
        counts.keys().filter(|id| desk.run.project.is_party(&id.as_str().into())).map(|id| (id.clone(), String::new()));
    let row = |(id, region): (String, String)| {
        let [promises, linked] = counts.get(&id).copied().unwrap_or_default();
        json!({ "id": id, "name": name(wording, &id), "region": shortened(&region, 120), "promises": promises, "linked": linked })
    };
    let regions = !regions(&desk.run).is_empty();
    let values = json!({ "rows": people.chain(parties).map(row).collect::<Vec<_>>(), "regions": regions });
    Ok(Reply::html(asked.page("deputies.html", &asked.lang.text("nav-deputies"), &values)?))
}

/// `GET /deputies/{id}`: the promises of an owner, each with the inquiries that people or the model connect with it.
pub fn deputy(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let owner = asked.path.first().map_or("", String::as_str);
    let wording = Wording::new(&desk.run, asked.lang);
    let (state, deal) = (desk.state(), desk.deal());
    let onlooker = Onlooker { reviewer: asked.reviewer()?, state: &state, deal: &deal };
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
        let wanted: BTreeSet<usize> = pairs.iter().filter(|pair| deal.asked(pair)).map(|pair| pair.clause).collect();
        let judged = state.judged(row.id.as_str()).into_iter().filter_map(|clause| desk.clause(clause).ok());
        for place in judged.chain(wanted.iter().copied()).collect::<BTreeSet<usize>>() {
            let Some(clause) = places.get(&place) else { continue };
            let standing = onlooker.standing(inquiry, row.id.as_str(), clause);
            let is_open = standing == Standing::Open;
            if standing.settled() == Some(0) || (is_open && !wanted.contains(&place)) {
                continue;
            }
            let shown = desk.link(inquiry, place).filter(|_| !onlooker.is_blind(inquiry));
            links.entry(place).or_default().push(json!({
                "inquiry": row.id, "title": shortened(title(row), 140), "lang": html_lang(row.lang),
                "status": standing_code(standing),
                "probability": shown.map(|link| asked.lang.percent(link.probability)).unwrap_or_default(),
            }));
        }
    }
    let promise = |(place, id): (&usize, &&str)| {
        let clause = &desk.run.clauses[*place];
        json!({
            "id": id, "text": shortened(&clause.text, 600), "lang": html_lang(Some(clause.lang)),
            "links": links.get(place),
        })
    };
    // The page reads what stands too: not twice at once, or a writer who waits between the two would wait for ever.
    drop((state, deal));
    let values = json!({ "id": owner, "promises": places.iter().map(promise).collect::<Vec<_>>() });
    Ok(Reply::html(asked.page("deputy.html", &name(wording, owner), &values)?))
}

/// `GET /audit`: what the published figures say and what was counted.
pub fn audit(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let run = &asked.app.desk.run;
    let wording = Wording::new(run, asked.lang);
    let check = |check: &crate::audit::Check| {
        let figures = check.published.iter().chain(&check.counted.figures).take(24);
        json!({
            "sentence": shortened(&wording.check(check), 1000), "holds": check.holds,
            "figures": figures.map(|figure| shortened(&wording.figure(figure), 600)).collect::<Vec<_>>(),
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
    let with_topics = desk.state().settled_topics(&desk.run.taxonomy).len();
    json!({
        "people": names.iter().map(person).collect::<Vec<_>>(), "all": all, "judged": judged, "unfound": desk.unfound(),
        "inquiries": desk.run.project.inquiries.len(), "with_topics": with_topics,
    })
}

/// `GET /progress`
pub fn progress(asked: &Asked<'_>) -> Result<Reply, Refused> {
    Ok(Reply::html(asked.page("progress.html", &asked.lang.text("nav-progress"), &progress_values(asked))?))
}
