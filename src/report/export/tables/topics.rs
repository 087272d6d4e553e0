//! `topics`: a row for every inquiry and topic of the taxonomy.

use super::Tables;
use crate::evidence::rollup::faction;
use crate::report::export::table::{Column, Kind, Table, Value};

const COLUMNS: [Column; 11] = [
    Column::new("inquiry", Kind::Text),
    Column::new("date", Kind::Date),
    Column::new("initiator_name", Kind::Text),
    Column::new("faction", Kind::Text),
    Column::new("title", Kind::Prose),
    Column::new("topic", Kind::Text),
    Column::new("topic_name", Kind::Text),
    Column::new("label", Kind::Flag),
    Column::new("probability", Kind::Number),
    Column::new("score", Kind::Number),
    Column::new("cues", Kind::List),
];

impl Tables<'_> {
    /// Which topics each inquiry touches.
    pub fn topics(&self) -> Table<'_> {
        Table::new("topics", COLUMNS.to_vec(), move || {
            let rows = self.run.project.inquiries.iter().zip(&self.run.topics);
            Box::new(rows.flat_map(move |(inquiry, scores)| {
                let initiator = inquiry.initiator.as_ref();
                let person = initiator.and_then(|person| self.run.project.person(person));
                scores.iter().zip(&self.run.taxonomy.topics).map(move |(score, topic)| {
                    vec![
                        Value::text(inquiry.id.as_str()),
                        Value::maybe(inquiry.date.map(|date| date.to_string())),
                        Value::maybe(initiator.map(|person| self.wording.owner(person.as_str()))),
                        Value::maybe(person.map(|person| self.wording.owner(faction(person)))),
                        Value::text(inquiry.title.as_str()),
                        Value::text(score.topic.as_str()),
                        Value::text(topic.name.in_lang(self.lang)),
                        score.label.into(),
                        score.probability.into(),
                        score.score.into(),
                        Value::list(score.cues.iter().map(|cue| cue.cue.as_str())),
                    ]
                })
            }))
        })
    }
}
