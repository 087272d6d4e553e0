//! The projects that the tests of the review room work on, and the desks laid out over them.

use crate::{project, repository};
use saual::review::{Desk, Store, Terms};
use saual::run::{Language, Run, Settings, run};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A project folder with these texts.
pub fn written(files: &[(&str, &str)]) -> TempDir {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    project(&files)
}

/// A project of these people, promises and inquiries.
pub fn small(people: &str, promises: &str, inquiries: &str) -> TempDir {
    let monitor = "title = { en = 'Tiny', kk = 'Кішкентай', ru = 'Малый' }";
    written(&[
        ("monitor.toml", monitor),
        ("people.csv", people),
        ("promises.csv", promises),
        ("inquiries.csv", inquiries),
    ])
}

/// Two deputies, four promises, two inquiries.
pub fn tiny() -> TempDir {
    small(
        "id,name_kk,party,region\na,Құспан Абзал,x,Батыс\nb,Назаров Ардақ,x,Шығыс\n",
        "id,owner,text\np1,a,Таза ауыз су құбырын тартамын\np2,a,Жаңа мектеп салу\np3,b,Көпір салу\np4,x,Ауыл жолдарын жөндеу\n",
        "id,date,initiator,cosigners,title,text\n\
         q1,2026-02-01,a,b,Ауыз су туралы,Ауылда таза ауыз су жоқ. Таза ауыз су құбырын тартуды сұраймын.\n\
         q2,2026-02-02,b,,Көпір туралы,Өзен арқылы көпір салуды сұраймын.\n",
    )
}

/// The fictional project that ships, in a folder of its own.
pub fn oblast_x() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for entry in std::fs::read_dir(repository("corpus/oblast-x")).expect("the corpus") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            std::fs::copy(&path, folder.path().join(path.file_name().expect("a name"))).expect("copied");
        }
    }
    folder
}

/// A run of the project in `folder` with `settings`.
pub fn run_with(folder: &Path, settings: &Settings) -> Run {
    run(folder, &Language::bundled().expect("bundled tables"), settings, &|_| {}).expect("a run")
}

/// The desk of the project in `folder` with the decisions kept in `store`; without `terms` on those kept there.
pub fn desk(folder: &Path, store: &Path, terms: Option<Terms>) -> Desk {
    let store = Store::of_project(store).expect("a store");
    let terms = terms.unwrap_or_else(|| store.terms().expect("terms"));
    let run = run_with(folder, &Settings::default());
    Desk::new(run, &Language::bundled().expect("bundled tables"), store, terms).expect("a desk")
}

/// Runs the program: whether it succeeded, what it printed, what it complained of.
pub fn saual(args: &[&str]) -> (bool, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_saual")).env("SAUAL_ENCODER", "static").args(args).output().expect("run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

/// Adds a named reviewer to the project in `folder`; gives the token.
pub fn add_reviewer(folder: &Path, name: &str, more: &[&str]) -> String {
    let path = folder.display().to_string();
    let (fine, token, error) = saual(&[&["reviewers", "add", &path, name, "--quiet"], more].concat());
    assert!(fine, "{error}");
    token.trim().to_owned()
}
