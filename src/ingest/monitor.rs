//! `monitor.toml`: what is monitored.

use super::problem::{Fault, Problem};
use super::when::{self, When};
use crate::locale::Translated;
use serde::{Deserialize, Serialize};

/// The project's own description.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Monitor {
    /// The project's title.
    pub title: Translated,
    /// The parliament or council.
    pub parliament: Translated,
    /// The period under monitoring.
    pub period: Option<When>,
    /// Languages of the texts.
    pub languages: Vec<String>,
    /// Recesses within the period.
    pub recess: Vec<When>,
    /// Days within which an inquiry is to be answered, counted from the day after its own; `None` where no rule is known.
    pub reply_days: Option<u16>,
    /// Which tables hold everything there is and which only a part.
    pub coverage: Coverage,
    /// True where people and texts are invented.
    pub fictional: bool,
    /// Where the data come from.
    pub source: DataSource,
}

/// How much of the world a table holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// Everything: its rows can be counted against published totals.
    #[default]
    Complete,
    /// A part: absence of a row says nothing.
    Partial,
}

/// The extent of the tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "the tables' names")]
pub struct Coverage {
    pub inquiries: Extent,
    pub meetings: Extent,
    pub promises: Extent,
}

/// Where the data of a project come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "plain words")]
pub struct DataSource {
    pub name: Translated,
    pub url: String,
    pub note: Translated,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Translated,
    #[serde(default)]
    parliament: Translated,
    period: Option<Period>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    recess: Vec<Period>,
    reply_days: Option<u16>,
    #[serde(default)]
    coverage: Coverage,
    #[serde(default)]
    fictional: bool,
    #[serde(default)]
    source: DataSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    from: Day,
    to: Day,
}

/// A day as a text or as TOML's own date: `'2026-01-01'` or `2026-01-01`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Day {
    Text(String),
    Date(toml::value::Datetime),
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => write!(f, "{date}"),
        }
    }
}

impl Monitor {
    /// The file's name in every project.
    pub const FILE: &'static str = "monitor.toml";

    /// Reads the file's text; faults go to `problems`.
    pub fn parse(text: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                problems.push(toml_problem(Self::FILE, text, &error));
                return None;
            }
        };
        let mut read = |period: &Period, column: &str| read_period(period, column, problems);
        let period = file.period.as_ref().and_then(|period| read(period, "period"));
        let recess = file.recess.iter().filter_map(|period| read(period, "recess")).collect();
        Some(Self {
            title: file.title,
            parliament: file.parliament,
            period,
            languages: file.languages,
            recess,
            reply_days: file.reply_days,
            coverage: file.coverage,
            fictional: file.fictional,
            source: file.source,
        })
    }
}

fn read_period(period: &Period, column: &str, problems: &mut Vec<Problem>) -> Option<When> {
    let (from, to) = (period.from.to_string(), period.to.to_string());
    let fault = match (when::day(&from), when::day(&to)) {
        (Some(from), Some(to)) if from <= to => return Some(When { from, to }),
        (Some(_), Some(_)) => Fault::PeriodReversed { value: format!("{from}/{to}") },
        (None, _) => Fault::NotADate { value: from },
        (_, None) => Fault::NotADate { value: to },
    };
    problems.push(Problem::in_file(Monitor::FILE, fault).in_column(column));
    None
}

/// A toml error as a problem with its line.
pub fn toml_problem(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let problem = Problem::in_file(file, Fault::NotToml { reason: error.message().to_owned() });
    match error.span() {
        Some(span) => problem.at_line(1 + text[..span.start.min(text.len())].matches('\n').count() as u64),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_may_be_texts_or_dates_of_toml() {
        let mut problems = Vec::new();
        for period in ["{ from = 2026-01-01, to = 2026-12-31 }", "{ from = '2026-01-01', to = '2026-12-31' }"] {
            let monitor = Monitor::parse(&format!("title = {{ kk = 'A' }}\nperiod = {period}"), &mut problems);
            let period = monitor.and_then(|monitor| monitor.period).map(|period| period.to_string());
            assert_eq!((period.as_deref(), problems.len()), (Some("2026-01-01/2026-12-31"), 0));
        }
        Monitor::parse("title = { kk = 'A' }\nperiod = { from = 2026-01-01T10:00:00, to = 3 }", &mut problems);
        assert_eq!(problems.len(), 1);
    }
}
