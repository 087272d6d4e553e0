//! People, parties, factions and the parliament as Popolo (popoloproject.com), the data model of parliamentary monitoring.
//!
//! Only what the project says: no birth dates, no terms of office, no contacts.

use crate::ingest::{Mandate, Person, Project};
use crate::locale::Lang;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The id of the parliament among the organisations.
const PARLIAMENT: &str = "parliament";

/// The Popolo document of `project`, with names in `lang`; those in other languages stand in `other_names`.
pub fn render(project: &Project, lang: Lang) -> String {
    let mut memberships = Vec::new();
    for person in &project.people {
        memberships.extend(memberships_of(person));
    }
    let people: Vec<Value> = project.people.iter().map(|person| person_object(person, lang)).collect();
    super::pretty(&json!({
        "persons": people,
        "organizations": organizations(project, lang),
        "areas": areas(project),
        "memberships": memberships,
    }))
}

fn person_object(person: &Person, lang: Lang) -> Value {
    named(person.id.as_str(), &person.name_kk, &person.name_ru, &person.aliases, lang).into()
}

/// An object with a name and other names: those of the other language and those that texts use.
fn named(id: &str, kazakh: &str, russian: &str, aliases: &[String], lang: Lang) -> Map<String, Value> {
    let names = [("kk", kazakh), ("ru", russian)];
    let first = if lang == Lang::Kk { kazakh } else { russian };
    let name = [first, kazakh, russian, id].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let other = names.into_iter().filter(|(_, other)| !other.is_empty() && *other != name);
    let other = other.map(|(code, other)| json!({ "name": other, "lang": code, "note": "translation" }));
    let aliases = aliases.iter().map(|alias| json!({ "name": alias, "note": "alias" }));
    let other_names: Vec<Value> = other.chain(aliases).collect();
    let mut object = Map::new();
    object.insert("id".into(), id.into());
    object.insert("name".into(), name.into());
    if !other_names.is_empty() {
        object.insert("other_names".into(), other_names.into());
    }
    object
}

fn party_id(party: &str) -> String {
    format!("party/{party}")
}

fn faction_id(faction: &str) -> String {
    format!("faction/{faction}")
}

fn area_id(person: &Person) -> Option<String> {
    let district = [&person.district_no, &person.district].into_iter().find(|text| !text.is_empty())?;
    (person.mandate != Some(Mandate::List)).then(|| format!("district/{district}"))
}

fn organizations(project: &Project, lang: Lang) -> Vec<Value> {
    let parliament = &project.monitor.parliament;
    let mut parliament = named(PARLIAMENT, &parliament.kk, &parliament.ru, &[], lang);
    parliament.insert("classification".into(), "legislature".into());
    let listed = project.parties.iter().map(|party| {
        let mut object = named(party.id.as_str(), &party.name_kk, &party.name_ru, &party.aliases, lang);
        object.insert("id".into(), party_id(party.id.as_str()).into());
        object
    });
    let known: BTreeSet<&str> = project.parties.iter().map(|party| party.id.as_str()).collect();
    let mentioned: BTreeSet<&str> = project.people.iter().map(|person| person.party.as_str()).collect();
    let unlisted = mentioned.into_iter().filter(|party| !party.is_empty() && !known.contains(party));
    let unlisted = unlisted.map(|party| {
        let mut object = named(party, "", "", &[], lang);
        object.insert("id".into(), party_id(party).into());
        object
    });
    let parties = listed.chain(unlisted).map(|mut party| {
        party.insert("classification".into(), "party".into());
        party
    });
    let factions: BTreeSet<&str> = project.people.iter().map(|person| person.faction.as_str()).collect();
    let factions = factions.into_iter().filter(|faction| !faction.is_empty()).map(|faction| {
        let party = project.parties.iter().find(|party| party.id.as_str() == faction);
        let [kazakh, russian] = party.map_or([faction, ""], |party| [&party.name_kk, &party.name_ru]);
        let mut object = named(faction, kazakh, russian, &[], lang);
        object.insert("id".into(), faction_id(faction).into());
        object.insert("classification".into(), "faction".into());
        object.insert("parent_id".into(), PARLIAMENT.into());
        object
    });
    std::iter::once(parliament).chain(parties).chain(factions).map(Value::from).collect()
}

fn areas(project: &Project) -> Vec<Value> {
    let areas: BTreeMap<String, &Person> =
        project.people.iter().filter_map(|person| Some((area_id(person)?, person))).collect();
    let area = |(id, person): (String, &Person)| {
        let name = if person.district.is_empty() { &person.district_no } else { &person.district };
        let mut object = json!({ "id": id, "name": name, "classification": "district" });
        if !person.district_no.is_empty() {
            object["identifier"] = json!(person.district_no);
        }
        object
    };
    areas.into_iter().map(area).collect()
}

fn memberships_of(person: &Person) -> Vec<Value> {
    let id = person.id.as_str();
    let membership = |organization: &str| json!({ "person_id": id, "organization_id": organization });
    let mut seat = membership(PARLIAMENT);
    seat["role"] = json!("deputy");
    if let Some(area) = area_id(person) {
        seat["area_id"] = json!(area);
    }
    let on_behalf = if person.faction.is_empty() { None } else { Some(faction_id(&person.faction)) };
    let on_behalf = on_behalf.or_else(|| (!person.party.is_empty()).then(|| party_id(&person.party)));
    if let Some(group) = on_behalf {
        seat["on_behalf_of_id"] = json!(group);
    }
    let mut memberships = vec![seat];
    if !person.party.is_empty() {
        memberships.push(membership(&party_id(&person.party)));
    }
    if !person.faction.is_empty() {
        memberships.push(membership(&faction_id(&person.faction)));
    }
    memberships
}
