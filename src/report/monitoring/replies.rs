//! Was an inquiry answered, and in time? By the rule of `monitor.toml`: so many days after the inquiry's own. What is not answered is
//! judged as of the end of the monitored period, so that the same tables always give the same answer.

use crate::ingest::{Inquiry, Project, When, choice};
use jiff::ToSpan;
use jiff::civil::Date;

choice! {
    /// How an inquiry stands.
    ReplyState {
        /// Answered by the day due.
        InTime = "in_time",
        /// Answered after it.
        Late = "late",
        /// Answered; the day, or the rule, is not known.
        Answered = "answered",
        /// Not answered, and not yet due at the end of the period.
        Pending = "pending",
        /// Not answered by the day due.
        Overdue = "overdue",
        /// No answer is recorded; the day due is not known.
        Unanswered = "unanswered",
    }
}

/// The rule of a project.
#[derive(Debug, Clone, Copy)]
pub struct ReplyRule {
    /// Days allowed; `None` where no rule is known.
    pub days: Option<u16>,
    /// As of which day; `None` where the project dates nothing.
    pub as_of: Option<Date>,
}

impl ReplyRule {
    /// The rule of `project`, or `None` where it records no reply at all: then nothing can be said.
    pub fn of(project: &Project) -> Option<Self> {
        let answered = |inquiry: &Inquiry| inquiry.reply_date.is_some() || !inquiry.reply_text.is_empty();
        if !project.inquiries.iter().any(answered) {
            return None;
        }
        let days = project.inquiries.iter().flat_map(|inquiry| [inquiry.date, inquiry.reply_date]).flatten();
        let last = || days.map(|when| when.to).max();
        Some(Self {
            days: project.monitor.reply_days,
            as_of: project.monitor.period.map(|period| period.to).or_else(last),
        })
    }

    /// The day by which an inquiry is to be answered.
    pub fn due(self, date: When) -> Option<Date> {
        date.to.checked_add(i32::from(self.days?).days()).ok()
    }

    /// How an inquiry stands.
    pub fn state(self, inquiry: &Inquiry) -> ReplyState {
        let due = inquiry.date.and_then(|date| self.due(date));
        if inquiry.reply_date.is_none() && inquiry.reply_text.is_empty() {
            return match (due, self.as_of) {
                (Some(due), Some(as_of)) if due < as_of => ReplyState::Overdue,
                (Some(_), Some(_)) => ReplyState::Pending,
                _ => ReplyState::Unanswered,
            };
        }
        match (inquiry.reply_date, due) {
            (Some(reply), Some(due)) if reply.to <= due => ReplyState::InTime,
            (Some(reply), Some(due)) if reply.from > due => ReplyState::Late,
            _ => ReplyState::Answered,
        }
    }
}

/// How many of `inquiries` stand how, in the order of [`ReplyState::ALL`].
pub fn count<'a>(rule: ReplyRule, inquiries: impl Iterator<Item = &'a Inquiry>) -> Vec<usize> {
    let mut counts = vec![0; ReplyState::ALL.len()];
    for inquiry in inquiries {
        counts[rule.state(inquiry) as usize] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use ReplyState::{Answered, InTime, Late, Overdue, Pending, Unanswered};

    fn inquiry(date: &str, reply: &str) -> Inquiry {
        Inquiry {
            line: 1,
            id: "q".into(),
            date: When::parse(date),
            lang: None,
            initiator: None,
            cosigners: Vec::new(),
            addressee: String::new(),
            title: String::new(),
            text: "x".into(),
            url: String::new(),
            reply_date: When::parse(reply),
            reply_text: if reply.is_empty() { String::new() } else { "y".into() },
            extra: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn a_reply_is_in_time_up_to_the_day_due_and_silence_is_judged_at_the_end_of_the_period() {
        let rule = ReplyRule { days: Some(30), as_of: "2024-06-30".parse().ok() };
        let state = |date: &str, reply: &str| rule.state(&inquiry(date, reply));
        assert_eq!(state("2024-01-01", "2024-01-31"), InTime, "the thirtieth day");
        assert_eq!(state("2024-01-01", "2024-02-01"), Late);
        assert_eq!(state("2024-01-01", "2024-01-20/2024-02-10"), Answered, "the period does not tell");
        assert_eq!(state("2024-05-01", ""), Overdue);
        assert_eq!(state("2024-05-31", ""), Pending, "due on the last day of the period");
        assert_eq!(state("", ""), Unanswered);
        assert_eq!(state("", "2024-02-01"), Answered);
        let no_rule = ReplyRule { days: None, ..rule };
        assert_eq!(no_rule.state(&inquiry("2024-01-01", "2024-02-01")), Answered);
        assert_eq!(no_rule.state(&inquiry("2024-01-01", "")), Unanswered);
        assert_eq!(ReplyState::ALL[Overdue as usize].1, Overdue, "counts are indexed by state");
    }
}
