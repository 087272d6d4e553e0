//! Endings of names: cases of both languages, gender and derivation of surnames, patronymics.
//!
//! Takes a plain form (see [`super::letters`]); gives what it may stand for: `каскарауовтин` for `каскарауов` (a Kazakh case),
//! `гордеевои` for `гордеева`, `муратович` for the father's name `мурат`. Tables: `models/names/{cases,surnames,patronymics}.tsv`.
//! Promises: a stem has two letters at least.
//! Knows nothing of: the roster; whether a reading is a name at all.

use super::letters::{collapse, is_vowel, plains};
use super::tables::{Gender, rows};
use std::sync::LazyLock;

/// What a case ending may be attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Any part of a name.
    Any,
    /// A surname.
    Surname,
    /// A given name or patronymic.
    Other,
    /// A word in -ұлы, -қызы, -тегі.
    AfterPatronymic,
}

/// A case ending.
#[derive(Debug, PartialEq)]
pub struct Case {
    strip: String,
    /// What the form of the roster has instead, after a consonant and after a vowel.
    add: [String; 2],
    /// Whom it fits.
    pub gender: Option<Gender>,
    /// What it is attached to.
    pub role: Role,
    /// The form is also a nominative of the other gender.
    pub homograph: bool,
}

/// A gendered ending of surnames.
struct SurnamePair {
    masculine: String,
    feminine: String,
    derived: bool,
}

struct PatronymicEnding {
    ending: String,
    gender: Option<Gender>,
}

/// `text` in plain letters as it stands after a consonant or, with `open`, after a vowel; all variants.
fn plain_after(text: &str, open: bool) -> Vec<String> {
    let before = if open { 'а' } else { 'т' };
    let forms = plains(&format!("{before}{text}"), false);
    forms.into_iter().map(|form| form.text.chars().skip(1).collect()).collect()
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let mut cases: Vec<Case> = Vec::new();
    for [strip, add, _language, gender, role, cost] in rows(include_str!("../../models/names/cases.tsv")) {
        let role = match role {
            "surname" => Role::Surname,
            "other" => Role::Other,
            "after-patronymic" => Role::AfterPatronymic,
            _ => Role::Any,
        };
        let add = [false, true].map(|open| plain_after(add, open).into_iter().next().unwrap_or_default());
        for strip in plain_after(strip, false) {
            let homograph = cost == "homograph";
            let case = Case { strip, add: add.clone(), gender: Gender::parse(gender), role, homograph };
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
    }
    cases
});

static SURNAMES: LazyLock<Vec<SurnamePair>> = LazyLock::new(|| {
    let one = |text| plain_after(text, false).into_iter().next().unwrap_or_default();
    let table = rows(include_str!("../../models/names/surnames.tsv"));
    let pair = |[masculine, feminine, kind]: [&'static str; 3]| SurnamePair {
        masculine: collapse(&one(masculine)),
        feminine: collapse(&one(feminine)),
        derived: kind == "derived",
    };
    table.map(pair).collect()
});

static PATRONYMICS: LazyLock<Vec<PatronymicEnding>> = LazyLock::new(|| {
    let mut endings: Vec<PatronymicEnding> = Vec::new();
    for [ending, gender, _language] in rows(include_str!("../../models/names/patronymics.tsv")) {
        for ending in plain_after(ending, false) {
            if !endings.iter().any(|known| known.ending == ending) {
                endings.push(PatronymicEnding { ending, gender: Gender::parse(gender) });
            }
        }
    }
    endings.sort_by_key(|ending| std::cmp::Reverse(ending.ending.len()));
    endings
});

/// `plain` without `ending`, where two letters or more remain.
fn without<'a>(plain: &'a str, ending: &str) -> Option<&'a str> {
    plain.strip_suffix(ending).filter(|stem| stem.chars().nth(1).is_some())
}

/// What `plain` (letters not collapsed) is a case form of, by every ending that it may have.
pub fn cases(plain: &str) -> impl Iterator<Item = (String, &'static Case)> {
    CASES.iter().filter_map(move |case| {
        let stem = plain.strip_suffix(case.strip.as_str())?;
        let open = stem.chars().last().is_some_and(is_vowel);
        let form = collapse(&format!("{stem}{}", case.add[usize::from(open)]));
        // Of Льва nothing is left but what is put on.
        let enough = if case.add[0].is_empty() { stem.chars().nth(1) } else { form.chars().nth(2) };
        let fits = enough.is_some() && (case.add[0].is_empty() || !stem.is_empty() || case.strip.chars().count() > 2);
        let fits = fits && (case.role != Role::AfterPatronymic || patronymic(&form).is_some());
        fits.then_some((form, case))
    })
}

/// True when the word is nothing but a Kazakh case ending, as after a hyphen (Құспан-ның).
pub fn is_case(plain: &str) -> bool {
    CASES.iter().any(|case| case.gender.is_none() && case.role == Role::Any && case.strip == plain)
}

/// The surname in the other gender, where its ending says one: `гордеева`, `гордеев`.
pub fn other_gender(plain: &str) -> Option<String> {
    SURNAMES.iter().find_map(|pair| {
        let turn = |from: &str, to: &str| without(plain, from).map(|stem| format!("{stem}{to}"));
        turn(&pair.feminine, &pair.masculine).or_else(|| turn(&pair.masculine, &pair.feminine))
    })
}

/// Whose surname it is by its ending.
pub fn surname_gender(plain: &str) -> Option<Gender> {
    let long = |ending: &str| without(plain, ending).is_some_and(|stem| stem.chars().count() > 2);
    if SURNAMES.iter().any(|pair| long(&pair.feminine)) {
        return Some(Gender::Female);
    }
    // -ой and -ый are too short a sign once they are plain: Мырзатай.
    SURNAMES
        .iter()
        .any(|pair| pair.masculine.chars().count() > 1 && !pair.masculine.ends_with("и") && long(&pair.masculine))
        .then_some(Gender::Male)
}

/// A surname's stem, and its masculine: `серик` and `сериков` of `серикова`.
pub fn surname_stem(plain: &str) -> Option<(&str, String)> {
    SURNAMES.iter().filter(|pair| !pair.masculine.ends_with("ои")).find_map(|pair| {
        let stem = without(plain, &pair.feminine).or_else(|| without(plain, &pair.masculine))?;
        Some((stem, format!("{stem}{}", pair.masculine)))
    })
}

/// The surname with a Russian ending added or dropped: `турлихан` and `турлиханов`.
pub fn derived(plain: &str) -> Vec<String> {
    let pairs = || SURNAMES.iter().filter(|pair| pair.derived);
    let shorter = pairs().find_map(|pair| without(plain, &pair.masculine).or_else(|| without(plain, &pair.feminine)));
    // Before the ending a final й is lost: Жүргенбай, Жүргенбаев.
    let soft = |stem: &str| stem.ends_with(is_vowel);
    match shorter {
        Some(stem) if soft(stem) => vec![stem.to_owned(), format!("{stem}и")],
        Some(stem) => vec![stem.to_owned()],
        None => {
            let stem = plain.strip_suffix('и').filter(|stem| soft(stem)).unwrap_or(plain);
            pairs().flat_map(|pair| [format!("{stem}{}", pair.masculine), format!("{stem}{}", pair.feminine)]).collect()
        }
    }
}

/// A patronymic taken apart: the father's name without its last vowels, and whose patronymic it is.
pub fn patronymic(plain: &str) -> Option<(&str, Option<Gender>)> {
    let ending = PATRONYMICS.iter().find(|known| without(plain, &known.ending).is_some())?;
    let stem = without(plain, &ending.ending)?;
    // Ильин, Галич: a patronymic is longer.
    (plain.chars().count() >= 4).then(|| (father(stem), ending.gender))
}

/// True when the word, written apart, is the ending of a patronymic (Мұрат ұлы).
pub fn is_patronymic_ending(plain: &str) -> bool {
    plain.chars().count() >= 3 && !plain.ends_with("ич") && PATRONYMICS.iter().any(|known| known.ending == plain)
}

/// A father's name without its last vowels: what `Андрей`, `Андреевич` and `Андрейұлы` share.
pub fn father(plain: &str) -> &str {
    let stem = plain.trim_end_matches(is_vowel);
    if stem.chars().count() < 2 { plain } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_forms_lead_back_to_the_name() {
        for (form, name) in [
            ("каскарауовтин", "каскарауов"),
            ("куспаннин", "куспан"),
            ("назарову", "назаров"),
            ("гордеевои", "гордеева"),
            ("павла", "павел"),
            ("марииу", "марииа"),
            ("мирзатаем", "мирзатаи"),
            ("рахимжанулина", "рахимжанули"),
            ("ковалскои", "ковалскаиа"),
        ] {
            assert!(
                cases(form).any(|(found, _)| found == collapse(name)),
                "{form}: {:?}",
                cases(form).collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn patronymics_of_both_languages_name_one_father() {
        let fathers = ["муратули", "муратович"].map(|word| patronymic(word).map(|found| found.0));
        assert_eq!(fathers, [Some("мурат"); 2]);
        assert_eq!(patronymic("андреевна"), Some(("андр", Some(Gender::Female))));
        assert_eq!(patronymic("гордеев"), None);
        assert_eq!(other_gender("тилакова").as_deref(), Some("тилаков"));
        assert_eq!(surname_gender("мирзатаи"), None);
    }
}
