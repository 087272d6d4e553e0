//! `saual segment FILE`: the clauses of one programme text.

use crate::cli::{Outcome, settings::Context, settings::isolation};
use crate::ingest::{Programme, Project, load_document};
use crate::run::Language;
use crate::{Error, Result, programme};
use std::collections::BTreeMap;
use std::path::Path;

/// Prints a JSON object for every clause; the owner is the file's name.
pub fn run(file: &Path, context: &Context) -> Result<Outcome> {
    let (document, problems) = load_document(file, &isolation())?;
    let screen = context.screen();
    screen.problems(&problems, false);
    let Some(document) = document else { return Ok(Outcome::Unusable) };
    let name =
        file.file_stem().map(|stem| stem.to_string_lossy().replace(char::is_whitespace, "-")).unwrap_or_default();
    let programme = Programme {
        line: 1,
        owner: name.into(),
        file: file.display().to_string(),
        lang: None,
        obtained: None,
        origin: None,
        source_url: String::new(),
        text: document.text,
        extra: BTreeMap::new(),
    };
    let project = Project { programmes: vec![programme], ..Project::default() };
    let language = Language::bundled()?;
    let tools = programme::Tools { analyzer: &language.analyzer, glossary: &language.glossary, meaning: None };
    for clause in programme::clauses(&project, &tools)? {
        screen.line(&serde_json::to_string(&clause).map_err(|error| Error::Internal(error.to_string()))?);
    }
    Ok(Outcome::Done)
}
