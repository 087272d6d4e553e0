//! `saual eval DIR`: links and topics against gold.

use super::suggested_run;
use crate::cli::args::RunArgs;
use crate::cli::screen::{Screen, Tone};
use crate::cli::{Outcome, settings::Context};
use crate::evaluation::topic::{TopicRow, TopicScores};
use crate::evaluation::{Estimate, Evaluation, Gold, TrecRun, evaluate_with};
use crate::locale::Lang;
use crate::{Error, Result};
use std::path::{Path, PathBuf};

/// Metrics of the printed table; `--json` has all.
const SHOWN: [&str; 9] = ["AP", "nDCG@5", "R@1", "R@3", "MRR", "no-link AUROC", "best F1", "AP_cross", "AP_mono"];

/// Metrics of the slices' and ablations' tables.
const SHOWN_OF_PARTS: [&str; 4] = ["AP", "nDCG@5", "R@1", "no-link AUROC"];

/// What to measure.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Owners to judge.
    pub split: Option<&'a str>,
    /// What each comparison adds.
    pub ablate: bool,
    /// Files with other systems' runs.
    pub trec: &'a [PathBuf],
}

/// Runs, measures, prints.
pub fn run(dir: &Path, options: &RunArgs, wanted: Wanted<'_>, context: &Context) -> Result<Outcome> {
    let trec = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).map_err(Error::file(file))?;
        TrecRun::parse(&text, &file.display().to_string())
    };
    let runs = wanted.trec.iter().map(trec).collect::<Result<_>>()?;
    let split = wanted.split;
    let wanted = crate::evaluation::Wanted { ablations: wanted.ablate, runs };
    let run = suggested_run(dir, options, context)?;
    let gold = Gold::load(dir, &run.project, &run.clauses)?;
    let evaluation = evaluate_with(&run, &gold, split.unwrap_or(gold.default_split()), &wanted)?;
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
                .chain(SHOWN.map(|name| of(name).map(|estimate| value(estimate, context.lang)).unwrap_or_default()))
                .collect(),
        );
        rows.push(
            std::iter::once(String::new())
                .chain(SHOWN.map(|name| of(name).map(|estimate| interval(estimate, context.lang)).unwrap_or_default()))
                .collect(),
        );
    }
    screen.table(&rows);
    if let Some(own) = evaluation.systems.first() {
        let of =
            |wanted: &str| own.metrics.iter().find(|(name, _)| *name == wanted).map(|(_, e)| shown(*e, context.lang));
        let calibration = ["F1@0.5", "Brier", "ECE"].map(|name| format!("{name} {}", of(name).unwrap_or_default()));
        screen.line(&format!("  {}", calibration.join(" · ")));
    }
    screen.line(&format!("  {}", screen.tone(Tone::Faint, &context.lang.text("eval-interval"))));
    parts(&evaluation, &screen, context);
    if let Some(topics) = &evaluation.topics {
        screen.line("");
        print_topics(topics, &screen, context.lang);
    }
    Ok(Outcome::Done)
}

/// Prints how well topics are told.
pub(super) fn print_topics(topics: &TopicScores, screen: &Screen, lang: Lang) {
    let title = screen.say("eval-topics", &[("f1", shown(topics.macro_f1, lang).into())]);
    screen.line(&screen.tone(Tone::Strong, &title));
    let share = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| lang.rounded(value, 2));
    let header = ["", "gold", "predicted", "precision", "recall", "F1"].map(str::to_owned).to_vec();
    let row = |row: &TopicRow| {
        let counts = [row.topic.to_string(), row.gold.to_string(), row.predicted.to_string()];
        counts.into_iter().chain([row.precision, row.recall, row.f1].map(share)).collect()
    };
    screen.table(&std::iter::once(header).chain(topics.topics.iter().map(row)).collect::<Vec<_>>());
}

/// Prints the slices, and what each comparison adds.
fn parts(evaluation: &Evaluation, screen: &Screen, context: &Context) {
    let of = |metrics: &[(&'static str, Estimate)]| {
        let named = |wanted: &str| metrics.iter().find(|(name, _)| *name == wanted).map(|(_, estimate)| *estimate);
        let cell = |estimate: Estimate| shown(estimate, context.lang);
        SHOWN_OF_PARTS.map(|name| named(name).map(cell).unwrap_or_default())
    };
    let table = |title: &str, rows: Vec<(String, [String; SHOWN_OF_PARTS.len()])>| {
        screen.line("");
        screen.line(&screen.tone(Tone::Strong, &context.lang.text(title)));
        let header = std::iter::once(String::new()).chain(SHOWN_OF_PARTS.map(str::to_owned)).collect::<Vec<_>>();
        let rows = rows.into_iter().map(|(name, cells)| std::iter::once(name).chain(cells).collect());
        screen.table(&std::iter::once(header).chain(rows).collect::<Vec<_>>());
    };
    let slice = |slice: &crate::evaluation::slices::Slice| {
        (format!("{} ({}, {})", slice.name, slice.inquiries, slice.links), of(&slice.metrics))
    };
    table("eval-slices", evaluation.slices.iter().map(slice).collect());
    if !evaluation.ablations.is_empty() {
        let rows = evaluation.ablations.iter().map(|row| (row.comparison.to_owned(), of(&row.gain)));
        table("eval-ablations", rows.collect());
    }
}

/// Prints figures, as JSON or a row each under headings that are given by their keys.
pub(super) fn print_figures<T: serde::Serialize>(
    figures: &[T],
    headings: &[&str],
    row: impl Fn(&T) -> Vec<String>,
    context: &Context,
) {
    let screen = context.screen();
    if context.json {
        screen.json(&figures);
    } else {
        screen.headed_table(headings, figures.iter().map(row));
    }
}

fn shown(estimate: Estimate, lang: Lang) -> String {
    format!("{} {}", value(estimate, lang), interval(estimate, lang))
}

pub(super) fn value(estimate: Estimate, lang: Lang) -> String {
    if estimate.value.is_finite() { lang.rounded(estimate.value, 3) } else { "–".to_owned() }
}

/// `[0.55, 0.65]`; where decimals stand behind a comma, a semicolon parts the two.
pub(super) fn interval(estimate: Estimate, lang: Lang) -> String {
    if !estimate.low.is_finite() {
        return String::new();
    }
    let part = if lang == Lang::En { ", " } else { "; " };
    format!("[{}{part}{}]", lang.rounded(estimate.low, 2), lang.rounded(estimate.high, 2))
}
