//! One word of a mention: whose name it can be, and how.
//!
//! Takes a folded word; gives, for each person and part of the name, the cheapest way in which the word is it. Costs are in
//! thousandths of confidence.
//! Promises: a word that is a common name of its own is never a looser spelling of another.
//! Knows nothing of: the other words of the mention.

use super::endings::{Case, Role, cases, derived, father, other_gender, patronymic};
use super::known;
use super::letters::{collapse, plains};
use super::tables::Gender;
use super::trace::How;
use super::vocabulary::{Posting, Vocabulary, part};

/// What each step away from the roster's spelling costs.
pub mod cost {
    #![allow(missing_docs, reason = "named as the fields of `How`")]
    pub const LETTERS: u32 = 20;
    pub const SCRIPT: u32 = 30;
    /// Kazakh letters that the roster's Kazakh name has not.
    pub const SURPLUS: u32 = 40;
    pub const CASE: u32 = 30;
    pub const HOMOGRAPH: u32 = 100;
    pub const FAR: u32 = 100;
    pub const DERIVED: u32 = 140;
    pub const GENDER: u32 = 200;
    pub const SLIP: u32 = 140;
    pub const TWO_SLIPS: u32 = 380;
    pub const FIRST_LETTER: u32 = 80;
    pub const FATHER: u32 = 60;
}

/// The word can be this part of this person's name.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Index of the person.
    pub person: usize,
    /// Parts of the name, see [`part`].
    pub parts: u8,
    /// See [`cost`].
    pub cost: u32,
    /// How.
    pub how: How,
    /// The roster's word.
    pub spelled: String,
    /// A slip or a dropped ending in a short word: not enough without an initial or given name.
    pub weak: bool,
}

/// A word of a mention, with all that it can be.
#[derive(Debug, Default)]
pub struct Word {
    /// Folded.
    pub text: String,
    /// The cheapest for each person and part.
    pub hits: Vec<Hit>,
    /// It ends as patronymics do.
    pub patronymic: bool,
    /// It is a common given name.
    pub given: bool,
}

/// A reading of the word: its plain form, or that of which it is a case form.
pub(super) struct Reading {
    pub(super) text: String,
    pub(super) case: Option<&'static Case>,
}

impl Word {
    /// Looks `text` up.
    pub fn find(vocabulary: &Vocabulary, text: &str) -> Self {
        let forms = plains(text, false);
        let mut readings: Vec<Reading> = Vec::new();
        for form in &forms {
            readings.push(Reading { text: collapse(&form.text), case: None });
        }
        for form in &forms {
            readings.extend(cases(&form.text).map(|(text, case)| Reading { text, case: Some(case) }));
        }
        let mut search = Search { vocabulary, text, hits: Vec::new() };
        for reading in &readings {
            search.same(reading);
            search.father(reading);
        }
        if !search.found() {
            for reading in &readings {
                search.turned(reading);
            }
        }
        let plain = readings.iter().filter(|reading| reading.case.is_none_or(|case| case.role != Role::Surname));
        let patronymic =
            plain.clone().any(|reading| patronymic(&reading.text).is_some_and(|found| found.0.chars().count() > 1));
        let given = plain.clone().any(|reading| known::is_given(&reading.text));
        if !search.found() {
            search.slips(&readings, patronymic);
        }
        Self { text: text.to_owned(), hits: search.hits, patronymic, given }
    }
}

/// What a word of a mention can be, as far as found.
pub(super) struct Search<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    text: &'a str,
    hits: Vec<Hit>,
}

impl Search<'_> {
    /// True when nothing looser needs to be tried.
    fn found(&self) -> bool {
        self.hits.iter().any(|hit| hit.cost < cost::HOMOGRAPH)
    }

    fn same(&mut self, reading: &Reading) {
        for bearer in self.vocabulary.bearers(&reading.text) {
            self.add(bearer, reading, How::default(), 0, false);
        }
        for other in known::namesakes(&reading.text) {
            let bearers = self.vocabulary.bearers(other).iter();
            for bearer in bearers.filter(|bearer| bearer.parts == part::GIVEN && !bearer.far) {
                self.add(bearer, reading, How { far: true, ..How::default() }, cost::FAR, false);
            }
        }
    }

    /// The surname in the other gender, or with a Russian ending added or dropped.
    fn turned(&mut self, reading: &Reading) {
        if let Some(other) = other_gender(&reading.text) {
            for bearer in self.vocabulary.bearers(&other).iter().filter(|bearer| bearer.parts & part::SURNAMES != 0) {
                self.add(bearer, reading, How { gender: true, ..How::default() }, cost::GENDER, false);
            }
        }
        for other in derived(&reading.text) {
            let weak = other.chars().count().min(reading.text.chars().count()) < 6;
            for bearer in self.vocabulary.bearers(&other).iter().filter(|bearer| bearer.parts & part::SURNAMES != 0) {
                self.add(bearer, reading, How { derived: true, ..How::default() }, cost::DERIVED, weak);
            }
        }
    }

    fn father(&mut self, reading: &Reading) {
        if reading.case.is_some_and(|case| case.role == Role::Surname) {
            return;
        }
        let (name, gender, shortened) = match patronymic(&reading.text) {
            Some((name, gender)) => (name, gender, 0),
            None => (father(&reading.text), None, cost::FATHER),
        };
        for bearer in self.vocabulary.children(name) {
            // The father's name as it stands (Мұрат): not just any word with the same consonants.
            if shortened > 0 && !known::is_given(&reading.text) {
                continue;
            }
            let known = patronymic_gender(bearer);
            if Gender::agrees(gender, known) {
                let ending = |word: &str| word.chars().rev().take(2).collect::<String>();
                let other = shortened == 0 && reading.case.is_none() && ending(self.text) != ending(&bearer.spelled);
                let how = How { patronymic: other, shortened: shortened > 0, ..How::default() };
                self.add(bearer, reading, how, shortened, false);
            }
        }
    }

    /// Adds a hit, or keeps the cheaper of two.
    pub(super) fn add(&mut self, bearer: &Posting, reading: &Reading, how: How, price: u32, weak: bool) {
        let mut how = how;
        let mut price = price;
        if let Some(case) = reading.case {
            let surname = bearer.parts & part::SURNAMES != 0;
            let role = match case.role {
                Role::Surname => surname,
                Role::Other => !surname,
                Role::Any | Role::AfterPatronymic => true,
            };
            let gender = self.vocabulary.individuals[bearer.person].gender;
            if !role || !(Gender::agrees(case.gender, gender) || how.gender) {
                return;
            }
            how.case = true;
            how.homograph = case.homograph && !how.derived;
            price += if how.homograph { cost::HOMOGRAPH } else { cost::CASE };
            self.spelling(bearer, &mut how, &mut price);
        } else if self.text != bearer.spelled {
            self.spelling(bearer, &mut how, &mut price);
        }
        if bearer.far {
            if known::differ(&reading.text, &bearer.plain) {
                return;
            }
            how.far = true;
            how.letters = false;
            price += cost::FAR;
        }
        let hit =
            Hit { person: bearer.person, parts: bearer.parts, cost: price, how, spelled: bearer.spelled.clone(), weak };
        match self.hits.iter_mut().find(|known| known.person == hit.person && known.parts == hit.parts) {
            Some(known) if known.cost <= hit.cost => {}
            Some(known) => *known = hit,
            None => self.hits.push(hit),
        }
    }
}

impl Search<'_> {
    /// Other letters than the roster's.
    fn spelling(&self, bearer: &Posting, how: &mut How, price: &mut u32) {
        let kazakh = |word: &str| word.chars().filter(|&c| is_kazakh(c)).count();
        if !self.text.contains(|c: char| matches!(c, '\u{400}'..='\u{52f}')) {
            how.script = true;
            *price += cost::SCRIPT;
        } else if !how.case && kazakh(self.text) > kazakh(&bearer.spelled) {
            how.letters = how.slips == 0;
            *price += cost::SURPLUS;
        } else {
            // Beginnings alone tell letters from endings.
            let same = self.text.chars().zip(bearer.spelled.chars()).take_while(|(a, b)| a == b).count();
            let alike = same + 3 >= bearer.spelled.chars().count();
            how.letters = how.slips == 0
                && !how.patronymic
                && !how.shortened
                && !(alike && (how.case || how.gender || how.derived));
            *price += if how.letters || !how.case { cost::LETTERS } else { 0 };
        }
    }
}

pub(super) fn patronymic_gender(bearer: &Posting) -> Option<Gender> {
    let plain = plains(&bearer.spelled, false);
    plain.first().and_then(|form| patronymic(&collapse(&form.text)).and_then(|found| found.1))
}

fn is_kazakh(letter: char) -> bool {
    matches!(letter, 'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і')
}
