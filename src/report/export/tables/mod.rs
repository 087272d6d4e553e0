//! The tables of a run, one file a table.

mod matrix;
mod acts;
mod links;
mod topics;
mod inquiries;
mod meetings;
mod audit;

use super::table::Table;
use crate::id::{ClauseId, InquiryId};
use crate::ingest::Inquiry;
use crate::linking::{Link, Zone};
use crate::locale::Lang;
use crate::programme::Clause;
use crate::report::Wording;
use crate::run::Run;
use std::collections::HashMap;

/// A run laid out for its tables. Names of people and topics and the sentences about findings are in one language; codes and
/// columns are the same in all.
pub struct Tables<'a> {
    run: &'a Run,
    lang: Lang,
    wording: Wording<'a>,
    inquiries: HashMap<&'a str, &'a Inquiry>,
    clauses: HashMap<&'a str, &'a Clause>,
}

impl<'a> Tables<'a> {
    /// The tables of `run`, with names in `lang`.
    pub fn new(run: &'a Run, lang: Lang) -> Self {
        Self {
            run,
            lang,
            wording: Wording::new(run, lang),
            inquiries: run.project.inquiries.iter().map(|inquiry| (inquiry.id.as_str(), inquiry)).collect(),
            clauses: run.clauses.iter().map(|clause| (clause.id.as_str(), clause)).collect(),
        }
    }

    /// All tables, whole.
    pub fn all(&self) -> Vec<Table<'_>> {
        self.with_links(|_| true)
    }

    /// All tables; of the links only those that a person may want to see: suggested, to be looked at, or judged.
    pub fn to_look_at(&self) -> Vec<Table<'_>> {
        let judged = |link: &Link| self.run.verdicts.of(&link.inquiry, &link.promise).is_some();
        self.with_links(move |link| link.zone != Zone::Leave || judged(link))
    }

    fn with_links<'b>(&'b self, shown: impl Fn(&Link) -> bool + Copy + 'b) -> Vec<Table<'b>> {
        vec![
            self.matrix(),
            self.acts(),
            self.links(shown),
            self.topics(),
            self.inquiries(),
            self.meetings(),
            self.audit(),
        ]
    }

    fn inquiry(&self, id: &InquiryId) -> Option<&'a Inquiry> {
        self.inquiries.get(id.as_str()).copied()
    }

    fn clause(&self, id: &ClauseId) -> Option<&'a Clause> {
        self.clauses.get(id.as_str()).copied()
    }
}
