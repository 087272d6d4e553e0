//! Words that carry no subject: function words of both languages and the set phrases of parliamentary inquiries. The lists are
//! `models/stopwords/*.txt`, one form a line.

use std::collections::HashSet;

const LISTS: [&str; 4] = [
    include_str!("../../models/stopwords/kk.txt"),
    include_str!("../../models/stopwords/parliament-kk.txt"),
    include_str!("../../models/stopwords/ru.txt"),
    include_str!("../../models/stopwords/parliament-ru.txt"),
];

/// The lists, ready for lookup by folded form.
#[derive(Debug, Clone)]
pub struct Stopwords {
    forms: HashSet<String>,
}

impl Default for Stopwords {
    fn default() -> Self {
        let forms = LISTS.into_iter().flat_map(str::lines).map(str::trim).filter(|form| !form.starts_with('#'));
        let fold = |form: &str| {
            let mut folded = String::new();
            super::fold::fold(form, &mut folded);
            folded
        };
        Self { forms: forms.filter(|form| !form.is_empty()).map(fold).collect() }
    }
}

impl Stopwords {
    /// True for a listed form.
    pub fn contains(&self, folded: &str) -> bool {
        self.forms.contains(folded)
    }

    /// The lists' text, for fingerprints.
    pub fn source() -> impl Iterator<Item = &'static str> {
        LISTS.into_iter()
    }
}
