//! The same project gives the same bytes, at any number of threads; a foreign or damaged index is never used.

use crate::{project, repository};
use saual::locale::Lang;
use saual::report;
use saual::run::{Language, Settings, run};
use std::collections::BTreeMap;
use std::path::Path;

fn outputs(folder: &Path, threads: usize, cache: &Path) -> BTreeMap<String, Vec<u8>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let out = tempfile::tempdir().expect("a folder");
    pool.install(|| {
        let language = Language::bundled().expect("bundled tables");
        let run = run(folder, &language, &Settings::default().with_cache(cache), &|_| {}).expect("a run");
        report::write(&run, Lang::Kk, out.path()).expect("outputs");
        report::export::write(&run, &[], report::export::Format::ALL, Lang::Kk, out.path()).expect("exports");
    });
    let mut files = BTreeMap::new();
    collect(out.path(), out.path(), &mut files);
    files
}

/// The files below `folder`, by their names relative to `top`.
fn collect(folder: &Path, top: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("outputs") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, top, files);
        } else {
            let name = path.strip_prefix(top).expect("below").to_string_lossy().into_owned();
            files.insert(name, std::fs::read(path).expect("bytes"));
        }
    }
}

#[test]
fn one_and_two_threads_and_a_warm_index_give_the_same_bytes() {
    let (cold, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let folder = repository("corpus/mazhilis-2023");
    let first = outputs(&folder, 1, cold.path());
    assert!(first.contains_key("index.html") && first.contains_key("links.jsonl") && first.contains_key("prov.json"));
    #[cfg(feature = "xlsx")]
    assert!(first.contains_key("saual.xlsx"));
    #[cfg(feature = "parquet")]
    assert!(first.contains_key("parquet/links.parquet"));
    for (threads, cache) in [(2, other.path()), (2, cold.path())] {
        let again = outputs(&folder, threads, cache);
        assert!(again.keys().eq(first.keys()), "other files at {threads} threads");
        for (name, bytes) in &first {
            assert!(again[name] == *bytes, "{name} differs at {threads} threads");
        }
    }
}

#[test]
fn a_foreign_or_damaged_index_is_built_anew() {
    let files = |texts: [&str; 2]| {
        project(&[
            ("monitor.toml", b"title = { en = 'x' }".as_slice()),
            ("people.csv", "id,name_kk\na,Құспан Абзал\nb,Исабеков Данабек\n".as_bytes()),
            ("promises.csv", format!("id,owner,text\np1,b,{}\np2,b,{}\n", texts[0], texts[1]).as_bytes()),
            ("inquiries.csv", "id,initiator,text\nq1,a,Мектеп салуды сұраймын\n".as_bytes()),
        ])
    };
    let cache = tempfile::tempdir().expect("a folder");
    let language = Language::bundled().expect("bundled tables");
    // Of the promises of others the index chooses the one to be scored.
    let chosen = |folder: &Path| {
        let settings = Settings::default().with_cache(cache.path()).with_beyond(1);
        let run = run(folder, &language, &settings, &|_| {}).expect("a run");
        assert_eq!(run.links.len(), 1);
        run.links[0].promise.to_string()
    };
    let school = files(["Мектеп салу", "Көлді тазарту"]);
    assert_eq!(chosen(school.path()), "p1");
    assert_eq!(chosen(files(["Көлді тазарту", "Мектеп салу"]).path()), "p2", "an index of other promises is not used");
    assert_eq!(chosen(school.path()), "p1");
    let files = || {
        let entries = std::fs::read_dir(cache.path().join("index")).expect("an index");
        let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        files
    };
    for number in 0..files().len() {
        // Built anew at each turn, so under other names.
        let Some(path) = files().into_iter().nth(number) else { continue };
        let mut bytes = std::fs::read(&path).expect("a file of the index");
        if let Some(byte) = bytes.last_mut() {
            *byte ^= 1;
            std::fs::write(&path, bytes).expect("a damaged file");
            assert_eq!(chosen(school.path()), "p1", "{}: one flipped bit", path.display());
        }
    }
}

#[test]
fn a_folder_that_is_not_ours_or_not_writable_is_left_alone() {
    let cache = tempfile::tempdir().expect("a folder");
    let foreign = cache.path().join("index/photos/x");
    std::fs::create_dir_all(foreign.parent().expect("a parent")).expect("a folder");
    std::fs::write(&foreign, b"mine").expect("a file");
    let language = Language::bundled().expect("bundled tables");
    let settings = Settings::default().with_cache(cache.path());
    run(&repository("corpus/mazhilis-2023"), &language, &settings, &|_| {}).expect("a run");
    assert_eq!(std::fs::read(&foreign).expect("the file"), b"mine");
    let nowhere = Settings::default().with_cache("/proc/no/such/place");
    run(&repository("corpus/mazhilis-2023"), &language, &nowhere, &|_| {}).expect("a run without a cache");
}

#[test]
fn runs_at_the_same_time_do_not_disturb_one_another() {
    let cache = tempfile::tempdir().expect("a folder");
    let settings = Settings::default().with_cache(cache.path());
    let language = Language::bundled().expect("bundled tables");
    let scores: Vec<Vec<f64>> = std::thread::scope(|scope| {
        let one = || run(&repository("corpus/mazhilis-2023"), &language, &settings, &|_| {}).expect("a run");
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(one)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic").links.iter().map(|link| link.score).collect())
            .collect()
    });
    assert!(scores.windows(2).all(|pair| pair[0] == pair[1]));
}
