//! The laws of the decisions store: append-only below every code path, migrated step by step, merged as a set.

use crate::repository;
use crate::review_projects::saual;
use proptest::prelude::*;
use saual::review::decision::TopicAnswer;
use saual::review::queue::Member;
use saual::review::store::schema::NEWEST;
use saual::review::{Blind, Decision, Draft, Kind, Role, Store, StoreError, exchange, pack};

fn grade(key: &str, inquiry: &str, clause: &str, grade: u8) -> Draft {
    let new = Draft::new(Kind::Grade, key);
    Draft { inquiry: inquiry.into(), clause: Some(clause.into()), grade: Some(grade), ..new }
}

fn topics(key: &str, inquiry: &str, given: &[(&str, bool)]) -> Draft {
    let answer =
        |(topic, is): &(&str, bool)| TopicAnswer { topic: (*topic).into(), is: *is, probability: Some(0.12345) };
    let topics = given.iter().map(answer).collect();
    Draft { inquiry: inquiry.into(), topics, ..Draft::new(Kind::Topics, key) }
}

fn new_store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::of_project(folder.path()).expect("a new store");
    (folder, store)
}

fn keep(store: &mut Store, reviewer: &str, draft: Draft) -> Decision {
    store.append(reviewer, Role::Reviewer, vec![draft]).expect("kept").remove(0)
}

#[test]
fn no_statement_alters_replaces_or_deletes_a_decision() {
    let (folder, mut store) = new_store();
    let kept = keep(&mut store, "aigul", grade("key-0001", "q1", "p1", 2));
    let before = store.all().expect("decisions");
    // Another program, which knows nothing of our rules, on the same file.
    let other = rusqlite::Connection::open(folder.path().join("decisions.sqlite")).expect("the same file");
    let tries = [
        "UPDATE decisions SET grade = 0".to_owned(),
        format!("UPDATE OR REPLACE decisions SET id = '{}'", "0".repeat(32)),
        "DELETE FROM decisions".to_owned(),
        format!("DELETE FROM decisions WHERE id = '{}'", kept.id),
        "REPLACE INTO decisions SELECT id, at, 'x', role, kind, inquiry, clause, 0, comment, reason, covered, revokes, probability, model, blind, key, topics FROM decisions".to_owned(),
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions".to_owned(),
        "INSERT INTO decisions SELECT id, at, reviewer, role, kind, inquiry, clause, 0, comment, reason, covered, revokes, probability, model, blind, key, topics FROM decisions WHERE true ON CONFLICT (id) DO UPDATE SET grade = 0".to_owned(),
    ];
    for sql in tries {
        let error = other.execute_batch(&sql).expect_err(&sql).to_string();
        assert!(error.contains("append-only"), "{sql}: {error}");
    }
    assert_eq!(store.all().expect("decisions"), before);
    assert!(store.faults().expect("a check").is_empty());
}

#[test]
fn a_key_sent_twice_is_one_decision_and_a_key_of_another_decision_is_refused() {
    let (_folder, mut store) = new_store();
    let first = keep(&mut store, "aigul", grade("key-0001", "q1", "p1", 2));
    let again = keep(&mut store, "aigul", grade("key-0001", "q1", "p1", 2));
    assert_eq!(first, again);
    let error = store.append("aigul", Role::Reviewer, vec![grade("key-0001", "q1", "p1", 0)]).expect_err("reused");
    assert!(matches!(error, StoreError::KeyReused { .. }));
    keep(&mut store, "bolat", grade("key-0001", "q1", "p1", 0));
    assert_eq!(store.all().expect("decisions").len(), 2);
}

#[test]
fn of_several_drafts_all_are_kept_or_none() {
    let (_folder, mut store) = new_store();
    let drafts = vec![grade("key-0001", "q1", "p1", 2), grade("key-0002", "q1", "p1", 7)];
    assert!(store.append("aigul", Role::Reviewer, drafts).is_err());
    assert!(store.all().expect("decisions").is_empty());
    let ruling = Draft { kind: Kind::Resolve, ..grade("key-0003", "q1", "p1", 1) };
    assert!(store.append("aigul", Role::Reviewer, vec![ruling.clone()]).is_err(), "only a lead resolves");
    assert!(store.append("zere", Role::Lead, vec![ruling]).is_ok());
}

#[test]
fn another_programs_file_and_a_later_store_are_refused_unchanged() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("decisions.sqlite");
    let other = rusqlite::Connection::open(&path).expect("a file");
    other.execute_batch("CREATE TABLE mine (x)").expect("a table");
    assert!(matches!(Store::open(&path), Err(StoreError::NotAStore { .. })));
    drop(other);
    std::fs::remove_file(&path).expect("gone");
    drop(Store::open(&path).expect("a store"));
    let later = rusqlite::Connection::open(&path).expect("the store");
    later.pragma_update(None, "user_version", NEWEST + 1).expect("set");
    later.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).expect("one file");
    drop(later);
    let before = std::fs::read(&path).expect("the file");
    assert!(matches!(Store::open(&path), Err(StoreError::Newer { found, .. }) if found == NEWEST + 1));
    // As the user meets it: which file, and what to do.
    let project = folder.path().display().to_string();
    for (lang, advice) in [("kk", "жаңартыңыз"), ("ru", "обновите программу"), ("en", "update")]
    {
        let (fine, _, error) = saual(&["decisions", "export", &project, "--lang", lang]);
        assert!(!fine && error.contains("decisions.sqlite") && error.contains(advice), "{lang}: {error}");
    }
    assert_eq!(std::fs::read(&path).expect("the file"), before, "not a byte was touched");
}

/// The token of the reviewer in the fixture of version 2; a secret of nobody.
const FIXTURE_TOKEN: &str = "de7481ce.433faa6ced7f94b4b5e53528a879f0c9";

/// A released version gets a fixture that is never edited: a new step in `src/review/store/schema.rs` fails here until it has one.
#[test]
fn stores_of_every_released_version_open_with_all_that_they_hold() {
    let fixture = |name: &str| {
        let text = std::fs::read(repository("tests/fixtures/decisions").join(name)).expect("the decisions");
        exchange::read_jsonl(text.as_slice(), name).expect("jsonl")
    };
    let mut wanted = fixture("decisions.jsonl");
    for version in 1..=NEWEST {
        if version == 3 {
            wanted.extend(fixture("topics.jsonl"));
        }
        let fixture = repository(&format!("tests/fixtures/decisions/v{version}.sqlite"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("decisions.sqlite");
        std::fs::copy(&fixture, &path).unwrap_or_else(|error| panic!("{}: {error}", fixture.display()));
        let number = |path: &std::path::Path| -> i32 {
            let other = rusqlite::Connection::open(path).expect("the file");
            other.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("its version")
        };
        assert_eq!(number(&path), version, "the fixture is of its version");
        let mut store = Store::open(&path).unwrap_or_else(|error| panic!("version {version}: {error}"));
        assert_eq!(number(&path), NEWEST, "version {version} was led to the newest");
        assert_eq!(store.faults().expect("a check"), Vec::<String>::new(), "version {version}");
        assert_eq!(store.all().expect("decisions"), wanted, "version {version}");
        if version >= 2 {
            let people = store.reviewers().expect("the reviewers");
            let said: Vec<(&str, Role, bool)> =
                people.iter().map(|row| (row.name.as_str(), row.role, row.active)).collect();
            assert_eq!(said, [("zere", Role::Lead, false), ("Айгүл", Role::Reviewer, true)], "version {version}");
            let claim = store.claim(FIXTURE_TOKEN).expect("a claim").expect("a token");
            assert_eq!(claim.proven().expect("hashed").map(|account| account.regions), Some(vec!["Батыс".to_owned()]));
            let terms = store.terms().expect("terms");
            assert_eq!((terms.double_percent, terms.sample_percent, terms.blind), (35, 7, Blind::All));
        }
        keep(&mut store, "aigul", grade("key-after", "q1", "p1", 2));
        drop(store);
        let other = rusqlite::Connection::open(&path).expect("the file");
        assert!(other.execute_batch("DELETE FROM decisions").is_err(), "version {version}: triggers");
    }
}

#[test]
fn a_backup_is_the_store_and_never_overwrites() {
    let (folder, mut store) = new_store();
    for number in 0..50 {
        keep(&mut store, "aigul", grade(&format!("key-{number:04}"), "q1", &format!("p{number}"), 1));
    }
    let to = folder.path().join("copy.sqlite");
    store.backup(&to).expect("a backup");
    assert_eq!(Store::open(&to).expect("the copy").all().expect("all"), store.all().expect("all"));
    assert!(matches!(store.backup(&to), Err(StoreError::File { .. })));
}

#[test]
fn what_goes_out_comes_in_again_in_both_forms() {
    let (_folder, mut store) = new_store();
    for (number, comment) in
        ["=1+1", "'", "''x", "-2", "@cmd", "a\u{202e}b", "<script>", "line\nbreak\r\n", "\tтаб", "\"q\",;", ""]
            .iter()
            .enumerate()
    {
        let draft = grade(&format!("key-{number:04}"), "q1", &format!("=p{number}"), 1);
        keep(&mut store, "aigul", Draft { comment: (*comment).into(), probability: Some(0.12345), ..draft });
    }
    let none = Draft {
        inquiry: "q2".into(),
        covered: vec!["p;1".into(), "\"p\"".into()],
        ..Draft::new(Kind::None, "key-none")
    };
    keep(&mut store, "=bolat", none);
    keep(&mut store, "=bolat", topics("key-topic", "q2", &[("=eco;logy", true), ("\"x\"", false)]));
    store.undo("=bolat", Role::Reviewer, "key-undo").expect("undone");
    let all = store.all().expect("decisions");
    let (mut lines, mut table) = (Vec::new(), Vec::new());
    exchange::write_jsonl(&all, &mut lines).expect("written");
    exchange::write_csv(&all, &mut table).expect("written");
    assert_eq!(exchange::read_jsonl(lines.as_slice(), "x").expect("read"), all);
    let back = exchange::read_csv(table.as_slice(), "x").expect("read");
    assert_eq!(back, all);
    let mut cells = csv::Reader::from_reader(table.as_slice());
    for record in cells.records() {
        for cell in &record.expect("a record") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "a formula: {cell}");
        }
    }
    let (_folder, mut other) = new_store();
    other.merge(back).expect("every id fits its content");
    // A table of a program that did not know topics yet.
    let mut old = Vec::new();
    exchange::write_csv(&all[..1], &mut old).expect("written");
    let old = String::from_utf8(old).expect("text").replace(",topics\n", "\n").replace(",\n", "\n");
    assert_eq!(exchange::read_csv(old.as_bytes(), "x").expect("read"), all[..1]);
}

#[test]
fn a_pack_travels_and_comes_back() {
    let home = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(home.path().join("people.csv"), "id,name_kk\na,А\n").expect("written");
    let mut store = Store::of_project(home.path()).expect("a store");
    keep(&mut store, "aigul", grade("key-0001", "q1", "p1", 2));
    keep(&mut store, "bolat", grade("key-0001", "q1", "p1", 0));
    let header = pack::Header {
        saual_pack: 1,
        reviewer: "aigul".into(),
        members: ["aigul", "bolat"].map(|name| Member { name: name.into(), regions: Vec::new() }).to_vec(),
        double_percent: 20,
        sample_percent: 5,
        blind: Blind::All,
    };
    let names = ["people.csv", "../secret.csv", "/etc/passwd", "programmes/../../x.txt", "decisions.sqlite"];
    let mut bytes = Vec::new();
    pack::write(&header, home.path(), names.into_iter(), &store.all().expect("all"), &mut bytes).expect("a pack");
    let read = pack::read(bytes.as_slice(), "x").expect("read");
    assert_eq!(read.files.len(), 1);
    assert_eq!(read.decisions.len(), 1, "nobody else's decisions travel");
    let away = tempfile::tempdir().expect("a temporary folder");
    pack::unpack(&read, away.path()).expect("unpacked");
    assert_eq!(pack::card(away.path()).expect("a card"), Some(header.clone()));
    let mut far = Store::of_project(away.path()).expect("the far store");
    keep(&mut far, "aigul", grade("key-0002", "q2", "p1", 1));
    let mut back = Vec::new();
    pack::write(&header, away.path(), ["people.csv"].into_iter(), &far.all().expect("all"), &mut back).expect("a pack");
    for _ in 0..2 {
        store.merge(pack::read(back.as_slice(), "x").expect("read").decisions).expect("merged");
    }
    assert_eq!(store.all().expect("all").len(), 3);
    let forged = String::from_utf8(back).expect("text").replace("\"people.csv\"", "\"../people.csv\"");
    assert!(matches!(pack::read(forged.as_bytes(), "x"), Err(StoreError::Line { line: 2, .. })));
    assert!(pack::unpack(&read, away.path()).is_err(), "never into a folder with something in it");
}

/// Decisions of three reviewers with undos, as several packs hold them.
fn history() -> Vec<Decision> {
    let (_folder, mut store) = new_store();
    for number in 0..24 {
        let reviewer = ["a", "b", "c"][number % 3];
        keep(
            &mut store,
            reviewer,
            grade(&format!("key-{number:04}"), &format!("q{}", number % 4), &format!("p{}", number % 2), 2),
        );
        if number % 5 == 0 {
            store.undo(reviewer, Role::Reviewer, &format!("undo-{number:04}")).expect("undone");
        }
    }
    store.all().expect("all")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn merging_is_a_union_in_any_order_any_number_of_times(parts in prop::collection::vec((0usize..29, 0usize..29), 1..9)) {
        let all = history();
        let part = |(a, b): &(usize, usize)| all[(*a).min(*b).min(all.len())..(*a).max(*b).min(all.len())].to_vec();
        let (_one, mut forward) = new_store();
        let (_two, mut backward) = new_store();
        for range in &parts {
            forward.merge(part(range)).expect("merged");
        }
        for range in parts.iter().rev().chain(&parts) {
            let mut decisions = part(range);
            decisions.reverse();
            backward.merge(decisions).expect("merged");
        }
        prop_assert_eq!(forward.all().expect("all"), backward.all().expect("all"));
        prop_assert_eq!(forward.standing().expect("standing"), backward.standing().expect("standing"));
    }

    #[test]
    fn undo_gives_back_what_stood_before(steps in prop::collection::vec((0u8..4, 0u8..3, 0u8..3), 1..40)) {
        let (_folder, mut store) = new_store();
        let mut model: Vec<(String, u8)> = Vec::new();
        for (number, (action, clause, value)) in steps.into_iter().enumerate() {
            if action == 0 {
                let undone = store.undo("a", Role::Reviewer, &format!("undo-{number:04}"));
                prop_assert_eq!(undone.is_ok(), model.pop().is_some());
            } else {
                keep(&mut store, "a", grade(&format!("key-{number:04}"), "q", &format!("p{clause}"), value));
                model.push((format!("p{clause}"), value));
            }
        }
        let standing = store.standing().expect("standing");
        for clause in ["p0", "p1", "p2"] {
            let wanted = model.iter().rev().find(|(name, _)| name == clause).map(|(_, value)| *value);
            let found = standing.iter().find(|row| row.draft.clause.as_deref() == Some(clause)).and_then(|row| row.draft.grade);
            prop_assert_eq!(found, wanted);
        }
    }
}
