//! What a user's files do to the program: every fault is named with its place, none stops the rest.

use crate::project;
use proptest::prelude::*;
use saual::Error;
use saual::ingest::{Problem, Severity};
use saual::run::{Language, Settings, prepare, run};
use std::sync::OnceLock;

const MONITOR: &[u8] = b"title = { kk = 'A', ru = 'B', en = 'C' }\n[period]\nfrom = '2026-01-01'\nto = '2026-12-31'\n";
const PEOPLE: &[u8] = "id,name_kk\na,Құспан Абзал\nb,Назаров Ардақ\n".as_bytes();
const PROMISES: &[u8] = "id,owner,text\np1,a,Мектеп салу\np2,b,Жол жөндеу\n".as_bytes();
const INQUIRIES: &[u8] = "id,date,initiator,text\nq1,2026-02-01,a,Мектеп салуды сұраймын\n".as_bytes();

fn language() -> &'static Language {
    static LANGUAGE: OnceLock<Language> = OnceLock::new();
    LANGUAGE.get_or_init(|| Language::bundled().expect("bundled tables"))
}

/// The problems of a sound project in which these files are replaced: place, column, code.
fn problems(files: &[(&str, &[u8])]) -> Vec<(String, &'static str)> {
    let sound =
        [("monitor.toml", MONITOR), ("people.csv", PEOPLE), ("promises.csv", PROMISES), ("inquiries.csv", INQUIRIES)];
    let stem = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let kept = sound.into_iter().filter(|(name, _)| !files.iter().any(|(other, _)| stem(other) == stem(name)));
    let all: Vec<(&str, &[u8])> = kept.chain(files.iter().copied()).collect();
    let folder = project(&all);
    let prepared = prepare(folder.path(), language()).expect("a folder");
    prepared.problems.iter().map(|problem: &Problem| (problem.place(), problem.fault.code())).collect()
}

fn one(files: &[(&str, &[u8])]) -> (String, &'static str) {
    let mut found = problems(files);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_sound_project_has_no_problem() {
    assert_eq!(problems(&[]), []);
    let with_bom: Vec<u8> = [b"\xef\xbb\xbf", INQUIRIES].concat();
    assert_eq!(problems(&[("inquiries.csv", &with_bom)]), [], "a byte order mark");
    let windows = String::from_utf8_lossy(INQUIRIES).replace('\n', "\r\n").replace(',', ";");
    assert_eq!(problems(&[("inquiries.csv", windows.as_bytes())]), [], "line ends and separators of a spreadsheet");
    let unknown = "id,date,initiator,text,mood\nq1,2026-02-01,a,Мектеп,жақсы\n".as_bytes();
    assert_eq!(problems(&[("inquiries.csv", unknown)]), [], "an unknown column");
}

#[test]
fn each_fault_is_named_with_its_place() {
    let inquiries = |row: &str| format!("id,date,initiator,text\nq1,2026-02-01,a,Мектеп\n{row}\n").into_bytes();
    let cases: [(&str, &str, &str); 8] = [
        ("q2,2026-02-01,a", "inquiries.csv:3", "ragged-row"),
        ("q1,2026-02-01,a,Жол", "inquiries.csv:3: id", "id-twice"),
        ("q2,2026-02-30,a,Жол", "inquiries.csv:3: date", "not-a-date"),
        ("q2,2026-12-01/2026-01-01,a,Жол", "inquiries.csv:3: date", "period-reversed"),
        ("q2,2026-02-01,Петров,Жол", "inquiries.csv:3: initiator", "dangling"),
        ("q2,2026-02-01,a,", "inquiries.csv:3: text", "empty"),
        ("q 2,2026-02-01,a,Жол", "inquiries.csv:3: id", "id-broken"),
        ("q2,2020-02-01,a,Жол", "inquiries.csv:3: date", "date-outside-period"),
    ];
    for (row, place, code) in cases {
        assert_eq!(one(&[("inquiries.csv", &inquiries(row))]), (place.to_owned(), code), "{row}");
    }
    assert_eq!(one(&[("inquiries.csv", b"id,date,text\nq1,2026-02-01,\xff\xfe\n")]).1, "not-utf8");
    assert_eq!(one(&[("inquiries.csv", b"id,date\nq1,2026-02-01\n")]).1, "column-missing");
    assert_eq!(one(&[("inquiries.csv", "id,initator,text\nq1,a,Мектеп\n".as_bytes())]).1, "column-misspelt");
    assert_eq!(one(&[("inquiries.csv", b"")]).1, "nothing-to-read");
    assert_eq!(one(&[("inquiries.jsonl", b"{\"id\":\"q1\",\"text\":\"x\"}\n{\"id\":")]).1, "not-json");
    assert_eq!(one(&[("inquiries.jsonl", b"{\"id\":\"q1\"}\n")]), ("inquiries.jsonl:1: text".to_owned(), "empty"));
    assert_eq!(one(&[("monitor.toml", b"title = 3")]).1, "not-toml");
    assert_eq!(one(&[("topics.toml", b"[[topic]]\nid = 'x'")]).1, "not-toml");
    let outside: &[u8] = b"owner,file\na,../../etc/passwd\n";
    assert_eq!(one(&[("programmes.csv", outside)]).1, "file-outside");
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_named_where_it_opens() {
    let promises = "id,owner,text\np1,a,Жол\np2,a,\"Мектеп салу\np3,b,Су\np4,b,Көпір\n".as_bytes();
    assert_eq!(one(&[("promises.csv", promises)]), ("promises.csv:3".to_owned(), "quote-open"));
    let inches = "id,owner,text\np1,a,Құбыр 5\" тарту\n".as_bytes();
    assert_eq!(problems(&[("promises.csv", inches)]), [], "a mark inside a text is no fault");
}

#[test]
fn a_table_without_a_needed_column_is_an_error_and_a_number_is_never_guessed() {
    assert_eq!(
        one(&[("meetings.csv", b"persn,date\na,2026-01-01\n")]),
        ("meetings.csv:1".to_owned(), "column-missing")
    );
    let published: &[u8] = b"measure,group,value\ndeputies,a,\"1,000\"\n";
    assert_eq!(one(&[("published.csv", published)]).1, "not-a-number");
}

#[test]
fn clauses_of_several_texts_of_one_owner_have_ids_of_their_own() {
    let folder = project(&[
        ("monitor.toml", MONITOR),
        ("people.csv", PEOPLE),
        ("promises.csv", "id,owner,text\na-c1,a,Мектеп салу\n".as_bytes()),
        ("inquiries.csv", INQUIRIES),
        ("programmes.csv", b"owner,file\na,kk.txt\na,ru.txt\n"),
        ("programmes/kk.txt", "Жол салу керек.\n".as_bytes()),
        ("programmes/ru.txt", "Построим дорогу.\n".as_bytes()),
    ]);
    let clauses = prepare(folder.path(), language()).expect("a folder").clauses;
    let ids: Vec<&str> = clauses.iter().map(|clause| clause.id.as_str()).collect();
    assert_eq!(ids, ["a-c1", "a-c2", "a-c3"]);
}

#[test]
fn a_name_without_letters_is_nobody() {
    let people = "id,name_kk,aliases\na,Құспан Абзал,—\nb,Назаров Ардақ,\n".as_bytes();
    let inquiries = "id,date,initiator,text\nq1,2026-02-01,?,Мектеп салу\n".as_bytes();
    assert_eq!(one(&[("people.csv", people), ("inquiries.csv", inquiries)]).1, "dangling");
}

#[test]
fn a_text_of_ten_megabytes_costs_its_row_alone() {
    let huge =
        format!("id,date,initiator,text\nq1,2026-02-01,a,{}\nq2,2026-02-01,a,Мектеп салу\n", "сөз ".repeat(1_500_000));
    let folder = project(&[
        ("monitor.toml", MONITOR),
        ("people.csv", PEOPLE),
        ("promises.csv", PROMISES),
        ("inquiries.csv", huge.as_bytes()),
    ]);
    let prepared = prepare(folder.path(), language()).expect("a folder");
    assert_eq!(prepared.problems[0].fault.code(), "text-too-long");
    assert_eq!(prepared.project.inquiries.len(), 1);
}

#[test]
fn all_problems_of_all_files_come_at_once() {
    let found = problems(&[
        ("people.csv", b"id,name_kk\na,X\na,Y\n"),
        ("promises.csv", b"id,owner,text\np1,nobody,t\n,a,t\n"),
        ("inquiries.csv", b"id,date,text\nq1,yesterday,t\n"),
    ]);
    let codes: Vec<&str> = found.iter().map(|(_, code)| *code).collect();
    assert_eq!(codes, ["not-a-date", "id-twice", "dangling", "empty"]);
}

#[test]
fn bad_rows_stop_a_run_unless_it_is_to_keep_going() {
    let inquiries =
        "id,date,initiator,cosigners,text\nq1,2026-02-01,a,nobody;b,Мектеп салуды сұраймын\nq2,never,a,,Жол\n";
    let folder = project(&[
        ("monitor.toml", MONITOR),
        ("people.csv", PEOPLE),
        ("promises.csv", PROMISES),
        ("inquiries.csv", inquiries.as_bytes()),
    ]);
    let stopped = run(folder.path(), language(), &Settings::default(), &|_| {});
    assert!(matches!(stopped, Err(Error::Problems { errors: 2 })), "{stopped:?}");
    let kept = run(folder.path(), language(), &Settings::default().keep_going(true), &|_| {}).expect("the rest");
    assert_eq!(kept.project.inquiries.len(), 1, "the row with the bad date is left out");
    assert_eq!(kept.project.inquiries[0].cosigners.len(), 1, "of a list only the bad reference is left out");
    assert_eq!(kept.manifest.left_out, 2);
}

#[test]
fn every_problem_has_its_sentences_in_every_language() {
    let folder = project(&[("monitor.toml", b"x"), ("people.csv", b"id\n"), ("promises.csv", b"id,owner,text\n1,2\n")]);
    for problem in prepare(folder.path(), language()).expect("a folder").problems {
        for lang in saual::locale::Lang::ALL {
            for text in [problem.message(lang), problem.advice(lang)] {
                assert!(!text.starts_with("problem-") && !text.contains('{'), "{lang}: {text}");
            }
        }
        assert_eq!(problem.severity, Severity::Error);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_bytes_bring_the_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..300), name in 0usize..6) {
        let name = ["people.csv", "inquiries.csv", "inquiries.jsonl", "promises.jsonl", "monitor.toml", "published.csv"][name];
        problems(&[(name, &bytes)]);
    }
}

#[test]
fn faults_of_answers_and_recommendations_are_named_with_their_place() {
    let responses = |row: &str| format!("person,clause,date,text\n{row}\n").into_bytes();
    let cases: [(&str, &str, &str); 5] = [
        ("Петров,,,Жауап", "responses.csv:2: person", "dangling"),
        ("a,p2,,Жауап", "responses.csv:2: clause", "dangling"),
        ("a,p1,07.01.2026,Жауап", "responses.csv:2: date", "not-a-date"),
        ("a,p1,,", "responses.csv:2: text", "empty"),
        (",p1,,Жауап", "responses.csv:2: person", "empty"),
    ];
    for (row, place, code) in cases {
        assert_eq!(one(&[("responses.csv", &responses(row))]), (place.to_owned(), code), "{row}");
    }
    assert_eq!(problems(&[("responses.csv", &responses("А.Құспан,p1,2026-01-05,Жауап"))]), []);
    assert_eq!(one(&[("recommendations.toml", b"[[recommendation]]\nto = 'nobody'\n")]).1, "not-toml");
}
