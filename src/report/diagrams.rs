//! The five diagrams of a monitoring report: availability, origin, inquiries by faction and by deputy, meetings.
//!
//! A figure is counted from the tables where they hold everything, else taken from what was published; the caption says which.

use super::chart::{Bar, BarChart, Label, text};
use super::wording::Wording;
use crate::evidence::rollup::faction;
use crate::ingest::{Availability, Extent, Origin, Person, Published};
use crate::run::Run;

/// A chart and where its figures come from: the key of a caption.
#[derive(Debug)]
pub struct Diagram {
    /// The chart.
    pub chart: BarChart,
    /// The message key of its source.
    pub source: &'static str,
}

const PUBLISHED: &str = "source-published";
const COUNTED: &str = "source-counted";

/// The diagrams for which the project has figures.
pub fn diagrams(run: &Run) -> Vec<Diagram> {
    let all = [availability(run), origin(run), factions(run), deputies(run), meetings(run)];
    all.into_iter().filter(|diagram| !diagram.chart.bars.is_empty()).collect()
}

/// What `say` says of a run, in all three languages.
pub fn label(run: &Run, say: impl Fn(Wording<'_>) -> String) -> Label {
    super::chart::label(|lang| say(Wording::new(run, lang)))
}

/// The figure published for a measure and group: of several, that of a diagram rather than of the text around it.
pub fn published<'a>(run: &'a Run, measure: &str, group: &str) -> Option<&'a Published> {
    let mut rows = run.project.published.iter().filter(|row| row.measure == measure && row.group == group);
    let first = rows.clone().next()?;
    Some(rows.find(|row| row.place.starts_with("diagram")).unwrap_or(first))
}

/// The anchor of a published figure: the line of its table.
pub fn anchor(figure: &Published) -> String {
    format!("f-{}", figure.line)
}

/// A bar of published figures; `None` where there is none.
fn published_bar(run: &Run, label: Label, measures: &[&str], group: &str) -> Option<Bar> {
    let rows: Vec<Option<&Published>> = measures.iter().map(|measure| published(run, measure, group)).collect();
    rows.iter().any(Option::is_some).then(|| Bar {
        label,
        values: rows.iter().map(|row| row.map(|row| row.value)).collect(),
        behind: rows.iter().map(|row| row.map(anchor).unwrap_or_default()).collect(),
    })
}

/// Bars for the groups of a kind that have a published figure.
fn of_kind(run: &Run, kind: &str, measures: &[&str]) -> Vec<Bar> {
    let groups = run.declarations.groups.iter().filter(|group| group.kind == kind);
    groups
        .filter_map(|group| published_bar(run, label(run, |wording| wording.group(&group.id)), measures, &group.id))
        .collect()
}

/// Bars that count people by a property of their programme, with those of whom it is not known last.
fn by_programme<T: Copy + PartialEq>(
    run: &Run,
    all: &[(&str, T)],
    prefix: &str,
    of: fn(&crate::ingest::Programme) -> Option<T>,
) -> Vec<Bar> {
    let value = |person: &Person| {
        run.project.programmes.iter().find(|row| row.owner.as_str() == person.id.as_str()).and_then(of)
    };
    let values: Vec<Option<T>> = run.project.people.iter().map(value).collect();
    let count = |wanted: Option<T>| values.iter().filter(|value| **value == wanted).count();
    let bar = |key: &str, people: usize| Bar {
        label: text(&format!("{prefix}-{}", key.replace('_', "-"))),
        values: vec![Some(float(people))],
        behind: vec![if people > 0 { format!("{prefix}-{key}") } else { String::new() }],
    };
    let known = all.iter().map(|(name, value)| bar(name, count(Some(*value))));
    let unknown = Some(count(None)).filter(|people| *people > 0).map(|people| bar("unknown", people));
    known.chain(unknown).collect()
}

fn availability(run: &Run) -> Diagram {
    let counted = || by_programme(run, Availability::ALL, "availability", |row| row.obtained);
    people_by_kind(run, "diagram-1", "diagram-availability", "availability", counted)
}

fn origin(run: &Run) -> Diagram {
    let counted = || by_programme(run, Origin::ALL, "origin", |row| row.origin);
    people_by_kind(run, "diagram-2", "diagram-origin", "origin", counted)
}

/// How many people the groups of a kind have: as published, or where nothing is published as `counted`.
fn people_by_kind(run: &Run, id: &'static str, title: &str, kind: &str, counted: impl Fn() -> Vec<Bar>) -> Diagram {
    let published = of_kind(run, kind, &["deputies"]);
    let (bars, source) = if published.is_empty() { (counted(), COUNTED) } else { (published, PUBLISHED) };
    Diagram { chart: BarChart { id, title: text(title), series: vec!["measure-deputies"], bars }, source }
}

fn factions(run: &Run) -> Diagram {
    let series = vec!["measure-deputies", "measure-inquiries-initiated"];
    let chart = |bars| BarChart { id: "diagram-3", title: text("diagram-factions"), series, bars };
    if run.project.monitor.coverage.inquiries == Extent::Partial {
        let bars = of_kind(run, "faction", &["deputies", "inquiries_initiated"]);
        return Diagram { chart: chart(bars), source: PUBLISHED };
    }
    let mut names: Vec<&str> = run.project.people.iter().map(faction).collect();
    names.sort_unstable();
    names.dedup();
    let bars = names.into_iter().map(|name| {
        let members: Vec<&Person> = run.project.people.iter().filter(|person| faction(person) == name).collect();
        let began =
            |row: &&crate::ingest::Inquiry| members.iter().any(|person| row.initiator.as_ref() == Some(&person.id));
        let inquiries = run.project.inquiries.iter().filter(began).count();
        Bar {
            label: label(run, |wording| wording.group(name)),
            values: vec![Some(float(members.len())), Some(float(inquiries))],
            behind: vec![format!("g-{name}"); 2],
        }
    });
    Diagram { chart: chart(bars.collect()), source: COUNTED }
}

/// Two bars for every person, in the project's order: counted where `counts` gives figures, else published.
fn by_person(
    run: &Run,
    measures: [&'static str; 2],
    counts: Option<&dyn Fn(&Person) -> [usize; 2]>,
) -> (Vec<Bar>, &'static str) {
    let bar = |person: &Person| {
        let id = person.id.as_str();
        let label = label(run, |wording| wording.owner(id));
        let Some(counts) = counts else { return published_bar(run, label, &measures, id) };
        let values = counts(person).map(|count| Some(float(count))).to_vec();
        let rows = if measures[0].starts_with("meetings") { "meetings" } else { "inquiries" };
        Some(Bar { label, values, behind: vec![format!("{rows}-{id}"); 2] })
    };
    let bars = run.project.people.iter().filter_map(bar).collect();
    (bars, if counts.is_some() { COUNTED } else { PUBLISHED })
}

fn deputies(run: &Run) -> Diagram {
    let count = |person: &Person| {
        let began = run.project.inquiries.iter().filter(|row| row.initiator.as_ref() == Some(&person.id)).count();
        let signed = run.project.inquiries.iter().filter(|row| row.cosigners.contains(&person.id)).count();
        [began, signed]
    };
    let complete = run.project.monitor.coverage.inquiries == Extent::Complete;
    let counts: Option<&dyn Fn(&Person) -> [usize; 2]> = if complete { Some(&count) } else { None };
    let (bars, source) = by_person(run, ["inquiries_initiated", "inquiries_cosigned"], counts);
    let series = vec!["measure-inquiries-initiated", "measure-inquiries-cosigned"];
    Diagram { chart: BarChart { id: "diagram-4", title: text("diagram-deputies"), series, bars }, source }
}

fn meetings(run: &Run) -> Diagram {
    let count = |person: &Person| {
        let of = |inside| {
            let rows = run.project.meetings.iter().zip(&run.districts);
            rows.filter(|(row, found)| row.person == person.id && found.is_some_and(|found| found.inside == inside))
                .count()
        };
        [of(true), of(false)]
    };
    let complete = run.project.monitor.coverage.meetings == Extent::Complete && !run.project.meetings.is_empty();
    let counts: Option<&dyn Fn(&Person) -> [usize; 2]> = if complete { Some(&count) } else { None };
    let (bars, source) = by_person(run, ["meetings_in_district", "meetings_out_of_district"], counts);
    let series = vec!["measure-meetings-in-district", "measure-meetings-out-of-district"];
    Diagram { chart: BarChart { id: "diagram-5", title: text("diagram-meetings"), series, bars }, source }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn float(count: usize) -> f64 {
    count as f64
}
