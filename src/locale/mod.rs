//! What the program says to people, in Kazakh, Russian and English, from one set of keys.
//!
//! Takes a key and arguments; gives the sentence of the chosen [`Lang`] with its plural forms and numbers.
//! Promises: every key exists in all three languages (a test reads the files). Knows nothing of what the sentences are about.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::{Deserialize, Serialize};
use std::{fmt, sync::OnceLock};

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Kazakh
    Kk,
    /// Russian
    Ru,
    /// English
    En,
}

impl Lang {
    /// All languages, in the order of every switcher.
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// The BCP 47 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language of a POSIX locale name such as `kk_KZ.UTF-8`; English where it is none of ours.
    pub fn from_locale(name: &str) -> Self {
        Self::ALL.into_iter().find(|lang| name.to_ascii_lowercase().starts_with(lang.code())).unwrap_or(Self::En)
    }

    const fn source(self) -> &'static str {
        match self {
            Self::Kk => include_str!("kk.ftl"),
            Self::Ru => include_str!("ru.ftl"),
            Self::En => include_str!("en.ftl"),
        }
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static BUNDLES: OnceLock<[FluentBundle<FluentResource>; 3]> = OnceLock::new();
        let bundles = BUNDLES.get_or_init(|| {
            Self::ALL.map(|lang| {
                let language: unic_langid::LanguageIdentifier = lang.code().parse().unwrap_or_default();
                let mut bundle = FluentBundle::new_concurrent(vec![language]);
                bundle.set_use_isolating(false);
                bundle.set_formatter(Some(match lang {
                    Self::En => |value, _| spoken_number(value, Self::En),
                    // Kazakh and Russian write numbers alike.
                    Self::Kk | Self::Ru => |value, _| spoken_number(value, Self::Ru),
                }));
                // Errors of a bundled file are caught by the test below, which parses every file.
                let resource = FluentResource::try_new(lang.source().to_owned()).unwrap_or_else(|(partial, _)| partial);
                let _ = bundle.add_resource(resource);
                bundle
            })
        });
        &bundles[self as usize]
    }

    /// The sentence of `key` with `args`; the key itself where there is none, so that a slip is seen and never hidden.
    pub fn say(self, key: &str, args: &[(&str, Arg)]) -> String {
        let Some(pattern) = self.bundle().get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(*name, value.clone().0);
        }
        self.bundle().format_pattern(pattern, Some(&fluent), &mut Vec::new()).into_owned()
    }

    /// The sentence of a key without arguments.
    pub fn text(self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A number as the language writes it, with its decimals if it has any, two at most: `10 000`, `12,76`; in English `12.76`.
    pub fn number(self, number: f64) -> String {
        self.written(&format!("{}", (number * 100.0).round() / 100.0))
    }

    /// A number with exactly `places` decimals: `0,50`.
    pub fn rounded(self, number: f64, places: usize) -> String {
        self.written(&format!("{number:.places$}"))
    }

    /// A number with its sign and two decimals: `+1,10`, `−7,52`.
    pub fn signed(self, number: f64) -> String {
        let text = self.rounded(number, 2);
        if text.starts_with('\u{2212}') { text } else { format!("+{text}") }
    }

    /// Figures with a decimal point as the language writes them.
    fn written(self, figures: &str) -> String {
        let text = group_digits(figures);
        if self == Self::En { text } else { text.replace('.', ",") }
    }

    /// A share from 0 to 1 as whole percent: `90 %`, in English `90%`. Only nothing is 0 % and only everything 100 %: what rounds to them is
    /// `<1 %` and `>99 %`.
    pub fn percent(self, share: f64) -> String {
        let sign = if self == Self::En { "%" } else { "\u{a0}%" };
        match (share * 100.0).round() {
            0.0 if share > 0.0 => format!("<1{sign}"),
            100.0 if share < 1.0 => format!(">99{sign}"),
            whole => format!("{whole:.0}{sign}"),
        }
    }

    /// The sentence of `key`, or `None` where the language has none.
    pub fn find(self, key: &str) -> Option<String> {
        self.bundle().has_message(key).then(|| self.text(key))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// An argument of a sentence: a number takes part in plural rules, a text does not.
#[derive(Debug, Clone)]
pub struct Arg(FluentValue<'static>);

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self(FluentValue::String(text.to_owned().into()))
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self(FluentValue::String(text.into()))
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self(FluentValue::from(number))
    }
}

impl From<f64> for Arg {
    fn from(number: f64) -> Self {
        Self(FluentValue::from(number))
    }
}

fn spoken_number(value: &FluentValue<'_>, lang: Lang) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(lang.number(number.value)),
        _ => None,
    }
}

/// A number with its thousands parted by a narrow no-break space, as Kazakh and Russian typography asks: `10 000`.
fn group_digits(figures: &str) -> String {
    let (whole, rest) = figures.split_once('.').map_or((figures, None), |(whole, rest)| (whole, Some(rest)));
    let digits = whole.trim_start_matches('-');
    let mut grouped = String::new();
    if whole.starts_with('-') {
        grouped.push('\u{2212}');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 && digits.len() > 4 {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    if let Some(rest) = rest {
        grouped.push('.');
        grouped.push_str(rest);
    }
    grouped
}

/// A text that a project gives in several languages (`title = { kk = …, ru = …, en = … }`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translated {
    /// Kazakh
    #[serde(default)]
    pub kk: String,
    /// Russian
    #[serde(default)]
    pub ru: String,
    /// English
    #[serde(default)]
    pub en: String,
}

impl Translated {
    /// The text in `lang`, or else in the first language that has one.
    pub fn in_lang(&self, lang: Lang) -> &str {
        let of = |lang| match lang {
            Lang::Kk => self.kk.as_str(),
            Lang::Ru => self.ru.as_str(),
            Lang::En => self.en.as_str(),
        };
        std::iter::once(lang).chain(Lang::ALL).map(of).find(|text| !text.is_empty()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(lang: Lang) -> BTreeSet<String> {
        let lines = lang.source().lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        lines.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim().to_owned()).collect()
    }

    #[test]
    fn every_file_parses_and_no_key_stands_twice() {
        for lang in Lang::ALL {
            let resource = FluentResource::try_new(lang.source().to_owned());
            let resource = resource.unwrap_or_else(|(_, errors)| panic!("src/locale/{lang}.ftl: {errors:?}"));
            let twice = FluentBundle::new_concurrent(Vec::new()).add_resource(resource);
            assert!(twice.is_ok(), "src/locale/{lang}.ftl: {twice:?}");
        }
    }

    #[test]
    fn every_key_exists_in_every_language() {
        for lang in Lang::ALL {
            let missing: Vec<_> = keys(Lang::En).symmetric_difference(&keys(lang)).cloned().collect();
            assert!(missing.is_empty(), "help: add to (or remove from) src/locale/{lang}.ftl: {missing:?}");
        }
    }

    #[test]
    fn numbers_are_grouped_and_plurals_follow_the_language() {
        assert_eq!(group_digits("10000"), "10\u{202f}000");
        assert_eq!(group_digits("2024"), "2024");
        assert_eq!([Lang::Kk.rounded(0.5, 3), Lang::En.rounded(0.5, 3)], ["0,500", "0.500"]);
        assert_eq!(
            [1.1, -7.524, -0.001].map(|weight| Lang::Ru.signed(weight)),
            ["+1,10", "\u{2212}7,52", "\u{2212}0,00"]
        );
        assert_eq!([Lang::Kk.number(12.76), Lang::En.number(12.76)], ["12,76", "12.76"]);
        assert_eq!([Lang::Ru.percent(0.666), Lang::En.percent(0.666)], ["67\u{a0}%", "67%"]);
        assert_eq!([0.0, 0.001, 0.999, 1.0].map(|share| Lang::En.percent(share)), ["0%", "<1%", ">99%", "100%"]);
        assert_eq!(group_digits("-1234567.5"), "\u{2212}1\u{202f}234\u{202f}567.5");
        let said = |n: usize| Lang::Ru.say("count-inquiries", &[("n", n.into())]);
        assert_eq!([said(1), said(3), said(5)], ["1 запрос", "3 запроса", "5 запросов"]);
    }
}
