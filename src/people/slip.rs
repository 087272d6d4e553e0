//! Slips of the pen and of text recognition.
//!
//! Takes the readings of a word that nobody bears; adds the words of the roster that are one slip away, or two in long ones
//! (optimal string alignment; Damerau 1964).
//! Promises: no slip in a word of fewer than four letters before the surname's ending; none where the word is a common name of
//! its own; a first letter changes only in long words.
//! Knows nothing of: the other words of the mention.

use super::endings::{other_gender, patronymic};
use super::known;
use super::shape::{about, letters};
use super::tables::Gender;
use super::trace::How;
use super::vocabulary::part;
use super::word::{Reading, Search, cost, patronymic_gender};

impl Search<'_> {
    /// Words of the roster that `readings` are a slip or two from.
    pub(super) fn slips(&mut self, readings: &[Reading], patronymic_word: bool) {
        for reading in readings {
            let turned = other_gender(&reading.text).filter(|_| reading.case.is_none());
            for (text, gender) in [(Some(&reading.text), false), (turned.as_ref(), true)] {
                let Some(text) = text else { continue };
                let (bits, length) = (letters(text), text.chars().count());
                for shape in about(&self.vocabulary.shapes, length) {
                    let most = shape.slips;
                    if most == 0
                        || shape.length.abs_diff(length) > most
                        || (shape.letters ^ bits).count_ones() as usize > 2 * most
                    {
                        continue;
                    }
                    let slips = strsim::osa_distance(text, &shape.plain);
                    // The ending of the other gender is no slip: `turned` has it.
                    let gendered = other_gender(&shape.plain).is_some_and(|other| other == *text);
                    if slips == 0 || slips > most || gendered || known::differ(text, &shape.plain) {
                        continue;
                    }
                    let first = text.chars().next() != shape.plain.chars().next();
                    if first && (slips > 1 || shape.length < 7) {
                        continue;
                    }
                    let how = How { slips: u8::try_from(slips).unwrap_or(u8::MAX), gender, ..How::default() };
                    let price = if slips > 1 { cost::TWO_SLIPS } else { cost::SLIP };
                    let price = price + u32::from(first) * cost::FIRST_LETTER + u32::from(gender) * cost::GENDER;
                    let weak = first || slips > 1 || shape.stem < 6;
                    for bearer in self.vocabulary.bearers(&shape.plain) {
                        let surname = bearer.parts & part::SURNAMES != 0;
                        let father = bearer.parts & part::FATHER != 0;
                        let fits = (surname || !gender) && !(father && patronymic_word);
                        if fits && !bearer.far {
                            self.add(bearer, reading, how, price, weak);
                        }
                    }
                }
            }
            self.father_slip(reading);
        }
    }

    fn father_slip(&mut self, reading: &Reading) {
        let Some((name, gender)) = patronymic(&reading.text) else { return };
        for shape in &self.vocabulary.father_shapes {
            let length = shape.length.max(name.chars().count());
            if length >= 5
                && (shape.letters ^ letters(name)).count_ones() <= 2
                && strsim::osa_distance(name, &shape.plain) == 1
                && !known::fathers_differ(name, &shape.plain)
            {
                let how = How { slips: 1, ..How::default() };
                for bearer in self.vocabulary.children(&shape.plain) {
                    if !bearer.far && Gender::agrees(gender, patronymic_gender(bearer)) {
                        self.add(bearer, reading, how, cost::SLIP, false);
                    }
                }
            }
        }
    }
}
