//! `saual eval topics DIR`: how well topics are told.

use super::eval::print_topics;
use super::suggested_run;
use crate::Result;
use crate::cli::args::RunArgs;
use crate::cli::{Outcome, settings::Context};
use crate::evaluation::{Gold, topic};
use std::path::Path;

/// Runs, measures, prints.
pub fn run(dir: &Path, options: &RunArgs, split: Option<&str>, context: &Context) -> Result<Outcome> {
    let run = suggested_run(dir, options, context)?;
    let gold = Gold::load_topics(dir)?;
    let scores = topic::evaluate(&run, &gold, split.unwrap_or(gold.default_split()))?;
    let screen = context.screen();
    if context.json {
        screen.json(&scores);
    } else {
        print_topics(&scores, &screen, context.lang);
    }
    Ok(Outcome::Done)
}
