//! Breaks sound files in thousands of ways and sees what the readers make of them.
//!
//! `cargo run --release --example break-files -- target/release/saual tests/fixtures/formats 2000`: for each file of the folder, what
//! became of so many broken copies (read, or the code of the fault), and the longest time that one took. A copy that brings the
//! program down, or takes longer than its limit, ends the call with 1. `/usr/bin/time -v` before it tells the largest memory of all
//! children; they cannot take more than `saual::ingest::isolate::MEMORY`.

#[path = "../../tests/it/mutation.rs"]
mod mutation;

use mutation::mutated;
use rayon::prelude::*;
use saual::ingest::table::{self, TableFormat};
use saual::ingest::{Fault, Isolation, isolate, text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, folder, copies] = arguments.as_slice() else {
        eprintln!("usage: break-files PROGRAM FOLDER COPIES");
        return ExitCode::from(2);
    };
    let isolation = Isolation::Child { program: PathBuf::from(program), arguments: vec!["parse-file".into()] };
    let copies: u64 = copies.parse().expect("COPIES is a number");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let mut sound = true;
    for file in files.iter().filter(|file| file.is_file()) {
        sound &= report(file, copies, &isolation);
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What became of one copy.
struct Fate {
    seed: u64,
    code: &'static str,
    reason: String,
    bytes: usize,
    took: Duration,
}

/// Breaks one file; `false` where a copy took longer than ten seconds for each megabyte begun.
fn report(file: &Path, copies: u64, isolation: &Isolation) -> bool {
    let bytes = std::fs::read(file).expect("a file");
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    let fates: Vec<Fate> =
        (0..copies).into_par_iter().map(|seed| fate(&name, &mutated(&bytes, seed), seed, isolation)).collect();
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for fate in &fates {
        *tally.entry(fate.code).or_default() += 1;
    }
    let slowest = fates.iter().max_by_key(|fate| fate.took).expect("a copy");
    println!("{name}: {tally:?}; slowest {:.2} s (copy {})", slowest.took.as_secs_f64(), slowest.seed);
    for fate in
        fates.iter().filter(|fate| ["parser-failed", "too-slow", "too-much-memory"].contains(&fate.code)).take(8)
    {
        println!("    copy {}: {} {}", fate.seed, fate.code, fate.reason);
    }
    let slow = |fate: &&Fate| fate.took > Duration::from_secs(10 * (1 + (fate.bytes as u64 >> 20)));
    fates.iter().find(slow).is_none()
}

fn fate(name: &str, bytes: &[u8], seed: u64, isolation: &Isolation) -> Fate {
    let begun = Instant::now();
    let ending = name.rsplit('.').next().unwrap_or_default();
    let fault = match table::format(ending) {
        Some(format) => table_fault(format, name, bytes, isolation),
        None => text::format_of(name, bytes).and_then(|format| isolation.text(format, bytes)).err(),
    };
    let code = fault.as_ref().map_or("read", Fault::code);
    let reason = if let Some(Fault::ParserFailed { reason }) = &fault { reason.clone() } else { String::new() };
    Fate { seed, code, reason, bytes: bytes.len(), took: begun.elapsed() }
}

/// The first fault of the file as a whole.
fn table_fault(format: &'static dyn TableFormat, name: &str, bytes: &[u8], isolation: &Isolation) -> Option<Fault> {
    let mut problems = Vec::new();
    isolation.table(format, name, bytes, &mut problems);
    problems.into_iter().find(|problem| problem.line.is_none()).map(|problem| problem.fault)
}

/// The limit that the children keep to.
const _: () = assert!(isolate::MEMORY <= 1 << 30);
