//! `acts`: a row for every act behind the matrix, with its proof.

use super::Tables;
use crate::evidence::{Act, ActKind, Cell, Status};
use crate::report::export::table::{Column, Kind, Table, Value};

const COLUMNS: [Column; 13] = [
    Column::new("promise", Kind::Text),
    Column::new("owner", Kind::Text),
    Column::new("owner_name", Kind::Text),
    Column::new("kind", Kind::Code("act")),
    Column::new("person", Kind::Text),
    Column::new("person_name", Kind::Text),
    Column::new("date", Kind::Date),
    Column::new("inquiry", Kind::Text),
    Column::new("probability", Kind::Number),
    Column::new("confirmed_by", Kind::Count),
    Column::new("outcome", Kind::Code("status")),
    Column::new("quote", Kind::Prose),
    Column::new("source_url", Kind::Url),
];

impl Tables<'_> {
    /// Who did what about which promise, and what proves it.
    pub fn acts(&self) -> Table<'_> {
        Table::new("acts", COLUMNS.to_vec(), move || {
            let cells = self.run.matrix.cells.iter();
            Box::new(cells.flat_map(|cell| cell.acts().iter().map(|act| self.act_row(cell, act))))
        })
    }

    fn act_row<'b>(&'b self, cell: &'b Cell, act: &'b Act) -> Vec<Value<'b>> {
        let inquiry = act.inquiry().and_then(|id| self.inquiry(id));
        let outcome = act.rung().filter(|_| act.kind() == ActKind::Outcome);
        vec![
            Value::text(cell.promise().as_str()),
            Value::text(cell.owner().as_str()),
            Value::text(self.wording.owner(cell.owner().as_str())),
            Value::text(act.kind().code()),
            Value::maybe(act.person().map(crate::id::PersonId::as_str)),
            Value::maybe(act.person().map(|person| self.wording.owner(person.as_str()))),
            Value::maybe(act.date().map(|date| date.to_string())),
            Value::maybe(act.inquiry().map(crate::id::InquiryId::as_str)),
            act.probability().into(),
            act.confirmed_by().into(),
            Value::maybe(outcome.map(Status::code)),
            Value::maybe(act.quote()),
            Value::maybe(act.source_url().or(inquiry.map(|inquiry| inquiry.url.as_str()))),
        ]
    }
}
