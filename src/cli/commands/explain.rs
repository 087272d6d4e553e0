//! `saual explain INQUIRY PROMISE`: one score taken apart.

use super::complete_run;
use crate::analysis::Analyzer;
use crate::cli::args::RunArgs;
use crate::cli::screen::{Screen, Tone};
use crate::cli::{Outcome, settings::Context};
use crate::embedding::{EmbeddingError, StaticVectors};
use crate::linking::{Link, NearWords, near_words};
use crate::report::Wording;
use crate::run::Run;
use crate::{Error, Result};
use std::path::Path;

/// A link, and the words that are near in meaning.
#[derive(serde::Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    link: &'a Link,
    near_words: Vec<NearWords>,
}

/// Runs the project, with every promise as a candidate, and prints one link.
pub fn run(dir: &Path, options: &RunArgs, inquiry: &str, promise: &str, context: &Context) -> Result<Outcome> {
    let everybody = RunArgs { beyond: usize::MAX, ..options.clone() };
    let run = complete_run(dir, &everybody, context)?;
    let inquiries = &run.project.inquiries;
    let Some(row) = inquiries.iter().find(|row| row.id.as_str() == inquiry) else {
        return Err(Error::unknown("inquiry", inquiry, inquiries.iter().map(|row| row.id.as_str())));
    };
    let Some(clause) = run.clauses.iter().find(|clause| clause.id.as_str() == promise) else {
        return Err(Error::unknown("promise", promise, run.clauses.iter().map(|clause| clause.id.as_str())));
    };
    let link = run.links.iter().find(|link| link.inquiry.as_str() == inquiry && link.promise.as_str() == promise);
    let screen = context.screen();
    let Some(link) = link else {
        if context.json {
            screen.json(&serde_json::Value::Null);
        } else {
            let args = [("inquiry", inquiry.into()), ("promise", promise.into())];
            screen.line(&screen.say("explain-out-of-scope", &args));
        }
        return Ok(Outcome::Done);
    };
    let vectors = StaticVectors::bundled().map_err(EmbeddingError::from)?;
    let near = near_words(link, row, clause, &Analyzer::default(), &vectors);
    if context.json {
        screen.json(&Explained { link, near_words: near });
        return Ok(Outcome::Done);
    }
    print_link(&run, link, &screen, context);
    let pair = |pair: &NearWords| {
        format!("{} ~ {} ({})", pair.clause_word, pair.inquiry_word, context.lang.rounded(pair.cosine.into(), 2))
    };
    let near: Vec<String> = near.iter().map(pair).collect();
    if !near.is_empty() {
        screen.line(&format!("  {}: {}", context.lang.text("near-words"), near.join(", ")));
    }
    Ok(Outcome::Done)
}

/// Prints a link: the promise, the probability, what each comparison added, the shared words.
pub fn print_link(run: &Run, link: &Link, screen: &Screen, context: &Context) {
    let lang = context.lang;
    let wording = Wording::new(run, lang);
    let clause = run.clauses.iter().find(|clause| clause.id == link.promise);
    let owner = clause.map(|clause| wording.owner(clause.owner.as_str())).unwrap_or_default();
    let zone = lang.text(&format!("zone-{}", link.zone.code()));
    let probability = lang.percent(link.probability);
    screen.line(&format!("{}  {} · {owner} · {zone}", screen.tone(Tone::Strong, &probability), link.promise));
    screen.line(&format!("  «{}»", clause.map_or("", |clause| clause.text.as_str())));
    let mut rows = vec![vec![lang.text("column-comparison"), lang.text("column-found"), lang.text("column-weight")]];
    rows.push(vec![lang.text("comparison-prior"), String::new(), lang.signed(link.explanation.prior)]);
    for part in link.explanation.parts().filter(|part| part.weight != 0.0) {
        let found = wording.value(part.comparison, part.value);
        let name = wording.comparison(part.comparison);
        rows.push(vec![name, found, lang.signed(part.weight)]);
    }
    rows.push(vec![lang.text("comparison-sum"), String::new(), lang.signed(link.score)]);
    screen.table(&rows);
    let words = link.spans.iter().map(|word| match &word.concept {
        Some(_) => format!("{} ↔ {}", word.clause_word, word.inquiry_word),
        None => word.clause_word.to_string(),
    });
    let words: Vec<String> = words.collect();
    if !words.is_empty() {
        screen.line(&format!("  {}: {}", lang.text("shared-words"), words.join(", ")));
    }
}
