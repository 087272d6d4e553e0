//! The plain form: where the spellings of one name in two languages and four scripts meet.
//!
//! Takes a folded word in Cyrillic, Latin (2018, 2021, passport) or Arabic (töte) letters; gives its plain forms, in 24 Russian
//! letters: `Қасқарауов`, `Каскарауов`, `Qasqarauov`, `Kaskarauov` are all `каскарауов`. A letter with two usual counterparts
//! (ө: о, у) gives two forms. Table: `models/names/letters.tsv`, and `initials.tsv` for initials.
//! Promises: at most [`MOST`] forms, none of a word of more than [`LONGEST`] letters; letters that no table knows are left out; the same word gives the same forms.
//! Knows nothing of: endings, people.

use super::tables::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The most plain forms of one word.
pub const MOST: usize = 12;

/// The longest word that can be a name, in letters. Longer ones have no plain form: nobody bears them.
pub const LONGEST: usize = 100;

/// One plain form of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain {
    /// The letters, doubled ones still doubled (endings are taken off first; see [`collapse`]).
    pub text: String,
    /// True where a looser habit of spelling was needed (х for к, ч for ш, у for о).
    pub far: bool,
}

struct Letter {
    from: Vec<char>,
    to: Vec<&'static str>,
    place: &'static str,
    far: bool,
}

static LETTERS: LazyLock<HashMap<char, Vec<Letter>>> = LazyLock::new(|| {
    let mut letters: HashMap<char, Vec<Letter>> = HashMap::new();
    for [from, to, place, level] in rows(include_str!("../../models/names/letters.tsv")) {
        let from: Vec<char> = from.chars().collect();
        let Some(&first) = from.first() else { continue };
        let to = to.split(',').map(|to| if to == "-" { "" } else { to }).collect();
        letters.entry(first).or_default().push(Letter { from, to, place, far: level == "far" });
    }
    for rows in letters.values_mut() {
        // The longest first; of one length, the row that asks for a place first.
        rows.sort_by_key(|row| (std::cmp::Reverse(row.from.len()), row.place == "any"));
    }
    letters
});

type Alternatives = (Vec<&'static str>, Vec<&'static str>);

static INITIALS: LazyLock<HashMap<&'static str, Alternatives>> = LazyLock::new(|| {
    let list = |cell: &'static str| cell.split(',').filter(|one| !one.is_empty()).collect();
    let table = rows(include_str!("../../models/names/initials.tsv"));
    table.map(|[initial, near, far]| (initial, (list(near), list(far)))).collect()
});

/// The plain forms of `word`; with `far`, also those of looser habits.
pub fn plains(word: &str, far: bool) -> Vec<Plain> {
    let letters: Vec<char> = word.chars().take(LONGEST + 1).collect();
    if letters.len() > LONGEST {
        return Vec::new();
    }
    let mut forms = vec![Plain { text: String::with_capacity(word.len()), far: false }];
    let (mut at, mut after_vowel, mut vowels) = (0, true, 0);
    while let Some(&letter) = letters.get(at) {
        let none = Vec::new();
        let table = LETTERS.get(&letter).unwrap_or(&none);
        let stands = |row: &&Letter| {
            letters[at..].starts_with(&row.from)
                && match row.place {
                    "start" => at == 0,
                    "end" => at + row.from.len() == letters.len(),
                    "open" => after_vowel,
                    "first" => vowels == 0,
                    _ => true,
                }
        };
        let Some(near) = table.iter().filter(|row| !row.far).find(stands) else {
            at += 1;
            continue;
        };
        let loose = table.iter().filter(|row| far && row.far && row.from.len() == near.from.len()).filter(stands);
        let mut grown = Vec::with_capacity(forms.len() * near.to.len());
        let loose: Vec<&str> = loose.flat_map(|row| row.to.iter().copied()).collect();
        for form in &forms {
            grown.extend(near.to.iter().map(|to| Plain { text: format!("{}{to}", form.text), far: form.far }));
        }
        for form in forms.iter().filter(|form| !form.far) {
            grown.extend(loose.iter().map(|to| Plain { text: format!("{}{to}", form.text), far: true }));
        }
        grown.truncate(MOST);
        forms = grown;
        after_vowel = near.to.first().and_then(|to| to.chars().last()).map_or(after_vowel, is_vowel);
        vowels += usize::from(after_vowel);
        at += near.from.len();
    }
    forms
}

/// A plain form with every doubled letter single.
pub fn collapse(plain: &str) -> String {
    let mut last = None;
    plain.chars().filter(|&letter| last.replace(letter) != Some(letter)).collect()
}

/// True for a plain vowel.
pub fn is_vowel(plain: char) -> bool {
    matches!(plain, 'а' | 'е' | 'и' | 'о' | 'у')
}

/// How an initial begins a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Begins {
    /// With the same letter.
    Same,
    /// With a letter of the other language or script.
    Near,
    /// By a looser habit.
    Far,
}

/// How `initial` begins `name`, both folded, if it does.
pub fn begins(initial: char, name: &str) -> Option<Begins> {
    if name.starts_with(initial) {
        return Some(Begins::Same);
    }
    let mut buffer = [0; 4];
    let (near, far) = INITIALS.get(&*initial.encode_utf8(&mut buffer))?;
    if near.iter().any(|start| name.starts_with(start)) {
        return Some(Begins::Near);
    }
    far.iter().any(|start| name.starts_with(start)).then_some(Begins::Far)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(one: &str, other: &str) -> bool {
        let forms = |word: &str| -> Vec<String> {
            plains(word, false).iter().map(|form| collapse(&form.text)).collect::<Vec<_>>()
        };
        forms(one).iter().any(|form| forms(other).contains(form))
    }

    #[test]
    fn the_spellings_of_one_name_meet() {
        for (one, other) in [
            ("қасқарауов", "каскарауов"),
            ("қасқарауов", "qasqarauov"),
            ("каскарауов", "kaskarauov"),
            ("мұқаев", "mukayev"),
            ("әлишев", "алишев"),
            ("өтепберген", "утепберген"),
            ("гүлназ", "гульназ"),
            ("ләззат", "ляззат"),
            ("ләззат", "lyazzat"),
            ("бөкенова", "букенова"),
            ("жұбанов", "zhubanov"),
            ("жұбанов", "jubanov"),
            ("юрьевна", "yurievna"),
            ("ярослав", "yaroslav"),
            ("мүсіралиева", "musiralieva"),
            ("мүсіралиева", "musiraliyeva"),
            ("шульц", "schulz"),
            ("татьяна", "tatyana"),
            ("данияр", "daniyar"),
            ("жаңбыршын", "жаңбыршин"),
            ("құспан", "قۇسپان"),
            ("йўлдошев", "yoldoshev"),
        ] {
            assert!(meet(one, other), "{one} {other}: {:?} {:?}", plains(one, false), plains(other, false));
        }
        assert!(!meet("марат", "мұрат"));
    }

    #[test]
    fn the_table_writes_plain_letters_alone() {
        for letter in LETTERS.values().flatten() {
            for to in &letter.to {
                assert!(to.chars().all(|c| "абвгдежзиклмнопрстуфхцчш".contains(c)), "{:?}: {to}", letter.from);
            }
        }
    }

    #[test]
    fn initials_begin_names_in_both_languages() {
        assert_eq!(begins('а', "абзал"), Some(Begins::Same));
        assert_eq!(begins('к', "қазбек"), Some(Begins::Near));
        assert_eq!(begins('y', "ерлан"), Some(Begins::Near));
        assert_eq!(begins('ю', "илья"), None);
    }

    #[test]
    fn a_word_of_a_megabyte_is_no_name_and_costs_no_time() {
        assert!(plains(&"ы".repeat(LONGEST), true).len() <= MOST);
        assert!(plains(&"ы".repeat(500_000), true).is_empty());
    }
}
