//! One file a command. Each takes its typed arguments and the context, and gives how it ended.

pub mod init;
pub mod check;
pub mod run;
pub mod report;
pub mod export;
pub mod diff;
pub mod eval;
pub mod eval_analysis;
pub mod eval_programmes;
pub mod eval_topics;
pub mod train;
pub mod model;
pub mod query;
pub mod explain;
pub mod text;
pub mod embed;
pub mod people;
pub mod segment;
#[cfg(feature = "review")]
pub mod decisions;
#[cfg(feature = "review")]
pub mod review;
#[cfg(feature = "review")]
pub mod reviewers;

use super::settings::{self, Context};
use crate::cli::args::RunArgs;
use crate::ingest::problem;
use crate::run::{Language, Prepared, Run, complete, prepare_with};
use crate::{Error, Result};
use std::io::BufRead;
use std::path::Path;

/// Calls `each` with every line of standard input; bytes that are not UTF-8 are read as well as they can be.
fn each_line(mut each: impl FnMut(&str)) -> Result<()> {
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    let here = Path::new("-");
    while input.read_until(b'\n', &mut line).map_err(Error::file(here))? > 0 {
        each(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']));
        line.clear();
    }
    Ok(())
}

/// What the reviewers of the project in `dir` decided; nothing where nobody has.
#[cfg(feature = "review")]
fn verdicts(dir: &Path, context: &Context) -> Result<crate::evidence::Verdicts> {
    let read = || match crate::review::Store::existing(dir)? {
        Some(store) => Ok(crate::review::State::of(&store.all()?).verdicts()),
        None => Ok(crate::evidence::Verdicts::default()),
    };
    read().map_err(decisions::said(context))
}

/// Without the reviewers' room nobody has decided anything.
#[cfg(not(feature = "review"))]
fn verdicts(_: &Path, _: &Context) -> Result<crate::evidence::Verdicts> {
    Ok(crate::evidence::Verdicts::default())
}

/// Labels of the pairs that the reviewers of the project in `dir` judged and do not dispute.
#[cfg(feature = "review")]
fn judged(dir: &Path, context: &Context) -> Result<crate::evaluation::Gold> {
    let read = || match crate::review::Store::existing(dir)? {
        Some(store) => Ok(crate::review::State::of(&store.all()?)),
        None => Ok(crate::review::State::default()),
    };
    let state = read().map_err(decisions::said(context))?;
    let pairs = state.pairs().into_iter();
    let graded =
        pairs.filter_map(|(inquiry, clause, standing)| Some((inquiry.into(), clause.into(), standing.grade()?)));
    Ok(crate::evaluation::Gold::of_judged(graded))
}

/// Without the reviewers' room nobody has judged anything.
#[cfg(not(feature = "review"))]
fn judged(_: &Path, _: &Context) -> Result<crate::evaluation::Gold> {
    Ok(crate::evaluation::Gold::of_judged(std::iter::empty()))
}

/// Refuses the project's own folder as the place for what a command writes.
fn apart_from_project(out: &Path, project: &Path, context: &Context) -> Result<()> {
    match (project.canonicalize(), out.canonicalize()) {
        (Ok(project), Ok(outputs)) if project == outputs => {
            let reason = context.lang.text("error-out-is-project");
            Err(Error::file(out)(std::io::Error::new(std::io::ErrorKind::InvalidInput, reason)))
        }
        _ => Ok(()),
    }
}

/// Reads the project in `dir`. Problems are printed; errors among them end the call unless it is to keep going.
fn read_project(dir: &Path, keep_going: bool, context: &Context) -> Result<(Language, Prepared)> {
    let language = Language::bundled()?;
    let prepared = prepare_with(dir, &language, &settings::isolation())?;
    let errors = problem::errors(&prepared.problems);
    if errors > 0 || !context.quiet {
        context.screen().problems(&prepared.problems, false);
    }
    if errors > 0 && !keep_going { Err(Error::Problems { errors }) } else { Ok((language, prepared)) }
}

/// Runs the project in `dir` with progress.
fn complete_run(dir: &Path, options: &RunArgs, context: &Context) -> Result<Run> {
    let settings = settings::run_settings(dir, options)?.with_verdicts(verdicts(dir, context)?);
    let (language, prepared) = read_project(dir, settings.keep_going, context)?;
    let progress = context.screen().progress();
    let run = complete(prepared, &language, &settings, &|step| progress.show(step));
    progress.finish();
    run
}
