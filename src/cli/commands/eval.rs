//! `saual eval DIR`: links and topics against gold.

use super::complete_run;
use crate::Result;
use crate::cli::args::RunArgs;
use crate::cli::screen::Tone;
use crate::cli::{Outcome, settings::Context};
use crate::evaluation::{Estimate, Gold, evaluate};
use std::path::Path;

/// Metrics of the printed table; `--json` has all.
const SHOWN: [&str; 9] = ["AP", "nDCG@5", "R@1", "R@3", "MRR", "no-link AUROC", "best F1", "AP_cross", "AP_mono"];

/// Runs, measures, prints.
pub fn run(dir: &Path, options: &RunArgs, split: Option<&str>, context: &Context) -> Result<Outcome> {
    let run = complete_run(dir, options, context)?;
    let gold = Gold::load(dir, &run.project, &run.clauses)?;
    let default = if gold.splits.is_empty() { "all" } else { "dev" };
    let evaluation = evaluate(&run, &gold, split.unwrap_or(default))?;
    let screen = context.screen();
    if context.json {
        screen.json(&evaluation);
        return Ok(Outcome::Done);
    }
    let args = [
        ("split", evaluation.split.as_str().into()),
        ("inquiries", evaluation.inquiries.into()),
        ("linked", evaluation.linked_inquiries.into()),
        ("pairs", evaluation.pairs.into()),
        ("links", evaluation.links.into()),
    ];
    screen.line(&screen.tone(Tone::Strong, &screen.say("eval-title", &args)));
    let header = std::iter::once(String::new()).chain(SHOWN.map(str::to_owned)).collect();
    let mut rows: Vec<Vec<String>> = vec![header];
    for system in &evaluation.systems {
        let of = |wanted: &str| system.metrics.iter().find(|(name, _)| *name == wanted).map(|(_, estimate)| *estimate);
        rows.push(
            std::iter::once(system.name.clone())
                .chain(SHOWN.map(|name| of(name).map(value).unwrap_or_default()))
                .collect(),
        );
        rows.push(
            std::iter::once(String::new())
                .chain(SHOWN.map(|name| of(name).map(interval).unwrap_or_default()))
                .collect(),
        );
    }
    screen.table(&rows);
    if let Some(own) = evaluation.systems.first() {
        let of = |wanted: &str| {
            own.metrics.iter().find(|(name, _)| *name == wanted).map(|(_, e)| format!("{} {}", value(*e), interval(*e)))
        };
        let calibration = ["F1@0.5", "Brier", "ECE"].map(|name| format!("{name} {}", of(name).unwrap_or_default()));
        screen.line(&format!("  {}", calibration.join(" · ")));
    }
    screen.line(&format!("  {}", screen.tone(Tone::Faint, &context.lang.text("eval-interval"))));
    if let Some(topics) = &evaluation.topics {
        screen.line("");
        screen.line(
            &screen.tone(Tone::Strong, &screen.say("eval-topics", &[("f1", format!("{:.3}", topics.macro_f1).into())])),
        );
        let share = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
        let header = ["", "gold", "predicted", "precision", "recall", "F1"].map(str::to_owned).to_vec();
        let row = |row: &crate::evaluation::topic::TopicRow| {
            vec![
                row.topic.to_string(),
                row.gold.to_string(),
                row.predicted.to_string(),
                share(row.precision),
                share(row.recall),
                share(row.f1),
            ]
        };
        screen.table(&std::iter::once(header).chain(topics.topics.iter().map(row)).collect::<Vec<_>>());
    }
    Ok(Outcome::Done)
}

pub(super) fn value(estimate: Estimate) -> String {
    if estimate.value.is_finite() { format!("{:.3}", estimate.value) } else { "–".to_owned() }
}

pub(super) fn interval(estimate: Estimate) -> String {
    if estimate.low.is_finite() { format!("[{:.2}, {:.2}]", estimate.low, estimate.high) } else { String::new() }
}
