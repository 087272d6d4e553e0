//! What a mention was taken for, and why, in words.
//!
//! Takes the outcome of [`super::Roster::explain`]; gives the answer, its reason, and a line a reviewer can read:
//! `«К.Әлишевтің» -> alishev-k 0.89: Әлишевтің = әлишев (surname; case ending), К. = қазбек (initial; letters of the other language)`.
//! Promises: the reason names the weakest step that was needed.
//! Knows nothing of: how names are compared.

use crate::id::PersonId;
use serde::Serialize;
use std::fmt;

/// Why a mention was given to a person, or to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The mention is the id.
    Id,
    /// It is a name or alias of the roster.
    Name,
    /// Surname and initials, or surname and given name, fit one person only.
    Initials,
    /// The surname alone fits one person only.
    Surname,
    /// Given name and patronymic, or given name and the surname's initial, fit one person only.
    GivenName,
    /// It fits one person in the letters of the other language or script.
    Letters,
    /// It fits one person in a case form.
    CaseEnding,
    /// It fits one person with the surname in the other gender.
    GenderEnding,
    /// It fits one person when a slip of the pen or a looser spelling is overlooked.
    Spelling,
    /// It fits several people equally well.
    Ambiguous,
    /// The surname fits somebody, but the initial, given name, patronymic or form of address is somebody else's.
    Contradicted,
    /// It fits nobody.
    Unknown,
}

/// What a mention was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// The person; `None` for nobody.
    pub person: Option<PersonId>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Why.
    pub reason: Reason,
    /// Those between whom the mention does not decide, or the nearest name where it fits nobody.
    pub candidates: Vec<String>,
}

/// How a word was taken for a name of the roster; several may hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct How {
    /// Letters of the other language.
    pub letters: bool,
    /// Latin or Arabic letters.
    pub script: bool,
    /// A looser habit of spelling: х for к, ч for ш, у for о.
    pub far: bool,
    /// A case ending.
    pub case: bool,
    /// A case ending that is also the surname's nominative in the other gender.
    pub homograph: bool,
    /// The other gender.
    pub gender: bool,
    /// A Russian surname ending added or dropped.
    pub derived: bool,
    /// The patronymic of the other language.
    pub patronymic: bool,
    /// Shortened: `Серг.`
    pub shortened: bool,
    /// The roster does not have this part of the name.
    pub unchecked: bool,
    /// Letters that were added, dropped, swapped or changed.
    pub slips: u8,
}

impl How {
    /// What holds, in words; `exact` where nothing had to be overlooked.
    pub fn words(&self) -> Vec<&'static str> {
        let steps = [
            (self.letters, "letters of the other language"),
            (self.script, "another script"),
            (self.far, "looser spelling"),
            (self.case && !self.homograph, "case ending"),
            (self.homograph, "case ending, or the other gender"),
            (self.gender, "other gender"),
            (self.derived, "surname ending added or dropped"),
            (self.patronymic, "patronymic of the other language"),
            (self.shortened, "shortened"),
            (self.unchecked, "not in the roster"),
            (self.slips == 1, "one slip"),
            (self.slips > 1, "two slips"),
        ];
        let words: Vec<&str> = steps.into_iter().filter(|step| step.0).map(|step| step.1).collect();
        if words.is_empty() { vec!["exact"] } else { words }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            letters: self.letters || other.letters,
            script: self.script || other.script,
            far: self.far || other.far,
            case: self.case || other.case,
            homograph: self.homograph || other.homograph,
            gender: self.gender || other.gender,
            derived: self.derived || other.derived,
            patronymic: self.patronymic || other.patronymic,
            shortened: self.shortened || other.shortened,
            unchecked: self.unchecked || other.unchecked,
            slips: self.slips.max(other.slips),
        }
    }
}

/// One word or initial of a mention and what it was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// As written.
    pub written: String,
    /// The name of the roster, folded; empty where it has none.
    pub meant: String,
    /// `surname`, `given name`, `patronymic`, `initial`.
    pub part: &'static str,
    /// How.
    pub how: How,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meant = if self.meant.is_empty() { "?" } else { &self.meant };
        write!(f, "{} = {meant} ({}; {})", self.written, self.part, self.how.words().join(", "))
    }
}

/// A resolution with its trace.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The mention.
    pub mention: String,
    /// What it was taken for.
    pub resolution: Resolution,
    /// Word by word.
    pub steps: Vec<Step>,
    /// What speaks for somebody else, or against everybody.
    pub note: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Resolution { person, confidence, .. } = &self.resolution;
        write!(f, "«{}» -> ", self.mention)?;
        match person {
            Some(person) => write!(f, "{person} {confidence:.2}")?,
            None => write!(f, "nobody")?,
        }
        let steps = self.steps.iter().map(ToString::to_string);
        let parts: Vec<String> = steps.chain(Some(self.note.clone()).filter(|note| !note.is_empty())).collect();
        if parts.is_empty() { Ok(()) } else { write!(f, ": {}", parts.join(", ")) }
    }
}
