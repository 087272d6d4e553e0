//! The rooms import only rooms above them, and the map names only what there is.

use crate::repository;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Rooms in the order of `lib.rs`: each may import those before it.
const FLOW: [&str; 17] = [
    "ingest",
    "analysis",
    "people",
    "programme",
    "index",
    "embedding",
    "retrieval",
    "topics",
    "linking",
    "evidence",
    "audit",
    "run",
    "report",
    "evaluation",
    "training",
    "review",
    "cli",
];
/// The shared vocabulary, open to every room.
const VOCABULARY: [&str; 6] = ["id", "span", "error", "locale", "Error", "Result"];
/// Rooms that touch neither files nor the network.
const PURE: [&str; 7] = ["analysis", "people", "programme", "topics", "linking", "evidence", "audit"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a source folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn room(file: &Path) -> String {
    let inside = file.strip_prefix(repository("src")).expect("below src");
    let first = inside.components().next().expect("a component").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The rooms that a source names with `crate::`, also in braces: `use crate::{Error, people}`.
fn imports(source: &str) -> BTreeSet<String> {
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (place, _) in code.match_indices("crate::") {
        let rest = &code[place + "crate::".len()..];
        let names: Vec<String> = match rest.strip_prefix('{') {
            Some(list) => {
                list.split('}').next().unwrap_or_default().split(',').map(|name| name.trim().to_owned()).collect()
            }
            None => vec![rest.to_owned()],
        };
        for name in names {
            let word: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.insert(word);
        }
    }
    found.remove("");
    found
}

#[test]
fn a_room_imports_only_rooms_above_it() {
    for file in sources(&repository("src")) {
        let room = room(&file);
        let Some(own) = FLOW.iter().position(|name| *name == room) else { continue };
        for name in imports(&std::fs::read_to_string(&file).expect("a source")) {
            if VOCABULARY.contains(&name.as_str()) || name == room {
                continue;
            }
            let above = FLOW.iter().position(|other| *other == name);
            assert!(
                above.is_some_and(|above| above < own),
                "{}: imports `{name}`, which is not above `{room}`.\nhelp: move the code to the lower room, or pass the data in",
                file.display()
            );
        }
    }
}

#[test]
fn the_order_of_the_rooms_is_that_of_the_library() {
    let library = std::fs::read_to_string(repository("src/lib.rs")).expect("src/lib.rs");
    let declared: Vec<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|name| name.trim_end_matches(';'))
        .collect();
    let rooms: Vec<&str> = declared.into_iter().filter(|name| !VOCABULARY.contains(name)).collect();
    assert_eq!(rooms, FLOW);
}

#[test]
fn every_table_of_the_analyzer_is_in_its_fingerprint() {
    let mut seen = 0;
    for file in sources(&repository("src/analysis")) {
        let source = std::fs::read_to_string(&file).expect("a source");
        for include in source.split("include_str!(\"").skip(1) {
            let Some(at) = include.find("models/") else { continue };
            let table = &include[at..include.find('"').expect("the end of a path")];
            // Places are read by linking, not by the chain.
            if table.starts_with("models/gazetteer") {
                continue;
            }
            let text = std::fs::read_to_string(repository(table)).expect("a table");
            assert!(
                saual::analysis::Analyzer::tables().any(|known| *known == *text),
                "{}: add {table} to the tables() of its room, or an index of old tables is searched with new ones",
                file.display()
            );
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen} tables found");
}

#[test]
fn pure_rooms_touch_no_files_and_no_network() {
    for file in sources(&repository("src")).into_iter().filter(|file| PURE.contains(&room(file).as_str())) {
        let source = std::fs::read_to_string(&file).expect("a source");
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for word in ["std::fs", "std::net", "std::process", "File::open"] {
            assert!(!source.contains(word), "{}: uses {word}", file.display());
        }
    }
}

#[test]
fn the_map_names_only_what_there_is() {
    for page in ["ARCHITECTURE.md", "README.md", "docs/formats.md"] {
        let text = std::fs::read_to_string(repository(page)).expect(page);
        for word in text.split('`').skip(1).step_by(2) {
            let is_path =
                ["src/", "models/", "corpus/", "docs/", "tests/", "benches/"].iter().any(|top| word.starts_with(top));
            if is_path && !word.contains(['*', ' ', '<']) {
                assert!(repository(word).exists(), "{page} names `{word}`, which is not there");
            }
        }
    }
}

#[test]
fn files_stay_small() {
    for file in sources(&repository("src")) {
        let source = std::fs::read_to_string(&file).expect("a source");
        let before_tests = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().lines().count();
        assert!(before_tests <= 450, "{}: {before_tests} lines before tests; split it by what it does", file.display());
    }
}
