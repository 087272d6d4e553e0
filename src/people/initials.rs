//! The initials of a mention against the free parts of one person's name.
//!
//! Takes the initials in order and the parts that no word stands for; gives what they cost, or the one that begins none.
//! Promises: the given name comes before the patronymic; a part that the roster does not have contradicts nothing.
//! Knows nothing of: words.

use super::fit::{Search, cost};
use super::letters::{Begins, begins};
use super::trace::{How, Step};
use super::vocabulary::part;

impl Search<'_> {
    /// What the initials cost as the free parts of the name, in order; or the one that begins none.
    pub(super) fn initials(&self, used: u8, steps: &mut Vec<Step>) -> Result<u32, char> {
        let person = self.individual;
        let free = |bit: u8| used & bit == 0;
        let mut slots: Vec<(&[String], bool)> = Vec::new();
        if free(part::SURNAMES) {
            slots.push((&person.surnames, true));
        } else {
            if free(part::GIVENS) {
                slots.push((&person.given, true));
            }
            if free(part::GIVEN_2) && !person.given_2.is_empty() {
                slots.push((&person.given_2, false));
            }
            if free(part::FATHER) {
                slots.push((&person.fathers, true));
            }
        }
        let mut slots = slots.into_iter();
        let mut sum = 0;
        for &initial in &self.name.initials {
            let (cost, meant, how) = loop {
                let (names, must) = slots.next().ok_or(initial)?;
                let found =
                    names.iter().filter_map(|name| Some((begins(initial, name)?, name))).min_by_key(|found| found.0);
                match found {
                    Some((Begins::Same, name)) => break (0, name.as_str(), How::default()),
                    Some((Begins::Near, name)) => {
                        break (cost::NEAR_INITIAL, name.as_str(), How { letters: true, ..How::default() });
                    }
                    Some((Begins::Far, name)) => {
                        break (cost::FAR_INITIAL, name.as_str(), How { far: true, ..How::default() });
                    }
                    None if names.is_empty() => {
                        break (cost::UNKNOWN_INITIAL, "", How { unchecked: true, ..How::default() });
                    }
                    None if must => return Err(initial),
                    None => {}
                }
            };
            sum += cost;
            let written = initial.to_uppercase().chain(std::iter::once('.')).collect();
            steps.push(Step { written, meant: meant.to_owned(), part: "initial", how });
        }
        Ok(sum)
    }
}
