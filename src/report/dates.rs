//! Days and periods in words, as each language writes them.

use crate::ingest::When;
use crate::locale::{Arg, Lang};
use jiff::civil::Date;

/// A day or a period in words: `29 March 2023`, `29 March – 29 December 2023`.
pub fn long(when: When, lang: Lang) -> String {
    if when.is_day() {
        return day(when.from, lang);
    }
    if when.from.year() != when.to.year() {
        return lang.say("date-period", &[("from", day(when.from, lang).into()), ("to", day(when.to, lang).into())]);
    }
    let args = [
        ("from", Arg::from(when.from.day().to_string())),
        ("month", month(when.from, lang).into()),
        ("to", when.to.day().to_string().into()),
        ("end", month(when.to, lang).into()),
        ("year", when.from.year().to_string().into()),
    ];
    lang.say("date-period-of-year", &args)
}

/// A day in words.
pub fn day(day: Date, lang: Lang) -> String {
    let args = [
        ("day", Arg::from(day.day().to_string())),
        ("month", month(day, lang).into()),
        ("year", day.year().to_string().into()),
    ];
    lang.say("date-day", &args)
}

/// A day or a period in figures, for tables.
pub fn short(when: When, lang: Lang) -> String {
    let figures = |day: Date| {
        let args = [
            ("day", Arg::from(format!("{:02}", day.day()))),
            ("month", format!("{:02}", day.month()).into()),
            ("year", day.year().to_string().into()),
        ];
        lang.say("date-figures", &args)
    };
    if when.is_day() { figures(when.from) } else { format!("{} – {}", figures(when.from), figures(when.to)) }
}

fn month(day: Date, lang: Lang) -> String {
    lang.text(&format!("month-{}", day.month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_writes_dates_its_own_way() {
        let said = |text: &str| Lang::ALL.map(|lang| long(When::parse(text).expect("a date"), lang));
        assert_eq!(said("2023-03-29"), ["2023 жылғы 29 наурыз", "29 марта 2023 года", "29 March 2023"]);
        let session =
            ["2023 жылғы 29 наурыз – 29 желтоқсан", "29 марта – 29 декабря 2023 года", "29 March – 29 December 2023"];
        assert_eq!(said("2023-03-29/2023-12-29"), session);
        assert!(said("2023-12-31/2024-01-01").iter().all(|text| text.contains("2023") && text.contains("2024")));
        assert_eq!(short(When::parse("2024-09-01").expect("a date"), Lang::Kk), "01.09.2024");
    }

    #[test]
    fn every_month_has_a_name() {
        for lang in Lang::ALL {
            let names = (1..=12).map(|number| lang.find(&format!("month-{number}")));
            assert_eq!(names.flatten().collect::<std::collections::BTreeSet<_>>().len(), 12, "{lang}");
        }
    }
}
