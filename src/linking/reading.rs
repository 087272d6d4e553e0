//! A text as linking reads it: its content words with their concepts, places, numbers and institutions.

use super::meaning::Views;
use super::name::Name;
use super::structure::{Grammar, Structure};
use crate::Result;
use crate::analysis::{Analyzer, Gazetteer, Glossary, Language, Phrases, Token, TokenKind};
use crate::ingest::{Inquiry, TextLanguage};
use crate::programme::Clause;
use crate::span::Span;
use crate::topics::{Taxonomy, TopicScore};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

const INSTITUTIONS: &str = include_str!("../../models/institutions/institutions.tsv");

/// Everything that reads texts, built once.
pub struct Reader<'a> {
    analyzer: &'a Analyzer,
    glossary: &'a Glossary,
    gazetteer: &'a Gazetteer,
    taxonomy: &'a Taxonomy,
    institutions: Phrases,
    grammar: Grammar,
}

/// A text, read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Words and numbers.
    pub tokens: Vec<Token>,
    /// Places in `tokens` of the words that carry the subject.
    pub content: Vec<usize>,
    /// For each token the concepts that cover it.
    pub concepts: Vec<Vec<usize>>,
    /// Places named.
    pub places: BTreeSet<usize>,
    /// Names that no table has.
    pub names: Vec<Name>,
    /// Numbers of two digits or more, and fractions; years of our time are no numbers to compare.
    pub numbers: BTreeSet<String>,
    /// Institutions and programmes named.
    pub institutions: BTreeSet<usize>,
    /// Topic scores.
    pub topics: Vec<TopicScore>,
    /// Where each stem first stands among the content words.
    pub stems: HashMap<Arc<str>, usize>,
    /// Where each concept first stands.
    pub concept_places: HashMap<usize, usize>,
    /// True for tokens of the title and the ask (inquiries).
    pub focus: Vec<bool>,
    /// What it consists of (inquiries).
    pub structure: Structure,
    /// The share of Kazakh among its Kazakh and Russian words.
    pub kazakh: f32,
    /// Its meaning; empty until [`super::meaning::encode`] has read it.
    pub views: Views,
}

impl Reading {
    /// How far two texts are of different languages: 0 for the same, 1 where one is Kazakh and the other Russian.
    pub fn apart(&self, other: &Self) -> f32 {
        (self.kazakh - other.kazakh).abs()
    }
}

/// The text of an inquiry in one piece: title, a line break, text.
pub fn full_text(inquiry: &Inquiry) -> String {
    format!("{}\n{}", inquiry.title, inquiry.text)
}

/// The language that the source declares, as the analyzer takes it.
pub fn declared(lang: Option<TextLanguage>) -> Option<Language> {
    match lang {
        Some(TextLanguage::Kazakh) => Some(Language::Kazakh),
        Some(TextLanguage::Russian) => Some(Language::Russian),
        Some(TextLanguage::Mixed) | None => None,
    }
}

impl<'a> Reader<'a> {
    /// A reader over these tables.
    ///
    /// # Errors
    /// [`crate::Error::Model`] for a faulty table of parts.
    pub fn new(
        analyzer: &'a Analyzer,
        glossary: &'a Glossary,
        gazetteer: &'a Gazetteer,
        taxonomy: &'a Taxonomy,
    ) -> Result<Self> {
        let mut institutions = Phrases::default();
        let rows = INSTITUTIONS.lines().filter(|row| !row.starts_with('#') && !row.trim().is_empty()).skip(1);
        for (number, row) in rows.enumerate() {
            let cells: Vec<&str> = row.split('\t').collect();
            let [_, kazakh, russian, aliases, ..] = cells.as_slice() else { continue };
            for name in [*kazakh, *russian].into_iter().chain(aliases.split(';')).filter(|name| !name.trim().is_empty())
            {
                institutions.insert(&analyzer.tokens(name, None), number);
            }
        }
        Ok(Self { analyzer, glossary, gazetteer, taxonomy, institutions, grammar: Grammar::bundled()? })
    }

    /// Reads an inquiry: title and text.
    pub fn inquiry(&self, inquiry: &Inquiry) -> Reading {
        let text = full_text(inquiry);
        let mut reading = self.read(&text, inquiry.lang);
        let title = inquiry.title.len();
        reading.structure = self.grammar.parse(&text, title, &reading.tokens);
        let focus = |token: &Token| token.span.end <= title || reading.structure.asks_at(token.span.start);
        reading.focus = reading.tokens.iter().map(focus).collect();
        // A word is shown where it stands in the text; in the title only where the text lacks it.
        for place in reading.content.clone().into_iter().rev().filter(|place| reading.tokens[*place].span.start > title)
        {
            reading.stems.insert(reading.tokens[place].stem.clone(), place);
            for concept in &reading.concepts[place] {
                reading.concept_places.insert(*concept, place);
            }
        }
        reading
    }

    /// Reads a clause.
    pub fn clause(&self, clause: &Clause) -> Reading {
        self.read(&clause.text, Some(clause.lang))
    }

    /// Reads any text.
    pub fn read(&self, text: &str, lang: Option<TextLanguage>) -> Reading {
        let mut tokens = self.analyzer.tokens(text, declared(lang));
        tokens.shrink_to_fit();
        let mut concepts = vec![Vec::new(); tokens.len()];
        let mut concept_places = HashMap::new();
        for found in self.glossary.find(&tokens) {
            concept_places.entry(found.value).or_insert(found.first);
            for token in &mut concepts[found.first..found.first + found.len] {
                token.push(found.value);
            }
        }
        let mut in_place = vec![false; tokens.len()];
        let mut places = BTreeSet::new();
        for found in self.gazetteer.find(&tokens) {
            places.insert(found.value);
            in_place[found.first..found.first + found.len].fill(true);
        }
        let free = tokens.iter().zip(&in_place).filter(|(_, in_place)| !**in_place);
        let names = free.filter_map(|(token, _)| Name::of(text, token)).collect();
        let is_content = |place: &usize| {
            let token: &Token = &tokens[*place];
            token.kind == TokenKind::Word && !token.stop && !in_place[*place] && token.folded.chars().count() > 1
        };
        let content: Vec<usize> = (0..tokens.len()).filter(is_content).collect();
        let mut stems = HashMap::new();
        for place in &content {
            stems.entry(tokens[*place].stem.clone()).or_insert(*place);
        }
        let topics = self.taxonomy.classify(&tokens);
        let institutions = self.institutions.find(&tokens).into_iter().map(|found| found.value).collect();
        let numbers = tokens.iter().filter(|token| token.kind == TokenKind::Number).filter_map(comparable).collect();
        let focus = vec![true; tokens.len()];
        // A project's readings are kept until all of it is linked.
        stems.shrink_to_fit();
        concept_places.shrink_to_fit();
        concepts.iter_mut().for_each(Vec::shrink_to_fit);
        Reading {
            kazakh: kazakh(&tokens),
            tokens,
            content,
            concepts,
            places,
            names,
            numbers,
            institutions,
            topics,
            stems,
            concept_places,
            focus,
            structure: Structure::default(),
            views: Views::default(),
        }
    }
}

/// The share of Kazakh among the Kazakh and Russian words; one half where there are none.
#[expect(clippy::cast_precision_loss, reason = "counts of words")]
pub fn kazakh(tokens: &[Token]) -> f32 {
    let count = |language: Language| tokens.iter().filter(|token| token.language == language).count() as f32;
    let (kazakh, russian) = (count(Language::Kazakh), count(Language::Russian));
    if kazakh + russian > 0.0 { kazakh / (kazakh + russian) } else { 0.5 }
}

/// A number that two texts can be said to share: not a single digit, not a year of our time.
fn comparable(token: &Token) -> Option<String> {
    let number = token.folded.replace(',', ".");
    let year = number.parse::<u32>().is_ok_and(|year| (1990..=2060).contains(&year));
    (number.len() >= 2 && !year).then_some(number)
}

/// Which part of an inquiry a span of [`full_text`] stands in, with the span within that part.
pub fn part_of(inquiry: &Inquiry, span: Span) -> (&'static str, Span) {
    let offset = inquiry.title.len() + 1;
    if span.start >= offset { ("text", Span::new(span.start - offset, span.end - offset)) } else { ("title", span) }
}
