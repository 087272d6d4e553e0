//! When something happened, as exactly as the source says: a day, or a period `from/to` (ISO 8601).

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;

/// A day or a period, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// First day.
    pub from: Date,
    /// Last day; equal to `from` for a single day.
    pub to: Date,
}

impl When {
    /// Reads `2023-05-14` or `2023-03-29/2023-12-29`; nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('/').unwrap_or((text, text));
        let when = Self { from: day(from)?, to: day(to)? };
        (when.from <= when.to).then_some(when)
    }

    /// True when the source gives the day.
    pub fn is_day(&self) -> bool {
        self.from == self.to
    }

    /// True when the whole of `self` lies within `period`.
    pub fn within(&self, period: &Self) -> bool {
        period.from <= self.from && self.to <= period.to
    }
}

/// Reads one day, `YYYY-MM-DD`.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_day() { write!(f, "{}", self.from) } else { write!(f, "{}/{}", self.from, self.to) }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::When;

    #[test]
    fn days_and_periods_are_read_and_nothing_else() {
        for good in ["2023-05-14", "2023-03-29/2023-12-29", "2024-02-29"] {
            assert_eq!(When::parse(good).map(|when| when.to_string()).as_deref(), Some(good));
        }
        for bad in
            ["", "2023-02-29", "14.05.2023", "2023-5-14", "2023-12-29/2023-03-29", "20230514", "2023-05-14T10:00"]
        {
            assert_eq!(When::parse(bad), None, "{bad}");
        }
    }
}
