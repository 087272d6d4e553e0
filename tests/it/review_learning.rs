//! What people decide stands before what the model suggests: in the matrix, on the page, in training.

use crate::repository;
use crate::review_projects::{desk, oblast_x, run_with, small};
use saual::evidence::Status;
use saual::review::{Ask, Reviewer, Role, State, Store};
use saual::run::{Run, Settings};
use std::path::Path;
use std::process::Command;

fn runs(folder: &Path) -> Run {
    let verdicts =
        Store::existing(folder).expect("a store").map(|store| State::of(&store.all().expect("all")).verdicts());
    let settings = Settings::default().with_verdicts(verdicts.unwrap_or_default());
    run_with(folder, &settings)
}

fn status(run: &Run, promise: &str) -> Status {
    run.matrix.cells.iter().find(|cell| cell.promise().as_str() == promise).expect(promise).status()
}

#[test]
fn decisions_stand_before_suggestions_in_matrix_and_page() {
    let people = "id,name_kk,party\na,Құспан Абзал,x\nb,Назаров Ардақ,x\nc,Бапи Ермұрат,y\n";
    let promises = "id,owner,text\np1,a,Таза ауыз су құбырын тартамын\np2,a,Балабақша ашамын\np3,b,Көпір салу\n";
    let inquiries = "id,date,initiator,title,text\nq1,2026-02-01,a,Ауыз су туралы,Ауылда таза ауыз су жоқ. Таза ауыз су құбырын тартуды сұраймын.\n";
    let folder = small(people, promises, inquiries);
    let before = runs(folder.path());
    assert_eq!((status(&before, "p1"), status(&before, "p2")), (Status::Initiated, Status::NoEvidence));
    assert_eq!((before.rollup.all.confirmed, before.rollup.all.suggested_only), (0, 1));
    let who = Reviewer { name: "aigul".into(), role: Role::Lead };
    let grade = |clause: &str, grade: u8, key: &str| {
        let ask =
            Ask::Grade { inquiry: "q1".into(), clause: clause.into(), grade, comment: String::new(), alike: false };
        desk(folder.path(), folder.path(), None).decide(&who, ask, key).expect("kept");
    };
    grade("p1", 0, "w-0000-0001");
    grade("p2", 2, "w-0000-0002");
    let after = runs(folder.path());
    assert_eq!(status(&after, "p1"), Status::NoEvidence, "rejected by people");
    assert_eq!(status(&after, "p2"), Status::Initiated, "confirmed by people, without a shared word");
    assert_eq!((after.rollup.all.confirmed, after.rollup.all.suggested_only), (1, 0));
    assert_eq!(after.manifest.counts["judged"], 2);
    let page = saual::report::page::render(&after, saual::locale::Lang::En).expect("a page");
    assert!(page.contains("confirmed by reviewers: 1") && page.contains("Reviewers judged 2 pairs"));
    desk(folder.path(), folder.path(), None).undo(&who, "w-undo-0001").expect("undone");
    assert_eq!(status(&runs(folder.path()), "p2"), Status::NoEvidence, "taken back");
}

#[test]
fn a_model_is_trained_from_decisions() {
    let folder = oblast_x();
    let path = folder.path().display().to_string();
    let out = folder.path().join("links.toml");
    let train = || {
        let command =
            ["train", &path, "--from-decisions", "--json", "--out", &out.display().to_string()].map(ToOwned::to_owned);
        let output = Command::new(env!("CARGO_BIN_EXE_saual"))
            .env("SAUAL_ENCODER", "static")
            .args(command)
            .output()
            .expect("run");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert!(!train().0, "nothing to learn from");
    // Reviewers who say what the gold says of the first inquiries of each deputy.
    let gold = std::fs::read_to_string(repository("corpus/oblast-x/gold/links.jsonl")).expect("the gold");
    let mut store = Store::of_project(folder.path()).expect("a store");
    let mut drafts = Vec::new();
    for (number, line) in gold.lines().take(300).enumerate() {
        let row: serde_json::Value = serde_json::from_str(line).expect("a row");
        let text = |name: &str| row[name].as_str().expect(name).to_owned();
        let new = saual::review::Draft::new(saual::review::Kind::Grade, format!("gold-{number:05}"));
        let grade = row["grade"].as_u64().and_then(|grade| u8::try_from(grade).ok());
        drafts.push(saual::review::Draft { inquiry: text("inquiry"), clause: Some(text("promise")), grade, ..new });
        let covered =
            (1..14).map(|promise| format!("{}-p{promise:02}", text("inquiry").split('-').next().unwrap_or_default()));
        let none = saual::review::Draft::new(saual::review::Kind::None, format!("none-{number:05}"));
        drafts.push(saual::review::Draft { inquiry: text("inquiry"), covered: covered.collect(), ..none });
    }
    store.append("aigul", Role::Reviewer, drafts).expect("kept");
    drop(store);
    let (fine, said) = train();
    assert!(fine);
    let said: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert!(said["links"].as_u64() > Some(50) && said["pairs"].as_u64() > said["links"].as_u64(), "{said}");
    let text = std::fs::read_to_string(out).expect("the model");
    saual::linking::LinkModel::parse(&text, "links.toml").expect("a good model");
}
