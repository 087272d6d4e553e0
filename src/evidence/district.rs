//! Was a meeting in its deputy's district?
//!
//! Takes meetings, people and a gazetteer; gives for each meeting yes, no or unknown, and whether the source says so or the place does. A
//! source's own word always holds. Else the place that is named is looked up: in the district where it is, or lies in, the place that the
//! district (or, without one, the region) of the deputy is named after; outside where the two have nothing in common. Does not know the
//! borders of electoral districts: one named after a region is taken for the whole of it, which is why the basis is told.

use crate::analysis::{Analyzer, Gazetteer};
use crate::ingest::{Meeting, Person, Project};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// Who says that a meeting was in the district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The source.
    Source,
    /// The names of the place and of the district.
    Place,
}

/// Whether a meeting was in the deputy's district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct InDistrict {
    /// It was.
    pub inside: bool,
    /// Who says so.
    pub basis: Basis,
}

/// The answer for every meeting of `project`, in order; `None` where neither the source nor the place tells.
pub fn of_meetings(project: &Project, analyzer: &Analyzer, gazetteer: &Gazetteer) -> Vec<Option<InDistrict>> {
    let places = |text: &str| -> BTreeSet<usize> {
        gazetteer.find(&analyzer.tokens(text, None)).into_iter().map(|found| found.value).collect()
    };
    let people: HashMap<_, &Person> = project.people.iter().map(|person| (&person.id, person)).collect();
    let of_meeting = |meeting: &Meeting| {
        if let Some(inside) = meeting.in_district {
            return Some(InDistrict { inside, basis: Basis::Source });
        }
        let person = people.get(&meeting.person)?;
        let home =
            [&person.district, &person.region].into_iter().map(|name| places(name)).find(|found| !found.is_empty())?;
        let met = places(&meeting.place);
        let within = |inner: &BTreeSet<usize>, outer: &BTreeSet<usize>| {
            inner.iter().any(|place| outer.iter().any(|around| gazetteer.is_within(*place, *around)))
        };
        match (within(&met, &home), within(&home, &met)) {
            (true, _) => Some(true),
            // A meeting somewhere in the region of the district: either.
            (false, true) => None,
            (false, false) => (!met.is_empty()).then_some(false),
        }
        .map(|inside| InDistrict { inside, basis: Basis::Place })
    };
    project.meetings.iter().map(of_meeting).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_source_holds_and_else_the_place_tells() {
        let analyzer = Analyzer::default();
        let gazetteer = Gazetteer::kazakhstan(&analyzer);
        let answer = |district: &str, place: &str, said: Option<bool>| {
            let person = Person {
                line: 2,
                id: "a".into(),
                name_kk: String::new(),
                name_ru: String::new(),
                aliases: Vec::new(),
                party: String::new(),
                faction: String::new(),
                mandate: None,
                district_no: String::new(),
                district: district.to_owned(),
                region: String::new(),
                extra: BTreeMap::default(),
            };
            let meeting = Meeting {
                line: 2,
                person: "a".into(),
                date: None,
                place: place.to_owned(),
                in_district: said,
                promises: Vec::new(),
                quote: String::new(),
                source_url: String::new(),
            };
            let project = Project { people: vec![person], meetings: vec![meeting], ..Project::default() };
            of_meetings(&project, &analyzer, &gazetteer)[0].map(|found| (found.inside, found.basis))
        };
        assert_eq!(answer("№ 14 БҚО", "Орал қаласында", None), Some((true, Basis::Place)));
        assert_eq!(answer("№ 14 БҚО", "город Уральск", None), Some((true, Basis::Place)));
        assert_eq!(answer("№ 14 БҚО", "Қостанай облысы", None), Some((false, Basis::Place)));
        assert_eq!(answer("№ 14 БҚО", "Қостанай облысы", Some(true)), Some((true, Basis::Source)));
        assert_eq!(answer("Орал қаласы", "Батыс Қазақстан облысы", None), None, "somewhere in the region");
        assert_eq!(answer("№ 14 БҚО", "мектеп", None), None);
        assert_eq!(answer("", "Орал қаласы", None), None);
    }
}
