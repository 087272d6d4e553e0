//! A run as the page's template takes it: pieces of html, already escaped, in the order they are shown.

use super::markup::{Voice, escape, excerpt, marked};
use super::waterfall::{Bar, bars};
use super::wording::Wording;
use crate::evidence::{Act, ActKind, Cell, Status, Tally};
use crate::ingest::Inquiry;
use crate::linking::Link;
use crate::programme::Clause;
use crate::run::Run;
use crate::span::Span;
use serde::Serialize;
use std::collections::BTreeMap;

/// The longest passage of an inquiry shown as evidence, in bytes.
const PASSAGE: usize = 700;

/// An owner with the cells of the matrix.
#[derive(Debug, Serialize)]
pub struct OwnerView {
    id: String,
    name: String,
    about: String,
    is_party: bool,
    promises: usize,
    with_evidence: usize,
    /// Of those with evidence, how many have a link that people confirmed.
    confirmed: usize,
    awaiting: usize,
    /// Theses of the party among the promises, and of those the ones with evidence.
    theses: usize,
    theses_with_evidence: usize,
    cells: Vec<CellView>,
}

#[derive(Debug, Serialize)]
struct CellView {
    id: String,
    number: usize,
    lang: &'static str,
    text: String,
    status: &'static str,
    symbol: &'static str,
    name: String,
    /// The party's promise that it comes from.
    from: String,
    empty: String,
    acts: Vec<ActView>,
    awaiting: Vec<AwaitingView>,
}

#[derive(Debug, Serialize)]
struct ActView {
    kind: String,
    who: String,
    date: String,
    inquiry: String,
    title: String,
    lang: &'static str,
    passage: String,
    promise: String,
    probability: String,
    /// How many people confirmed the link; empty where only the model speaks.
    confirmed: Option<usize>,
    parts: Vec<PartView>,
}

#[derive(Debug, Serialize)]
struct AwaitingView {
    inquiry: String,
    title: String,
    lang: &'static str,
    probability: String,
}

#[derive(Debug, Serialize)]
struct PartView {
    name: String,
    weight: String,
    /// Left edge and width of the waterfall's bar, in percent.
    left: f64,
    width: f64,
    sign: &'static str,
}

/// The sign of a status: told apart without colour.
pub const fn symbol(status: Status) -> &'static str {
    match status {
        Status::ProgrammeNotObtained => "–",
        Status::Untestable => "?",
        Status::NoEvidence => "○",
        Status::CoSigned => "◔",
        Status::Initiated => "◑",
        Status::Answered => "◕",
        Status::Acted => "●",
        Status::OutcomeVerified => "✔",
        Status::Contradicted => "✖",
    }
}

/// The name of a status.
pub fn status_name(voice: Voice, status: Status) -> String {
    voice.say(|lang| lang.text(&format!("status-{}", status.code().replace('_', "-"))))
}

/// Everything that views of a run look things up in.
pub struct Lookup<'a> {
    run: &'a Run,
    voice: Voice,
    inquiries: BTreeMap<&'a str, &'a Inquiry>,
    links: BTreeMap<(&'a str, &'a str), &'a Link>,
}

impl<'a> Lookup<'a> {
    /// The look-up tables of `run` for a page that speaks with `voice`.
    pub fn new(run: &'a Run, voice: Voice) -> Self {
        let inquiries = run.project.inquiries.iter().map(|inquiry| (inquiry.id.as_str(), inquiry)).collect();
        let links = run.links.iter().map(|link| ((link.inquiry.as_str(), link.promise.as_str()), link)).collect();
        Self { run, voice, inquiries, links }
    }

    /// What `say` says of the run.
    pub fn wording(&self, say: impl Fn(Wording<'_>) -> String) -> String {
        self.voice.say(|lang| say(Wording::new(self.run, lang)))
    }

    /// All owners with promises: people in the project's order, then parties.
    pub fn owners(&self) -> Vec<OwnerView> {
        let mut cells: BTreeMap<&str, Vec<(&Cell, &Clause)>> = BTreeMap::new();
        let promises = self.run.clauses.iter().filter(|clause| clause.pledge);
        for (cell, clause) in self.run.matrix.cells.iter().zip(promises) {
            cells.entry(clause.owner.as_str()).or_default().push((cell, clause));
        }
        let people = self.run.project.people.iter().map(|person| person.id.as_str());
        let mut order: Vec<&str> = people.filter(|id| cells.contains_key(id)).collect();
        order.extend(cells.keys().filter(|id| self.run.project.is_party(&(**id).into())));
        order.into_iter().map(|id| self.owner(id, &cells[id])).collect()
    }

    fn owner(&self, id: &str, cells: &[(&Cell, &Clause)]) -> OwnerView {
        let tally_of = |tallies: &BTreeMap<String, Tally>| tallies.get(id).cloned().unwrap_or_default();
        let (tally, theses) = (tally_of(&self.run.rollup.by_owner), tally_of(&self.run.rollup.party_theses));
        OwnerView {
            id: escape(id),
            name: self.wording(|wording| wording.owner(id)),
            about: self.about(id),
            is_party: self.run.project.is_party(&id.into()),
            promises: tally.promises,
            with_evidence: tally.with_evidence(),
            confirmed: tally.confirmed,
            awaiting: tally.awaiting_review,
            theses: theses.promises,
            theses_with_evidence: theses.with_evidence(),
            cells: cells.iter().zip(1..).map(|((cell, clause), number)| self.cell(cell, clause, number)).collect(),
        }
    }

    /// Faction, district and region, as far as the project gives them.
    fn about(&self, id: &str) -> String {
        let Some(person) = self.run.project.people.iter().find(|person| person.id.as_str() == id) else {
            return self.voice.say(|lang| lang.text("page-party-programme"));
        };
        let faction = crate::evidence::rollup::faction(person);
        let mut parts = Vec::new();
        if !faction.is_empty() {
            parts.push(self.wording(|wording| wording.group(faction)));
        }
        let place = if person.district.is_empty() { &person.region } else { &person.district };
        if !place.is_empty() {
            parts.push(escape(place));
        }
        parts.join(" · ")
    }

    fn cell(&self, cell: &Cell, clause: &Clause, number: usize) -> CellView {
        let awaiting = cell.awaiting_review().iter().filter_map(|id| self.awaiting(id.as_str(), clause));
        CellView {
            id: escape(clause.id.as_str()),
            number,
            lang: clause.lang.code(),
            text: escape(&clause.text),
            status: cell.status().code(),
            symbol: symbol(cell.status()),
            name: status_name(self.voice, cell.status()),
            from: clause.from.as_deref().filter(|_| cell.is_party_thesis()).map(escape).unwrap_or_default(),
            empty: cell
                .empty()
                .map(|empty| self.voice.say(|lang| lang.text(&format!("empty-{}", empty.code().replace('_', "-")))))
                .unwrap_or_default(),
            acts: cell.acts().iter().map(|act| self.act(act, clause)).collect(),
            awaiting: awaiting.collect(),
        }
    }

    fn awaiting(&self, inquiry: &str, clause: &Clause) -> Option<AwaitingView> {
        let row = self.inquiries.get(inquiry)?;
        let link = self.links.get(&(inquiry, clause.id.as_str()))?;
        Some(AwaitingView {
            inquiry: escape(inquiry),
            title: escape(title(row)),
            lang: row.lang.map_or("", |lang| html_lang(lang.code())),
            probability: self.voice.say(|lang| lang.percent(link.probability)),
        })
    }

    /// The inquiry of that id.
    pub fn inquiry(&self, id: &str) -> Option<&'a Inquiry> {
        self.inquiries.get(id).copied()
    }

    /// The link between an inquiry and a promise.
    pub fn link(&self, inquiry: &str, promise: &str) -> Option<&'a Link> {
        self.links.get(&(inquiry, promise)).copied()
    }

    /// The words that prove an act, at most `length` bytes of an inquiry, with the shared words marked.
    pub fn passage(&self, act: &Act, length: usize) -> String {
        let inquiry = act.inquiry().and_then(|id| self.inquiries.get(id.as_str()));
        let in_text = || act.spans().iter().filter(|word| word.field == "text").map(|word| word.inquiry);
        match (act.kind(), inquiry) {
            (ActKind::Reply, Some(inquiry)) => excerpt(&inquiry.reply_text, &[], length),
            (_, Some(inquiry)) => excerpt(&inquiry.text, &in_text().collect::<Vec<Span>>(), length),
            (_, None) => act.quote().map(|quote| format!("«{}»", escape(quote))).unwrap_or_default(),
        }
    }

    fn act(&self, act: &Act, clause: &Clause) -> ActView {
        let inquiry = act.inquiry().and_then(|id| self.inquiries.get(id.as_str()));
        let link = act.inquiry().and_then(|id| self.links.get(&(id.as_str(), clause.id.as_str())));
        let in_clause: Vec<Span> = act.spans().iter().map(|word| word.clause).collect();
        let passage = self.passage(act, PASSAGE);
        let explained = act.kind() != ActKind::Reply;
        ActView {
            kind: self.voice.say(|lang| lang.text(&format!("act-{}", act.kind().code().replace('_', "-")))),
            who: act.person().map(|person| self.wording(|wording| wording.owner(person.as_str()))).unwrap_or_default(),
            date: act.date().map(|date| date.to_string().replace('/', " – ")).unwrap_or_default(),
            inquiry: inquiry.map(|inquiry| escape(inquiry.id.as_str())).unwrap_or_default(),
            title: inquiry.map(|inquiry| escape(title(inquiry))).unwrap_or_default(),
            lang: inquiry.and_then(|inquiry| inquiry.lang).map_or("", |lang| html_lang(lang.code())),
            passage,
            promise: marked(&clause.text, &in_clause),
            probability: act
                .probability()
                .filter(|_| explained)
                .map(|share| self.voice.say(|lang| lang.percent(share)))
                .unwrap_or_default(),
            confirmed: act.confirmed_by(),
            parts: link.filter(|_| explained).map(|link| self.waterfall(link)).unwrap_or_default(),
        }
    }

    fn waterfall(&self, link: &Link) -> Vec<PartView> {
        let part = |bar: Bar| PartView {
            name: self.wording(|wording| bar.name(wording)),
            weight: self.voice.say(|lang| lang.signed(bar.weight)),
            left: tenth(bar.left),
            width: tenth(bar.width),
            sign: if bar.weight < 0.0 { "minus" } else { "plus" },
        };
        bars(&link.explanation).into_iter().map(part).collect()
    }
}

/// `mixed` is no language of html.
pub fn html_lang(code: &'static str) -> &'static str {
    if code == "mixed" { "" } else { code }
}

/// The title of an inquiry; where it has none, the beginning of its text.
pub fn title(inquiry: &Inquiry) -> &str {
    if !inquiry.title.is_empty() {
        return &inquiry.title;
    }
    let end = inquiry.text.char_indices().nth(80).map_or(inquiry.text.len(), |(offset, _)| offset);
    &inquiry.text[..end]
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
