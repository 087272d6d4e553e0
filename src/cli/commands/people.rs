//! `saual people resolve`: names into people, line by line.

use super::each_line;
use crate::cli::{Outcome, settings::Context, settings::isolation};
use crate::ingest::{load_people, problem};
use crate::people::Roster;
use crate::{Error, Result};
use std::path::Path;

/// One mention in, one JSON object out.
pub fn run(people: &Path, context: &Context) -> Result<Outcome> {
    let (people, problems) = load_people(people, &isolation())?;
    let screen = context.screen();
    screen.problems(&problems, false);
    let errors = problem::errors(&problems);
    if errors > 0 {
        return Err(Error::Problems { errors });
    }
    let roster = Roster::new(&people);
    each_line(|mention| {
        let found = roster.resolve(mention);
        let person = found.person.as_ref().map(ToString::to_string);
        let row = serde_json::json!({
            "mention": mention, "person": person, "confidence": found.confidence, "reason": found.reason,
        });
        screen.line(&row.to_string());
    })?;
    Ok(Outcome::Done)
}
