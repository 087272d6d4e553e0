//! `meetings`: a row for every meeting with voters.

use super::Tables;
use crate::evidence::rollup::faction;
use crate::id::ClauseId;
use crate::report::export::table::{Column, Kind, Table, Value};

const COLUMNS: [Column; 9] = [
    Column::new("person", Kind::Text),
    Column::new("person_name", Kind::Text),
    Column::new("faction", Kind::Text),
    Column::new("date", Kind::Date),
    Column::new("place", Kind::Text),
    Column::new("in_district", Kind::Flag),
    Column::new("promises", Kind::List),
    Column::new("quote", Kind::Prose),
    Column::new("source_url", Kind::Url),
];

impl Tables<'_> {
    /// All meetings.
    pub fn meetings(&self) -> Table<'_> {
        Table::new("meetings", COLUMNS.to_vec(), move || {
            Box::new(self.run.project.meetings.iter().map(|meeting| {
                let person = self.run.project.person(&meeting.person);
                vec![
                    Value::text(meeting.person.as_str()),
                    Value::text(self.wording.owner(meeting.person.as_str())),
                    Value::maybe(person.map(|person| self.wording.owner(faction(person)))),
                    Value::maybe(meeting.date.map(|date| date.to_string())),
                    Value::text(meeting.place.as_str()),
                    meeting.in_district.into(),
                    Value::list(meeting.promises.iter().map(ClauseId::as_str)),
                    Value::text(meeting.quote.as_str()),
                    Value::text(meeting.source_url.as_str()),
                ]
            }))
        })
    }
}
