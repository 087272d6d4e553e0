//! Breaks a sound file in thousands of ways and sees what the readers make of it.
//!
//! `break-files PROGRAM FILE COPIES`: a row of a table with what became of so many broken copies of the file (read, or the code of the
//! fault) and the longest time that one took. Texts that can be read are also cut into clauses. A copy that brings a reader of this
//! process down, or takes longer than ten seconds for each megabyte begun, ends the call with 1. What it took of memory, with all its
//! children, `/usr/bin/time` tells: `tests/mutations.sh`.

#[path = "../../tests/it/mutation.rs"]
mod mutation;

use mutation::mutated;
use rayon::prelude::*;
use saual::analysis::Gazetteer;
use saual::audit::Declarations;
use saual::ingest::table::{self, TableFormat};
use saual::ingest::{Fault, Isolation, Monitor, recommendations, text};
use saual::programme::Reader;
use saual::run::Language;
use saual::topics::Taxonomy;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Codes of which examples are shown: the reader broke down, or was stopped.
const NOTABLE: [&str; 4] = [PANIC, "parser-failed", "too-slow", "too-much-memory"];
/// What a reader of this process does not do.
const PANIC: &str = "PANIC";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, file, copies] = arguments.as_slice() else {
        eprintln!("usage: break-files PROGRAM FILE COPIES");
        return ExitCode::from(2);
    };
    let copies: u64 = copies.parse().expect("COPIES is a number");
    let isolation = Isolation::Child { program: program.into(), arguments: vec!["parse-file".into()] };
    let language = Language::bundled().expect("tables");
    let gazetteer = Gazetteer::kazakhstan(&language.analyzer);
    let reader = Reader::bundled(&language.analyzer, &language.glossary, &gazetteer).expect("tables");
    let name = Path::new(file).file_name().expect("a name").to_string_lossy().into_owned();
    let bytes = std::fs::read(file).expect("a file");
    let trial = Trial { name: &name, isolation: &isolation, language: &language, reader: &reader };
    let fates: Vec<Fate> = (0..copies).into_par_iter().map(|seed| trial.of(&mutated(&bytes, seed), seed)).collect();
    if trial.report(&fates) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What a copy is tried with.
struct Trial<'a> {
    name: &'a str,
    isolation: &'a Isolation,
    language: &'a Language,
    reader: &'a Reader<'a>,
}

/// What became of one copy.
struct Fate {
    seed: u64,
    code: &'static str,
    reason: String,
    bytes: usize,
    took: Duration,
}

impl Trial<'_> {
    fn of(&self, copy: &[u8], seed: u64) -> Fate {
        let begun = Instant::now();
        let tried = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.fault(copy)));
        let (code, reason) = match tried {
            Err(_) => (PANIC, String::new()),
            Ok(None) => ("read", String::new()),
            Ok(Some(Fault::ParserFailed { reason })) => ("parser-failed", reason),
            Ok(Some(fault)) => (fault.code(), String::new()),
        };
        Fate { seed, code, reason, bytes: copy.len(), took: begun.elapsed() }
    }

    /// The first fault of the file as a whole.
    fn fault(&self, copy: &[u8]) -> Option<Fault> {
        let ending = self.name.rsplit('.').next().unwrap_or_default();
        if ending == "toml" {
            return self.settings_fault(copy);
        }
        if let Some(format) = table::format(ending) {
            return self.table_fault(format, copy);
        }
        match text::format_of(self.name, copy).and_then(|format| self.isolation.text(format, copy)) {
            Ok(document) => {
                let units = self.reader.units(&document.text);
                let ends = units.last().map_or(0, |unit| unit.span.end);
                assert!(units.is_empty() || ends == document.text.len(), "clauses tile the text");
                None
            }
            Err(fault) => Some(fault),
        }
    }

    fn table_fault(&self, format: &'static dyn TableFormat, copy: &[u8]) -> Option<Fault> {
        let mut problems = Vec::new();
        self.isolation.table(format, self.name, copy, &mut problems);
        problems.into_iter().find(|problem| problem.line.is_none()).map(|problem| problem.fault)
    }

    fn settings_fault(&self, copy: &[u8]) -> Option<Fault> {
        let text = match saual::ingest::plain::decoded(copy) {
            Ok((text, _)) => text,
            Err(fault) => return Some(fault),
        };
        let mut problems = Vec::new();
        let read = match self.name {
            "monitor.toml" => Monitor::parse(&text, &mut problems).is_some(),
            "recommendations.toml" => recommendations::parse(&text, self.name, &mut problems).is_some(),
            "audit.toml" => Declarations::parse(&text, self.name).is_ok(),
            _ => Taxonomy::parse(&text, self.name, &self.language.analyzer).is_ok(),
        };
        let refused = || Fault::NotToml { reason: String::new() };
        (!read || !problems.is_empty()).then(|| problems.into_iter().next().map_or_else(refused, |found| found.fault))
    }

    /// Prints the row; `false` where a copy did what none may do.
    fn report(&self, fates: &[Fate]) -> bool {
        let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
        for fate in fates {
            *tally.entry(fate.code).or_default() += 1;
        }
        let read = tally.remove("read").unwrap_or(0);
        let refused: Vec<String> = tally.iter().map(|(code, count)| format!("{code} {count}")).collect();
        let slowest = fates.iter().max_by_key(|fate| fate.took).expect("a copy");
        println!(
            "{:<24} {:>6} {read:>6} {:>7} {:>9.2}  {}",
            self.name,
            fates.len(),
            fates.len() - read,
            slowest.took.as_secs_f64(),
            refused.join(", ")
        );
        for fate in fates.iter().filter(|fate| NOTABLE.contains(&fate.code)).take(8) {
            println!("    copy {}: {} {}", fate.seed, fate.code, fate.reason);
        }
        let slow = |fate: &&Fate| fate.took > Duration::from_secs(10 * (1 + (fate.bytes as u64 >> 20)));
        if let Some(fate) = fates.iter().find(slow) {
            println!("    copy {}: {:.1} s for {} bytes", fate.seed, fate.took.as_secs_f64(), fate.bytes);
        }
        let sound = |fate: &Fate| fate.code != PANIC && !slow(&fate);
        fates.iter().all(sound)
    }
}
