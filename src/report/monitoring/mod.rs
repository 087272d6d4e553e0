//! The monitoring report: one self-contained html file in one language, for a reader on a screen, on a telephone or on paper.
//!
//! Takes a [`Run`] and how far its reviewers agree; gives what an organisation publishes: summary, method, programmes, inquiries,
//! meetings, evidence, topics, replies, audit, recommendations, a profile of each deputy, and the rows behind every figure.
//! Promises: each count stands beside its denominator; people stand by name and never by count; what cannot be tested or was not
//! obtained is never shown as unfulfilled; no clock, no request. Knows nothing of: how anything was computed.

pub mod replies;
mod advice;
mod appendix;
mod edition;
mod evidence;
mod method;
mod profile;
mod subjects;
mod summary;

pub use method::Agreement;

use super::chart::PATTERNS;
use super::dates;
use super::markup::Voice;
use super::template::{environment, number_writer, render as fill, translator};
use crate::Result;
use crate::ingest::Extent;
use crate::locale::Lang;
use crate::run::Run;
use edition::Edition;
use minijinja::context;
use minijinja::value::{Serde, Value};

const TEMPLATES: [(&str, &str); 6] = [
    ("report.html", include_str!("../templates/report.html")),
    ("report-overview.html", include_str!("../templates/report-overview.html")),
    ("report-findings.html", include_str!("../templates/report-findings.html")),
    ("report-profiles.html", include_str!("../templates/report-profiles.html")),
    ("report-inquiries.html", include_str!("../templates/report-inquiries.html")),
    ("report-appendix.html", include_str!("../templates/report-appendix.html")),
];
const STYLES: [&str; 2] = [include_str!("../templates/report.css"), include_str!("../templates/chart.css")];

/// The report on `run` in `lang`; `agreement` says how far reviewers agree, where there are any.
///
/// # Errors
/// [`crate::Error::Internal`] for a fault of a template.
pub fn render(run: &Run, lang: Lang, agreement: Option<&Agreement>) -> Result<String> {
    let edition = Edition::new(run, lang);
    let monitor = &run.project.monitor;
    let said = |text: &crate::locale::Translated| text.in_lang(lang).to_owned();
    let data = |value: serde_json::Value| Value::from(Serde(value));
    let safe = |html: String| Value::from_safe_string(html);
    let values = context! {
        t => translator(Voice::One(lang)),
        number => number_writer(Voice::One(lang)),
        lang => lang.code(),
        css => safe(STYLES.concat()),
        notice => safe(css_text(&if monitor.fictional { lang.text("report-fictional-short") } else { said(&monitor.title) })),
        patterns => safe(PATTERNS.to_owned()),
        title => said(&monitor.title),
        parliament => said(&monitor.parliament),
        period => monitor.period.map(|period| dates::long(period, lang)),
        fictional => monitor.fictional,
        source_name => said(&monitor.source.name),
        source_url => web_address(&monitor.source.url),
        source_note => said(&monitor.source.note),
        partial => monitor.coverage.inquiries == Extent::Partial,
        problems => run.manifest.left_out,
        summary => data(summary::sentences(&edition)),
        method => data(method::figures(&edition, agreement)),
        reliability => method::reliability(&edition).map(safe),
        diagrams => data(edition.diagrams()),
        programmes => data(subjects::programmes(&edition)),
        factions => data(subjects::factions(&edition)),
        statuses => data(evidence::statuses(&edition)),
        by_faction => safe(evidence::by_faction(&edition)),
        matrix => data(evidence::matrix(&edition)),
        without => data(evidence::without(&edition)),
        heat => safe(subjects::heat(&edition)),
        topics => data(subjects::by_person(&edition)),
        topics_decided => run.project.inquiry_topics.len(),
        replies => data(subjects::replies(&edition)),
        replies_chart => safe(subjects::replies_chart(&edition)),
        audit => data(appendix::audit(&edition)),
        advice => data(advice::recommendations(&edition)),
        profiles => data(profile::people(&edition)),
        parties => data(profile::parties(&edition)),
        shapes => profile::shapes(lang).into_iter().map(safe).collect::<Vec<_>>(),
        links => data(appendix::links(&edition)),
        unnamed => data(appendix::unnamed(&edition)),
        published => data(appendix::published(&edition)),
        manifest => Value::from(Serde(&run.manifest)),
    };
    fill(&environment(&TEMPLATES)?, "report.html", values)
}

/// A text inside the quotation marks of a style sheet.
fn css_text(text: &str) -> String {
    let plain = |c: char| !c.is_control() && !matches!(c, '"' | '\\' | '<' | '>' | '&');
    text.chars().map(|c| if plain(c) { c } else { ' ' }).collect()
}

/// An address that a browser may follow; empty for anything else.
fn web_address(url: &str) -> &str {
    if url.starts_with("https://") || url.starts_with("http://") { url } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_leave_the_style_sheet() {
        assert_eq!(css_text("a\"}</style>\\\n"), "a } /style   ");
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert_eq!(["https://a.kz", "javascript:alert(1)", "data:x"].map(web_address), ["https://a.kz", "", ""]);
    }
}
