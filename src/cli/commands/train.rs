//! `saual train DIR`: a link model, or a topic model, from gold labels.

use crate::cli::{Outcome, settings::Context};
use crate::embedding::Choice;
use crate::evaluation::Gold;
use crate::run::{Language, Prepared, Settings};
use crate::topics::TopicModel;
use crate::training::{self, Source};
use crate::{Error, Result};
use std::path::{Path, PathBuf};

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
    /// Further projects that are learned from, all owners of them.
    pub also: &'a [PathBuf],
    /// The model's name and version.
    pub name: &'a str,
    /// Learn from people's decisions in place of gold labels.
    pub from_decisions: bool,
}

/// Fits and writes.
pub fn run(dir: &Path, fit: &Fit<'_>, context: &Context) -> Result<Outcome> {
    let Fit { out, frequencies, encoder, split, topics, name, from_decisions, .. } = *fit;
    let (language, prepared) = super::read_decided(dir, false, context)?;
    if let Some(file) = frequencies {
        std::fs::write(file, training::frequencies(&prepared, &language)?).map_err(Error::file(file))?;
    }
    let mut settings = Settings::default().with_cache(dir.join(".saual"));
    settings.encoder = encoder.clone();
    if topics {
        return run_topics(dir, fit, (&language, &prepared, &settings), context);
    }
    let (gold, split) = if from_decisions {
        (super::judged(dir, context)?, "all")
    } else {
        (Gold::load(dir, &prepared.project, &prepared.clauses)?, split)
    };
    let further = also(fit, context)?;
    let of = |prepared: &Prepared, dir: &PathBuf| Gold::load(dir, &prepared.project, &prepared.clauses);
    let labels: Vec<Gold> =
        further.iter().zip(fit.also).map(|(prepared, dir)| of(prepared, dir)).collect::<Result<_>>()?;
    let sources = sources(Source { prepared: &prepared, gold: &gold, split }, &further, &labels);
    let trained = training::train(&sources, &language, &settings, name)?;
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

/// Fits and writes a topic model.
fn run_topics(
    dir: &Path,
    fit: &Fit<'_>,
    (language, prepared, settings): (&Language, &Prepared, &Settings),
    context: &Context,
) -> Result<Outcome> {
    let Fit { out, name, from_decisions, .. } = *fit;
    let decided = |prepared: &Prepared| Gold::of_decided_topics(&prepared.project);
    let (gold, split, known) = if from_decisions {
        (decided(prepared), "all", Some(TopicModel::bundled(fit.encoder)?))
    } else {
        (Gold::load(dir, &prepared.project, &prepared.clauses)?, fit.split, None)
    };
    let further = also(fit, context)?;
    let labels: Vec<Gold> = further.iter().map(decided).collect();
    let sources = sources(Source { prepared, gold: &gold, split }, &further, &labels);
    let trained = training::topics::train(&sources, known.as_ref(), language, settings, name)?;
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
    Ok(Outcome::Done)
}

/// The further projects.
fn also(fit: &Fit<'_>, context: &Context) -> Result<Vec<Prepared>> {
    fit.also.iter().map(|dir| super::read_decided(dir, false, context).map(|(_, prepared)| prepared)).collect()
}

/// What is learned from: `own`, and all owners of the further projects.
fn sources<'a>(own: Source<'a>, further: &'a [Prepared], labels: &'a [Gold]) -> Vec<Source<'a>> {
    let further = further.iter().zip(labels).map(|(prepared, gold)| Source { prepared, gold, split: "all" });
    std::iter::once(own).chain(further).collect()
}
