//! `saual export DIR`: a run in the forms that other programs read.

use super::{apart_from_project, complete_run};
use crate::cli::args::RunArgs;
use crate::cli::{Outcome, settings::Context};
use crate::evaluation::Gold;
use crate::ingest::problem;
use crate::report::export::{self, Format, trec::Grade};
use crate::retrieval::Role;
use crate::run::Run;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// Runs and writes. Findings where rows were left out.
pub fn run(dir: &Path, options: &RunArgs, formats: &[Format], out: &Path, context: &Context) -> Result<Outcome> {
    apart_from_project(out, dir, context)?;
    let run = complete_run(dir, options, context)?;
    let gold = if dir.join("gold/links.jsonl").exists() { gold(dir, &run)? } else { Vec::new() };
    let formats = if formats.is_empty() { Format::ALL } else { formats };
    std::fs::create_dir_all(out).map_err(Error::file(out))?;
    let files = export::write(&run, &gold, formats, context.lang, out)?;
    let screen = context.screen();
    if context.json {
        screen.json(&serde_json::json!({ "out": out, "files": files, "manifest": run.manifest }));
    } else if !context.quiet {
        let files = files.join(", ");
        screen.line(&screen.say("run-written", &[("dir", out.display().to_string().into()), ("files", files.into())]));
    }
    Ok(if problem::errors(&run.problems) > 0 { Outcome::Findings } else { Outcome::Done })
}

/// The gold grades: of all pairs for which the labels are exhaustive, and of those labelled beside them.
fn gold(dir: &Path, run: &Run) -> Result<Vec<Grade>> {
    let labels = Gold::load(dir, &run.project, &run.clauses)?;
    let exhaustive = run.links.iter().filter(|link| link.role == Role::Initiator);
    let mut grades: BTreeMap<_, u8> =
        exhaustive.map(|link| ((link.inquiry.clone(), link.promise.clone()), 0)).collect();
    grades.extend(labels.links);
    Ok(grades.into_iter().map(|((inquiry, promise), grade)| (inquiry, promise, grade)).collect())
}
