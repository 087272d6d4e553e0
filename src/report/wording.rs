//! The names and sentences of a run's findings in a language: one place for the terminal and the page.

use crate::audit::{Check, Figure};
use crate::linking::Value;
use crate::locale::{Arg, Lang};
use crate::run::Run;

/// Says what a run holds, in one language.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    run: &'a Run,
    lang: Lang,
}

impl<'a> Wording<'a> {
    /// The wording of `run` in `lang`.
    pub fn new(run: &'a Run, lang: Lang) -> Self {
        Self { run, lang }
    }

    /// The name of what a comparison found: a number, or the name of a level.
    pub fn value(&self, comparison: &str, value: Value) -> String {
        match value {
            Value::Number(number) => self.lang.rounded(number, 2),
            Value::Level(level) => {
                let level = level.replace('_', "-");
                let own = self.lang.find(&format!("level-{comparison}-{level}"));
                own.unwrap_or_else(|| self.lang.text(&format!("level-{level}")))
            }
        }
    }

    /// The name of a comparison.
    pub fn comparison(&self, id: &str) -> String {
        self.lang.text(&format!("comparison-{}", id.replace('_', "-")))
    }

    /// The name of a measure; its id where the program has no name for it.
    pub fn measure(&self, id: &str) -> String {
        self.lang.find(&format!("measure-{}", id.replace('_', "-"))).unwrap_or_else(|| id.replace('_', " "))
    }

    /// The name of a group, a faction, a party or a person.
    pub fn group(&self, id: &str) -> String {
        let declared = self.run.declarations.group(id).map(|group| group.name.in_lang(self.lang));
        match declared.filter(|name| !name.is_empty()) {
            Some(name) => name.to_owned(),
            None if id.is_empty() => self.lang.text("group-none"),
            None => self.lang.find(&format!("group-{id}")).unwrap_or_else(|| self.owner(id)),
        }
    }

    /// Where in its source a figure is published, as the project names it in this language; else as its table writes it.
    pub fn place(&self, id: &str) -> String {
        let declared = self.run.declarations.places.iter().find(|place| place.id == id);
        let diagram = || id.strip_prefix("diagram-").map(|n| self.lang.say("place-diagram", &[("n", n.into())]));
        declared.map(|place| place.name.in_lang(self.lang).to_owned()).or_else(diagram).unwrap_or_else(|| id.to_owned())
    }

    /// The name of a person or party: Russian names on Russian pages where the project has them, else Kazakh.
    pub fn owner(&self, id: &str) -> String {
        let project = &self.run.project;
        let person = project.people.iter().find(|person| person.id.as_str() == id).map(|p| (&p.name_kk, &p.name_ru));
        let party = || project.parties.iter().find(|party| party.id.as_str() == id).map(|p| (&p.name_kk, &p.name_ru));
        let Some((kazakh, russian)) = person.or_else(party) else { return id.to_owned() };
        let (first, second) = if self.lang == Lang::Kk { (kazakh, russian) } else { (russian, kazakh) };
        [first, second].into_iter().find(|name| !name.is_empty()).map_or_else(|| id.to_owned(), Clone::clone)
    }

    /// What a check found, in one sentence.
    pub fn check(&self, check: &Check) -> String {
        let values = distinct(check.published.iter().map(|figure| figure.value));
        let published = values.iter().map(|value| self.lang.number(*value)).collect::<Vec<_>>().join(" / ");
        let sum = check.counted.figures.iter().map(|figure| self.lang.number(figure.value)).collect::<Vec<_>>();
        let sum = if sum.len() > 1 && sum.len() <= 6 { format!("{} = ", sum.join(" + ")) } else { String::new() };
        let outcome = if check.holds { "holds" } else { "finding" };
        let named = format!("audit-{}-{outcome}", check.rule);
        let key = if self.lang.find(&named).is_some() { named } else { format!("audit-other-{outcome}") };
        let args = [
            ("measure", Arg::from(self.measure(&check.measure))),
            ("group", Arg::from(self.group(&check.group))),
            ("published", Arg::from(published)),
            ("sum", Arg::from(sum)),
            ("counted", Arg::from(self.lang.number(check.counted.value))),
            ("rows", Arg::from(check.counted.figures.len())),
            ("rule", Arg::from(check.rule.as_str())),
        ];
        self.lang.say(&key, &args)
    }

    /// A published figure with its place and the source's words.
    pub fn figure(&self, figure: &Figure) -> String {
        let group = self.group(&figure.group);
        format!("{}: {} ({}) «{}»", group, self.lang.number(figure.value), self.place(&figure.place), figure.quote)
    }
}

/// The different values, in order of appearance.
pub fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut distinct: Vec<f64> = Vec::new();
    for value in values {
        if !distinct.iter().any(|known| (known - value).abs() < 1e-9) {
            distinct.push(value);
        }
    }
    distinct
}
