//! One row being read into a record: each access names its column, each fault is noted, and a faulty row is not given out.

use super::problem::{Fault, Problem};
use super::project::Extra;
use super::table::{Cell, LONGEST_TEXT, RawRow};
use super::when::{self, When};

/// The longest id, in bytes.
const LONGEST_ID: usize = 200;
/// Figures are counts of people and papers.
const LARGEST_NUMBER: f64 = 1e15;

/// Reads the cells of one row.
pub struct Row<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    line: u64,
    cells: Vec<(String, Cell)>,
    problems: &'a mut Vec<Problem>,
    sound: bool,
}

impl<'a> Row<'a> {
    /// A reader over `raw` that notes faults in `problems`.
    pub fn new(file: &'a str, sheet: Option<&'a str>, raw: RawRow, problems: &'a mut Vec<Problem>) -> Self {
        Self { file, sheet, line: raw.line, cells: raw.cells, problems, sound: true }
    }

    /// The line of the row.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Notes a fault of `column`; an error makes the row unusable.
    pub fn fault(&mut self, column: &str, fault: Fault) {
        let problem = Problem::in_file(self.file, fault).on_sheet(self.sheet.map(str::to_owned));
        let problem = problem.at_line(self.line).in_column(column);
        self.sound &= problem.severity == super::problem::Severity::Warning;
        self.problems.push(problem);
    }

    fn take(&mut self, column: &str) -> Option<Cell> {
        let place = self.cells.iter().position(|(name, _)| name == column)?;
        Some(self.cells.remove(place).1)
    }

    /// The trimmed text of a column, empty where there is none.
    pub fn text(&mut self, column: &str) -> String {
        let text = match self.take(column) {
            Some(Cell::Text(text)) => text.trim().to_owned(),
            Some(Cell::List(_)) => {
                self.fault(column, Fault::NotText { found: "a list".into() });
                String::new()
            }
            None => String::new(),
        };
        if text.len() > LONGEST_TEXT {
            self.fault(column, Fault::TextTooLong { kilobytes: text.len() >> 10, limit: LONGEST_TEXT >> 10 });
            return String::new();
        }
        text
    }

    /// The text of a column as it stands, white space and all, so that spans are those of the source; empty where there are no words.
    pub fn verbatim(&mut self, column: &str) -> String {
        let place = self.cells.iter().find(|(name, _)| name == column);
        let whole = place.and_then(|(_, cell)| if let Cell::Text(text) = cell { Some(text.clone()) } else { None });
        if self.text(column).is_empty() { String::new() } else { whole.unwrap_or_default() }
    }

    /// [`Self::verbatim`] of a column that must not be empty.
    pub fn verbatim_required(&mut self, column: &str) -> String {
        let before = self.problems.len();
        let text = self.verbatim(column);
        if text.is_empty() && self.problems.len() == before {
            self.fault(column, Fault::Empty);
        }
        text
    }

    /// The text of a column that must not be empty.
    pub fn required(&mut self, column: &str) -> String {
        let before = self.problems.len();
        let text = self.text(column);
        if text.is_empty() && self.problems.len() == before {
            self.fault(column, Fault::Empty);
        }
        text
    }

    /// An identifier: not empty, no white space or control characters.
    pub fn id(&mut self, column: &str) -> String {
        let id = self.required(column);
        if id.len() > LONGEST_ID || id.contains(|c: char| c.is_whitespace() || c.is_control()) {
            self.fault(column, Fault::IdBroken { value: id.clone() });
        }
        id
    }

    /// A list: a jsonl array, or members parted by `;`.
    pub fn list(&mut self, column: &str) -> Vec<String> {
        let members = match self.take(column) {
            Some(Cell::List(members)) => members,
            Some(Cell::Text(text)) if text.len() > LONGEST_TEXT => {
                self.fault(column, Fault::TextTooLong { kilobytes: text.len() >> 10, limit: LONGEST_TEXT >> 10 });
                Vec::new()
            }
            Some(Cell::Text(text)) => text.split(';').map(str::to_owned).collect(),
            None => Vec::new(),
        };
        members.into_iter().map(|member| member.trim().to_owned()).filter(|member| !member.is_empty()).collect()
    }

    /// A day or a period; `None` where the cell is empty.
    pub fn when(&mut self, column: &str) -> Option<When> {
        let text = self.text(column);
        let when = When::parse(&text);
        if when.is_none() && !text.is_empty() {
            let reversed = text
                .split_once('/')
                .is_some_and(|(from, to)| when::day(from) > when::day(to) && when::day(to).is_some());
            self.fault(
                column,
                if reversed { Fault::PeriodReversed { value: text } } else { Fault::NotADate { value: text } },
            );
        }
        when
    }

    /// One of a closed list of values; `None` where the cell is empty.
    pub fn choice<T: Copy>(&mut self, column: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(column);
        let chosen = choices.iter().find(|(name, _)| text.to_lowercase() == *name).map(|(_, value)| *value);
        if chosen.is_none() && !text.is_empty() {
            let choices = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            self.fault(column, Fault::NotAChoice { value: text, choices });
        }
        chosen
    }

    /// A number that must be there; a comma may stand for the decimal point.
    pub fn number(&mut self, column: &str) -> f64 {
        let text = self.required(column);
        // `1,000` may be a thousand or one: that is for its author to say.
        let ambiguous = text.split_once(',').is_some_and(|(_, rest)| rest.len() == 3);
        match text.replace(',', ".").parse::<f64>() {
            Ok(number) if number.abs() < LARGEST_NUMBER && !ambiguous => number,
            _ => {
                if !text.is_empty() {
                    self.fault(column, Fault::NotANumber { value: text });
                }
                0.0
            }
        }
    }

    /// What no column above has taken, and whether the row can be used.
    pub fn finish(self) -> Option<Extra> {
        let extra = self.cells.into_iter().map(|(name, cell)| match cell {
            Cell::Text(text) => (name, text),
            Cell::List(members) => (name, members.join(";")),
        });
        let extra = extra.filter(|(_, text)| !text.is_empty()).collect();
        self.sound.then_some(extra)
    }
}
