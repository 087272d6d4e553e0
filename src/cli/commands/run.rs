//! `saual run DIR`: the whole line, its tables and page, and a summary.

use super::{apart_from_project, complete_run};
use crate::cli::args::RunArgs;
use crate::cli::screen::{Screen, Tone};
use crate::cli::{Outcome, settings::Context};
use crate::evidence::{Status, Tally};
use crate::ingest::problem;
use crate::report::{self, Wording};
use crate::run::Run;
use crate::{Error, Result};
use std::path::Path;

/// Owners shown in the summary's table.
const SHOWN_OWNERS: usize = 12;

/// Runs, writes, prints. Findings where rows were left out.
pub fn run(dir: &Path, options: &RunArgs, out: &Path, context: &Context) -> Result<Outcome> {
    apart_from_project(out, dir, context)?;
    let run = complete_run(dir, options, context)?;
    std::fs::create_dir_all(out).map_err(Error::file(out))?;
    let files = report::write(&run, context.lang, out)?;
    let screen = context.screen();
    if context.json {
        screen.json(&serde_json::json!({ "out": out, "files": files, "manifest": run.manifest, "rollup": run.rollup }));
    } else if !context.quiet {
        summary(&run, &screen, context);
        let files = files.join(", ");
        screen.line(&screen.say("run-written", &[("dir", out.display().to_string().into()), ("files", files.into())]));
        screen.line(&screen.say("run-open", &[("page", out.join("index.html").display().to_string().into())]));
    }
    Ok(if problem::errors(&run.problems) > 0 { Outcome::Findings } else { Outcome::Done })
}

fn summary(run: &Run, screen: &Screen, context: &Context) {
    let lang = context.lang;
    let project = &run.project;
    screen.line(&screen.tone(Tone::Strong, project.monitor.title.in_lang(lang)));
    let args = [
        ("people", project.people.len().into()),
        ("promises", run.rollup.all.promises.into()),
        ("inquiries", project.inquiries.len().into()),
        ("links", run.links.len().into()),
    ];
    screen.line(&screen.say("run-counts", &args));
    screen.line("");
    screen.line(&screen.tone(Tone::Strong, &lang.text("evidence-title")));
    for (code, status) in Status::ALL {
        let promises = run.rollup.all.of(*status);
        if promises > 0 {
            let name = lang.text(&format!("status-{}", code.replace('_', "-")));
            screen.line(&format!("  {:>4}  {} {name}", promises, bar(promises, run.rollup.all.promises)));
        }
    }
    if run.rollup.all.awaiting_review > 0 {
        screen.line(&format!("  {}", screen.say("evidence-awaiting", &[("n", run.rollup.all.awaiting_review.into())])));
    }
    if !run.verdicts.is_empty() {
        let args = [
            ("judged", run.verdicts.len().into()),
            ("n", run.rollup.all.confirmed.into()),
            ("m", run.rollup.all.suggested_only.into()),
        ];
        screen.line(&format!("  {}", screen.say("evidence-confirmed", &args)));
    }
    screen.line(&format!("  {}", lang.text("evidence-caveat")));
    screen.line("");
    owners(run, screen, context);
    topics(run, screen, context);
    audit(run, screen, context);
}

fn bar(part: usize, whole: usize) -> String {
    const WIDTH: usize = 24;
    let filled = (part * WIDTH).div_ceil(whole.max(1));
    format!("{}{}", "█".repeat(filled), "·".repeat(WIDTH - filled))
}

fn owners(run: &Run, screen: &Screen, context: &Context) {
    let lang = context.lang;
    let wording = Wording::new(run, lang);
    let header = ["column-owner", "column-promises", "column-evidence", "column-awaiting"].map(|key| lang.text(key));
    let mut owners: Vec<(&String, &Tally)> = run.rollup.by_owner.iter().collect();
    owners.sort_by(|a, b| b.1.with_evidence().cmp(&a.1.with_evidence()).then(a.0.cmp(b.0)));
    let row = |(owner, tally): &(&String, &Tally)| {
        let numbers = [tally.promises, tally.with_evidence(), tally.awaiting_review].map(|number| number.to_string());
        std::iter::once(wording.owner(owner)).chain(numbers).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> =
        std::iter::once(header.to_vec()).chain(owners.iter().take(SHOWN_OWNERS).map(row)).collect();
    screen.table(&rows);
    if owners.len() > SHOWN_OWNERS {
        screen.line(&format!("  {}", screen.say("owners-more", &[("n", (owners.len() - SHOWN_OWNERS).into())])));
    }
    let theses = || run.rollup.party_theses.values();
    let promises: usize = theses().map(|tally| tally.promises).sum();
    if promises > 0 {
        let with_evidence: usize = theses().map(Tally::with_evidence).sum();
        screen.line(&format!(
            "  {}",
            screen.say("owners-theses", &[("n", with_evidence.into()), ("m", promises.into())])
        ));
    }
    if !run.matrix.without_promises.is_empty() {
        screen.line(&format!("  {}", screen.say("owners-without", &[("n", run.matrix.without_promises.len().into())])));
    }
    screen.line("");
}

fn topics(run: &Run, screen: &Screen, context: &Context) {
    screen.line(&screen.tone(Tone::Strong, &context.lang.text("topics-title")));
    let counts = run.taxonomy.topics.iter().map(|topic| {
        let inquiries: usize =
            run.rollup.topics_by_faction.get(&topic.id).map_or(0, |factions| factions.values().sum());
        format!("{} {inquiries}", topic.name.in_lang(context.lang))
    });
    screen.line(&format!("  {}", counts.collect::<Vec<_>>().join(" · ")));
    screen.line("");
}

fn audit(run: &Run, screen: &Screen, context: &Context) {
    if run.audit.checks.is_empty() {
        return;
    }
    let wording = Wording::new(run, context.lang);
    let findings: Vec<_> = run.audit.findings().collect();
    let args = [("n", findings.len().into()), ("checks", run.audit.checks.len().into())];
    screen.line(&screen.tone(Tone::Strong, &screen.say("audit-title", &args)));
    for check in findings {
        screen.line(&format!("  {} {}", screen.tone(Tone::Alert, "!"), wording.check(check)));
        for figure in check.published.iter().chain(&check.counted.figures).take(4) {
            screen.line(&screen.tone(Tone::Faint, &format!("      {}: «{}»", figure.place, figure.quote)));
        }
    }
    screen.line("");
}
