//! `saual eval programmes DIR`: how well programmes are cut and their clauses told apart.

use super::eval::{interval, print_figures, value};
use crate::Result;
use crate::cli::{Outcome, settings::Context};
use crate::evaluation::programmes::{Figure, evaluate};
use crate::evaluation::readers;
use std::path::Path;

/// Reads the project, measures, prints one line a figure.
pub fn run(dir: &Path, context: &Context) -> Result<Outcome> {
    let (_, prepared) = super::read_project(dir, false, context)?;
    let mut figures = evaluate(dir, &prepared)?;
    figures.extend(readers::agreement(dir)?);
    let row = |figure: &Figure| {
        vec![
            context.lang.text(&format!("figure-{}", figure.measure)),
            figure.split.clone(),
            figure.count.to_string(),
            value(figure.estimate, context.lang),
            interval(figure.estimate, context.lang),
        ]
    };
    let header = ["figure-measure", "figure-of", "figure-count", "figure-value", "figure-interval"];
    print_figures(&figures, &header, row, context);
    Ok(Outcome::Done)
}
