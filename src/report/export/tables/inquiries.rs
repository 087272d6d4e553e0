//! `inquiries`: a row for every inquiry, with its topics and the promises it speaks for.

use super::Tables;
use crate::evidence::rollup::faction;
use crate::id::PersonId;
use crate::ingest::{Inquiry, project::TextLanguage};
use crate::report::export::table::{Column, Kind, Table, Value};
use crate::topics::TopicScore;
use std::collections::BTreeMap;

const COLUMNS: [Column; 14] = [
    Column::new("inquiry", Kind::Text),
    Column::new("date", Kind::Date),
    Column::new("lang", Kind::Text),
    Column::new("initiator", Kind::Text),
    Column::new("initiator_name", Kind::Text),
    Column::new("faction", Kind::Text),
    Column::new("cosigners", Kind::List),
    Column::new("addressee", Kind::Text),
    Column::new("title", Kind::Prose),
    Column::new("topics", Kind::List),
    Column::new("promises", Kind::List),
    Column::new("answered", Kind::Flag),
    Column::new("reply_date", Kind::Date),
    Column::new("url", Kind::Url),
];

impl Tables<'_> {
    /// All inquiries. `promises` are those whose cell rests on the inquiry.
    pub fn inquiries(&self) -> Table<'_> {
        Table::new("inquiries", COLUMNS.to_vec(), move || {
            let mut promises: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for cell in &self.run.matrix.cells {
                for inquiry in cell.acts().iter().filter_map(|act| act.inquiry()) {
                    let proved = promises.entry(inquiry.as_str()).or_default();
                    if proved.last() != Some(&cell.promise().as_str()) {
                        proved.push(cell.promise().as_str());
                    }
                }
            }
            let rows = self.run.project.inquiries.iter().zip(&self.run.topics);
            Box::new(rows.map(move |(inquiry, topics)| {
                let promises = promises.get(inquiry.id.as_str()).cloned().unwrap_or_default();
                self.inquiry_row(inquiry, topics, promises)
            }))
        })
    }

    fn inquiry_row<'b>(
        &'b self,
        inquiry: &'b Inquiry,
        topics: &'b [TopicScore],
        promises: Vec<&'b str>,
    ) -> Vec<Value<'b>> {
        let initiator = inquiry.initiator.as_ref();
        let person = initiator.and_then(|person| self.run.project.person(person));
        let labels = topics.iter().filter(|score| score.label).map(|score| score.topic.as_str());
        vec![
            Value::text(inquiry.id.as_str()),
            Value::maybe(inquiry.date.map(|date| date.to_string())),
            Value::maybe(inquiry.lang.map(TextLanguage::code)),
            Value::maybe(initiator.map(PersonId::as_str)),
            Value::maybe(initiator.map(|person| self.wording.owner(person.as_str()))),
            Value::maybe(person.map(|person| self.wording.owner(faction(person)))),
            Value::list(inquiry.cosigners.iter().map(PersonId::as_str)),
            Value::text(inquiry.addressee.as_str()),
            Value::text(inquiry.title.as_str()),
            Value::list(labels),
            Value::list(promises),
            Value::Flag(!inquiry.reply_text.is_empty()),
            Value::maybe(inquiry.reply_date.map(|date| date.to_string())),
            Value::text(inquiry.url.as_str()),
        ]
    }
}
