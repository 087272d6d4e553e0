//! What is a unit of a programme: a promise, or a heading, a diagnosis, a value…
//!
//! Takes the units of an outline; gives each a [`Kind`] and the probability that it is a promise. A promise commits its owner to an action
//! or outcome of which one can later ask whether it was done (Naurin, Royed & Thomson 2019; Thomson et al. 2017). The features are read off
//! the words, the layout and the neighbourhood; the weights are fitted by `training` (one logistic regression a kind) and stored in
//! `models/programme/kind.toml`. Deterministic. Knows nothing of: who the owner is, links.

use super::cue::Cue;
use super::layout::BlockKind;
use super::segment::{Outline, Segment};
use super::words::{Traits, Word};
use crate::{Error, Result};
use foldhash::fast::RandomState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

const CUES: &str = include_str!("../../models/programme/cues.toml");
const WEIGHTS: &str = include_str!("../../models/programme/kind.toml");

/// What a unit is (`docs/codebook-clauses.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Commits its owner to an action or outcome.
    Pledge,
    /// Describes the situation.
    Diagnosis,
    /// Who the owner is and has done.
    Biography,
    /// A belief or principle.
    Value,
    /// A call or motto.
    Slogan,
    /// A title.
    Heading,
    /// Announces what follows.
    LeadIn,
    /// Greeting, wish, thanks, request to vote.
    Thanks,
    /// Page number, running header, contact, imprint.
    Furniture,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Pledge,
        Self::Diagnosis,
        Self::Biography,
        Self::Value,
        Self::Slogan,
        Self::Heading,
        Self::LeadIn,
        Self::Thanks,
        Self::Furniture,
    ];

    /// The code in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pledge => "pledge",
            Self::Diagnosis => "diagnosis",
            Self::Biography => "biography",
            Self::Value => "value",
            Self::Slogan => "slogan",
            Self::Heading => "heading",
            Self::LeadIn => "lead-in",
            Self::Thanks => "thanks",
            Self::Furniture => "furniture",
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
struct Cues {
    words: BTreeMap<String, Cue>,
}

/// Weights by kind and feature; `bias` is the intercept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct KindWeights {
    /// By kind, then by feature.
    pub weights: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Tells kinds apart.
#[derive(Debug, Clone)]
pub struct KindModel {
    /// The words that tell, by what they tell.
    cues: BTreeMap<String, Cue>,
    /// What a feature is worth for each of [`Kind::ALL`].
    worth: HashMap<String, [f64; Kind::ALL.len()], RandomState>,
}

/// A kind with its probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// The likeliest kind.
    pub kind: Kind,
    /// That it is a promise.
    pub pledge: f64,
}

/// Names of the traits, as features.
const TRAITS: [&str; 24] = [
    "commits",
    "states",
    "passive",
    "infinitive",
    "verbal-noun",
    "converb",
    "participle",
    "accusative",
    "local",
    "genitive",
    "past",
    "joins",
    "contrasts",
    "follows",
    "subordinates",
    "postposition",
    "light",
    "modal",
    "supports",
    "pronoun",
    "number",
    "kazakh",
    "russian",
    "action",
];

impl KindModel {
    /// The bundled cues and weights.
    ///
    /// # Errors
    /// [`Error::Model`]
    pub fn bundled() -> Result<Self> {
        let weights = toml::from_str(WEIGHTS).map_err(|error| Error::model("models/programme/kind.toml", error))?;
        Self::new(&weights)
    }

    /// The bundled cues with other weights.
    ///
    /// # Errors
    /// [`Error::Model`]
    pub fn new(weights: &KindWeights) -> Result<Self> {
        let cues: Cues = toml::from_str(CUES).map_err(|error| Error::model("models/programme/cues.toml", error))?;
        let mut worth: HashMap<String, [f64; Kind::ALL.len()], RandomState> = HashMap::default();
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            for (name, weight) in weights.weights.get(kind.code()).into_iter().flatten() {
                worth.entry(name.clone()).or_default()[place] = *weight;
            }
        }
        Ok(Self { cues: cues.words, worth })
    }

    /// The features of every unit of an outline, with their values.
    pub fn features(&self, text: &str, outline: &Outline) -> Vec<BTreeMap<String, f64>> {
        let segments = &outline.segments;
        let mut led = false;
        let mut listed = 0_usize;
        let last_item = segments.iter().rposition(|unit| matches!(unit.kind, BlockKind::Item | BlockKind::Row));
        let all = segments.len();
        let own = |unit: &Segment| self.unit(text, &outline.words[unit.words.0..unit.words.1], unit);
        let mut out: Vec<BTreeMap<String, f64>> = segments.par_iter().map(own).collect();
        for ((place, unit), features) in segments.iter().enumerate().zip(&mut out) {
            let mut put = |name: &str, is: bool| {
                if is {
                    features.insert(name.to_owned(), 1.0);
                }
            };
            let item = matches!(unit.kind, BlockKind::Item | BlockKind::Row);
            let next = segments.get(place + 1);
            let previous = place.checked_sub(1).and_then(|at| segments.get(at));
            let same = |other: Option<&Segment>| other.is_some_and(|other| other.block == unit.block);
            put("under-lead", led);
            put("item-under-lead", led && item);
            put("alone", !same(next) && !same(previous));
            put("first-in-block", !same(previous));
            put("before-item", !item && next.is_some_and(|next| matches!(next.kind, BlockKind::Item | BlockKind::Row)));
            put("item-before-item-block", item && next.is_some_and(|next| next.block != unit.block));
            put("announces-before", previous.is_some_and(|unit| unit.announces));
            put("opening", place < 3);
            put("early", place * 6 < all && place >= 3);
            put("closing", place + 4 >= all);
            put("late", place * 8 >= all * 7);
            put("after-list", last_item.is_some_and(|last| place > last));
            put("before-list", last_item.is_some() && listed == 0 && !item);
            put("open-short-then-long", !item && !ends(unit.content.of(text)) && !same(next) && next.is_some());
            if unit.announces {
                led = true;
            }
            listed += usize::from(item);
        }
        out
    }

    fn unit(&self, text: &str, words: &[Word], unit: &Segment) -> BTreeMap<String, f64> {
        let content = unit.content.of(text);
        let mut features = BTreeMap::new();
        let mut put = |name: &str, is: bool| {
            if is {
                features.insert(name.to_owned(), 1.0);
            }
        };
        put("bias", true);
        let listed = matches!(unit.kind, BlockKind::Item | BlockKind::Row);
        let mut union = Traits::default();
        for word in words {
            union = union.or(word.traits);
        }
        // An item headed by a noun of action reads like one that ends with a Kazakh verbal noun.
        let headed = listed && words.len() > 1 && words.iter().take(2).any(|word| word.traits.any(Traits::ACTION));
        if headed {
            union = union.or(Traits::VERBAL_NOUN);
        }
        put("last-verbal-noun", headed);
        for bit in union.places() {
            put(&format!("has-{}", TRAITS[bit]), true);
        }
        for (at, word) in [("last", words.last()), ("first", words.first())] {
            for bit in word.into_iter().flat_map(|word| word.traits.places()) {
                put(&format!("{at}-{}", TRAITS[bit]), true);
            }
        }
        // The same word tells another thing in an item than in running text: «бөлімі» in a table is no title.
        let prefix = if listed { "item-" } else { "" };
        for (told, cue) in &self.cues {
            let count = words.iter().filter(|word| cue.has(&word.plain)).take(2).count();
            for name in ["cue", "cues"].into_iter().take(count) {
                put(&format!("{prefix}{name}-{told}"), true);
            }
        }
        let commits = union.any(Traits::COMMITS.or(Traits::PASSIVE));
        let bare = union.any(Traits::INFINITIVE.or(Traits::VERBAL_NOUN));
        put("verbless", !commits && !bare && !union.any(Traits::PAST.or(Traits::STATES).or(Traits::PARTICIPLE)));
        put("first-verb", words.first().is_some_and(|word| word.traits.any(Traits::COMMITS.or(Traits::INFINITIVE))));
        put("kind-item", listed);
        put("kind-row", unit.kind == BlockKind::Row);
        put("kind-title", unit.kind == BlockKind::Title);
        put("kind-furniture", unit.kind == BlockKind::Furniture);
        put("kind-paragraph", unit.kind == BlockKind::Paragraph);
        put("item-bare", unit.kind == BlockKind::Item && bare);
        put("announces", unit.announces);
        put("announces-commits", unit.announces && commits);
        let count = words.len();
        let size = match count {
            0..=1 => "words-1",
            2..=3 => "words-3",
            4..=6 => "words-6",
            7..=12 => "words-12",
            _ => "words-many",
        };
        put(size, true);
        let last = content.trim_end_matches(['»', '"', ')']).chars().last();
        let end = match last {
            Some('.') => "end-point",
            Some('!') => "end-exclamation",
            Some('?') => "end-question",
            Some(':') => "end-colon",
            Some(';' | ',') => "end-comma",
            _ => "end-open",
        };
        put(end, true);
        put("exclaims", content.contains('!'));
        put("dash", content.contains(" – ") || content.contains(" — ") || content.contains(" - "));
        let letters = content.chars().filter(|c| c.is_alphabetic());
        put("capitals", count > 0 && letters.clone().count() > 3 && letters.clone().all(char::is_uppercase));
        put("title-case", {
            let upper = |word: &&Word| word.span.of(text).starts_with(char::is_uppercase);
            count > 1 && count < 6 && words.iter().filter(upper).count() == count
        });
        put("lower-start", content.starts_with(char::is_lowercase));
        put("quotes", content.starts_with(['«', '"', '“']));
        let digits = content.bytes().filter(u8::is_ascii_digit).count();
        put("digits", digits > 0);
        put("phone", digits >= 7 && digits * 4 > content.chars().count());
        put("address", content.contains(['@', '№']) || content.contains("http") || content.contains("www."));
        put("no-words", count == 0);
        put("short-open", count < 6 && end == "end-open" && unit.kind == BlockKind::Paragraph);
        put("short-item-verbless", count < 6 && unit.kind == BlockKind::Item && !commits && !bare);
        put("point-verbless-short", count < 5 && end == "end-point" && !commits && !bare);
        features
    }

    /// The kind of a unit with these features.
    pub fn judge(&self, features: &BTreeMap<String, f64>) -> Judged {
        let mut scores = [0.0; Kind::ALL.len()];
        for (name, value) in features {
            for (score, weight) in scores.iter_mut().zip(self.worth.get(name).into_iter().flatten()) {
                *score += weight * value;
            }
        }
        let chances = scores.map(|score: f64| 1.0 / (1.0 + (-score).exp()));
        let best = Kind::ALL
            .into_iter()
            .zip(chances)
            .fold((Kind::Pledge, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best });
        let all: f64 = chances.iter().sum();
        Judged { kind: best.0, pledge: chances[0] / all.max(f64::MIN_POSITIVE) }
    }
}

fn ends(content: &str) -> bool {
    content.ends_with(['.', '!', '?', ';', ':', '…', ','])
}
