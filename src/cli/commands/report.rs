//! `saual report DIR`: the monitoring report in one language.

use super::complete_run;
use crate::cli::args::RunArgs;
use crate::cli::{Outcome, settings::Context};
use crate::ingest::problem;
use crate::report::monitoring::{self, Agreement};
use crate::run::Run;
use crate::{Error, Result};
use std::path::{Path, PathBuf};

/// Runs the project and writes its report to `out`, or to `out/report-LANG.html`.
pub fn run(dir: &Path, options: &RunArgs, out: Option<&Path>, context: &Context) -> Result<Outcome> {
    let run = complete_run(dir, options, context)?;
    let agreement = agreement(dir, &run, context)?;
    let page = monitoring::render(&run, context.lang, agreement.as_ref())?;
    let file = out.map_or_else(|| PathBuf::from(format!("out/report-{}.html", context.lang)), Path::to_path_buf);
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    std::fs::write(&file, page).map_err(Error::file(&file))?;
    let screen = context.screen();
    if context.json {
        screen.json(&serde_json::json!({ "file": file, "lang": context.lang, "manifest": run.manifest }));
    } else if !context.quiet {
        screen.line(&screen.say("report-written", &[("file", file.display().to_string().into())]));
    }
    Ok(if problem::errors(&run.problems) > 0 { Outcome::Findings } else { Outcome::Done })
}

/// How far the reviewers of the project agree; `None` where nobody has decided anything.
#[cfg(feature = "review")]
fn agreement(dir: &Path, run: &Run, context: &Context) -> Result<Option<Agreement>> {
    let state = super::state(dir, context)?;
    Ok(state.and_then(|state| {
        let agreement = crate::review::Agreement::of(&state, &run.taxonomy);
        let grades = agreement.fields.into_iter().find(|field| field.field == "grade")?;
        let alpha = grades.ordinal;
        let interval = |value| Some((value, alpha.low?, alpha.high?));
        Some(Agreement { units: grades.units, raw: grades.raw.value, alpha: alpha.value.and_then(interval) })
    }))
}

/// Without the reviewers' room nobody has decided anything.
#[cfg(not(feature = "review"))]
#[expect(clippy::unnecessary_wraps, reason = "as with the reviewers' room")]
fn agreement(_: &Path, _: &Run, _: &Context) -> Result<Option<Agreement>> {
    Ok(None)
}
