//! `saual train DIR`: a link model from gold labels.

use crate::cli::{Outcome, settings::Context};
use crate::evaluation::Gold;
use crate::ingest::problem;
use crate::run::{Language, prepare};
use crate::training;
use crate::{Error, Result};
use std::path::Path;

/// Fits and writes.
pub fn run(
    dir: &Path,
    out: &Path,
    frequencies: Option<&Path>,
    split: &str,
    name: &str,
    from_decisions: bool,
    context: &Context,
) -> Result<Outcome> {
    let language = Language::bundled()?;
    let prepared = prepare(dir, &language)?;
    let screen = context.screen();
    let errors = problem::errors(&prepared.problems);
    if errors > 0 {
        screen.problems(&prepared.problems, false);
        return Err(Error::Problems { errors });
    }
    if let Some(file) = frequencies {
        std::fs::write(file, training::frequencies(&prepared, &language)?).map_err(Error::file(file))?;
    }
    let (gold, split) = if from_decisions {
        (super::judged(dir, context)?, "all")
    } else {
        (Gold::load(dir, &prepared.project, &prepared.clauses)?, split)
    };
    let trained = training::train(&prepared, &gold, &language, split, name)?;
    std::fs::write(out, trained.model.to_toml()?).map_err(Error::file(out))?;
    if context.json {
        screen.json(&serde_json::json!({
            "model": out, "version": name, "owners": trained.owners, "pairs": trained.pairs, "links": trained.links,
            "penalty": trained.penalty, "held_out_loss": trained.held_out_loss,
        }));
    } else {
        let args = [
            ("file", out.display().to_string().into()),
            ("owners", trained.owners.into()),
            ("pairs", trained.pairs.into()),
            ("links", trained.links.into()),
            ("penalty", format!("{}", trained.penalty).into()),
            ("loss", format!("{:.4}", trained.held_out_loss).into()),
        ];
        screen.line(&screen.say("train-done", &args));
    }
    Ok(Outcome::Done)
}
