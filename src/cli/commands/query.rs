//! `saual query TEXT`: an ad-hoc inquiry against everybody's promises.

use super::explain::print_link;
use crate::cli::Outcome;
use crate::cli::args::RunArgs;
use crate::cli::settings::{self, Context};
use crate::ingest::{Inquiry, problem};
use crate::linking::Link;
use crate::run::{Language, complete, prepare_with};
use crate::{Error, Result};
use std::path::Path;

/// The id that the text goes by: with a space, which no table allows.
const ID: &str = "the query";

/// Runs the project with the text as one more inquiry of nobody's, and prints its best promises.
pub fn run(dir: &Path, options: &RunArgs, text: &str, top: usize, context: &Context) -> Result<Outcome> {
    let language = Language::bundled()?;
    let settings = settings::run_settings(dir, options)?;
    let mut prepared = prepare_with(dir, &language, &settings.isolation)?;
    let screen = context.screen();
    let errors = problem::errors(&prepared.problems);
    if errors > 0 && !settings.keep_going {
        screen.problems(&prepared.problems, false);
        return Err(Error::Problems { errors });
    }
    let beyond = prepared.clauses.len();
    prepared.project.inquiries.push(Inquiry {
        line: 0,
        id: ID.into(),
        date: None,
        lang: None,
        initiator: None,
        cosigners: vec![],
        addressee: String::new(),
        title: String::new(),
        text: text.to_owned(),
        url: String::new(),
        reply_date: None,
        reply_text: String::new(),
        extra: std::collections::BTreeMap::default(),
    });
    let run = complete(prepared, &language, &settings.with_beyond(beyond), &|_| {})?;
    let mut links: Vec<&Link> = run.links.iter().filter(|link| link.inquiry.as_str() == ID).collect();
    links.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.promise.cmp(&b.promise)));
    links.truncate(top);
    if context.json {
        screen.json(&links);
    } else if links.is_empty() {
        screen.line(&context.lang.text("query-nothing"));
    } else {
        for link in links {
            print_link(&run, link, &screen, context);
            screen.line("");
        }
    }
    Ok(Outcome::Done)
}
