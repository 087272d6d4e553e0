//! `saual check DIR`: every problem of every file at once.

use crate::Result;
use crate::cli::{Outcome, settings::Context, settings::isolation};
use crate::ingest::problem;
use crate::run::{Language, prepare_with};
use std::path::Path;

/// Reports; changes nothing. Findings where there is an error.
pub fn run(dir: &Path, context: &Context) -> Result<Outcome> {
    let prepared = prepare_with(dir, &Language::bundled()?, &isolation())?;
    let screen = context.screen();
    let errors = problem::errors(&prepared.problems);
    if context.json {
        let problems: Vec<_> = prepared.problems.iter().map(|problem| problem.to_json(context.lang)).collect();
        screen.json(&serde_json::json!({ "errors": errors, "warnings": prepared.problems.len() - errors, "problems": problems }));
    } else {
        screen.problems(&prepared.problems, true);
        let project = &prepared.project;
        let warnings = prepared.problems.len() - errors;
        let args = [
            ("people", project.people.len().into()),
            ("promises", prepared.clauses.len().into()),
            ("inquiries", project.inquiries.len().into()),
            ("errors", errors.into()),
            ("warnings", warnings.into()),
        ];
        screen.line(&screen.say(if errors == 0 { "check-good" } else { "check-bad" }, &args));
    }
    Ok(if errors == 0 { Outcome::Done } else { Outcome::Findings })
}
