//! Fits `models/programme/kind.toml` on the units of the train split: `cargo run --example train-programme -- DIR [FILE]`.
//!
//! Prints the promise F1 and the accuracy of kinds of a cross-validation that leaves out one document at a time.

use saual::analysis::Analyzer;
use saual::programme::kind::{Kind, KindModel, KindWeights};
use saual::programme::segment::Outliner;
use saual::training::kind::fit_kinds;
use std::collections::BTreeMap;
use std::path::Path;

type Row = (BTreeMap<String, f64>, Kind);

/// Strength of the quadratic penalty.
const PENALTY: f64 = 1.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("usage: train-programme DIR [FILE]")?;
    let out = args.next().unwrap_or_else(|| "models/programme/kind.toml".to_owned());
    let gold = std::fs::read_to_string(Path::new(&folder).join("gold/clauses.jsonl"))?;
    let mut labels: BTreeMap<String, Vec<(usize, Kind)>> = BTreeMap::new();
    for line in gold.lines() {
        let unit: serde_json::Value = serde_json::from_str(line)?;
        if unit["split"] == "train" {
            let start = usize::try_from(unit["start"].as_u64().ok_or("start")?)?;
            let kind: Kind = serde_json::from_value(unit["kind"].clone())?;
            labels.entry(unit["document"].as_str().ok_or("document")?.to_owned()).or_default().push((start, kind));
        }
    }
    let (analyzer, outliner) = (Analyzer::default(), Outliner::bundled()?);
    let model = KindModel::new(&KindWeights::default())?;
    let mut documents: Vec<Vec<Row>> = Vec::new();
    for (document, units) in &labels {
        let text = std::fs::read_to_string(Path::new(&folder).join(format!("programmes/{document}.txt")))?;
        let outline = outliner.outline(&text, &analyzer);
        let rows =
            model.features(&text, &outline).into_iter().zip(&outline.segments).filter_map(|(features, segment)| {
                // A unit that the gold does not cut has the label of the unit that it is part of.
                units.iter().rev().find(|(start, _)| *start <= segment.content.start).map(|(_, kind)| (features, *kind))
            });
        documents.push(rows.collect());
    }
    let (mut both, mut found, mut wanted, mut right, mut all) = (0, 0, 0, 0, 0);
    for left_out in 0..documents.len() {
        let others = documents.iter().enumerate().filter(|(place, _)| *place != left_out);
        let rows: Vec<Row> = others.flat_map(|(_, rows)| rows.clone()).collect();
        let model = KindModel::new(&fit_kinds(&rows, PENALTY))?;
        for (features, kind) in &documents[left_out] {
            let judged = model.judge(features).kind;
            both += usize::from(judged == Kind::Pledge && *kind == Kind::Pledge);
            found += usize::from(judged == Kind::Pledge);
            wanted += usize::from(*kind == Kind::Pledge);
            right += usize::from(judged == *kind);
            all += 1;
        }
    }
    println!("left out: promises {both} of {wanted}, {found} found; kinds right {right} of {all}");
    let weights = fit_kinds(&documents.concat(), PENALTY);
    std::fs::write(out, toml::to_string(&weights)?)?;
    Ok(())
}
