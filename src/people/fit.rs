//! A whole mention against one person of the roster.
//!
//! Takes the words of a mention with what each can be, and its initials; gives the cheapest way in which all of them are this
//! person's name, or what contradicts it.
//! Promises: every capitalised word and every initial is accounted for; a given name alone is not enough; a patronymic,
//! initial or form of address that is somebody else's is a [`Clash`].
//! Knows nothing of: the other people.

use super::letters::{begins, collapse, plains};
use super::name::Name;
use super::tables::Gender;
use super::trace::{How, Reason, Step};
use super::vocabulary::{Individual, part};
use super::word::Word;

/// The most a fit may cost.
const MOST: u32 = 500;

/// The most that a surname may cost for other words to contradict it.
const SURNAME_SEEN: u32 = 200;

/// What fits together, in thousandths of confidence.
pub(super) mod cost {
    pub const HALF_SURNAME: u32 = 40;
    pub const GIVEN: u32 = 10;
    pub const INITIAL: u32 = 40;
    pub const INITIALS: u32 = 20;
    pub const SURNAME_ALONE: u32 = 100;
    pub const SURNAME_AND_FATHER: u32 = 60;
    pub const GIVEN_AND_FATHER: u32 = 160;
    pub const GIVEN_AND_INITIAL: u32 = 200;
    pub const UNKNOWN_GIVEN: u32 = 150;
    pub const UNKNOWN_FATHER: u32 = 100;
    pub const UNKNOWN_INITIAL: u32 = 60;
    pub const IGNORED: u32 = 5;
    pub const SHORTENED: u32 = 40;
    pub const NEAR_INITIAL: u32 = 20;
    pub const FAR_INITIAL: u32 = 60;
}

/// A mention as a person's name.
#[derive(Debug, Clone)]
pub struct Fit {
    /// See [`cost`].
    pub cost: u32,
    /// Word by word.
    pub steps: Vec<Step>,
    /// Parts of the name that words stand for.
    pub parts: u8,
    /// Initials were needed.
    pub initials: bool,
}

impl Fit {
    /// The weakest step of a fit.
    pub fn reason(&self) -> Reason {
        let how = self.steps.iter().fold(How::default(), |all, step| all.and(step.how));
        match () {
            () if how.slips > 0 || how.far || how.derived => Reason::Spelling,
            () if how.gender => Reason::GenderEnding,
            () if how.case => Reason::CaseEnding,
            () if self.parts & part::SURNAMES == 0 => Reason::GivenName,
            () if how.letters || how.script || how.patronymic => Reason::Letters,
            () if self.initials || self.parts & part::GIVENS != 0 => Reason::Initials,
            () => Reason::Surname,
        }
    }
}

/// What speaks against a person whose surname stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// A word that is no part of the name.
    Word(String),
    /// An initial that begins no free part.
    Initial(char),
    /// The form of address is for the other gender.
    Gender,
}

/// How `name` with `words` is the name of `individual`, the `person`th of the roster. `None`: its surname does not stand there.
pub fn fit(name: &Name, words: &[Word], person: usize, individual: &Individual) -> Result<Fit, Option<Clash>> {
    let mut search = Search { name, words, person, individual, best: None, clash: None };
    search.next(0, 0, 0, false, &mut Vec::new());
    let surname = words.iter().flat_map(|word| &word.hits);
    let surname = surname
        .filter(|hit| hit.person == person && hit.parts & part::SURNAMES != 0 && hit.cost <= SURNAME_SEEN)
        .count()
        > 0;
    match search.best {
        Some(_) if !Gender::agrees(name.gender, individual.gender) => Err(Some(Clash::Gender)),
        Some(best) if best.cost <= MOST => Ok(best),
        _ if surname => {
            let ours = |word: &Word| word.hits.iter().any(|hit| hit.person == person);
            let stray = || words.iter().zip(&name.marks).position(|(word, mark)| !mark.small && !ours(word));
            let clash = search
                .clash
                .or_else(|| stray().and_then(|at| name.marks.get(at)).map(|mark| Clash::Word(mark.written.clone())));
            Err(clash)
        }
        _ => Err(None),
    }
}

/// The ways to take a mention as one person's name, as far as tried.
pub(super) struct Search<'a> {
    pub(super) name: &'a Name,
    words: &'a [Word],
    person: usize,
    pub(super) individual: &'a Individual,
    best: Option<Fit>,
    clash: Option<Clash>,
}

impl Search<'_> {
    /// Takes the words from the `at`th on for free parts of the name, in every way.
    fn next(&mut self, at: usize, used: u8, cost: u32, weak: bool, steps: &mut Vec<Step>) {
        if cost > MOST || self.best.as_ref().is_some_and(|best| best.cost <= cost) {
            return;
        }
        let (words, name) = (self.words, self.name);
        let (Some(word), Some(mark)) = (words.get(at), name.marks.get(at)) else {
            self.close(used, cost, weak, steps);
            return;
        };
        let step = |meant: &str, part, how| Step { written: mark.written.clone(), meant: meant.to_owned(), part, how };
        for hit in word.hits.iter().filter(|hit| hit.parts & used == 0) {
            if hit.person != self.person {
                continue;
            }
            let surname = hit.parts & part::SURNAMES != 0;
            steps.push(step(&hit.spelled, part_name(hit.parts), hit.how));
            self.next(at + 1, used | hit.parts, cost + hit.cost, weak || (surname && hit.weak), steps);
            steps.pop();
        }
        let unchecked = How { unchecked: true, ..How::default() };
        if word.patronymic && self.individual.fathers.is_empty() && used & part::FATHER == 0 {
            steps.push(step("", "patronymic", unchecked));
            self.next(at + 1, used | part::FATHER, cost + cost::UNKNOWN_FATHER, weak, steps);
            steps.pop();
        } else if !word.patronymic && !mark.small && used & part::GIVENS == 0 && self.open_given(&word.text) {
            steps.push(step("", "given name", unchecked));
            self.next(at + 1, used | part::GIVEN, cost + cost::UNKNOWN_GIVEN, true, steps);
            steps.pop();
        }
        if mark.small && !word.patronymic && !word.given {
            self.next(at + 1, used, cost + cost::IGNORED, weak, steps);
        }
        if mark.dotted && (2..=5).contains(&word.text.chars().count()) {
            let parts = [
                (part::GIVEN, &self.individual.given, "given name"),
                (part::FATHER, &self.individual.fathers, "patronymic"),
            ];
            for (bit, names, part) in parts {
                if let Some(meant) = names.iter().find(|name| used & bit == 0 && shortens(&word.text, name)) {
                    steps.push(step(meant, part, How { shortened: true, ..How::default() }));
                    self.next(at + 1, used | bit, cost + cost::SHORTENED, weak, steps);
                    steps.pop();
                }
            }
        }
    }

    /// True when the roster has no given name, or an initial alone that begins `word`.
    fn open_given(&self, word: &str) -> bool {
        let full = self.individual.given.iter().any(|given| given.chars().nth(1).is_some());
        let mut initials = self.individual.given.iter().filter_map(|given| given.chars().next());
        !full && (self.individual.given.is_empty() || initials.any(|initial| begins(initial, word).is_some()))
    }

    /// All words are placed: the initials, and whether it is enough for a name.
    fn close(&mut self, used: u8, cost: u32, weak: bool, steps: &[Step]) {
        let surname = used & part::SURNAMES != 0;
        let given = used & part::GIVENS != 0;
        let father = used & part::FATHER != 0;
        let mut steps = steps.to_vec();
        let initials = match self.initials(used, &mut steps) {
            Ok(initials) => initials,
            Err(initial) => {
                self.clash.get_or_insert(Clash::Initial(initial));
                return;
            }
        };
        let slips = steps.iter().map(|step| step.how.slips).max().unwrap_or(0);
        // A bare father's name where a given name should stand is somebody else's given name.
        if !given && steps.iter().any(|step| step.part == "patronymic" && step.how.shortened && !self.dotted(step)) {
            return;
        }
        let whole = match (surname, given, self.name.initials.len()) {
            (true, true, _) => cost::GIVEN * u32::from(!father),
            (true, false, 0) if father => cost::SURNAME_AND_FATHER,
            (true, false, 0) if weak => return,
            (true, false, 0) => cost::SURNAME_ALONE,
            (true, false, 1) => cost::INITIAL,
            (true, false, _) => cost::INITIALS,
            // Without a surname nothing may be overlooked but letters and cases.
            (false, true, _) if steps.iter().any(|step| step.how.slips > 0 || step.how.unchecked || step.how.far) => {
                return;
            }
            (false, true, 0) if father => cost::GIVEN_AND_FATHER,
            (false, true, 1) => cost::GIVEN_AND_INITIAL,
            _ => return,
        };
        if slips > 1 && !given {
            return;
        }
        let half = surname && self.individual.double && used & part::SURNAMES != part::SURNAMES;
        let cost = cost + initials + whole + u32::from(half) * cost::HALF_SURNAME;
        if self.best.as_ref().is_none_or(|best| cost < best.cost) {
            self.best = Some(Fit { cost, steps, parts: used, initials: !self.name.initials.is_empty() });
        }
    }

    fn dotted(&self, step: &Step) -> bool {
        self.name.marks.iter().any(|mark| mark.dotted && mark.written == step.written)
    }
}

fn part_name(parts: u8) -> &'static str {
    match parts {
        parts if parts & part::SURNAMES != 0 => "surname",
        part::FATHER => "patronymic",
        _ => "given name",
    }
}

/// True when `short` is the beginning of `name`, in plain letters.
fn shortens(short: &str, name: &str) -> bool {
    let long: Vec<String> = plains(name, false).iter().map(|form| collapse(&form.text)).collect();
    plains(short, false)
        .iter()
        .any(|form| long.iter().any(|long| long.starts_with(&collapse(&form.text)) && *long != form.text))
}
