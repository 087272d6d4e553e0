//! Integration tests: the project as its users meet it.

mod architecture;
mod corpus;
mod determinism;
#[cfg(feature = "encoder")]
mod embedding;
mod embedding_cache;
mod embedding_directory;
mod diff;
mod evidence;
mod export;
#[cfg(all(feature = "cli", feature = "office", feature = "pdf"))]
mod formats;
mod ingest;
mod language;
mod laws;
#[cfg(all(feature = "cli", feature = "office", feature = "pdf"))]
mod mutation;
mod noise;
mod people;
mod programmes;
mod quality;
mod report;
mod report_large;
#[cfg(feature = "review")]
mod browser;
#[cfg(feature = "review")]
mod review_agreement;
#[cfg(feature = "review")]
mod review_api;
#[cfg(feature = "review")]
mod review_blind;
#[cfg(feature = "review")]
mod review_browser;
#[cfg(feature = "review")]
mod review_client;
#[cfg(feature = "review")]
mod review_crash;
#[cfg(feature = "review")]
mod review_hostile;
#[cfg(feature = "review")]
mod review_learning;
#[cfg(feature = "review")]
mod review_load;
#[cfg(feature = "review")]
mod review_projects;
#[cfg(feature = "review")]
mod review_queue;
#[cfg(feature = "review")]
mod review_store;
#[cfg(feature = "review")]
mod review_topics;
#[cfg(feature = "review")]
mod review_web;
mod stem;
mod topic_decisions;
mod translit;

use std::path::{Path, PathBuf};

/// A folder of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A project folder with these files.
fn project(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(file, content).expect("a file");
    }
    folder
}
