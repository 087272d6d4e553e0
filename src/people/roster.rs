//! The roster: who could be meant by a name.
//!
//! Takes people with their names in both languages and aliases, then mentions; gives one person or nobody, with a confidence
//! and a reason, and on request word by word ([`Roster::explain`]).
//! Promises: nobody rather than a guess; the same answer whatever the order of the roster; never panics. Confidence is what is
//! left of 0.99 after the cost of each step away from the roster's spelling, and less where another person is not far behind.
//! Knows nothing of: where mentions stand.

use super::fit::{Clash, Fit, fit};
use super::name::Name;
use super::shape::letters;
use super::tables::Gender;
pub use super::trace::{Explanation, Reason, Resolution};
use super::trace::{How, Step};
use super::vocabulary::{Vocabulary, part};
use super::word::Word;
use crate::id::PersonId;
use crate::ingest::Person;
use std::collections::HashMap;

type ByPerson<T> = Vec<(usize, T)>;

/// Two people closer than this in cost are not told apart.
const MARGIN: u32 = 30;

/// Names of everybody in the project.
#[derive(Debug)]
pub struct Roster {
    people: Vec<(PersonId, String)>,
    /// The labels' words, to find the nearest.
    written: Vec<(String, u32)>,
    ids: HashMap<String, usize>,
    /// Names and aliases as they are written, in any order of words.
    keys: HashMap<(Vec<String>, Vec<char>), Vec<usize>>,
    vocabulary: Vocabulary,
}

impl Roster {
    /// The roster of `people`, with all their spellings.
    pub fn new(people: &[Person]) -> Self {
        let mut keys: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, person) in people.iter().enumerate() {
            for name in [&person.name_kk, &person.name_ru].into_iter().chain(&person.aliases) {
                let key = Name::read(name, false).key();
                let known = keys.entry(key).or_default();
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
        keys.remove(&(vec![], vec![]));
        let label = |person: &Person| {
            let names = [&person.name_kk, &person.name_ru].into_iter().find(|name| !name.is_empty());
            names.map_or_else(|| person.id.to_string(), Clone::clone)
        };
        Self {
            written: people
                .iter()
                .map(|person| Name::read(&label(person), false).words.join(" "))
                .map(with_letters)
                .collect(),
            people: people.iter().map(|person| (person.id.clone(), label(person))).collect(),
            ids: people.iter().enumerate().map(|(index, person)| (person.id.to_string(), index)).collect(),
            keys,
            vocabulary: Vocabulary::new(people),
        }
    }

    /// Who is meant by `mention`.
    pub fn resolve(&self, mention: &str) -> Resolution {
        self.explain(mention).resolution
    }

    /// [`Self::resolve`], word by word.
    pub fn explain(&self, mention: &str) -> Explanation {
        if let Some(&person) = self.ids.get(mention.trim()) {
            let step = self.step(mention.trim(), person, "id");
            return self.given(mention, person, 1.0, Reason::Id, vec![step], String::new());
        }
        let name = Name::parse(mention);
        let mut best = self.read(mention, &name);
        if best.resolution.reason == Reason::Unknown && !name.titles.is_empty() {
            // A title can be a surname: Мырза.
            let read = self.read(mention, &Name::read(mention, false));
            if read.resolution.person.is_some() {
                best = read;
            }
        }
        if best.resolution.reason == Reason::Unknown {
            // Words cut by a stray space.
            let joined = (1..name.words.len()).map(|at| self.read(mention, &joined(&name, at)));
            if let Some(found) = joined.into_iter().find(|found| found.resolution.person.is_some()) {
                best = found;
                best.resolution.reason = Reason::Spelling;
                best.resolution.confidence = (best.resolution.confidence - 0.1).max(0.1);
            } else {
                self.nearest(&name, &mut best);
            }
        }
        best
    }

    fn read(&self, mention: &str, name: &Name) -> Explanation {
        let exact = self.keys.get(&name.key()).map_or(&[][..], Vec::as_slice);
        let words: Vec<Word> = name.words.iter().map(|word| Word::find(&self.vocabulary, word)).collect();
        let (mut fits, clashes) = self.fits(name, &words);
        if let [person] = *exact {
            let gender = self.vocabulary.individuals[person].gender;
            if !Gender::agrees(name.gender, gender) {
                return self.contradicted(mention, &[(person, Clash::Gender)]);
            }
            // A one-word alias is the reader's decision, but others may bear it too.
            let alone = name.words.len() < 2 && name.initials.is_empty();
            let others = fits.iter().any(|(other, fit)| *other != person && fit.cost < 150);
            let confidence = if !alone {
                0.99
            } else if others {
                0.8
            } else {
                0.95
            };
            let step = self.step(mention, person, "name or alias");
            return self.given(mention, person, confidence, Reason::Name, vec![step], String::new());
        }
        if exact.len() > 1 {
            return self.ambiguous(mention, exact);
        }
        fits.sort_by_key(|(person, fit)| (fit.cost, *person));
        let mut fits = fits.into_iter();
        let Some((person, best)) = fits.next() else {
            return if clashes.is_empty() {
                self.nobody(mention, Reason::Unknown, &[], "no name of the roster".to_owned())
            } else {
                self.contradicted(mention, &clashes)
            };
        };
        let rivals: Vec<(usize, Fit)> = fits.collect();
        let close = rivals.iter().filter(|(_, rival)| rival.cost < best.cost + MARGIN).map(|(person, _)| *person);
        let mut close: Vec<usize> = std::iter::once(person).chain(close).collect();
        if let ([word], true) = (words.as_slice(), name.initials.is_empty()) {
            // One person's surname is another's given name.
            let least = word.hits.iter().filter(|hit| hit.person == person).map(|hit| hit.cost).min().unwrap_or(0);
            let given = word.hits.iter().filter(|hit| hit.parts == part::GIVEN && hit.cost < least + MARGIN);
            close.extend(given.map(|hit| hit.person).filter(|other| *other != person));
        }
        if close.len() > 1 {
            return self.ambiguous(mention, &close);
        }
        let alone = f64::from(990 - best.cost.min(900)) / 1000.0;
        let runner = rivals.first();
        let margin = runner.map_or(1.0, |(_, rival)| 0.5 + 2.5 * f64::from(rival.cost - best.cost) / 1000.0);
        let confidence = (alone.min(margin) * 1000.0).round() / 1000.0;
        let note = runner.map_or(String::new(), |(other, rival)| {
            format!("next {} {:.2}", self.people[*other].0, f64::from(990 - rival.cost.min(900)) / 1000.0)
        });
        let reason = best.reason();
        self.given(mention, person, confidence, reason, best.steps, note)
    }

    /// Everybody whom the mention fits, and those whom it contradicts.
    fn fits(&self, name: &Name, words: &[Word]) -> (ByPerson<Fit>, ByPerson<Clash>) {
        let mut people: Vec<usize> = words.iter().flat_map(|word| word.hits.iter().map(|hit| hit.person)).collect();
        people.sort_unstable();
        people.dedup();
        let (mut fits, mut clashes) = (Vec::new(), Vec::new());
        for person in people {
            match fit(name, words, person, &self.vocabulary.individuals[person]) {
                Ok(fit) => fits.push((person, fit)),
                Err(Some(clash)) => clashes.push((person, clash)),
                Err(None) => {}
            }
        }
        (fits, clashes)
    }

    fn step(&self, written: &str, person: usize, part: &'static str) -> Step {
        Step { written: written.to_owned(), meant: self.people[person].1.clone(), part, how: How::default() }
    }

    fn given(
        &self,
        mention: &str,
        person: usize,
        confidence: f64,
        reason: Reason,
        steps: Vec<Step>,
        note: String,
    ) -> Explanation {
        let person = Some(self.people[person].0.clone());
        let resolution = Resolution { person, confidence, reason, candidates: vec![] };
        Explanation { mention: mention.to_owned(), resolution, steps, note }
    }

    fn nobody(&self, mention: &str, reason: Reason, people: &[usize], note: String) -> Explanation {
        let candidates = people.iter().map(|&person| self.people[person].1.clone()).collect();
        let resolution = Resolution { person: None, confidence: 0.0, reason, candidates };
        Explanation { mention: mention.to_owned(), resolution, steps: vec![], note }
    }

    fn ambiguous(&self, mention: &str, people: &[usize]) -> Explanation {
        let labels: Vec<&str> = people.iter().map(|&person| self.people[person].1.as_str()).collect();
        self.nobody(mention, Reason::Ambiguous, people, format!("fits {}", labels.join(" and ")))
    }

    fn contradicted(&self, mention: &str, clashes: &[(usize, Clash)]) -> Explanation {
        let people: Vec<usize> = clashes.iter().map(|clash| clash.0).collect();
        let notes = clashes.iter().map(|(person, clash)| {
            let label = &self.people[*person].1;
            match clash {
                Clash::Word(word) => format!("{word} is no part of {label}"),
                Clash::Initial(initial) => format!("{}. is no initial of {label}", initial.to_uppercase()),
                Clash::Gender => format!("the form of address is not for {label}"),
            }
        });
        let notes: Vec<String> = notes.collect();
        self.nobody(mention, Reason::Contradicted, &people, notes.join("; "))
    }

    /// Where a mention fits nobody: the name on the roster that looks most like it, if any looks like it.
    fn nearest(&self, name: &Name, nobody: &mut Explanation) {
        let (mentioned, bits) = with_letters(name.words.join(" "));
        if mentioned.is_empty() || mentioned.len() > 200 {
            return;
        }
        let similar = self.written.iter().enumerate();
        // Names with few letters in common need no closer look.
        let similar = similar.filter(|(_, label)| (label.1 ^ bits).count_ones() <= 9);
        let similar = similar.map(|(index, label)| (strsim::jaro_winkler(&mentioned, &label.0), &self.people[index].1));
        // Of two alike, the first by name.
        let best = similar.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
        if let Some((_, label)) = best.filter(|best| best.0 > 0.75) {
            nobody.note = format!("no name of the roster; {label} looks most like it");
            nobody.resolution.candidates = vec![label.clone()];
        }
    }
}

fn with_letters(text: String) -> (String, u32) {
    let bits = letters(&text);
    (text, bits)
}

/// The name with the word before the `at`th and that word as one.
fn joined(name: &Name, at: usize) -> Name {
    let mut joined = name.clone();
    let (word, mark) = (joined.words.remove(at), joined.marks.remove(at));
    joined.words[at - 1].push_str(&word);
    let first = &mut joined.marks[at - 1];
    first.written = format!("{} {}", first.written, mark.written);
    joined
}
