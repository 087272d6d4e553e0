//! `saual eval analysis FILE…`: how well Kazakh and Russian are read.

use super::eval::{interval, print_figures, value};
use crate::analysis::Analyzer;
use crate::cli::{Outcome, settings::Context, settings::isolation};
use crate::evaluation::analysis::{Figure, Labelled, evaluate};
use crate::ingest::{load_people, problem};
use crate::people::Roster;
use crate::{Error, Result};
use std::path::Path;

/// Reads the files, measures, prints one line a figure.
pub fn run(files: &[String], people: Option<&Path>, context: &Context) -> Result<Outcome> {
    let screen = context.screen();
    let roster = match people {
        Some(file) => {
            let (people, problems) = load_people(file, &isolation())?;
            screen.problems(&problems, false);
            match problem::errors(&problems) {
                0 => Some(Roster::new(&people)),
                errors => return Err(Error::Problems { errors }),
            }
        }
        None => None,
    };
    let data: Vec<Labelled> = files.iter().map(|file| Labelled::read(file)).collect::<Result<_>>()?;
    let figures = evaluate(&Analyzer::default(), &data, roster.as_ref())?;
    let row = |figure: &Figure| {
        vec![
            context.lang.text(&format!("figure-{}", figure.measure)),
            figure.of.clone(),
            figure.count.to_string(),
            value(figure.estimate, context.lang),
            interval(figure.estimate, context.lang),
            figure.data.clone(),
        ]
    };
    let header = ["figure-measure", "figure-of", "figure-count", "figure-value", "figure-interval", "figure-data"];
    print_figures(&figures, &header, row, context);
    Ok(Outcome::Done)
}
