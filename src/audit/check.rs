//! Relations tried on figures.

use super::declaration::{Declarations, NamedTerm, Relation, Term};
use crate::id::PersonId;
use crate::ingest::{Extent, Project, Published};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A published figure with the words it was published in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The group or person.
    pub group: String,
    /// The figure.
    pub value: f64,
    /// Where it stands.
    pub place: String,
    /// The source's words.
    pub quote: String,
}

/// What a published figure is held against.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// The value.
    pub value: f64,
    /// The published figures that make it up; empty where rows were counted.
    pub figures: Vec<Figure>,
}

/// A relation tried on one measure and group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// The relation's id.
    pub rule: String,
    /// The measure.
    pub measure: String,
    /// The group or person.
    pub group: String,
    /// True where it holds.
    pub holds: bool,
    /// The published figures.
    pub published: Vec<Figure>,
    /// What they should equal. For a figure published several times: the nearest combination.
    pub counted: Side,
}

/// All checks of a project.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Audit {
    /// In the order of the relations, then of the published table.
    pub checks: Vec<Check>,
}

/// At most this many combinations of restated parts are tried.
const COMBINATIONS: usize = 4096;

type Figures<'a> = BTreeMap<(&'a str, &'a str), Vec<&'a Published>>;

impl Audit {
    /// Tries every relation on every published figure to which it applies.
    pub fn new(project: &Project, declarations: &Declarations) -> Self {
        let mut figures: Figures<'_> = BTreeMap::new();
        let mut order: Vec<(&str, &str)> = Vec::new();
        for row in &project.published {
            let key = (row.measure.as_str(), row.group.as_str());
            if !figures.contains_key(&key) {
                order.push(key);
            }
            figures.entry(key).or_default().push(row);
        }
        let auditor = Auditor { project, declarations, figures };
        let mut checks = Vec::new();
        for relation in &declarations.relations {
            for (measure, group) in &order {
                if relation.measure.as_deref().is_none_or(|wanted| wanted == *measure) {
                    checks.extend(auditor.check(relation, measure, group));
                }
            }
        }
        Self { checks }
    }

    /// The checks that do not hold.
    pub fn findings(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| !check.holds)
    }
}

struct Auditor<'a> {
    project: &'a Project,
    declarations: &'a Declarations,
    figures: Figures<'a>,
}

impl<'a> Auditor<'a> {
    fn check(&self, relation: &Relation, measure: &'a str, group: &'a str) -> Vec<Check> {
        let published = self.published(measure, group);
        let result = |counted: Side, holds: bool| Check {
            rule: relation.id.clone(),
            measure: measure.to_owned(),
            group: group.to_owned(),
            holds,
            published: published.iter().map(|row| figure(row)).collect(),
            counted,
        };
        if relation.right == Term::Named(NamedTerm::Restated) {
            let Some((first, others)) = published.split_first().filter(|(_, others)| !others.is_empty()) else {
                return vec![];
            };
            let holds = others.iter().all(|row| agree(row.value, first.value, relation.tolerance));
            let counted = Side { value: first.value, figures: Vec::new() };
            return vec![result(counted, holds)];
        }
        let values: Vec<f64> = published.iter().map(|row| row.value).collect();
        let verdict = |sides: Vec<Side>| {
            let near =
                |side: &Side| values.iter().map(|value| (value - side.value).abs()).fold(f64::INFINITY, f64::min);
            let best = sides.into_iter().min_by(|a, b| near(a).total_cmp(&near(b)));
            best.map(|side| {
                let holds = values.iter().any(|value| agree(*value, side.value, relation.tolerance));
                result(side, holds)
            })
        };
        self.sides(&relation.right, measure, group).into_iter().filter_map(verdict).collect()
    }

    /// What the figure must equal: one list of possible values for each demand that the term makes (each partition is one).
    fn sides(&self, term: &Term, measure: &'a str, group: &'a str) -> Vec<Vec<Side>> {
        let counted = |value: usize| vec![vec![Side { value: count(value), figures: Vec::new() }]];
        let declared = self.declarations.group(group);
        match term {
            Term::Named(NamedTerm::Restated) => Vec::new(),
            Term::Named(NamedTerm::Parts) => {
                let partitions = declared.map_or(&[][..], |group| &group.parts);
                partitions.iter().filter_map(|parts| self.sums(measure, parts.iter().map(String::as_str))).collect()
            }
            Term::Named(NamedTerm::Rows) => {
                let members = declared.and_then(|group| group.people(self.project));
                let sums =
                    members.and_then(|people| self.sums(measure, people.into_iter().map(|person| person.id.as_str())));
                sums.into_iter().collect()
            }
            Term::Named(NamedTerm::Members) => {
                let members = declared.and_then(|group| group.people(self.project));
                members.map(|people| counted(people.len())).unwrap_or_default()
            }
            Term::Count { count, role, in_district } => {
                let Some(people) = self.people(group) else { return Vec::new() };
                let rows = match count.as_str() {
                    "inquiries" => self.count_inquiries(&people, role.as_deref()),
                    "meetings" => self.count_meetings(&people, *in_district),
                    _ => None,
                };
                rows.map(counted).unwrap_or_default()
            }
            Term::Ratio { ratio: [dividend, divisor] } => {
                let (above, below) = (self.published(dividend, group), self.published(divisor, group));
                let pairs =
                    above.iter().flat_map(|a| below.iter().map(move |b| (a, b))).filter(|(_, b)| b.value != 0.0);
                let sides: Vec<Side> = pairs
                    .map(|(a, b)| Side { value: a.value / b.value, figures: vec![figure(a), figure(b)] })
                    .collect();
                if sides.is_empty() { Vec::new() } else { vec![sides] }
            }
        }
    }

    fn published(&self, measure: &str, group: &str) -> &[&'a Published] {
        self.figures.iter().find(|(key, _)| **key == (measure, group)).map_or(&[], |(_, rows)| rows)
    }

    /// Every sum that the published figures of `groups` can make; `None` where one of them has no figure.
    fn sums<'b>(&self, measure: &str, groups: impl Iterator<Item = &'b str>) -> Option<Vec<Side>> {
        let mut sums = vec![Side { value: 0.0, figures: Vec::new() }];
        for group in groups {
            let rows = self.published(measure, group);
            let mut distinct: Vec<&&Published> = Vec::new();
            for row in rows {
                if !distinct.iter().any(|known| agree(known.value, row.value, 0.0)) {
                    distinct.push(row);
                }
            }
            if distinct.is_empty() || sums.len() * distinct.len() > COMBINATIONS {
                return None;
            }
            let extended = sums.iter().flat_map(|sum| {
                distinct.iter().map(move |row| {
                    let figures = sum.figures.iter().cloned().chain([figure(row)]).collect();
                    Side { value: sum.value + row.value, figures }
                })
            });
            sums = extended.collect();
        }
        sums.first().is_some_and(|sum| !sum.figures.is_empty()).then_some(sums)
    }

    /// The people that `group` names: a person, or a group's members.
    fn people(&self, group: &str) -> Option<BTreeSet<&'a PersonId>> {
        if let Some(person) = self.project.people.iter().find(|person| person.id.as_str() == group) {
            return Some(BTreeSet::from([&person.id]));
        }
        let members = self.declarations.group(group)?.people(self.project)?;
        Some(members.into_iter().map(|person| &person.id).collect())
    }

    fn count_inquiries(&self, people: &BTreeSet<&PersonId>, role: Option<&str>) -> Option<usize> {
        if self.project.monitor.coverage.inquiries == Extent::Partial {
            return None;
        }
        let rows = self.project.inquiries.iter();
        Some(match role {
            Some("cosigner") => {
                rows.map(|row| row.cosigners.iter().filter(|person| people.contains(person)).count()).sum()
            }
            _ => rows.filter(|row| row.initiator.as_ref().is_some_and(|person| people.contains(person))).count(),
        })
    }

    fn count_meetings(&self, people: &BTreeSet<&PersonId>, in_district: Option<bool>) -> Option<usize> {
        let rows =
            self.project.meetings.iter().filter(|row| people.contains(&row.person) && row.in_district == in_district);
        (self.project.monitor.coverage.meetings == Extent::Complete).then(|| rows.count())
    }
}

fn figure(row: &Published) -> Figure {
    Figure { group: row.group.clone(), value: row.value, place: row.place.clone(), quote: row.quote.clone() }
}

fn agree(a: f64, b: f64, tolerance: f64) -> bool {
    let difference = (a - b).abs();
    difference < 1e-9 || difference < tolerance
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn count(rows: usize) -> f64 {
    rows as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(measure: &str, group: &str, value: f64) -> Published {
        let [id, source, place, unit, quote] = ["", "report", "page 1", "", "words"].map(str::to_owned);
        Published { line: 1, id, source, place, measure: measure.into(), unit, group: group.into(), value, quote }
    }

    fn findings(rows: &[(&str, &str, f64)], groups: &str) -> Vec<(String, f64)> {
        let rows = rows.iter().map(|(measure, group, value)| published(measure, group, *value));
        let project = Project { published: rows.collect(), ..Project::default() };
        let mut declarations = Declarations::of(&project).expect("bundled relations");
        declarations.groups = Declarations::parse(groups, "audit.toml").expect("groups").groups;
        let audit = Audit::new(&project, &declarations);
        audit.findings().map(|check| (check.rule.clone(), check.counted.value)).collect()
    }

    const WHOLE: &str = "group = [{ id = 'all', parts = [['a', 'b']] }, { id = 'a' }, { id = 'b' }]";

    #[test]
    fn parts_that_add_up_are_not_flagged_and_others_are() {
        assert_eq!(findings(&[("n", "all", 29.0), ("n", "a", 7.0), ("n", "b", 22.0)], WHOLE), []);
        let wrong = findings(&[("n", "all", 140.0), ("n", "a", 51.0), ("n", "b", 87.0)], WHOLE);
        assert_eq!(wrong, [("sum-of-parts".to_owned(), 138.0)]);
    }

    #[test]
    fn a_restated_figure_is_one_finding_and_its_right_value_satisfies_the_rest() {
        let rows = [("n", "all", 29.0), ("n", "a", 7.0), ("n", "b", 22.0), ("n", "b", 25.0)];
        assert_eq!(findings(&rows, WHOLE), [("restated".to_owned(), 22.0)]);
    }

    #[test]
    fn a_part_without_a_figure_makes_no_claim() {
        assert_eq!(findings(&[("n", "all", 29.0), ("n", "a", 7.0)], WHOLE), []);
    }

    #[test]
    fn an_average_may_be_cut_off() {
        let rows = [("candidates", "all", 370.0), ("districts", "all", 29.0), ("candidates_per_seat", "all", 12.0)];
        assert_eq!(findings(&rows, WHOLE), []);
        let wrong = [rows[0], rows[1], ("candidates_per_seat", "all", 14.0)];
        assert_eq!(findings(&wrong, WHOLE).len(), 1);
    }
}
