//! Programmes against gold: the promised figures, the readers' agreement, and what units take over from what stands above them.

use crate::repository;
use saual::analysis::Gazetteer;
use saual::evaluation::{programmes, readers};
use saual::programme::testability::FieldName;
use saual::programme::{Kind, Reader, Unit};
use saual::run::{Language, prepare};

const GOLD: &str = "corpus/oblast-x/programmes-gold";

fn units(text: &str) -> Vec<Unit> {
    let language = Language::bundled().expect("tables");
    let gazetteer = Gazetteer::kazakhstan(&language.analyzer);
    let reader = Reader::bundled(&language.analyzer, &language.glossary, &gazetteer).expect("tables");
    reader.units(text)
}

#[test]
fn programmes_are_read_as_well_as_promised() {
    let prepared = prepare(&repository(GOLD), &Language::bundled().expect("tables")).expect("a folder");
    let figures = programmes::evaluate(&repository(GOLD), &prepared).expect("gold");
    let floors = [
        ("boundary-f1", 0.95),
        ("promise-f1", 0.88),
        ("testability-macro-f1", 0.70),
        ("origin-macro-f1", 0.90),
        ("class-accuracy", 0.95),
        ("fields-f1", 0.80),
    ];
    for (measure, floor) in floors {
        let figure = figures.iter().find(|figure| figure.measure == measure && figure.split == "test").expect(measure);
        assert!(figure.estimate.value >= floor, "{measure}: {:?} < {floor}", figure.estimate);
    }
    let availability = figures.iter().find(|figure| figure.measure == "availability-accuracy").expect("availability");
    assert_eq!((availability.estimate.value, availability.count), (1.0, 13));
}

#[test]
fn the_readers_of_the_gold_agree_as_its_page_says() {
    let page = std::fs::read_to_string(repository(GOLD).join("README.md")).expect("the page");
    let figures = readers::agreement(&repository(GOLD)).expect("two readings");
    assert_eq!(figures.len(), 5);
    for figure in &figures[1..] {
        let alpha = format!("| {:.3} |", figure.estimate.value);
        assert!(page.contains(&alpha), "{}: {alpha} is not on the page", figure.measure);
    }
}

#[test]
fn promises_take_over_what_their_lead_in_says() {
    let text = "2027 жылға дейін Ақтөбе қаласында мыналарды орындаймын:\n1. Мектеп саламын.\n2. Жағдай жасаймын.\n";
    let units = units(text);
    let promises: Vec<&Unit> = units.iter().filter(|unit| unit.kind == Kind::Pledge).collect();
    assert_eq!(promises.len(), 2, "{units:#?}");
    let school = &promises[0].fields;
    assert_eq!(school.inherited, [FieldName::Deadline, FieldName::Place]);
    assert_eq!(promises[0].testability.map(saual::ingest::Testability::code), Some("testable"));
    assert_eq!(promises[1].testability.map(saual::ingest::Testability::code), Some("vague"), "what is vague stays so");
}
