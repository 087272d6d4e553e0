//! The report on a large parliament: 150 deputies, 10,000 inquiries, cloned from the fictional corpus. Run by `tests/pages.sh large`; the
//! page lies in `target/pages`.

use crate::{project, repository};
use saual::locale::Lang;
use saual::report::monitoring;
use saual::run::{Language, Settings, run};
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};

const PEOPLE: usize = 150;
const INQUIRIES: usize = 10_000;

fn rows(table: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(repository("corpus/oblast-x").join(table)).expect(table);
    text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}

/// Deputy number `n` is a clone of deputy `n mod 21` of the corpus.
fn id(n: usize) -> String {
    format!("m{n:03}")
}

fn large() -> tempfile::TempDir {
    let (promises, inquiries) = (rows("promises.jsonl"), rows("inquiries.jsonl"));
    let origin = |n: usize| format!("d{:02}", n % 21 + 1);
    let parties = ["bereke", "zhana_arna", "tugan_zher"];
    let mut people = String::from("id,name_kk,party,faction,mandate\n");
    for n in 0..PEOPLE {
        let _ = writeln!(people, "{},Депутат{n} Есімі{n},{1},{1},single", id(n), parties[n % 3]);
    }
    let mut cut = String::new();
    let mut keep = |row: &Value, id: String, owner: &str| {
        let mut row = row.clone();
        (row["id"], row["owner"]) = (id.into(), owner.into());
        let _ = writeln!(cut, "{row}");
    };
    for row in &promises {
        let owner = row["owner"].as_str().expect("an owner");
        if parties.contains(&owner) {
            keep(row, row["id"].as_str().expect("an id").to_owned(), owner);
        }
        for n in (0..PEOPLE).filter(|n| origin(*n) == owner) {
            keep(row, format!("{}-{}", id(n), row["id"].as_str().expect("an id")), &id(n));
        }
    }
    let mut asked = String::new();
    for number in 0..INQUIRIES {
        let n = number % PEOPLE;
        let own: Vec<&Value> = inquiries.iter().filter(|row| row["initiator"] == origin(n).as_str()).collect();
        let mut row = own[number / PEOPLE % own.len()].clone();
        row["id"] = format!("q{number:05}").into();
        row["initiator"] = id(n).into();
        row["cosigners"] = json!([id((n + 7) % PEOPLE), id((n + 31) % PEOPLE)]);
        let _ = writeln!(asked, "{row}");
    }
    let monitor = std::fs::read(repository("corpus/oblast-x/monitor.toml")).expect("a monitor.toml");
    project(&[
        ("monitor.toml", &monitor),
        ("people.csv", people.as_bytes()),
        ("parties.csv", &std::fs::read(repository("corpus/oblast-x/parties.csv")).expect("parties")),
        ("promises.jsonl", cut.as_bytes()),
        ("inquiries.jsonl", asked.as_bytes()),
    ])
}

#[test]
#[ignore = "minutes: run by tests/pages.sh large"]
fn ten_thousand_inquiries_are_reported_in_ten_seconds_and_twenty_megabytes() {
    let folder = large();
    let language = Language::bundled().expect("bundled tables");
    let begun = Instant::now();
    let run = run(folder.path(), &language, &Settings::default(), &|_| {}).expect("a run");
    let linked = begun.elapsed();
    assert_eq!((run.project.people.len(), run.project.inquiries.len()), (PEOPLE, INQUIRIES));
    let begun = Instant::now();
    let html = monitoring::render(&run, Lang::Kk, None).expect("a page");
    let rendered = begun.elapsed();
    let out = repository("target/pages");
    std::fs::create_dir_all(&out).expect("a folder");
    std::fs::write(out.join("large.html"), &html).expect("a page");
    let megabytes = html.len() / 1_000_000;
    println!("{} pairs, linked in {linked:.1?}; report of {megabytes} MB in {rendered:.1?}", run.links.len());
    assert!(rendered <= Duration::from_secs(10) && megabytes <= 20);
    assert!(run.rollup.all.with_evidence() > 500, "not an empty report: {}", run.rollup.all.with_evidence());
}
