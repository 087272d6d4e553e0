//! Mentions of invented people and the spellings of the source report: how many are resolved right.
//!
//! `tests/fixtures/names/mentions.tsv`: mention, expected id or `-` for nobody, kind; four rosters. The rules were tuned on the sections
//! called `tuned`; the others were written apart from them.

use crate::repository;
use saual::ingest::{Person, load};
use saual::people::Roster;
use std::collections::BTreeMap;

fn roster(name: &str) -> Vec<Person> {
    let table = std::fs::read_to_string(repository(&format!("tests/fixtures/names/{name}.tsv"))).expect("a roster");
    table.lines().skip(1).map(person).collect()
}

fn person(row: &str) -> Person {
    let cells: Vec<&str> = row.split('\t').collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or("").trim().to_owned();
    Person {
        line: 1,
        id: cell(0).as_str().into(),
        name_kk: cell(1),
        name_ru: cell(2),
        aliases: cell(3).split(';').filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
        party: String::new(),
        faction: String::new(),
        mandate: None,
        district_no: String::new(),
        district: String::new(),
        region: String::new(),
        extra: BTreeMap::new(),
    }
}

fn mentions() -> String {
    std::fs::read_to_string(repository("tests/fixtures/names/mentions.tsv")).expect("mentions")
}

#[test]
fn mentions_are_resolved_and_never_surely_wrong() {
    let mut tallies: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut current, mut half) = (Roster::new(&roster("a")), String::new());
    let table = mentions();
    for line in table.lines() {
        if let Some((name, which)) = line.strip_prefix("# roster ").and_then(|section| section.split_once(' ')) {
            (current, half) = (Roster::new(&roster(name)), which.to_owned());
        }
        if line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let found = current.resolve(cells[0]);
        let given = found.person.as_ref().map_or("-", |person| person.as_str());
        let right = given == cells[1];
        let sure = given != "-" && found.confidence >= 0.9;
        assert!(right || !sure, "{line}: taken for {given} at {}: {}", found.confidence, current.explain(cells[0]));
        let tally = tallies.entry(half.clone()).or_default();
        *tally = (tally.0 + usize::from(right), tally.1 + 1);
    }
    assert!(tallies.len() >= 3);
    for (half, (right, all)) in tallies {
        println!("{half}: {right} of {all}");
        assert!(right * 100 >= all * 98, "{half}: {right} of {all} mentions right; expected 98 %");
    }
}

#[test]
fn spellings_of_the_report_resolve_without_aliases() {
    let people = load(&repository("corpus/mazhilis-2023")).expect("a project").project.people;
    let bare: Vec<Person> = people.iter().map(|person| Person { aliases: vec![], ..person.clone() }).collect();
    let (with, without) = (Roster::new(&people), Roster::new(&bare));
    let (mut right, mut all) = (0, 0);
    for person in &people {
        for alias in &person.aliases {
            assert_eq!(with.resolve(alias).person.as_ref(), Some(&person.id), "{alias} as an alias");
            let found = without.resolve(alias).person;
            all += 1;
            right += usize::from(found.as_ref() == Some(&person.id));
            assert!(found.is_none() || found.as_ref() == Some(&person.id), "{}", without.explain(alias));
        }
    }
    println!("{right} of {all}");
    assert!(right * 100 >= all * 85, "{right} of {all}");
}

#[test]
fn the_order_of_the_roster_decides_nothing() {
    let mut people = roster("b");
    let forward = Roster::new(&people);
    people.reverse();
    let backward = Roster::new(&people);
    for mention in mentions().lines().filter_map(|line| line.split('\t').next()) {
        let (one, other) = (forward.resolve(mention), backward.resolve(mention));
        assert_eq!((one.person, one.reason), (other.person, other.reason), "{mention}");
    }
}
