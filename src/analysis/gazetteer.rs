//! Place names in a text, under all their spellings in both languages.

use super::analyzer::Analyzer;
use super::phrases::{PhraseMatch, Phrases};
use super::token::{Language, Token};

const TABLE: &str = include_str!("../../models/gazetteer/kazakhstan.tsv");

/// A place, the unit it lies in, and so on: the longest such row.
const LEVELS: usize = 4;

/// A set of places with their names.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    ids: Vec<String>,
    /// The id of the unit that each place lies in; empty where none is known.
    parents: Vec<String>,
    phrases: Phrases,
}

/// A place to enter: an id and its names in both languages.
#[derive(Debug, Clone, Copy)]
pub struct PlaceNames<'a> {
    /// The place's id; one that is known already gets more names.
    pub id: &'a str,
    /// Kazakh names.
    pub kazakh: &'a [&'a str],
    /// Russian names.
    pub russian: &'a [&'a str],
}

impl Gazetteer {
    /// The regions, cities and districts of Kazakhstan (`models/gazetteer/kazakhstan.tsv`).
    pub fn kazakhstan(analyzer: &Analyzer) -> Self {
        let mut gazetteer = Self::default();
        for row in TABLE.lines().filter(|row| !row.starts_with('#') && !row.trim().is_empty()).skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [id, _kind, kazakh, russian, aliases, parent] = cells.as_slice() else { continue };
            // Aliases do not say their language; entered as both, a form meets the stem of either.
            let aliases = || aliases.split(';').map(str::trim).filter(|alias| !alias.is_empty());
            let kazakh: Vec<&str> = std::iter::once(*kazakh).chain(aliases()).collect();
            let russian: Vec<&str> = std::iter::once(*russian).chain(aliases()).collect();
            let place = gazetteer.insert(analyzer, PlaceNames { id, kazakh: &kazakh, russian: &russian });
            gazetteer.parents[place] = if *parent == "-" { String::new() } else { (*parent).to_owned() };
        }
        gazetteer
    }

    /// Enters a place; gives its index.
    pub fn insert(&mut self, analyzer: &Analyzer, place: PlaceNames<'_>) -> usize {
        let value = self.ids.iter().position(|known| known == place.id).unwrap_or_else(|| {
            self.ids.push(place.id.to_owned());
            self.parents.push(String::new());
            self.ids.len() - 1
        });
        for (names, language) in [(place.kazakh, Language::Kazakh), (place.russian, Language::Russian)] {
            for name in names.iter().filter(|name| !name.trim().is_empty()) {
                self.phrases.insert(&analyzer.tokens(name, Some(language)), value);
            }
        }
        value
    }

    /// The places named in a text; `value` indexes [`Self::id`].
    pub fn find(&self, tokens: &[Token]) -> Vec<PhraseMatch> {
        self.phrases.find(tokens)
    }

    /// Whether a place is another one or lies in it.
    pub fn is_within(&self, place: usize, around: usize) -> bool {
        // No unit lies in more others than there are levels: district, region.
        let mut at = Some(place);
        for _ in 0..LEVELS {
            match at {
                Some(place) if place == around => return true,
                Some(place) => at = self.ids.iter().position(|id| Some(id) == self.parents.get(place)),
                None => return false,
            }
        }
        false
    }

    /// The id of a place.
    pub fn id(&self, place: usize) -> &str {
        self.ids.get(place).map_or("", String::as_str)
    }
}
