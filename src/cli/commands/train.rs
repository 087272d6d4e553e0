//! `saual train DIR`: a link model, or a topic model, from gold labels.

use crate::cli::{Outcome, settings::Context};
use crate::embedding::Choice;
use crate::evaluation::Gold;
use crate::run::Settings;
use crate::training;
use crate::{Error, Result};
use std::path::Path;

/// What is to be fitted on, and what to write.
#[derive(Debug)]
pub struct Fit<'a> {
    /// The model file.
    pub out: &'a Path,
    /// The file of document frequencies, if one is wanted.
    pub frequencies: Option<&'a Path>,
    /// What reads the meaning of texts.
    pub encoder: &'a Choice,
    /// Owners to learn from.
    pub split: &'a str,
    /// Fit the topic model.
    pub topics: bool,
    /// The model's name and version.
    pub name: &'a str,
    /// Learn from reviewers' decisions in place of gold labels.
    pub from_decisions: bool,
}

/// Fits and writes.
pub fn run(dir: &Path, fit: &Fit<'_>, context: &Context) -> Result<Outcome> {
    let Fit { out, frequencies, encoder, split, topics, name, from_decisions } = *fit;
    let (language, prepared) = super::read_project(dir, false, context)?;
    if let Some(file) = frequencies {
        std::fs::write(file, training::frequencies(&prepared, &language)?).map_err(Error::file(file))?;
    }
    let mut settings = Settings::default().with_cache(dir.join(".saual"));
    settings.encoder = encoder.clone();
    let (gold, split) = if from_decisions {
        (super::judged(dir, context)?, "all")
    } else {
        (Gold::load(dir, &prepared.project, &prepared.clauses)?, split)
    };
    if topics {
        let trained = training::topics::train(&prepared, &gold, &language, &settings, split, name)?;
        std::fs::write(out, trained.model.to_toml()?).map_err(Error::file(out))?;
        let args = [
            ("file", out.display().to_string().into()),
            ("inquiries", trained.inquiries.into()),
            ("labels", trained.labels.into()),
            ("penalty", context.lang.number(trained.penalty).into()),
            ("f1", context.lang.rounded(trained.held_out_f1, 3).into()),
        ];
        let screen = context.screen();
        if context.json {
            screen.json(&serde_json::json!({
                "model": out, "version": name, "inquiries": trained.inquiries, "labels": trained.labels,
                "penalty": trained.penalty, "held_out_f1": trained.held_out_f1,
            }));
        } else {
            screen.line(&screen.say("train-topics-done", &args));
        }
        return Ok(Outcome::Done);
    }
    let trained = training::train(&prepared, &gold, &language, &settings, split, name)?;
    std::fs::write(out, trained.model.to_toml()?).map_err(Error::file(out))?;
    if context.json {
        context.screen().json(&serde_json::json!({
            "model": out, "version": name, "owners": trained.owners, "pairs": trained.pairs, "links": trained.links,
            "penalty": trained.penalty, "held_out_loss": trained.held_out_loss,
        }));
    } else {
        let args = [
            ("file", out.display().to_string().into()),
            ("owners", trained.owners.into()),
            ("pairs", trained.pairs.into()),
            ("links", trained.links.into()),
            ("penalty", context.lang.number(trained.penalty).into()),
            ("loss", context.lang.rounded(trained.held_out_loss, 4).into()),
        ];
        let screen = context.screen();
        screen.line(&screen.say("train-done", &args));
    }
    Ok(Outcome::Done)
}
