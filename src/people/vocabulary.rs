//! The words of the roster's names, by plain form.
//!
//! Takes people; gives, for each plain word, who bears it and as which part of the name. Surname first is the rule; `Given
//! Patronymic Surname` and `Given Surname` are seen by their endings. Aliases add surnames, names and initials.
//! Promises: the order of people decides nothing.
//! Knows nothing of: mentions.

use super::endings::{is_patronymic_ending, patronymic, surname_gender};
use super::known;
use super::letters::{collapse, plains};
use super::name::Name;
use super::shape::{Shape, shapes};
use super::tables::Gender;
use crate::ingest::Person;
use std::collections::HashMap;

/// Parts of a name as bits: a surname of up to two words, given names, the patronymic.
pub mod part {
    #![allow(missing_docs, reason = "the names of parts")]
    pub const SURNAME: u8 = 1;
    pub const SURNAME_2: u8 = 2;
    pub const GIVEN: u8 = 4;
    pub const GIVEN_2: u8 = 8;
    pub const FATHER: u8 = 16;
    pub const SURNAMES: u8 = SURNAME | SURNAME_2;
    pub const GIVENS: u8 = GIVEN | GIVEN_2;
}

/// What the roster says of one person's name; words folded.
#[derive(Debug, Default, Clone)]
pub struct Individual {
    /// First words of the surname in all spellings.
    pub surnames: Vec<String>,
    /// True for a double surname.
    pub double: bool,
    /// Given names; an initial alone is one letter.
    pub given: Vec<String>,
    /// Second given names (Чен Ир).
    pub given_2: Vec<String>,
    /// Patronymics.
    pub fathers: Vec<String>,
    /// As far as the name says.
    pub gender: Option<Gender>,
}

/// Somebody bears the word.
#[derive(Debug, Clone)]
pub struct Posting {
    /// Index of the person.
    pub person: usize,
    /// As these parts of the name.
    pub parts: u8,
    /// By a looser spelling.
    pub far: bool,
    /// The word as the roster has it, folded.
    pub spelled: String,
    /// Its first plain form.
    pub plain: String,
}

/// All words of a roster.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// In the roster's order.
    pub individuals: Vec<Individual>,
    words: HashMap<String, Vec<Posting>>,
    fathers: HashMap<String, Vec<Posting>>,
    /// Plain words, the shortest first.
    pub shapes: Vec<Shape>,
    /// Fathers' names, the shortest first.
    pub father_shapes: Vec<Shape>,
}

impl Vocabulary {
    /// The words of `people`.
    pub fn new(people: &[Person]) -> Self {
        let mut vocabulary = Self { individuals: vec![Individual::default(); people.len()], ..Self::default() };
        for (index, person) in people.iter().enumerate() {
            for name in [&person.name_kk, &person.name_ru] {
                vocabulary.name(index, &chunks(name));
            }
            for alias in &person.aliases {
                vocabulary.alias(index, alias);
            }
        }
        vocabulary.shapes = shapes(&vocabulary.words);
        vocabulary.father_shapes = shapes(&vocabulary.fathers);
        vocabulary
    }

    /// Who bears the plain word.
    pub fn bearers(&self, plain: &str) -> &[Posting] {
        self.words.get(plain).map_or(&[], Vec::as_slice)
    }

    /// Whose father bears the name, without its last vowels.
    pub fn children(&self, father: &str) -> &[Posting] {
        self.fathers.get(father).map_or(&[], Vec::as_slice)
    }

    fn name(&mut self, person: usize, chunks: &[Vec<String>]) {
        let ends =
            |at: usize| chunks.get(at).filter(|chunk| chunk.len() == 1).is_some_and(|chunk| is_patronymic(&chunk[0]));
        let first =
            |at: usize| chunks.get(at).and_then(|chunk| chunk.first()).map_or(String::new(), |word| plain(word));
        match chunks.len() {
            0 => {}
            1 => self.surname(person, &chunks[0]),
            // Серік Мұратұлы: what is the surname is not said.
            2 if ends(1) => {
                self.surname(person, &chunks[0]);
                self.post(person, part::GIVEN, &chunks[0][0]);
                self.post(person, part::SURNAME, &chunks[1][0]);
                self.father(person, &chunks[1][0]);
            }
            2 if surname_gender(&first(1)).is_some()
                && surname_gender(&first(0)).is_none()
                && known::is_given(&first(0))
                && !known::is_given(&first(1)) =>
            {
                self.surname(person, &chunks[1]);
                self.given(person, &chunks[0]);
            }
            3 if ends(1) && !ends(2) => {
                self.surname(person, &chunks[2]);
                self.given(person, &chunks[0]);
                self.father(person, &chunks[1][0]);
            }
            _ => {
                self.surname(person, &chunks[0]);
                let mut given: Vec<String> = Vec::new();
                for (at, chunk) in chunks.iter().enumerate().skip(1) {
                    if at > 1 && ends(at) {
                        self.father(person, &chunk[0]);
                    } else {
                        given.extend(chunk.iter().cloned());
                    }
                }
                self.given(person, &given);
            }
        }
    }

    fn alias(&mut self, person: usize, alias: &str) {
        let name = Name::read(alias, false);
        let initialled = !name.initials.is_empty();
        match name.words.as_slice() {
            [word] => {
                let same = |known: &String| plain(known) == plain(word);
                let individual = &mut self.individuals[person];
                if individual.given.iter().chain(&individual.fathers).any(same) {
                    return;
                }
                if initialled {
                    individual.given.push(name.initials[0].to_string());
                }
                self.surname(person, std::slice::from_ref(word));
            }
            [_, ..] if !initialled => self.name(person, &chunks(alias)),
            _ => {}
        }
    }

    fn surname(&mut self, person: usize, words: &[String]) {
        let individual = &mut self.individuals[person];
        individual.surnames.extend(words.first().cloned());
        individual.double |= words.len() > 1;
        if individual.gender.is_none() {
            individual.gender = words.first().and_then(|word| surname_gender(&plain(word)));
        }
        for (word, part) in words.iter().zip([part::SURNAME, part::SURNAME_2]) {
            self.post(person, part, word);
        }
        if words.len() > 1 {
            self.post(person, part::SURNAMES, &words.concat());
        }
    }

    fn given(&mut self, person: usize, words: &[String]) {
        let individual = &mut self.individuals[person];
        individual.given.extend(words.first().cloned());
        individual.given_2.extend(words.get(1).cloned());
        if individual.gender.is_none() {
            individual.gender = words.first().and_then(|word| known::gender(&plain(word)));
        }
        for (word, part) in words.iter().zip([part::GIVEN, part::GIVEN_2]) {
            self.post(person, part, word);
        }
        if words.len() > 1 {
            self.post(person, part::GIVENS, &words.concat());
        }
    }

    fn father(&mut self, person: usize, word: &str) {
        self.post(person, part::FATHER, word);
        let individual = &mut self.individuals[person];
        individual.fathers.push(word.to_owned());
        for form in plains(word, true) {
            let text = collapse(&form.text);
            let Some((father, gender)) = patronymic(&text) else { continue };
            let individual = &mut self.individuals[person];
            // A patronymic is the surest sign.
            individual.gender = gender.or(individual.gender);
            let bearers = self.fathers.entry(father.to_owned()).or_default();
            if !bearers.iter().any(|known| known.person == person && known.spelled == word && known.far <= form.far) {
                let plain = patronymic(&plain(word)).map_or(String::new(), |found| found.0.to_owned());
                bearers.push(Posting { person, parts: part::FATHER, far: form.far, spelled: word.to_owned(), plain });
            }
        }
    }

    fn post(&mut self, person: usize, parts: u8, word: &str) {
        if word.chars().nth(1).is_none() {
            return;
        }
        for form in plains(word, true) {
            let bearers = self.words.entry(collapse(&form.text)).or_default();
            let same = |known: &Posting| known.person == person && known.parts == parts && known.spelled == word;
            if !bearers.iter().any(|known| same(known) && known.far <= form.far) {
                bearers.push(Posting { person, parts, far: form.far, spelled: word.to_owned(), plain: plain(word) });
            }
        }
    }
}

/// The words between spaces, each cut at its hyphens; initials are words of one letter.
fn chunks(name: &str) -> Vec<Vec<String>> {
    let mut chunks: Vec<Vec<String>> = Vec::new();
    for written in name.split_whitespace() {
        let read = Name::read(written, false);
        let words: Vec<String> = read.words.into_iter().chain(read.initials.iter().map(ToString::to_string)).collect();
        match (words.as_slice(), chunks.last_mut().and_then(|chunk| chunk.last_mut())) {
            ([], _) => {}
            ([ending], Some(father)) if is_patronymic_ending(&plain(ending)) => father.push_str(ending),
            _ => chunks.push(words),
        }
    }
    chunks
}

/// The first plain form, collapsed.
fn plain(word: &str) -> String {
    plains(word, false).first().map_or(String::new(), |form| collapse(&form.text))
}

fn is_patronymic(word: &str) -> bool {
    patronymic(&plain(word)).is_some()
}
