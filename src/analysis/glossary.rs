//! A bilingual glossary of public policy: words of either language that mean one thing, as concepts. `models/glossary/`.

use super::analyzer::Analyzer;
use super::phrases::{PhraseMatch, Phrases};
use super::token::{Language, Token};
use crate::{Error, Result};

const FILE: &str = "models/glossary/policy-kk-ru.tsv";
pub(super) const TABLE: &str = include_str!("../../models/glossary/policy-kk-ru.tsv");

/// The Russian words of the bundled glossary, one by one.
pub(super) fn russian_words() -> impl Iterator<Item = &'static str> {
    let rows = TABLE.lines().filter(|row| !row.starts_with('#')).skip(1);
    rows.filter_map(|row| row.split('\t').nth(2))
        .flat_map(|cell| cell.split([';', ' ', '-']))
        .filter(|word| !word.is_empty())
}

/// Concepts and their words in Kazakh and Russian.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    names: Vec<String>,
    phrases: Phrases,
}

impl Glossary {
    /// The bundled glossary, its words stemmed by `analyzer`.
    ///
    /// # Errors
    /// [`Error::Model`] for a row without concept, Kazakh and Russian cells.
    pub fn bundled(analyzer: &Analyzer) -> Result<Self> {
        Self::parse(TABLE, FILE, analyzer)
    }

    /// Reads a table `concept<TAB>kk<TAB>ru<TAB>…`; several words of one cell are parted by `;`.
    ///
    /// # Errors
    /// [`Error::Model`] with the line of a short row.
    pub fn parse(table: &str, file: &str, analyzer: &Analyzer) -> Result<Self> {
        let mut glossary = Self::default();
        let rows = table.lines().enumerate().filter(|(_, row)| !row.starts_with('#') && !row.trim().is_empty()).skip(1);
        for (line, row) in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            let [concept, kazakh, russian, ..] = cells.as_slice() else {
                return Err(Error::model(
                    format!("{file}:{}", line + 1),
                    "expected concept, kk, ru, en, parted by tabs",
                ));
            };
            let value = glossary.names.len();
            glossary.names.push((*concept).to_owned());
            for (words, language) in [(kazakh, Language::Kazakh), (russian, Language::Russian)] {
                for word in words.split(';').map(str::trim).filter(|word| !word.is_empty()) {
                    glossary.phrases.insert(&analyzer.tokens(word, Some(language)), value);
                }
            }
        }
        Ok(glossary)
    }

    /// The concepts named in a text; `value` indexes [`Self::name`].
    pub fn find(&self, tokens: &[Token]) -> Vec<PhraseMatch> {
        self.phrases.find(tokens)
    }

    /// The name of a concept.
    pub fn name(&self, concept: usize) -> &str {
        self.names.get(concept).map_or("", String::as_str)
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True without concepts.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}
