//! The roster: who could be meant by a name.

use super::name::Name;
use crate::id::PersonId;
use crate::ingest::Person;
use serde::Serialize;

/// Why a mention was given to a person, or to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The mention is the id.
    Id,
    /// It is a name or alias of the roster.
    Name,
    /// Surname and initials, or surname and given name, fit one person only.
    Initials,
    /// It fits one person when Kazakh letters, gender endings and one slip of the pen are overlooked.
    Spelling,
    /// It fits several people equally well.
    Ambiguous,
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

/// Names of everybody in the project.
#[derive(Debug)]
pub struct Roster {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    id: PersonId,
    label: String,
    names: Vec<Name>,
}

impl Roster {
    /// The roster of `people`, with all their spellings.
    pub fn new(people: &[Person]) -> Self {
        let entries = people.iter().map(|person| {
            let spellings = [&person.name_kk, &person.name_ru].into_iter().chain(&person.aliases);
            let label = [&person.name_kk, &person.name_ru].into_iter().find(|name| !name.is_empty());
            Entry {
                id: person.id.clone(),
                label: label.map_or_else(|| person.id.to_string(), Clone::clone),
                names: spellings.filter(|name| !name.is_empty()).map(|name| Name::parse(name)).collect(),
            }
        });
        Self { entries: entries.collect() }
    }

    /// Who is meant by `mention`. Each step is weaker than the one before; a step that fits several people ends the search:
    /// the answer is then nobody, never a guess.
    pub fn resolve(&self, mention: &str) -> Resolution {
        if let Some(entry) = self.entries.iter().find(|entry| entry.id.as_str() == mention.trim()) {
            return Resolution {
                person: Some(entry.id.clone()),
                confidence: 1.0,
                reason: Reason::Id,
                candidates: vec![],
            };
        }
        let name = Name::parse(mention);
        let plain = name.plain();
        let steps: [(f64, Reason, &dyn Fn(&Name) -> bool); 4] = [
            (0.99, Reason::Name, &|known| known.key() == name.key()),
            (0.95, Reason::Initials, &|known| fits(&name, known, |a, b| a == b)),
            (0.9, Reason::Spelling, &|known| fits(&plain, &known.plain(), |a, b| a == b)),
            (0.8, Reason::Spelling, &|known| fits(&plain, &known.plain(), near)),
        ];
        for (confidence, reason, step) in steps {
            let fitting: Vec<&Entry> = self.entries.iter().filter(|entry| entry.names.iter().any(step)).collect();
            match fitting.as_slice() {
                [] => {}
                [only] => {
                    return Resolution { person: Some(only.id.clone()), confidence, reason, candidates: vec![] };
                }
                several => {
                    let candidates = several.iter().map(|entry| entry.label.clone()).collect();
                    return Resolution { person: None, confidence: 0.0, reason: Reason::Ambiguous, candidates };
                }
            }
        }
        let nearest = self.nearest(mention);
        Resolution { person: None, confidence: 0.0, reason: Reason::Unknown, candidates: nearest.into_iter().collect() }
    }

    /// The name on the roster that looks most like `mention`, if any looks like it.
    fn nearest(&self, mention: &str) -> Option<String> {
        let plain = Name::parse(mention).plain().words.join(" ");
        let similarity = |entry: &Entry| {
            let names = entry.names.iter().map(|name| strsim::jaro_winkler(&plain, &name.plain().words.join(" ")));
            names.fold(strsim::jaro_winkler(mention, entry.id.as_str()), f64::max)
        };
        let best = self.entries.iter().map(|entry| (similarity(entry), entry)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 > 0.75).then(|| best.1.label.clone())
    }
}

/// True when `mention` can be a shorter form of `known`: every word is a word of it, one of them its surname or as good as,
/// every initial begins one of its other words, and there is more to it than a given name.
fn fits(mention: &Name, known: &Name, same: fn(&str, &str) -> bool) -> bool {
    let mut free: Vec<&str> = known.words.iter().map(String::as_str).collect();
    let Some(surname) = known.words.first() else { return false };
    if !mention.words.iter().any(|word| same(word, surname)) {
        return false;
    }
    for word in &mention.words {
        let Some(place) = free.iter().position(|known| same(word, known)) else { return false };
        free.remove(place);
    }
    let mut initials = known.initials.clone();
    for initial in &mention.initials {
        if let Some(place) = free.iter().position(|word| word.starts_with(*initial)) {
            free.remove(place);
        } else if let Some(place) = initials.iter().position(|known| known == initial) {
            initials.remove(place);
        } else {
            return false;
        }
    }
    mention.words.len() + mention.initials.len() >= 2 || mention.words.len() == 1
}

/// One slip of the pen in a word of five letters or more.
fn near(a: &str, b: &str) -> bool {
    a == b || (a.chars().count() >= 5 && strsim::osa_distance(a, b) <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, name_kk: &str, name_ru: &str) -> Person {
        Person {
            line: 1,
            id: id.into(),
            name_kk: name_kk.into(),
            name_ru: name_ru.into(),
            aliases: vec![],
            party: String::new(),
            faction: String::new(),
            mandate: None,
            district_no: String::new(),
            district: String::new(),
            region: String::new(),
            extra: std::collections::BTreeMap::default(),
        }
    }

    fn roster() -> Roster {
        Roster::new(&[
            person("d01", "Тайлақов Серік Мұратұлы", "Тайлаков Серик Муратович"),
            person("d07", "Тайлақова Сәуле Мұратқызы", "Тайлакова Сауле Муратовна"),
            person("d09", "Гордеева Ирина Викторовна", "Гордеева Ирина Викторовна"),
            person("kuspan", "Құспан Абзал", ""),
        ])
    }

    #[test]
    fn a_mention_is_resolved_or_left_open_with_its_reason() {
        let said = |mention: &str| {
            let found = roster().resolve(mention);
            (found.person.map(|id| id.to_string()).unwrap_or_default(), found.reason)
        };
        assert_eq!(said("d09"), ("d09".into(), Reason::Id));
        assert_eq!(said("Серік Тайлақов Мұратұлы"), ("d01".into(), Reason::Name));
        assert_eq!(said("И. В. Гордеева"), ("d09".into(), Reason::Initials));
        assert_eq!(said("Гордеева Ирина"), ("d09".into(), Reason::Initials), "a patronymic may be left out");
        assert_eq!(said("А.Куспан"), ("kuspan".into(), Reason::Spelling));
        assert_eq!(said("Гордеева Ирина Павловна"), (String::new(), Reason::Unknown), "a contradicted patronymic");
        assert_eq!(said("С.Тайлаков"), ("d01".into(), Reason::Initials), "the gender of the surname decides");
        assert_eq!(said("Тайлаков М."), ("d01".into(), Reason::Initials));
        assert_eq!(said("Петров П."), (String::new(), Reason::Unknown));
    }
}
