//! Common names, so that one name is not taken for a slip of another.
//!
//! Takes a plain word; says whether it is a common name, and whether two words are two different names. Table:
//! `models/names/known.tsv`.
//! Promises: a word that no row has is never an objection.
//! Knows nothing of: the roster.

use super::endings::{father, surname_stem};
use super::letters::{collapse, plains};
use super::tables::{Gender, rows};
use std::collections::HashMap;
use std::sync::LazyLock;

struct Known {
    rows: HashMap<String, Vec<u16>>,
    /// The same names without their last vowels.
    fathers: HashMap<String, Vec<u16>>,
    /// The plain spellings of each row.
    spellings: Vec<Vec<String>>,
    genders: Vec<Option<Gender>>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known { rows: HashMap::new(), fathers: HashMap::new(), spellings: Vec::new(), genders: Vec::new() };
    for (number, [spellings, gender]) in (0_u16..).zip(rows(include_str!("../../models/names/known.tsv"))) {
        let (mut folded, mut all) = (String::new(), Vec::new());
        for spelling in spellings.split(' ') {
            crate::analysis::fold::fold(spelling, &mut folded);
            for form in plains(&folded, false) {
                let plain = collapse(&form.text);
                all.push(plain.clone());
                let fathers = known.fathers.entry(father(&plain).to_owned()).or_default();
                for rows in [fathers, known.rows.entry(plain).or_default()] {
                    if !rows.contains(&number) {
                        rows.push(number);
                    }
                }
            }
        }
        known.spellings.push(all);
        known.genders.push(Gender::parse(gender));
    }
    known
});

/// The rows of a plain word: itself, and the given name in a surname (Серіков: Серік).
fn rows_of(plain: &str) -> Vec<u16> {
    let mut found = KNOWN.rows.get(plain).cloned().unwrap_or_default();
    if let Some((stem, masculine)) = surname_stem(plain) {
        found.extend(KNOWN.rows.get(&masculine).into_iter().flatten());
        found.extend(KNOWN.rows.get(stem).into_iter().flatten());
    }
    found
}

/// True when `written` is a common name and `meant` is not the same one.
pub fn differ(written: &str, meant: &str) -> bool {
    let written = rows_of(written);
    !written.is_empty() && {
        let meant = rows_of(meant);
        !written.iter().any(|row| meant.contains(row))
    }
}

/// [`differ`] for fathers' names without their last vowels.
pub fn fathers_differ(written: &str, meant: &str) -> bool {
    KNOWN.fathers.get(written).is_some_and(|written| {
        let meant = KNOWN.fathers.get(meant).map_or(&[][..], Vec::as_slice);
        !written.iter().any(|row| meant.contains(row))
    })
}

/// Other spellings of the plain given name: `хенрик` and `генрих` have one row.
pub fn namesakes(plain: &str) -> impl Iterator<Item = &'static str> + '_ {
    let rows = KNOWN.rows.get(plain).map_or(&[][..], Vec::as_slice);
    let spellings =
        rows.iter().filter(|&&row| gender_of(row).is_some()).filter_map(|&row| KNOWN.spellings.get(usize::from(row)));
    spellings.flatten().map(String::as_str).filter(move |other| *other != plain)
}

/// True when the plain word is a common given name.
pub fn is_given(plain: &str) -> bool {
    KNOWN.rows.get(plain).is_some_and(|rows| rows.iter().any(|&row| gender_of(row).is_some()))
}

/// Whose given name the plain word is, if that is certain.
pub fn gender(plain: &str) -> Option<Gender> {
    let mut genders = KNOWN.rows.get(plain)?.iter().filter_map(|&row| gender_of(row));
    let first = genders.next()?;
    genders.all(|other| other == first).then_some(first)
}

fn gender_of(row: u16) -> Option<Gender> {
    KNOWN.genders.get(usize::from(row)).copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_not_a_slip_of_another() {
        assert!(differ("марат", "мурат"));
        assert!(differ("маратов", "муратов"));
        assert!(!differ("мрат", "мурат"), "no name");
        assert!(!differ("булат", "болат"), "one name");
        assert_eq!(gender("саулe"), None);
        assert_eq!(gender("сауле"), Some(Gender::Female));
    }
}
