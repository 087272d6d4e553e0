//! How sure can we be that an inquiry pursues a promise, and why?
//!
//! Takes readings of inquiries and clauses and the candidates between them; gives a [`Link`] for every candidate.
//! Promises: the explanation's leaves sum to the score; the score alone, by the stored calibration, gives the probability.
//! Knows nothing of: replies, decisions, what became of a promise. Does no I/O.

pub mod reading;
pub mod structure;
pub mod name;
pub mod meaning;
pub mod statistics;
pub mod example;
pub mod translation;
pub mod comparison;
pub mod model;
pub mod explanation;
pub mod alignment;

pub use alignment::{NearWords, near_words};
pub use comparison::{COMPARISONS, Pair, Value};
pub use explanation::{Explanation, Part, SharedWord};
pub use meaning::{Anchors, Meaning, Passages, View, Views};
pub use model::{Calibration, LinkModel, Weights, Zone, Zones};
pub use reading::{Reader, Reading};
pub use statistics::Statistics;
pub use structure::{Part as InquiryPart, Structure};

use crate::Result;
use crate::analysis::Glossary;
use crate::id::{ClauseId, InquiryId};
use crate::ingest::Inquiry;
use crate::programme::Clause;
use crate::retrieval::{Candidate, Role, Scope};
use example::Examples;
use serde::Serialize;
use statistics::Background;
use std::collections::BTreeMap;
use std::sync::Arc;
use translation::{Met, Translations};

/// A scored candidate: an inquiry and a clause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// The inquiry.
    pub inquiry: InquiryId,
    /// The clause.
    pub promise: ClauseId,
    /// Log-odds.
    pub score: f64,
    /// The score through the model's calibration.
    pub probability: f64,
    /// What to do with it.
    pub zone: Zone,
    /// Whose clause it is to the inquiry's authors.
    pub scope: Scope,
    /// The part that its owner took in the inquiry.
    pub role: Role,
    /// The model's version.
    pub model: Arc<str>,
    /// The score taken apart.
    pub explanation: Explanation,
    /// The words that both have.
    pub spans: Box<[SharedWord]>,
}

/// Scores pairs of one project with one model.
#[derive(Debug)]
pub struct Linker<'a> {
    model: &'a LinkModel,
    /// The model's version, shared by all links.
    version: Arc<str>,
    /// The model's weights in the order of [`COMPARISONS`], shared by all explanations.
    weights: Arc<[Weights]>,
    /// The names of the glossary's concepts.
    concepts: Vec<Arc<str>>,
    clauses: &'a [Clause],
    clause_readings: &'a [Reading],
    statistics: Statistics,
    background: Background,
    translations: Translations,
    translation_background: [Background; 2],
    examples: Examples,
    meaning: Meaning,
}

impl<'a> Linker<'a> {
    /// A linker over a project's readings; `clause_readings[i]` is the reading of `clauses[i]`.
    ///
    /// # Errors
    /// [`crate::Error::Model`] for a faulty table of reference frequencies.
    pub fn new(
        model: &'a LinkModel,
        glossary: &'a Glossary,
        clauses: &'a [Clause],
        clause_readings: &'a [Reading],
        inquiry_readings: &[Reading],
        anchors: &Anchors,
    ) -> Result<Self> {
        let mut statistics = Statistics::reference(glossary)?;
        statistics.add(clause_readings.iter().chain(inquiry_readings));
        let count = clause_readings.len();
        let background = Background::new(count, inquiry_readings, |clause, inquiry| {
            comparison::coverage(&clause_readings[clause], &inquiry_readings[inquiry], &statistics)
        });
        let translations = Translations::new(clause_readings, inquiry_readings, &statistics)?;
        let translation_background = [false, true].map(|focus| {
            let met: BTreeMap<usize, Met> = statistics::sample(inquiry_readings.len())
                .into_iter()
                .map(|inquiry| (inquiry, translations.met(&inquiry_readings[inquiry], focus)))
                .collect();
            Background::new(count, inquiry_readings, |clause, inquiry| translations.coverage(clause, &met[&inquiry]))
        });
        let meaning = Meaning::new(clause_readings, inquiry_readings, anchors);
        let weights = |comparison: &str| model.comparison.get(comparison).cloned().unwrap_or_default();
        let linker = Self {
            model,
            version: model.version.as_str().into(),
            weights: COMPARISONS.into_iter().map(weights).collect(),
            concepts: (0..glossary.len()).map(|concept| glossary.name(concept).into()).collect(),
            clauses,
            clause_readings,
            statistics,
            background,
            translations,
            translation_background,
            examples: Examples::new(clause_readings, inquiry_readings)?,
            meaning,
        };
        Ok(linker)
    }

    /// What the linker knows of meaning.
    pub fn meaning(&self) -> &Meaning {
        &self.meaning
    }

    /// The values of all comparisons for each candidate of an inquiry, in the candidates' order.
    pub fn values(&self, reading: &Reading, candidates: &[Candidate]) -> Vec<[Value; COMPARISONS.len()]> {
        self.pairs(reading, candidates)
            .map(|pair| pair.values(&pair.matches(&self.statistics), &self.statistics))
            .collect()
    }

    fn pairs<'b>(&'b self, reading: &'b Reading, candidates: &'b [Candidate]) -> impl Iterator<Item = Pair<'b>> {
        let met = [false, true].map(|focus| self.translations.met(reading, focus));
        let examples = [false, true].map(|focus| self.examples.met(reading, focus));
        let views = self.meaning.centred(&reading.views);
        let translation = |focus: usize, clause: usize| {
            let background = self.translation_background[focus].of(clause, reading.kazakh);
            self.translations.coverage(clause, &met[focus]) - background
        };
        let pair = |candidate: &Candidate| {
            let clause = &self.clause_readings[candidate.clause];
            let coverage = comparison::coverage(clause, reading, &self.statistics);
            Pair {
                likeness: self.meaning.likeness(&views, candidate.clause),
                lead: 0.0,
                example: self.examples.agreement(candidate.clause, &examples[0]),
                example_ask: self.examples.agreement(candidate.clause, &examples[1]),
                translation: translation(0, candidate.clause),
                translation_ask: translation(1, candidate.clause),
                inquiry: reading,
                clause,
                coverage,
                contrast: coverage - self.background.of(candidate.clause, reading.kazakh),
                lead_words: 0.0,
                scope: candidate.scope,
                role: candidate.role,
            }
        };
        let pairs: Vec<Pair<'b>> = candidates.iter().map(pair).collect();
        let ask = lead(pairs.iter().map(|pair| pair.likeness.ask));
        let words = lead(pairs.iter().map(|pair| pair.contrast));
        pairs.into_iter().map(move |pair| Pair {
            lead: beyond(pair.likeness.ask, ask),
            lead_words: beyond(pair.contrast, words),
            ..pair
        })
    }

    /// A link for every candidate of an inquiry, in the candidates' order.
    pub fn link(&self, inquiry: &Inquiry, reading: &Reading, candidates: &[Candidate]) -> Vec<Link> {
        let mut words = BTreeMap::new();
        let scored = self.pairs(reading, candidates).zip(candidates).map(|(pair, candidate)| {
            let matches = pair.matches(&self.statistics);
            let values = pair.values(&matches, &self.statistics);
            let explanation = Explanation::new(self.model.prior, &values, &self.weights);
            let score = explanation.sum();
            let probability = self.model.probability(score);
            let clause = &self.clauses[candidate.clause];
            Link {
                inquiry: inquiry.id.clone(),
                promise: clause.id.clone(),
                score,
                probability,
                zone: self.model.zone(probability),
                scope: candidate.scope,
                role: candidate.role,
                model: Arc::clone(&self.version),
                explanation,
                spans: matches
                    .iter()
                    .map(|found| self.shared_word(inquiry, clause, pair, *found, &mut words))
                    .collect(),
            }
        });
        scored.collect()
    }

    /// `words` are those of the inquiry that were shared before, by their places.
    fn shared_word(
        &self,
        inquiry: &Inquiry,
        clause: &Clause,
        pair: Pair<'_>,
        found: comparison::Match,
        words: &mut BTreeMap<usize, Arc<str>>,
    ) -> SharedWord {
        let (field, span) = reading::part_of(inquiry, pair.inquiry.tokens[found.inquiry].span);
        let of_inquiry = || span.of(if field == "title" { &inquiry.title } else { &inquiry.text }).into();
        let in_clause = pair.clause.tokens[found.clause].span;
        SharedWord {
            field,
            inquiry: span,
            clause: in_clause,
            inquiry_word: Arc::clone(words.entry(found.inquiry).or_insert_with(of_inquiry)),
            clause_word: in_clause.of(&clause.text).into(),
            concept: found.concept.map(|concept| Arc::clone(&self.concepts[concept])),
        }
    }
}

/// The two greatest of the candidates' values; one that is not there is 0.
fn lead(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold(
        [0.0, 0.0],
        |[first, second], value| {
            if value > first { [value, first] } else { [first, second.max(value)] }
        },
    )
}

/// By how much a candidate's value is beyond the greatest of the others.
fn beyond(value: f64, [first, second]: [f64; 2]) -> f64 {
    value - if value < first { first } else { second }
}
