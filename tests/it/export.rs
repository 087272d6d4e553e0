//! What a run is handed on as: every form holds the rows of the run, hostile texts do no harm, references lead somewhere.

use crate::{project, repository};
use saual::locale::Lang;
use saual::report::export::table::Value;
use saual::report::export::tables::Tables;
use saual::report::export::{self, Format, popolo, trec};
use saual::run::{Language, Run, Settings, run};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::bundled().expect("bundled tables"));

const FORMULA: &str = "=cmd|'/c calc'!A1";
const HIDDEN: &str = "бір\u{202e}ике\u{2066}\u{1}\u{7}_x0041_\u{ffff}";

/// A project whose texts are formulas, control characters, turned around and too long for a cell.
fn hostile() -> tempfile::TempDir {
    let long = "су ".repeat(14_000);
    let inquiry = |id: &str, title: &str, url: &str| {
        let row = serde_json::json!({
            "id": id, "date": "2026-02-03", "lang": "kk", "initiator": "a", "title": title, "url": url,
            "text": "Ауылға таза ауыз су құбырын тартуды сұраймын", "addressee": "+7 (717) 255-55-55",
            "reply_text": "-1+1", "reply_date": "2026-03-01/2026-03-31",
        });
        row.to_string()
    };
    let inquiries = [
        inquiry("q1", FORMULA, "javascript:alert(1)"),
        inquiry("q2", HIDDEN, "https://example.org/a?b=%D0%B0&c=«d»#e"),
        inquiry("q3", &long, &format!("https://example.org/{}", "x".repeat(3_000))),
        inquiry("q4", "@SUM(A1)", "https://example.org/\u{202e}gro"),
    ];
    let promises = [
        serde_json::json!({ "id": "p1", "owner": "a", "text": format!("{FORMULA} таза ауыз су құбырын тарту") }),
        serde_json::json!({ "id": "p2", "owner": "a", "text": format!("{HIDDEN} мектеп салу") }),
        serde_json::json!({ "id": "p3", "owner": "a", "text": long }),
    ];
    let meeting = serde_json::json!({ "person": "a", "promises": ["p1"], "quote": "\t=1+1\r\nекінші жол\rүшінші", "in_district": "yes" });
    project(&[
        ("monitor.toml", "title = { en = '=1+1', kk = '@мысал' }".as_bytes()),
        ("people.csv", "id,name_kk,party,faction,district_no\na,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",amanat,\"-фракция\",1\n".as_bytes()),
        ("inquiries.jsonl", inquiries.join("\n").as_bytes()),
        ("promises.jsonl", promises.map(|row| row.to_string()).join("\n").as_bytes()),
        ("meetings.jsonl", meeting.to_string().as_bytes()),
    ])
}

fn complete(folder: &Path) -> Run {
    run(folder, &LANGUAGE, &Settings::default(), &|_| {}).expect("a run")
}

fn exported(run: &Run, formats: &[Format]) -> tempfile::TempDir {
    let out = tempfile::tempdir().expect("a folder");
    export::write(run, &[], formats, Lang::En, out.path()).expect("exports");
    out
}

#[cfg(feature = "xlsx")]
mod workbook {
    use super::*;
    use calamine::{Data, DataType, Reader, Xlsx};
    use saual::report::export::table::Kind;
    use saual::report::export::xlsx::{Cut, clean};
    use std::io::Cursor;

    fn assert_holds(run: &Run, lang: Lang) {
        let bytes = export::xlsx::render(run, lang).expect("a workbook");
        let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        let tables = Tables::new(run, lang);
        let mut names = vec!["README".to_owned()];
        for table in tables.to_look_at() {
            let name = lang.text(&format!("sheet-{}", table.name));
            let formulas = workbook.worksheet_formula(&name).expect("formulas");
            assert!(formulas.used_cells().next().is_none(), "{name} has a formula");
            let sheet = workbook.worksheet_range(&name).expect("a sheet");
            let mut rows = sheet.rows();
            let header: Vec<String> = rows.next().expect("a header").iter().map(ToString::to_string).collect();
            assert_eq!(header, table.columns.iter().map(|column| column.heading(lang)).collect::<Vec<_>>());
            assert_eq!(header.iter().collect::<BTreeSet<_>>().len(), header.len(), "{name}: two columns of one name");
            let mut count = 0;
            for row in table.rows() {
                // A last row without any text is not in the sheet's range.
                let found = rows.next().unwrap_or_default();
                count += 1;
                for ((column, expected), place) in table.columns.iter().zip(row).zip(0..) {
                    let cell = found.get(place).unwrap_or(&Data::Empty);
                    let matches = match &expected {
                        Value::Empty => cell.is_empty(),
                        Value::Count(number) => {
                            cell.as_f64() == Some(f64::from(u32::try_from(*number).expect("small")))
                        }
                        Value::Number(number) => cell.as_f64() == Some(*number),
                        Value::Flag(flag) => cell.to_string() == lang.text(if *flag { "flag-yes" } else { "flag-no" }),
                        Value::List(words) => cell.to_string() == clean(&words.join("; "), &mut Cut::default()),
                        Value::Text(text) => match column.kind {
                            Kind::Code(_) => !cell.is_empty() && *cell != "",
                            Kind::Date if !text.contains('/') => cell.get_datetime().is_some_and(|day| {
                                let (year, month, day, ..) = day.to_ymd_hms_milli();
                                format!("{year:04}-{month:02}-{day:02}") == *text
                            }),
                            _ => cell.get_string() == Some(&clean(text, &mut Cut::default())),
                        },
                    };
                    assert!(matches, "{name}, row {count}, {}: {expected:?} became {cell:?}", column.name);
                }
            }
            assert!(rows.next().is_none(), "{name} has more rows than the table");
            names.push(name);
        }
        assert_eq!(workbook.sheet_names(), names);
    }

    #[test]
    fn holds_every_row_of_a_real_project_in_every_language() {
        let run = complete(&repository("corpus/mazhilis-2023"));
        for lang in Lang::ALL {
            assert_holds(&run, lang);
        }
    }

    #[test]
    fn hostile_texts_stay_texts() {
        let folder = hostile();
        let run = complete(folder.path());
        assert_holds(&run, Lang::Ru);
        let bytes = export::xlsx::render(&run, Lang::Ru).expect("a workbook");
        let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        let sheet = workbook.worksheet_range(&Lang::Ru.text("sheet-inquiries")).expect("a sheet");
        let texts: Vec<&str> = sheet.used_cells().filter_map(|(_, _, cell)| cell.get_string()).collect();
        assert!(texts.contains(&FORMULA));
        assert!(texts.contains(&"бір\u{fffd}ике\u{fffd}\u{fffd}\u{fffd}_x0041_\u{fffd}"), "{texts:?}");
        let long = texts.iter().find(|text| text.starts_with("су су")).expect("the long title");
        assert!(long.ends_with(" […]") && long.encode_utf16().count() < 32_767);
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        let folder = hostile();
        let out = exported(&complete(folder.path()), &[Format::Xlsx]);
        let file = std::fs::File::open(out.path().join("saual.xlsx")).expect("a workbook");
        let mut archive = zip::ZipArchive::new(file).expect("an archive");
        let mut targets = Vec::new();
        for place in 0..archive.len() {
            let entry = archive.by_index(place).expect("an entry");
            let name = entry.name().expect("a name").into_owned();
            assert_eq!(entry.last_modified().map(|time| time.year()), Some(1980), "no clock in {name}");
            let text = std::io::read_to_string(entry).expect("text");
            assert!(name != "docProps/core.xml" || text.matches("2000-01-01T00:00:00Z").count() == 2, "{text}");
            if name.starts_with("xl/worksheets/_rels/") {
                targets.extend(
                    text.split("Target=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()),
                );
            }
        }
        targets.sort();
        targets.dedup();
        assert_eq!(targets, ["https://example.org/a?b=а&amp;c=«d»"]);
    }
}

#[test]
fn csv_and_jsonl_hold_the_same_rows() {
    let folder = hostile();
    let run = complete(folder.path());
    let out = exported(&run, &[Format::Csv, Format::Jsonl]);
    for table in Tables::new(&run, Lang::En).all() {
        let csv = std::fs::read_to_string(out.path().join(format!("csv/{}.csv", table.name))).expect("csv");
        let jsonl = std::fs::read_to_string(out.path().join(format!("jsonl/{}.jsonl", table.name))).expect("jsonl");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header = reader.headers().expect("a header").clone();
        assert!(header.iter().eq(table.columns.iter().map(|column| &*column.name)));
        let mut lines = jsonl.lines();
        for (expected, record) in table.rows().zip(reader.records().map(|record| record.expect("a record"))) {
            let object: serde_json::Map<String, Json> =
                serde_json::from_str(lines.next().expect("a line")).expect("an object");
            for ((value, cell), (name, json)) in expected.iter().zip(&record).zip(&object) {
                // In csv a text that begins like a formula has an apostrophe before it.
                let text = |text: &str| {
                    assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
                    cell == text || cell == format!("'{text}")
                };
                let same = match value {
                    Value::Empty => cell.is_empty() && json.is_null(),
                    Value::Text(expected) => text(expected) && json == &**expected,
                    Value::Count(count) => cell == count.to_string() && *json == *count,
                    // serde_json reads numbers to the last bit but one.
                    Value::Number(number) => {
                        let near = |found: f64| (found - number).abs() <= number.abs() * 1e-15;
                        cell.parse() == Ok(*number) && json.as_f64().is_some_and(near)
                    }
                    Value::Flag(flag) => cell == flag.to_string() && *json == *flag,
                    Value::List(words) => text(&words.join(";")) && *json == serde_json::json!(words),
                };
                assert!(same, "{}: {name}: {value:?} became {cell:?} and {json}", table.name);
            }
        }
        assert_eq!(lines.count(), 0, "{}: lines without a record", table.name);
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_the_same_rows() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let folder = hostile();
    for folder in [folder.path(), repository("corpus/mazhilis-2023").as_path()] {
        let run = complete(folder);
        let out = exported(&run, &[Format::Parquet]);
        for table in Tables::new(&run, Lang::En).all() {
            let file = std::fs::File::open(out.path().join(format!("parquet/{}.parquet", table.name))).expect("a file");
            let reader = SerializedFileReader::new(file).expect("parquet");
            let mut rows = reader.get_row_iter(None).expect("rows");
            for expected in table.rows() {
                let row = rows.next().expect("a row").expect("a row");
                for (value, (name, field)) in expected.iter().zip(row.get_column_iter()) {
                    let same = match (value, field) {
                        (Value::Empty, Field::Null) => true,
                        // A cell of a list that holds nothing is an empty list.
                        (Value::Empty, Field::ListInternal(found)) => found.elements().is_empty(),
                        (Value::Text(text), Field::Str(found)) => text == found,
                        (Value::Count(count), Field::Long(found)) => i64::try_from(*count) == Ok(*found),
                        (Value::Number(number), Field::Double(found)) => number == found,
                        (Value::Flag(flag), Field::Bool(found)) => flag == found,
                        (Value::List(words), Field::ListInternal(found)) => {
                            let found = found.elements().iter().map(|word| match word {
                                Field::Str(word) => word.as_str(),
                                other => panic!("{name}: {other:?} in a list"),
                            });
                            found.eq(words.iter().map(|word| &**word))
                        }
                        _ => false,
                    };
                    assert!(same, "{}: {name}: {value:?} became {field:?}", table.name);
                }
            }
            assert!(rows.next().is_none());
        }
    }
}

#[test]
fn the_data_package_of_a_run_declares_every_field_with_its_type() {
    let run = complete(&repository("corpus/oblast-x"));
    let out = tempfile::tempdir().expect("a folder");
    saual::report::write(&run, Lang::En, out.path()).expect("outputs");
    let read = |file: &str| std::fs::read_to_string(out.path().join(file)).expect("a file");
    let package: Json = serde_json::from_str(&read("datapackage.json")).expect("a data package");
    let resources = package["resources"].as_array().expect("resources");
    let described: BTreeSet<&str> = resources.iter().filter_map(|resource| resource["path"].as_str()).collect();
    for resource in resources.iter().filter(|resource| resource["format"] == "jsonl") {
        let file = resource["path"].as_str().expect("a path");
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        for line in read(file).lines() {
            let row: serde_json::Map<String, Json> = serde_json::from_str(line).expect("an object");
            for (name, value) in &row {
                let field = fields.iter().find(|field| field["name"] == **name);
                let kind = field.unwrap_or_else(|| panic!("help: declare {file}: {name}"))["type"].as_str();
                let fits = match value {
                    Json::Null => true,
                    Json::String(_) => matches!(kind, Some("string" | "any")),
                    Json::Bool(_) => kind == Some("boolean"),
                    Json::Number(number) => kind == Some("number") || kind == Some("integer") && number.is_u64(),
                    Json::Array(_) => kind == Some("array"),
                    Json::Object(_) => matches!(kind, Some("object" | "any")),
                };
                assert!(fits, "{file}: {name} is declared as {kind:?} and is {value}");
            }
        }
    }
    for entry in std::fs::read_dir(out.path()).expect("outputs") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let table = path.extension().is_some_and(|ending| ending == "csv" || ending == "jsonl");
        assert!(
            !table || name == "rollup.jsonl" || described.contains(name.as_str()),
            "help: describe {name} in src/report/tables.rs"
        );
    }
}

#[test]
fn popolo_references_lead_to_objects_and_every_person_has_a_seat() {
    for corpus in ["corpus/mazhilis-2023", "corpus/oblast-x"] {
        let run = complete(&repository(corpus));
        for lang in Lang::ALL {
            let popolo: Json = serde_json::from_str(&popolo::render(&run.project, lang)).expect("JSON");
            let ids = |list: &str| -> BTreeSet<String> {
                let objects = popolo[list].as_array().expect("a list");
                let ids: BTreeSet<String> =
                    objects.iter().map(|object| object["id"].as_str().expect("an id").to_owned()).collect();
                assert_eq!(ids.len(), objects.len(), "{corpus}: {list}: an id stands twice");
                assert!(objects.iter().all(|object| object["name"].as_str().is_some_and(|name| !name.is_empty())));
                ids
            };
            let (people, organizations, areas) = (ids("persons"), ids("organizations"), ids("areas"));
            let memberships = popolo["memberships"].as_array().expect("memberships");
            let known = |membership: &Json, field: &str, ids: &BTreeSet<String>| {
                membership[field].as_str().is_none_or(|id| ids.contains(id))
            };
            for membership in memberships {
                assert!(known(membership, "person_id", &people), "{membership}");
                assert!(known(membership, "organization_id", &organizations), "{membership}");
                assert!(known(membership, "on_behalf_of_id", &organizations), "{membership}");
                assert!(known(membership, "area_id", &areas), "{membership}");
            }
            let seats = memberships.iter().filter(|membership| membership["organization_id"] == "parliament");
            let seated: BTreeSet<String> =
                seats.filter_map(|seat| seat["person_id"].as_str()).map(str::to_owned).collect();
            assert_eq!(seated, people);
            assert_eq!(people.len(), run.project.people.len());
        }
    }
}

#[test]
fn a_trec_run_ranks_every_link_once() {
    let run = complete(&repository("corpus/mazhilis-2023"));
    let mut bytes = Vec::new();
    trec::run(&run.links, &mut bytes).expect("written");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut last: Option<(String, usize, f64)> = None;
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let [inquiry, "Q0", _, rank, score, tag] = words[..] else { panic!("{line}") };
        assert_eq!(tag, run.manifest.link_model);
        let (rank, score): (usize, f64) = (rank.parse().expect("a rank"), score.parse().expect("a score"));
        match &last {
            Some((before, rank_before, score_before)) if before == inquiry => {
                assert!(rank == rank_before + 1 && score <= *score_before, "{line}");
            }
            _ => assert_eq!(rank, 1),
        }
        last = Some((inquiry.to_owned(), rank, score));
    }
    assert_eq!(text.lines().count(), run.links.len());
}

#[test]
fn provenance_names_every_input_and_every_file_with_its_hash() {
    let run = complete(&repository("corpus/mazhilis-2023"));
    let out = exported(&run, Format::ALL);
    let prov = std::fs::read_to_string(out.path().join("prov.json")).expect("prov.json");
    let prov: Json = serde_json::from_str(&prov).expect("JSON");
    let entities = prov["entity"].as_object().expect("entities");
    for (file, hash) in &run.manifest.inputs {
        assert_eq!(entities[&format!("input:{file}")]["saual:blake3"], **hash);
    }
    let used = prov["used"].as_object().expect("used");
    let generated = prov["wasGeneratedBy"].as_object().expect("generated");
    for relation in used.values().chain(generated.values()) {
        assert!(entities.contains_key(relation["prov:entity"].as_str().expect("an entity")), "{relation}");
    }
    let mut files = 0;
    for (id, entity) in entities.iter().filter(|(id, _)| id.starts_with("output:")) {
        let file = entity["prov:label"].as_str().expect("a label");
        let bytes = std::fs::read(out.path().join(file)).expect("a file");
        assert_eq!(entity["saual:blake3"], blake3::hash(&bytes).to_hex().to_string(), "{id}");
        files += 1;
    }
    assert!(files > 15, "{files} files");
}
