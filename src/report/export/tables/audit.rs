//! `audit`: a row for every relation that was tried on published figures, also those that hold.

use super::Tables;
use crate::report::export::table::{Column, Kind, Table, Value};
use crate::report::wording::distinct;

const COLUMNS: [Column; 10] = [
    Column::new("rule", Kind::Text),
    Column::new("holds", Kind::Flag),
    Column::new("measure", Kind::Text),
    Column::new("measure_name", Kind::Text),
    Column::new("group", Kind::Text),
    Column::new("group_name", Kind::Text),
    Column::new("published", Kind::List),
    Column::new("counted", Kind::Number),
    Column::new("sentence", Kind::Prose),
    Column::new("quotes", Kind::Prose),
];

impl Tables<'_> {
    /// All checks, findings first.
    pub fn audit(&self) -> Table<'_> {
        Table::new("audit", COLUMNS.to_vec(), move || {
            let checks = || self.run.audit.checks.iter();
            let findings_first = checks().filter(|check| !check.holds).chain(checks().filter(|check| check.holds));
            Box::new(findings_first.map(|check| {
                let published = distinct(check.published.iter().map(|figure| figure.value));
                let figures = check.published.iter().chain(&check.counted.figures);
                let quotes: Vec<String> = figures.map(|figure| self.wording.figure(figure)).collect();
                vec![
                    Value::text(check.rule.as_str()),
                    check.holds.into(),
                    Value::text(check.measure.as_str()),
                    Value::text(self.wording.measure(&check.measure)),
                    Value::text(check.group.as_str()),
                    Value::text(self.wording.group(&check.group)),
                    Value::List(published.into_iter().map(|value| value.to_string().into()).collect()),
                    check.counted.value.into(),
                    Value::text(self.wording.check(check)),
                    Value::text(quotes.join("\n")),
                ]
            }))
        })
    }
}
