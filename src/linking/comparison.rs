//! The named comparisons between an inquiry and a clause. Each gives a value; what a value is worth is the model's business.

use super::meaning::Likeness;
use super::name;
use super::reading::Reading;
use super::statistics::Statistics;
use crate::retrieval::{Role, Scope};
use crate::topics;
use serde::Serialize;

/// A clause rarely shares so much less with an inquiry than with others.
const FLOOR: f64 = -0.08;

/// What a comparison found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A number, mostly from 0 to 1.
    Number(f64),
    /// One of the comparison's levels.
    Level(&'static str),
}

/// A word of the clause that the inquiry has too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Place in the clause's tokens.
    pub clause: usize,
    /// Place in the inquiry's tokens.
    pub inquiry: usize,
    /// The concept that the two words share, where they are not forms of one word.
    pub concept: Option<usize>,
    /// How telling the word is.
    pub idf: f64,
}

/// The names of all comparisons, in the order of every explanation.
pub const COMPARISONS: [&str; 24] = [
    "meaning",
    "ask",
    "request",
    "sentence",
    "lead",
    "subject",
    "subject_ask",
    "example",
    "example_ask",
    "translation",
    "translation_ask",
    "coverage",
    "focus",
    "contrast",
    "lead_words",
    "across",
    "rare_term",
    "place",
    "name",
    "number",
    "institution",
    "topic",
    "scope",
    "role",
];

/// The levels of a comparison, those of its codes in tables; none where it gives numbers.
pub fn levels(comparison: &str) -> &'static [&'static str] {
    match comparison {
        "place" | "name" => &["unnamed", "elsewhere", "shared"],
        "number" | "institution" => &["none", "shared"],
        "scope" => &["own", "co_signed", "party", "all"],
        "role" => &["initiator", "cosigner", "none"],
        _ => &[],
    }
}

/// What there is to compare.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// The inquiry.
    pub inquiry: &'a Reading,
    /// The clause.
    pub clause: &'a Reading,
    /// How near the two are in meaning.
    pub likeness: Likeness,
    /// By how much the ask is nearer to this clause than to the best other candidate; negative where another is nearer.
    pub lead: f64,
    /// How far the two are like the same example promises.
    pub example: f64,
    /// The same, title and ask with the clause.
    pub example_ask: f64,
    /// The share of the clause that near words of the inquiry cover, beyond what they cover of it in inquiries in general.
    pub translation: f64,
    /// The same, by the words of title and ask alone.
    pub translation_ask: f64,
    /// The share of the clause's content that stands in the inquiry.
    pub coverage: f64,
    /// That share beyond the clause's mean over inquiries.
    pub contrast: f64,
    /// By how much `contrast` is greater than that of the best other candidate.
    pub lead_words: f64,
    /// Whose clause it is.
    pub scope: Scope,
    /// The part its owner took.
    pub role: Role,
}

impl Pair<'_> {
    /// The words that the two share, in the clause's order.
    pub fn matches(&self, statistics: &Statistics) -> Vec<Match> {
        let found = |place: &usize| {
            let token = &self.clause.tokens[*place];
            let idf = statistics.idf(self.clause, *place);
            if let Some(inquiry) = self.inquiry.stems.get(&token.stem) {
                return Some(Match { clause: *place, inquiry: *inquiry, concept: None, idf });
            }
            self.clause.concepts[*place].iter().find_map(|concept| {
                let inquiry = *self.inquiry.concept_places.get(concept)?;
                Some(Match { clause: *place, inquiry, concept: Some(*concept), idf })
            })
        };
        self.clause.content.iter().filter_map(found).collect()
    }

    /// The value of every comparison, in the order of [`COMPARISONS`].
    pub fn values(&self, matches: &[Match], statistics: &Statistics) -> [Value; COMPARISONS.len()] {
        let rarest = matches.iter().map(|found| found.idf).fold(0.0, f64::max);
        [
            Value::Number(self.likeness.whole),
            Value::Number(self.likeness.ask),
            Value::Number(self.likeness.request),
            Value::Number(self.likeness.sentence),
            Value::Number(self.lead),
            Value::Number(self.likeness.subject),
            Value::Number(self.likeness.subject_ask),
            Value::Number(self.example),
            Value::Number(self.example_ask),
            Value::Number(self.translation),
            Value::Number(self.translation_ask),
            Value::Number(self.coverage),
            Value::Number(self.focus(matches, statistics)),
            Value::Number(self.contrast),
            Value::Number(self.lead_words),
            Value::Number(self.across()),
            Value::Number(rarest / statistics.largest()),
            Value::Level(shared(&self.clause.places, &self.inquiry.places)),
            Value::Level(name::shared(&self.clause.names, &self.inquiry.names)),
            Value::Level(if self.clause.numbers.is_disjoint(&self.inquiry.numbers) { "none" } else { "shared" }),
            Value::Level(if self.clause.institutions.is_disjoint(&self.inquiry.institutions) {
                "none"
            } else {
                "shared"
            }),
            Value::Number(topics::agreement(&self.clause.topics, &self.inquiry.topics)),
            Value::Level(self.scope.code()),
            Value::Level(self.role.code()),
        ]
    }

    /// What `contrast` is above its floor, as far as the two are of different languages: words are shared by chance far more often within one.
    fn across(&self) -> f64 {
        f64::from(self.inquiry.apart(self.clause)) * (self.contrast - FLOOR).max(0.0)
    }

    /// Coverage by the words of the inquiry's title and ask alone.
    fn focus(&self, matches: &[Match], statistics: &Statistics) -> f64 {
        let in_focus = |found: &&Match| {
            let token = &self.clause.tokens[found.clause];
            let same = |place: &usize| {
                self.inquiry.focus[*place]
                    && match found.concept {
                        None => self.inquiry.tokens[*place].stem == token.stem,
                        Some(concept) => self.inquiry.concepts[*place].contains(&concept),
                    }
            };
            self.inquiry.content.iter().any(same)
        };
        share(matches.iter().filter(in_focus).map(|found| found.idf).sum(), self.clause, statistics)
    }
}

/// The share of the clause's content, by idf, that stands in the inquiry: as a form of the same word or a word of the same concept.
pub fn coverage(clause: &Reading, inquiry: &Reading, statistics: &Statistics) -> f64 {
    let covered = |place: &&usize| {
        inquiry.stems.contains_key(&clause.tokens[**place].stem)
            || clause.concepts[**place].iter().any(|concept| inquiry.concept_places.contains_key(concept))
    };
    let weight = clause.content.iter().filter(covered).map(|place| statistics.idf(clause, *place)).sum();
    share(weight, clause, statistics)
}

fn share(weight: f64, clause: &Reading, statistics: &Statistics) -> f64 {
    let whole: f64 = clause.content.iter().map(|place| statistics.idf(clause, *place)).sum();
    if whole > 0.0 { weight / whole } else { 0.0 }
}

fn shared(clause: &std::collections::BTreeSet<usize>, inquiry: &std::collections::BTreeSet<usize>) -> &'static str {
    match () {
        () if clause.is_empty() || inquiry.is_empty() => "unnamed",
        () if clause.is_disjoint(inquiry) => "elsewhere",
        () => "shared",
    }
}
