//! `saual diff RUN1 RUN2`: which cells changed, and because of what.

use crate::cli::screen::{Screen, Tone};
use crate::cli::{Outcome, settings::Context};
use crate::report::change::{self, Change, wording};
use crate::{Error, Result};
use std::path::Path;

/// Cells that are printed one by one.
const SHOWN: usize = 40;

/// Compares; changes nothing.
pub fn run(before: &Path, after: &Path, context: &Context) -> Result<Outcome> {
    for folder in [before, after] {
        for file in ["run.json", "matrix.jsonl", "matrix.csv", "links.jsonl", "clauses.jsonl", "inquiries.jsonl"] {
            if !folder.join(file).is_file() {
                let reason = context.lang.say("error-not-a-run", &[("file", file.into())]);
                return Err(Error::file(folder)(std::io::Error::new(std::io::ErrorKind::InvalidInput, reason)));
            }
        }
    }
    let change = change::compare(before, after)?;
    let screen = context.screen();
    if context.json {
        screen.json(&change);
    } else {
        screen.line(&screen.tone(
            Tone::Strong,
            &screen.say(
                "diff-runs",
                &[("before", before.display().to_string().into()), ("after", after.display().to_string().into())],
            ),
        ));
        print(&change, &screen, context);
    }
    Ok(Outcome::Done)
}

fn print(change: &Change, screen: &Screen, context: &Context) {
    let lang = context.lang;
    if change.settings.is_empty() && change.inputs.is_empty() {
        screen.line(&lang.text("diff-same"));
    }
    let settings: Vec<String> = change.settings.iter().map(|change| wording::setting(change, lang)).collect();
    let inputs: Vec<String> = change.inputs.iter().map(|change| wording::input(change, lang)).collect();
    for (key, lines) in [("diff-settings", settings), ("diff-inputs", inputs)] {
        if !lines.is_empty() {
            screen.line(&lang.text(key));
        }
        for line in lines {
            screen.line(&format!("  {line}"));
        }
    }
    screen.line(&screen.say("diff-cells", &[("n", change.cells.len().into()), ("all", change.promises.into())]));
    screen.line(&screen.say("diff-links", &[("n", change.links_moved.into())]));
    for cell in change.cells.iter().take(SHOWN) {
        screen.line("");
        screen.line(&screen.tone(Tone::Strong, &wording::cell(cell, lang)));
        screen.line(&screen.tone(Tone::Faint, &format!("  «{}»", cell.text)));
        for cause in &cell.causes {
            screen.line(&format!("  - {}", wording::cause(cause, lang)));
        }
    }
    if change.cells.len() > SHOWN {
        screen.line("");
        screen.line(&screen.say("diff-more", &[("n", (change.cells.len() - SHOWN).into())]));
    }
}
