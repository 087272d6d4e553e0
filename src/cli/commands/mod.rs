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
use crate::run::{Language, Prepared, Run, Settings, complete, prepare_with};
use crate::topics;
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

/// What stands of the decisions of the reviewers of the project in `dir`; `None` where nobody has decided anything.
#[cfg(feature = "review")]
fn state(dir: &Path, context: &Context) -> Result<Option<crate::review::State>> {
    let read = || match crate::review::Store::existing(dir)? {
        Some(store) => Ok(Some(crate::review::State::of(&store.all()?))),
        None => Ok(None),
    };
    read().map_err(decisions::said(context))
}

/// `settings` with what the reviewers of the project in `dir` decided about links and topics.
#[cfg(feature = "review")]
fn with_decisions(
    settings: Settings,
    dir: &Path,
    (language, prepared): (&Language, &Prepared),
    context: &Context,
) -> Result<Settings> {
    let Some(state) = state(dir, context)? else { return Ok(settings) };
    let taxonomy = topics::Taxonomy::of_project(&prepared.project, &language.analyzer)?;
    Ok(settings.with_verdicts(state.verdicts()).with_settled_topics(state.settled_topics(&taxonomy)))
}

/// Without the reviewers' room nobody has decided anything.
#[cfg(not(feature = "review"))]
#[expect(clippy::unnecessary_wraps, reason = "as with the reviewers' room")]
fn with_decisions(settings: Settings, _: &Path, _: (&Language, &Prepared), _: &Context) -> Result<Settings> {
    Ok(settings)
}

/// Labels of the pairs that the reviewers of the project in `dir` judged and do not dispute.
#[cfg(feature = "review")]
fn judged(dir: &Path, context: &Context) -> Result<crate::evaluation::Gold> {
    let state = state(dir, context)?.unwrap_or_default();
    let pairs = state.pairs().into_iter();
    let graded =
        pairs.filter_map(|(inquiry, clause, standing)| Some((inquiry.into(), clause.into(), standing.settled()?)));
    Ok(crate::evaluation::Gold::of_judged(graded))
}

/// Without the reviewers' room nobody has judged anything.
#[cfg(not(feature = "review"))]
fn judged(_: &Path, _: &Context) -> Result<crate::evaluation::Gold> {
    Ok(crate::evaluation::Gold::of_judged(std::iter::empty()))
}

/// Reads the project in `dir` with the topics that its reviewers settled among its decided topics.
fn read_decided(dir: &Path, keep_going: bool, context: &Context) -> Result<(Language, Prepared)> {
    let (language, mut prepared) = read_project(dir, keep_going, context)?;
    let decided = with_decisions(Settings::default(), dir, (&language, &prepared), context)?;
    let project = &mut prepared.project;
    topics::decided::put(&mut project.inquiry_topics, &project.inquiries, &decided.settled_topics);
    Ok((language, prepared))
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

/// Runs the project in `dir` with progress; what people decided stands before what models suggest.
fn complete_run(dir: &Path, options: &RunArgs, context: &Context) -> Result<Run> {
    run_with(dir, options, context, &|settings, read| with_decisions(settings, dir, read, context))
}

/// The same without the reviewers' decisions: what models suggest.
fn suggested_run(dir: &Path, options: &RunArgs, context: &Context) -> Result<Run> {
    run_with(dir, options, context, &|settings, _| Ok(settings))
}

fn run_with(
    dir: &Path,
    options: &RunArgs,
    context: &Context,
    decided: &dyn Fn(Settings, (&Language, &Prepared)) -> Result<Settings>,
) -> Result<Run> {
    let settings = settings::run_settings(dir, options)?;
    let (language, prepared) = read_project(dir, settings.keep_going, context)?;
    let settings = decided(settings, (&language, &prepared))?;
    let progress = context.screen().progress();
    let run = complete(prepared, &language, &settings, &|step| progress.show(step));
    progress.finish();
    run
}
