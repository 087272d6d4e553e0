//! `links`: a row for every scored pair, the score taken apart to the right.

use super::Tables;
use crate::evidence::Verdict;
use crate::linking::{COMPARISONS, Link, SharedWord};
use crate::report::export::table::{Column, Kind, Table, Value, WEIGHT};

const COLUMNS: [Column; 18] = [
    Column::new("inquiry", Kind::Text),
    Column::new("date", Kind::Date),
    Column::new("initiator_name", Kind::Text),
    Column::new("title", Kind::Prose),
    Column::new("promise", Kind::Text),
    Column::new("owner", Kind::Text),
    Column::new("owner_name", Kind::Text),
    Column::new("text", Kind::Prose),
    Column::new("probability", Kind::Number),
    Column::new("zone", Kind::Code("zone")),
    Column::new("verdict", Kind::Code("verdict")),
    Column::new("judged_by", Kind::Count),
    Column::new("scope", Kind::Code("level")),
    Column::new("role", Kind::Code("level-role")),
    Column::new("words", Kind::List),
    Column::new("url", Kind::Url),
    Column::new("model", Kind::Text),
    Column::new("score", Kind::Number),
];

impl Tables<'_> {
    /// The links that are `shown`. Score = sum of the columns that begin with [`WEIGHT`].
    pub fn links<'b>(&'b self, shown: impl Fn(&Link) -> bool + Copy + 'b) -> Table<'b> {
        let weights = std::iter::once("prior").chain(COMPARISONS);
        let weights = weights.map(|name| Column { name: format!("{WEIGHT}{name}").into(), kind: Kind::Number });
        let columns = COLUMNS.into_iter().chain(weights).collect();
        Table::new("links", columns, move || {
            let shown = self.run.links.iter().filter(move |link| shown(link));
            Box::new(shown.map(|link| self.link_row(link)))
        })
    }

    fn link_row<'b>(&'b self, link: &'b Link) -> Vec<Value<'b>> {
        let inquiry = self.inquiry(&link.inquiry);
        let clause = self.clause(&link.promise);
        let initiator = inquiry.and_then(|inquiry| inquiry.initiator.as_ref());
        let (verdict, reviewers) = match self.run.verdicts.of(&link.inquiry, &link.promise) {
            None => (None, None),
            Some(Verdict::Disputed) => (Some("disputed"), None),
            Some(Verdict::Judged { grade, reviewers }) => {
                let grade = ["none", "partial", "direct"][usize::from(grade.min(2))];
                (Some(grade), Some(reviewers))
            }
        };
        let mut row = vec![
            Value::text(link.inquiry.as_str()),
            Value::maybe(inquiry.and_then(|inquiry| inquiry.date).map(|date| date.to_string())),
            Value::maybe(initiator.map(|person| self.wording.owner(person.as_str()))),
            Value::maybe(inquiry.map(|inquiry| inquiry.title.as_str())),
            Value::text(link.promise.as_str()),
            Value::maybe(clause.map(|clause| clause.owner.as_str())),
            Value::maybe(clause.map(|clause| self.wording.owner(clause.owner.as_str()))),
            Value::maybe(clause.map(|clause| clause.text.as_str())),
            link.probability.into(),
            Value::text(link.zone.code()),
            Value::maybe(verdict),
            reviewers.into(),
            Value::text(link.scope.code()),
            Value::text(link.role.code()),
            Value::List(link.spans.iter().map(|word| pair(word).into()).collect()),
            Value::maybe(inquiry.map(|inquiry| inquiry.url.as_str())),
            Value::text(&*link.model),
            link.score.into(),
            link.explanation.prior.into(),
        ];
        row.extend(link.explanation.parts().map(|part| Value::Number(part.weight)));
        row
    }
}

/// A shared word, once where both texts have the same form.
fn pair(word: &SharedWord) -> String {
    if word.inquiry_word == word.clause_word {
        word.inquiry_word.to_string()
    } else {
        format!("{} – {}", word.inquiry_word, word.clause_word)
    }
}
