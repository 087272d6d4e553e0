//! How the report was made: what the tables hold, how links were judged, how far people agree, how reliable probabilities are.

use super::super::chart::{self, Reliability};
use super::super::dates;
use super::super::markup::Voice;
use super::edition::Edition;
use crate::evidence::Verdict;
use crate::ingest::Extent;
use crate::linking::Zone;
use serde_json::{Value, json};

/// How far reviewers agree on grades. Measured elsewhere, told here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Pairs of inquiry and promise that two people or more judged.
    pub units: usize,
    /// The share of equal grades; `None` where nothing was judged twice.
    pub raw: Option<f64>,
    /// Krippendorff's alpha for ordinal values with its 95 % interval; `None` where it is not defined.
    pub alpha: Option<(f64, f64, f64)>,
}

/// The figures of the method's page.
pub fn figures(edition: &Edition<'_>, agreement: Option<&Agreement>) -> Value {
    let run = edition.run;
    let lang = edition.lang;
    let extent = |extent: Extent| match extent {
        Extent::Complete => "report-extent-complete",
        Extent::Partial => "report-extent-partial",
    };
    let coverage = &run.project.monitor.coverage;
    let suggested = run.links.iter().filter(|link| run.verdicts.zone(link) == Zone::Suggest).count();
    json!({
        "tables": [
            { "name": lang.text("report-table-people"), "rows": run.project.people.len(), "extent": "" },
            { "name": lang.text("report-table-promises"), "rows": run.rollup.all.promises, "extent": lang.text(extent(coverage.promises)) },
            { "name": lang.text("report-table-inquiries"), "rows": run.project.inquiries.len(), "extent": lang.text(extent(coverage.inquiries)) },
            { "name": lang.text("report-table-meetings"), "rows": run.project.meetings.len(), "extent": lang.text(extent(coverage.meetings)) },
            { "name": lang.text("report-table-outcomes"), "rows": run.project.outcomes.len(), "extent": "" },
            { "name": lang.text("report-table-responses"), "rows": run.project.responses.len(), "extent": "" },
            { "name": lang.text("report-table-published"), "rows": run.project.published.len(), "extent": "" },
        ],
        "recess": run.project.monitor.recess.iter().map(|part| dates::long(*part, lang)).collect::<Vec<_>>(),
        "pairs": run.links.len(),
        "suggested": suggested,
        "judged": run.verdicts.len(),
        "confirmed": run.rollup.all.confirmed,
        "suggested_only": run.rollup.all.suggested_only,
        "agreement": agreement.map(|agreement| json!({
            "units": agreement.units,
            "raw": agreement.raw.map(|raw| lang.percent(raw)),
            "alpha": agreement.alpha.map(|(value, _, _)| lang.number(value)),
            "low": agreement.alpha.map(|(_, low, _)| lang.number(low)),
            "high": agreement.alpha.map(|(_, _, high)| lang.number(high)),
        })),
    })
}

/// The reliability diagram, where people judged enough pairs.
pub fn reliability(edition: &Edition<'_>) -> Option<String> {
    let judged =
        edition.run.links.iter().filter_map(|link| match edition.run.verdicts.of(&link.inquiry, &link.promise)? {
            Verdict::Judged { grade, .. } => Some((link.probability, grade > 0)),
            Verdict::Disputed => None,
        });
    let judged: Vec<(f64, bool)> = judged.collect();
    let title = chart::text("report-reliability");
    Reliability::of("reliability", title, &judged).map(|diagram| diagram.to_html(Voice::One(edition.lang)))
}
