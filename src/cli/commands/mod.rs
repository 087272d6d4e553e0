//! One file a command. Each takes its typed arguments and the context, and gives how it ended.

pub mod init;
pub mod check;
pub mod run;
pub mod eval;
pub mod train;
pub mod query;
pub mod explain;

use super::settings::{self, Context};
use crate::cli::args::RunArgs;
use crate::ingest::problem;
use crate::run::{Language, Run, complete, prepare};
use crate::{Error, Result};
use std::path::Path;

/// Runs the project in `dir` with progress. Problems are printed; errors among them end the call unless it is to keep going.
fn complete_run(dir: &Path, options: &RunArgs, context: &Context) -> Result<Run> {
    let language = Language::bundled()?;
    let settings = settings::run_settings(dir, options)?;
    let prepared = prepare(dir, &language)?;
    let errors = problem::errors(&prepared.problems);
    let screen = context.screen();
    if errors > 0 || !context.quiet {
        screen.problems(&prepared.problems, false);
    }
    if errors > 0 && !settings.keep_going {
        return Err(Error::Problems { errors });
    }
    let progress = screen.progress();
    let run = complete(prepared, &language, &settings, &|step| progress.show(step));
    progress.finish();
    run
}
