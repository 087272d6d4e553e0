//! The shipped projects hold what they say they hold.

use crate::repository;
use saual::audit::Check;
use saual::ingest::Availability;
use saual::run::{Language, Run, Settings, prepare, run};
use std::collections::BTreeSet;
use std::sync::OnceLock;

fn mazhilis() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        let language = Language::bundled().expect("bundled tables");
        run(&repository("corpus/mazhilis-2023"), &language, &Settings::default(), &|_| {}).expect("a sound project")
    })
}

fn finding(rule: &str, measure: &str, group: &str) -> Option<&'static Check> {
    mazhilis().audit.findings().find(|check| check.rule == rule && check.measure == measure && check.group == group)
}

fn values(check: &Check) -> Vec<f64> {
    check.published.iter().map(|figure| figure.value).collect()
}

#[test]
fn both_projects_are_sound() {
    let language = Language::bundled().expect("bundled tables");
    for name in ["corpus/mazhilis-2023", "corpus/oblast-x"] {
        let prepared = prepare(&repository(name), &language).expect(name);
        assert_eq!(prepared.problems, [], "{name}");
    }
}

#[test]
fn the_audit_finds_what_does_not_add_up_with_the_quoted_words() {
    let rows = finding("sum-of-rows", "inquiries_initiated", "independent").expect("51 against the rows' 49");
    assert!(values(rows).iter().all(|value| *value == 51.0));
    assert_eq!((rows.counted.value, rows.counted.figures.len()), (49.0, 7));
    let parts = finding("sum-of-parts", "inquiries_initiated", "single").expect("140 against 51 + 87");
    assert_eq!((values(parts), parts.counted.value), (vec![140.0], 138.0));
    let restated = finding("restated", "inquiries_initiated", "amanat_list").expect("140 and 142");
    assert_eq!(values(restated), [140.0, 142.0]);
    let heads = finding("restated", "deputies", "amanat_single").expect("25 and 22");
    assert!(values(heads).contains(&25.0) && values(heads).contains(&22.0));
    let regions = finding("sum-of-parts", "deputies", "independent").expect("1 + 1 + 3 + 3 against 7");
    assert_eq!(regions.counted.value, 8.0);
    let silent = finding("restated", "deputies", "no_reply").expect("seven and one without reply");
    assert_eq!(values(silent), [7.0, 1.0]);
    for check in mazhilis().audit.findings() {
        assert!(check.published.iter().all(|figure| !figure.quote.is_empty()), "{check:?}");
    }
}

#[test]
fn the_audit_does_not_flag_what_adds_up() {
    let held: Vec<(&str, &str, f64)> = mazhilis()
        .audit
        .checks
        .iter()
        .filter(|check| check.holds)
        .map(|check| (check.rule.as_str(), check.group.as_str(), check.counted.value))
        .collect();
    assert!(held.contains(&("sum-of-rows", "amanat_single", 87.0)), "the 22 rows of Amanat");
    assert_eq!(
        held.iter().filter(|check| **check == ("sum-of-parts", "single", 29.0)).count(),
        4,
        "29 in four partitions"
    );
    assert!(finding("sum-of-parts", "deputies", "single").is_none());
    assert!(finding("sum-of-rows", "inquiries_initiated", "amanat_single").is_none());
    assert!(finding("average", "candidates_per_seat", "single").is_none());
}

#[test]
fn the_report_on_the_mazhilis_says_nothing_of_its_own() {
    let project = &mazhilis().project;
    assert_eq!(project.people.len(), 29);
    assert!(project.published.iter().all(|row| !row.quote.is_empty()), "every figure has its words");
    assert!(project.promises.iter().chain([]).all(|row| row.extra.contains_key("source")));
    assert!(
        project.programmes.iter().all(|row| row.obtained != Some(Availability::NotObtained)),
        "the report names nobody"
    );
    let theses = project.promises.iter().filter(|row| row.owner.as_str() == "amanat").count();
    assert_eq!(theses, 10);
}

#[test]
fn the_last_two_people_are_the_same_in_both_diagrams() {
    let figure = |measure: &str, person: &str| {
        let row = mazhilis().project.published.iter().find(|row| row.measure == measure && row.group == person);
        row.map(|row| row.value)
    };
    let of = |name: &str| {
        let people = &mazhilis().project.people;
        people.iter().find(|person| person.name_kk.starts_with(name)).map(|person| person.id.to_string()).expect(name)
    };
    let (turlykhan, tumashanov) = (of("Тұрлыхан"), of("Тұмашанов"));
    assert_eq!(
        [figure("inquiries_initiated", &turlykhan), figure("meetings_in_district", &turlykhan)],
        [Some(1.0), Some(2.0)]
    );
    assert_eq!(
        [figure("inquiries_initiated", &tumashanov), figure("meetings_in_district", &tumashanov)],
        [Some(3.0), Some(1.0)]
    );
}

#[test]
fn the_fictional_corpus_is_as_large_as_its_statement_says() {
    let language = Language::bundled().expect("bundled tables");
    let project = prepare(&repository("corpus/oblast-x"), &language).expect("a project").project;
    assert!(project.monitor.fictional);
    let owners: BTreeSet<_> = project.promises.iter().map(|row| &row.owner).collect();
    assert_eq!((owners.len(), project.promises.len(), project.inquiries.len()), (24, 273, 420));
    for inquiry in &project.inquiries {
        let words = inquiry.text.split_whitespace().count();
        assert!((80..=220).contains(&words), "{}: {words} words", inquiry.id);
    }
}
