//! `saual query TEXT`: an ad-hoc inquiry against everybody's promises.

use super::explain::print_link;
use crate::Result;
use crate::cli::Outcome;
use crate::cli::args::RunArgs;
use crate::cli::settings::{self, Context};
use crate::ingest::Inquiry;
use crate::linking::Link;
use crate::run::complete;
use std::path::Path;

/// The id that the text goes by: with a space, which no table allows.
const ID: &str = "the query";

/// Runs the project with the text as one more inquiry of nobody's, and prints its best promises.
pub fn run(dir: &Path, options: &RunArgs, text: &str, top: usize, context: &Context) -> Result<Outcome> {
    let settings = settings::run_settings(dir, options)?;
    let (language, mut prepared) = super::read_project(dir, settings.keep_going, context)?;
    let screen = context.screen();
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
