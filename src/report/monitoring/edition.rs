//! A run as the report's sections look things up in it: rows by person, people by name, figures with the rows behind them.

use super::super::diagrams::{self, Diagram};
use super::super::markup::Voice;
use super::super::view::Lookup;
use super::super::{Wording, order};
use super::replies::ReplyRule;
use crate::evidence::Cell;
use crate::ingest::{Extent, Inquiry, Meeting, Person, Response};
use crate::locale::Lang;
use crate::programme::Clause;
use crate::run::Run;
use crate::topics::TopicScore;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An inquiry with its topics.
pub type Raised<'a> = (&'a Inquiry, &'a [TopicScore]);

/// A report in the making.
pub struct Edition<'a> {
    pub run: &'a Run,
    pub lang: Lang,
    pub lookup: Lookup<'a>,
    pub wording: Wording<'a>,
    /// By name.
    pub people: Vec<&'a Person>,
    /// How replies are judged; `None` where no reply is recorded.
    pub replies: Option<ReplyRule>,
    names: BTreeMap<&'a str, String>,
    cells: BTreeMap<&'a str, Vec<(&'a Cell, &'a Clause)>>,
    began: BTreeMap<&'a str, Vec<Raised<'a>>>,
    signed: BTreeMap<&'a str, Vec<&'a Inquiry>>,
    met: BTreeMap<&'a str, Vec<&'a Meeting>>,
    responses: BTreeMap<&'a str, Vec<&'a Response>>,
}

impl<'a> Edition<'a> {
    /// The look-up tables of `run` in `lang`.
    pub fn new(run: &'a Run, lang: Lang) -> Self {
        let wording = Wording::new(run, lang);
        let project = &run.project;
        let mut cells: BTreeMap<&str, Vec<(&Cell, &Clause)>> = BTreeMap::new();
        let promises = run.clauses.iter().filter(|clause| clause.pledge);
        for (cell, clause) in run.matrix.cells.iter().zip(promises) {
            cells.entry(clause.owner.as_str()).or_default().push((cell, clause));
        }
        let mut began: BTreeMap<&str, Vec<Raised<'_>>> = BTreeMap::new();
        let mut signed: BTreeMap<&str, Vec<&Inquiry>> = BTreeMap::new();
        for (inquiry, scores) in project.inquiries.iter().zip(&run.topics) {
            let initiator = inquiry.initiator.as_ref().map_or("", |person| person.as_str());
            began.entry(initiator).or_default().push((inquiry, scores));
            for person in &inquiry.cosigners {
                signed.entry(person.as_str()).or_default().push(inquiry);
            }
        }
        let mut met: BTreeMap<&str, Vec<&Meeting>> = BTreeMap::new();
        for meeting in &project.meetings {
            met.entry(meeting.person.as_str()).or_default().push(meeting);
        }
        let mut responses: BTreeMap<&str, Vec<&Response>> = BTreeMap::new();
        for response in &project.responses {
            responses.entry(response.person.as_str()).or_default().push(response);
        }
        let ids = project.people.iter().map(|person| person.id.as_str()).chain(cells.keys().copied());
        let names: BTreeMap<&str, String> = ids.map(|id| (id, wording.owner(id))).collect();
        let mut people: Vec<&Person> = project.people.iter().collect();
        people.sort_by_cached_key(|person| order::key(&names[person.id.as_str()]));
        let (lookup, replies) = (Lookup::new(run, Voice::One(lang)), ReplyRule::of(project));
        Self { run, lang, lookup, wording, people, replies, names, cells, began, signed, met, responses }
    }

    /// The name of a person or party.
    pub fn name(&self, id: &str) -> &str {
        self.names.get(id).map_or("", String::as_str)
    }

    /// The promises of an owner with what is known about them.
    pub fn cells(&self, owner: &str) -> &[(&'a Cell, &'a Clause)] {
        self.cells.get(owner).map_or(&[], Vec::as_slice)
    }

    /// Inquiries that a person began; of nobody for `""`.
    pub fn began(&self, person: &str) -> &[Raised<'a>] {
        self.began.get(person).map_or(&[], Vec::as_slice)
    }

    /// Inquiries that a person co-signed.
    pub fn signed(&self, person: &str) -> &[&'a Inquiry] {
        self.signed.get(person).map_or(&[], Vec::as_slice)
    }

    /// Meetings of a person.
    pub fn met(&self, person: &str) -> &[&'a Meeting] {
        self.met.get(person).map_or(&[], Vec::as_slice)
    }

    /// What an owner answered to the monitoring.
    pub fn responses(&self, owner: &str) -> &[&'a Response] {
        self.responses.get(owner).map_or(&[], Vec::as_slice)
    }

    /// Parties with promises, by name.
    pub fn parties(&self) -> Vec<&'a str> {
        let parties = self.cells.keys().copied().filter(|id| self.run.project.is_party(&(*id).into()));
        let mut parties: Vec<&str> = parties.collect();
        parties.sort_by_cached_key(|id| order::key(self.name(id)));
        parties
    }

    /// Faction ids of the people, by name.
    pub fn factions(&self) -> Vec<&'a str> {
        let mut ids: Vec<&str> = self.run.project.people.iter().map(crate::evidence::rollup::faction).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.sort_by_cached_key(|id| order::key(&self.wording.group(id)));
        ids
    }

    /// A person's figure: counted where the table holds everything, else as published; with the anchor of what stands behind it. `null`
    /// where it is not known.
    pub fn stated(&self, person: &str, measure: &str, counted: usize) -> Value {
        let coverage = &self.run.project.monitor.coverage;
        let (extent, table) = if measure.starts_with("meetings") {
            (coverage.meetings, "meetings")
        } else {
            (coverage.inquiries, "inquiries")
        };
        if extent == Extent::Complete && (table == "inquiries" || !self.run.project.meetings.is_empty()) {
            return json!({ "value": counted, "anchor": format!("{table}-{person}") });
        }
        let published = diagrams::published(self.run, measure, person);
        published.map_or(Value::Null, |row| {
            json!({ "value": self.lang.number(row.value), "number": row.value, "anchor": diagrams::anchor(row), "published": true })
        })
    }

    /// The five diagrams by number; people stand by name.
    pub fn diagrams(&self) -> Value {
        let place: BTreeMap<String, usize> = self
            .people
            .iter()
            .enumerate()
            .map(|(place, person)| (self.name(person.id.as_str()).to_owned(), place))
            .collect();
        let mut all = serde_json::Map::new();
        for Diagram { mut chart, source } in diagrams::diagrams(self.run) {
            let name = |label: &[String; 3]| place.get(&label[self.lang as usize]).copied();
            chart.bars.sort_by_key(|bar| name(&bar.label));
            let html = chart.to_html(Voice::One(self.lang), true);
            let value = |series: usize| {
                chart.bars.iter().filter_map(|bar| bar.values.get(series).copied().flatten()).sum::<f64>()
            };
            let totals: Vec<String> = (0..chart.series.len()).map(|series| self.lang.number(value(series))).collect();
            let id = chart.id.replace('-', "_");
            all.insert(id, json!({ "html": html, "source": self.lang.text(source), "totals": totals }));
        }
        Value::Object(all)
    }
}
