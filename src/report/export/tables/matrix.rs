//! `matrix`: a row for every promise, and one for every person without any.

use super::Tables;
use crate::evidence::{Act, ActKind, Cell, Empty, Status};
use crate::id::OwnerId;
use crate::ingest::Availability;
use crate::report::export::table::{Column, Kind, Table, Value};
use std::collections::BTreeSet;

const COLUMNS: [Column; 18] = [
    Column::new("owner", Kind::Text),
    Column::new("owner_name", Kind::Text),
    Column::new("promise", Kind::Text),
    Column::new("text", Kind::Prose),
    Column::new("status", Kind::Code("status")),
    Column::new("empty_because", Kind::Code("empty")),
    Column::new("initiated", Kind::Count),
    Column::new("co_signed", Kind::Count),
    Column::new("replies", Kind::Count),
    Column::new("meetings", Kind::Count),
    Column::new("outcomes", Kind::Count),
    Column::new("confirmed", Kind::Count),
    Column::new("awaiting_review", Kind::Count),
    Column::new("best_probability", Kind::Number),
    Column::new("inquiries", Kind::List),
    Column::new("testability", Kind::Code("testability")),
    Column::new("origin", Kind::Code("clause-origin")),
    Column::new("source_url", Kind::Url),
];

impl Tables<'_> {
    /// The evidence matrix.
    pub fn matrix(&self) -> Table<'_> {
        Table::new("matrix", COLUMNS.to_vec(), move || {
            let cells = self.run.matrix.cells.iter().map(|cell| self.matrix_row(cell));
            Box::new(cells.chain(self.run.matrix.without_promises.iter().map(|without| {
                let status = match without.obtained {
                    Some(Availability::NotObtained) => Status::ProgrammeNotObtained.code(),
                    _ => "",
                };
                let owner = without.person.as_str();
                let mut row = vec![Value::Empty; COLUMNS.len()];
                row[0] = Value::text(owner);
                row[1] = Value::text(self.wording.owner(owner));
                row[4] = Value::text(status);
                row[5] = Value::text("no_promises_known");
                row[17] = self.programme_url(&OwnerId::from(&without.person));
                row
            })))
        })
    }

    fn matrix_row<'b>(&'b self, cell: &'b Cell) -> Vec<Value<'b>> {
        let clause = self.clause(cell.promise());
        let inquiries: BTreeSet<&str> =
            cell.acts().iter().filter_map(Act::inquiry).map(crate::id::InquiryId::as_str).collect();
        let confirmed = cell.acts().iter().filter(|act| act.confirmed_by().is_some()).count();
        vec![
            Value::text(cell.owner().as_str()),
            Value::text(self.wording.owner(cell.owner().as_str())),
            Value::text(cell.promise().as_str()),
            Value::maybe(clause.map(|clause| clause.text.as_str())),
            Value::text(cell.status().code()),
            Value::maybe(cell.empty().map(Empty::code)),
            cell.count(ActKind::Initiated).into(),
            cell.count(ActKind::CoSigned).into(),
            cell.count(ActKind::Reply).into(),
            cell.count(ActKind::Meeting).into(),
            cell.count(ActKind::Outcome).into(),
            confirmed.into(),
            cell.awaiting_review().len().into(),
            cell.acts().iter().filter_map(Act::probability).reduce(f64::max).into(),
            Value::list(inquiries),
            Value::maybe(clause.and_then(|clause| clause.testability).map(crate::ingest::Testability::code)),
            Value::maybe(clause.and_then(|clause| clause.origin).map(crate::programme::ClauseOrigin::code)),
            self.programme_url(cell.owner()),
        ]
    }

    fn programme_url(&self, owner: &OwnerId) -> Value<'_> {
        let programme = self.run.project.programmes.iter().find(|programme| programme.owner == *owner);
        Value::maybe(programme.map(|programme| programme.source_url.as_str()))
    }
}
