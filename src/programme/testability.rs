//! Could one later tell whether a promise was kept, and by what?
//!
//! Takes the words of a unit, then the limits that its row, sentence or lead-in gives; gives a label with the passages that decide it. Vague:
//! no definite action on a definite object. Specific: definite, without a limit. Testable: definite, with a quantity, a deadline or a place
//! that is singled out (`docs/codebook-clauses.md`, section 3). Rules over `models/programme/testability.toml`; deterministic.
//! Knows nothing of: whether the unit is a promise.

use super::cue::Cue;
use super::words::{Traits, Word};
use crate::ingest::Testability;
use crate::span::Span;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const FILE: &str = "models/programme/testability.toml";
const TABLE: &str = include_str!("../../models/programme/testability.toml");

/// Action or outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Something is built, paid, adopted, supplied, done.
    Action,
    /// Only a resulting state or level is named.
    Outcome,
}

/// What makes a promise testable, quoted from the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// Dates, years, terms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadline: Vec<String>,
    /// Numbers, shares, multiples, frequencies, totalities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantity: Vec<String>,
    /// Named or determinable places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub place: Vec<String>,
    /// People or bodies to whom the act is directed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addressee: Vec<String>,
    /// Which of these stand not in the unit but in its row, its sentence or the lead-in above it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherited: Vec<FieldName>,
}

/// A field that units take over from what stands above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldName {
    /// [`Fields::deadline`]
    Deadline,
    /// [`Fields::place`]
    Place,
    /// [`Fields::addressee`]
    Addressee,
}

impl Fields {
    /// Takes over what `above` has and the unit lacks. A quantity is counted where it stands, and nowhere else.
    pub fn inherit(&mut self, above: &Self) {
        let shared = [
            (FieldName::Deadline, &mut self.deadline, &above.deadline),
            (FieldName::Place, &mut self.place, &above.place),
            (FieldName::Addressee, &mut self.addressee, &above.addressee),
        ];
        for (name, own, given) in shared {
            if own.is_empty() && !given.is_empty() {
                own.clone_from(given);
                self.inherited.push(name);
            }
        }
    }
}

/// What a unit says by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The passages that limit it.
    pub fields: Fields,
    /// Action or outcome.
    pub act: Act,
    /// Has words that promise nothing definite, and none that do.
    vague: bool,
    /// Has words for something definite.
    definite: bool,
    /// Has words of degree: more, better.
    degree: bool,
    /// Names a place or an object.
    named: bool,
    /// Is a few words.
    short: bool,
}

impl Said {
    /// Takes over what stands `above` the unit in its row, its sentence or its lead-in; gives the label.
    pub fn under(&mut self, above: &Fields) -> Testability {
        // What is vague stays so, whatever stands above it.
        let counted = self.fields.quantity.iter().any(|quantity| quantity.contains(|c: char| c.is_ascii_digit()));
        let limited = !self.fields.deadline.is_empty() || !self.fields.quantity.is_empty() && (!self.vague || counted);
        self.fields.inherit(above);
        if limited {
            Testability::Testable
        } else if self.vague {
            Testability::Vague
        } else if !self.fields.deadline.is_empty() || (self.named || !above.place.is_empty()) && !self.degree {
            Testability::Testable
        } else if self.degree && !self.definite && self.short {
            Testability::Vague
        } else {
            Testability::Specific
        }
    }
}

/// The rules' words.
#[derive(Debug, Clone, Deserialize)]
pub struct Tests {
    numbers: Cue,
    totality: Cue,
    frequency: Cue,
    emphasis: Cue,
    months: Cue,
    until: Cue,
    year: Cue,
    term: Cue,
    ordinal_year: Cue,
    place_types: Cue,
    single_place: Cue,
    degree: Cue,
    vague: Cue,
    definite: Cue,
    outcome: Cue,
    addressee: Cue,
    stop: Cue,
}

/// Words that a text writes with a capital inside sentences: its proper names.
pub type Names = BTreeSet<std::sync::Arc<str>>;

impl Tests {
    /// The bundled rules.
    ///
    /// # Errors
    /// [`Error::Model`]
    pub fn bundled() -> Result<Self> {
        toml::from_str(TABLE).map_err(|error| Error::model(FILE, error))
    }

    /// Stems that stand with a capital inside a sentence, outside lines in capitals.
    pub fn names(&self, text: &str, words: &[Word]) -> Names {
        let mut names = Names::new();
        let small = words.iter().filter(|word| word.span.of(text).starts_with(char::is_lowercase));
        let small: BTreeSet<&str> = small.map(|word| &*word.stem).collect();
        for pair in words.windows(2) {
            let between = text.get(pair[0].span.end..pair[1].span.start).unwrap_or_default();
            let inside = !between.contains(['.', '!', '?', '\n', ';', ':', '«', '"']) && !between.is_empty();
            if inside
                && capitalised(pair[1].span.of(text))
                && !pair[0].traits.any(Traits::NUMBER)
                && !small.contains(&*pair[1].stem)
            {
                names.insert(pair[1].stem.clone());
            }
        }
        names
    }

    /// What the words of a unit say. `places` are spans of known places in it.
    pub fn read(&self, text: &str, words: &[Word], names: &Names, places: &[Span], row: bool) -> Said {
        let end = words.iter().skip(1).position(|word| self.stop.has(&word.plain)).map_or(words.len(), |at| at + 1);
        let words = &words[..end];
        let quote = |from: usize, to: usize| {
            let span = words[from].span.join(words[to.min(words.len() - 1)].span);
            span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let mut fields = Fields::default();
        let mut used = vec![false; words.len()];
        for place in 0..words.len() {
            let word = &*words[place].plain;
            let next = words.get(place + 1).map_or("", |word| &*word.plain);
            let next2 = words.get(place + 2).map_or("", |word| &*word.plain);
            let previous = place.checked_sub(1).map_or("", |at| &*words[at].plain);
            let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
            let numeric = words[place].traits.any(Traits::NUMBER) || !digits.is_empty() || self.numbers.is(word);
            let is_year = digits.len() == 4 && (digits.starts_with("20") || digits.starts_with("19"));
            if used[place] {
                continue;
            }
            // A year or a month: a deadline unless it dates something past.
            let past = digits.len() == 4 && (digits.starts_with("19") || matches!(previous, "с" | "со"));
            if is_year
                && (self.year.has(next)
                    || self.year.has(next2)
                    || next.is_empty()
                    || self.until.has(previous)
                    || word.len() > 4)
            {
                if !past {
                    fields.deadline.push(quote(place, place + 1));
                }
                used[place] = true;
                if let Some(next) = used.get_mut(place + 1) {
                    *next = true;
                }
                continue;
            }
            let month = self.months.has(next) && numeric
                || self.months.has(word) && (self.until.has(next) || self.until.has(next2) || self.until.has(previous));
            if month {
                fields.deadline.push(quote(place, place + 1));
                used[place] = true;
                if self.months.has(next) {
                    used[place + 1] = true;
                }
                continue;
            }
            if self.ordinal_year.has(word) && (self.year.has(next) || self.year.has(next2)) {
                fields.deadline.push(quote(place, place + 1));
                continue;
            }
            if numeric
                && self.term.has(next)
                && (previous == "за" || next == "жылда" || next == "айда" || next2.starts_with("ишинде"))
            {
                fields.deadline.push(quote(place, place + 1));
                used[place] = true;
                used[place + 1] = true;
                continue;
            }
            if numeric && !is_sign(text, words, place) {
                fields.quantity.push(quote(place, place + 1));
            } else if self.numbers.has(word) && !numeric {
                fields.quantity.push(quote(place, place));
            } else if self.totality.has(word)
                && !self.emphasis.has(next)
                && !self.emphasis.has(next2)
                && (word != "ни" || matches!(next, "одна" | "одну" | "одного" | "один" | "одной"))
            {
                fields.quantity.push(quote(place, place + 1));
            } else if self.frequency.has(word) {
                fields.quantity.push(quote(place.saturating_sub(1), place));
            }
        }
        let named = self.places(text, words, names, places, row, &mut fields);
        for (place, word) in words.iter().enumerate() {
            let dative = word.traits.any(Traits::LOCAL) && !word.plain.ends_with(['а', 'е'])
                || word.traits.any(Traits::LOCAL)
                    && ["га", "ге", "ка", "ке", "на", "не"].iter().any(|end| word.plain.ends_with(end))
                || word.traits.any(Traits::RUSSIAN)
                    && ["ам", "ям", "ому", "ему", "ым", "им"].iter().any(|end| word.plain.ends_with(end))
                    && !word.traits.any(Traits::COMMITS);
            if dative && self.addressee.has(&word.plain) {
                fields.addressee.push(quote(place, place));
            }
        }
        let has = |cue: &Cue| words.iter().any(|word| cue.has(&word.plain));
        let definite = has(&self.definite);
        Said {
            fields,
            act: if has(&self.outcome) { Act::Outcome } else { Act::Action },
            vague: has(&self.vague) && !definite,
            definite,
            degree: has(&self.degree),
            named,
            short: words.len() < 6,
        }
    }

    /// Named places and named objects; true where one stands in the unit.
    fn places(
        &self,
        text: &str,
        words: &[Word],
        names: &Names,
        known: &[Span],
        row: bool,
        fields: &mut Fields,
    ) -> bool {
        let mut found = false;
        for (place, word) in words.iter().enumerate() {
            let written = word.span.of(text);
            let initial = place == 0 || text[..word.span.start].trim_end().ends_with(['.', '!', '?', ';', ':', '\n']);
            let next = words.get(place + 1).map_or("", |word| &*word.plain);
            // The cells of a row begin with capitals too.
            let typed = self.place_types.has(next) && !self.place_types.has(&word.plain);
            let known_name = names.contains(&word.stem) && (!row || word.traits.any(Traits::LOCAL));
            let proper = capitalised(written) && (known_name || typed && (!initial || !row));
            let is_known = capitalised(written) && known.iter().any(|span| span.overlaps(&word.span));
            if proper || is_known || self.single_place.has(&word.plain) {
                fields.place.push(written.to_owned());
                found = true;
            }
        }
        found
    }
}

/// True for a number that names: «№ 5», «1–4 класс» keeps its number, «24-үй» does not.
fn is_sign(text: &str, words: &[Word], place: usize) -> bool {
    text[..words[place].span.start].trim_end().ends_with('№')
}

/// One capital and then small letters: abbreviations are no names.
fn capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
