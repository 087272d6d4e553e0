//! `saual eval programmes DIR`: how well programmes are cut and their clauses told apart.

use super::eval::{interval, value};
use crate::cli::{Outcome, settings::Context, settings::isolation};
use crate::evaluation::programmes::{Figure, evaluate};
use crate::evaluation::readers;
use crate::ingest::problem;
use crate::run::{Language, prepare_with};
use crate::{Error, Result};
use std::path::Path;

/// Reads the project, measures, prints one line a figure.
pub fn run(dir: &Path, context: &Context) -> Result<Outcome> {
    let screen = context.screen();
    let prepared = prepare_with(dir, &Language::bundled()?, &isolation())?;
    screen.problems(&prepared.problems, false);
    let errors = problem::errors(&prepared.problems);
    if errors > 0 {
        return Err(Error::Problems { errors });
    }
    let mut figures = evaluate(dir, &prepared)?;
    figures.extend(readers::agreement(dir)?);
    if context.json {
        screen.json(&figures);
        return Ok(Outcome::Done);
    }
    let row = |figure: &Figure| {
        vec![
            context.lang.text(&format!("figure-{}", figure.measure)),
            figure.split.clone(),
            figure.count.to_string(),
            value(figure.estimate),
            interval(figure.estimate),
        ]
    };
    let header = ["figure-measure", "figure-of", "figure-count", "figure-value", "figure-interval"];
    let header = header.map(|key| context.lang.text(key)).to_vec();
    screen.table(&std::iter::once(header).chain(figures.iter().map(row)).collect::<Vec<_>>());
    Ok(Outcome::Done)
}
