//! Words that carry no subject: function words of both languages and the set phrases of parliamentary inquiries. The lists are
//! `models/stopwords/*.txt`, one form a line.

use super::token::Language;
use std::collections::HashMap;

const LISTS: [(Language, &str); 4] = [
    (Language::Kazakh, include_str!("../../models/stopwords/kk.txt")),
    (Language::Kazakh, include_str!("../../models/stopwords/parliament-kk.txt")),
    (Language::Russian, include_str!("../../models/stopwords/ru.txt")),
    (Language::Russian, include_str!("../../models/stopwords/parliament-ru.txt")),
];

/// The lists, ready for lookup by folded form.
#[derive(Debug, Clone)]
pub struct Stopwords {
    /// Form to language; `None` where both languages list it.
    forms: HashMap<String, Option<Language>>,
}

impl Default for Stopwords {
    fn default() -> Self {
        let mut forms: HashMap<String, Option<Language>> = HashMap::new();
        let mut folded = String::new();
        for (language, list) in LISTS {
            for form in list.lines().map(str::trim).filter(|form| !form.is_empty() && !form.starts_with('#')) {
                super::fold::fold(form, &mut folded);
                forms
                    .entry(folded.clone())
                    .and_modify(|known| *known = known.filter(|known| *known == language))
                    .or_insert(Some(language));
            }
        }
        Self { forms }
    }
}

impl Stopwords {
    /// True for a listed form.
    pub fn contains(&self, folded: &str) -> bool {
        self.forms.contains_key(folded)
    }

    /// The language whose list alone has the form.
    pub fn language(&self, folded: &str) -> Option<Language> {
        self.forms.get(folded).copied().flatten()
    }

    /// The lists' text, for fingerprints.
    pub fn source() -> impl Iterator<Item = &'static str> {
        LISTS.into_iter().map(|(_, list)| list)
    }
}
