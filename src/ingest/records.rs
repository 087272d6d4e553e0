//! Rows into records: one reader a table, each naming its columns once.

use super::isolate::Isolation;
use super::problem::{Fault, Problem};
use super::project::{
    Availability, Inquiry, InquiryTopics, Mandate, Meeting, Origin, Outcome, OutcomeStatus, Party, Person, Place,
    Programme, Project, Promise, Published, Response, Testability, TextLanguage,
};
use super::row::Row;
use super::table::{self, RawTable};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

const NO: (&str, bool) = ("no", false);
const YES_NO: &[(&str, bool)] = &[
    ("yes", true),
    NO,
    ("true", true),
    ("false", false),
    ("1", true),
    ("0", false),
    ("иә", true),
    ("жоқ", false),
    ("да", true),
    ("нет", false),
];

/// Reads every table of the project folder into `project`.
pub fn read_all(folder: &Path, isolation: &Isolation, project: &mut Project, problems: &mut Vec<Problem>) {
    let mut reader = Reader { folder, isolation, files: BTreeMap::new(), problems };
    project.people = reader.table(&PEOPLE, person);
    project.parties = reader.table(&PARTIES, party);
    project.places = reader.table(&PLACES, place);
    project.programmes = reader.table(&PROGRAMMES, programme);
    project.promises = reader.table(&PROMISES, promise);
    project.inquiries = reader.table(&INQUIRIES, inquiry);
    project.meetings = reader.table(&MEETINGS, meeting);
    project.outcomes = reader.table(&OUTCOMES, outcome);
    project.responses = reader.table(&RESPONSES, response);
    project.published = reader.table(&PUBLISHED, published);
    project.inquiry_topics = reader.table(&INQUIRY_TOPICS, inquiry_topics);
    let named: BTreeSet<&str> = project.programmes.iter().map(|programme| programme.file.as_str()).collect();
    let texts = reader.programme_texts(&named.into_iter().filter(|file| !file.is_empty()).collect::<Vec<_>>());
    for programme in &mut project.programmes {
        programme.text = texts.get(&programme.file).cloned().unwrap_or_default();
    }
    if project.promises.is_empty() && project.programmes.iter().all(|programme| programme.text.is_empty()) {
        let expected = format!("{} | programmes.csv", table::expected("promises"));
        reader.problems.push(Problem::in_file("promises", Fault::FileMissing { expected }));
    }
    project.files.append(&mut reader.files);
    check_dates(project, problems);
}

/// The people of one table file, outside any project.
pub fn read_people(folder: &Path, file: &str, isolation: &Isolation, problems: &mut Vec<Problem>) -> Vec<Person> {
    let table = table::read_file(folder, file, isolation, problems);
    table.map(|table| records(table, &PEOPLE, person, problems)).unwrap_or_default()
}

/// First columns that name a row: no two rows of a table may have the same.
const KEYS: [&str; 2] = ["id", "inquiry"];

/// A table: its name, whether a project must have it, and its columns; `!` marks those without which no row can be read.
struct Schema {
    name: &'static str,
    required: bool,
    columns: &'static [&'static str],
}

const fn schema(name: &'static str, required: bool, columns: &'static [&'static str]) -> Schema {
    Schema { name, required, columns }
}

const PEOPLE: Schema = schema(
    "people",
    true,
    &["id!", "name_kk", "name_ru", "aliases", "party", "faction", "mandate", "district_no", "district", "region"],
);
const PARTIES: Schema = schema("parties", false, &["id!", "name_kk", "name_ru", "aliases"]);
const PLACES: Schema = schema("places", false, &["id!", "name_kk", "name_ru", "aliases"]);
const PROGRAMMES: Schema = schema("programmes", false, &["owner!", "file", "lang", "obtained", "origin", "source_url"]);
const PROMISES: Schema = schema("promises", false, &["id!", "owner!", "lang", "text!", "testability"]);
const INQUIRIES: Schema = schema(
    "inquiries",
    true,
    &[
        "id!",
        "date",
        "lang",
        "initiator",
        "cosigners",
        "addressee",
        "title",
        "text!",
        "url",
        "reply_date",
        "reply_text",
    ],
);
const MEETINGS: Schema =
    schema("meetings", false, &["person!", "date", "place", "in_district", "promises", "quote", "source_url"]);
const OUTCOMES: Schema = schema("outcomes", false, &["owner!", "clause!", "status!", "date", "source_url!", "quote!"]);
const RESPONSES: Schema = schema("responses", false, &["person!", "clause", "date", "text!", "source_url"]);
const PUBLISHED: Schema =
    schema("published", false, &["id", "source", "place", "measure!", "unit", "group", "value!", "quote"]);

const INQUIRY_TOPICS: Schema = schema("inquiry_topics", false, &["inquiry!", "topics"]);

struct Reader<'a> {
    folder: &'a Path,
    isolation: &'a Isolation,
    files: BTreeMap<String, String>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    /// The records of a table.
    fn table<T: WithExtra>(&mut self, schema: &Schema, read: fn(&mut Row) -> T) -> Vec<T> {
        let Some(table) = table::read(self.folder, schema.name, self.isolation, self.problems) else {
            if schema.required && !self.problems.iter().any(|problem| problem.file.starts_with(schema.name)) {
                let expected = table::expected(schema.name);
                self.problems.push(Problem::in_file(schema.name, Fault::FileMissing { expected }));
            }
            return Vec::new();
        };
        self.files.insert(table.file.clone(), table.hash.clone());
        records(table, schema, read, self.problems)
    }

    /// The texts of files below `programmes/`, by the name under which the table has them.
    fn programme_texts(&mut self, names: &[&str]) -> BTreeMap<String, String> {
        let (folder, isolation) = (self.folder, self.isolation);
        let read: Vec<_> = names.par_iter().map(|name| programme_text(folder, name, isolation)).collect();
        let mut texts = BTreeMap::new();
        for (name, read) in names.iter().zip(read) {
            self.problems.extend(read.problems);
            self.files.extend(read.hash);
            texts.insert((*name).to_owned(), read.text);
        }
        texts
    }
}

/// A programme's text, with the file's hash and what is wrong with it.
#[derive(Default)]
struct ProgrammeText {
    text: String,
    hash: Option<(String, String)>,
    problems: Vec<Problem>,
}

/// The text of a file below `programmes/`. Only such a file: a table never leads out of its project.
fn programme_text(folder: &Path, name: &str, isolation: &Isolation) -> ProgrammeText {
    let mut read = ProgrammeText::default();
    let file = if Path::new(name).starts_with("programmes") { name.to_owned() } else { format!("programmes/{name}") };
    let inside = Path::new(&file).components().all(|part| matches!(part, Component::Normal(_)));
    let real = folder.join(&file).canonicalize();
    let leads_out = real.is_ok_and(|real| !folder.canonicalize().is_ok_and(|folder| real.starts_with(folder)));
    if !inside || leads_out {
        let outside = Fault::FileOutside { value: name.to_owned() };
        read.problems.push(Problem::in_file("programmes", outside).in_column("file"));
        return read;
    }
    let Some(bytes) = table::read_bytes(folder, &file, &mut read.problems) else { return read };
    read.hash = Some((file.clone(), blake3::hash(&bytes).to_hex().to_string()));
    read.text = isolation.document(&file, &bytes, &mut read.problems).unwrap_or_default().text;
    read
}

/// The records of a table that was read.
fn records<T: WithExtra>(
    table: RawTable,
    schema: &Schema,
    read: fn(&mut Row) -> T,
    problems: &mut Vec<Problem>,
) -> Vec<T> {
    if !has_columns(&table, schema, problems) {
        return Vec::new();
    }
    let key = schema.columns[0].strip_suffix('!').filter(|column| KEYS.contains(column));
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut records = Vec::with_capacity(table.rows.len());
    for raw in table.rows {
        let id = key.and_then(|key| raw.cells.iter().find(|(name, _)| name == key));
        let id = id.and_then(|(_, cell)| match cell {
            table::Cell::Text(text) => Some(text.trim().to_owned()),
            table::Cell::List(_) => None,
        });
        let mut row = Row::new(&table.file, table.sheet.as_deref(), raw, problems);
        let mut record = read(&mut row);
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            let line = row.line();
            match seen.get(&id) {
                Some(first) => row.fault(key.unwrap_or_default(), Fault::IdTwice { id, first: *first }),
                None => drop(seen.insert(id, line)),
            }
        }
        if let Some(extra) = row.finish() {
            record.keep(extra);
            records.push(record);
        }
    }
    records
}

/// Notes missing and misspelt columns; `false` where the table cannot be read.
fn has_columns(table: &RawTable, schema: &Schema, problems: &mut Vec<Problem>) -> bool {
    let found: Vec<&str> = match table.rows.first() {
        _ if !table.header.is_empty() => table.header.iter().map(String::as_str).collect(),
        Some(row) => row.cells.iter().map(|(name, _)| name.as_str()).collect(),
        None => return true,
    };
    let mut readable = true;
    for column in schema.columns {
        let (name, needed) = column.strip_suffix('!').map_or((*column, false), |name| (name, true));
        if found.contains(&name) {
            continue;
        }
        let known = |found: &str| schema.columns.iter().any(|column| column.trim_end_matches('!') == found);
        let near = |found: &str| found.len() > 3 && name.len() > 3 && strsim::osa_distance(found, name) <= 2;
        let misspelt = found.iter().find(|found| !needed && !known(found) && near(found));
        let fault = match misspelt {
            Some(found) => Fault::ColumnMisspelt { found: (*found).to_owned(), expected: name.to_owned() },
            None if needed => Fault::ColumnMissing { column: name.to_owned(), found: found.join(", ") },
            None => continue,
        };
        // In jsonl every line names its own fields; there the rows tell what is missing.
        if needed && !table.header.is_empty() {
            readable = false;
        } else if needed && misspelt.is_none() {
            continue;
        }
        problems.push(Problem::in_file(&table.file, fault).on_sheet(table.sheet.clone()).at_line(1));
    }
    readable
}

/// Records that keep unknown columns; others drop them.
trait WithExtra {
    fn keep(&mut self, _extra: super::project::Extra) {}
}

macro_rules! keeps_extra {
    ($($record:ty),+) => { $(impl WithExtra for $record {
        fn keep(&mut self, extra: super::project::Extra) { self.extra = extra; }
    })+ };
}
keeps_extra!(Person, Programme, Promise, Inquiry);
impl WithExtra for Party {}
impl WithExtra for Place {}
impl WithExtra for Meeting {}
impl WithExtra for Outcome {}
impl WithExtra for Response {}
impl WithExtra for Published {}
impl WithExtra for InquiryTopics {}

fn person(row: &mut Row) -> Person {
    let person = Person {
        line: row.line(),
        id: row.id("id").into(),
        name_kk: row.text("name_kk"),
        name_ru: row.text("name_ru"),
        aliases: row.list("aliases"),
        party: row.text("party"),
        faction: row.text("faction"),
        mandate: row.choice("mandate", Mandate::ALL),
        district_no: row.text("district_no"),
        district: row.text("district"),
        region: row.text("region"),
        extra: BTreeMap::new(),
    };
    if person.name_kk.is_empty() && person.name_ru.is_empty() {
        row.fault("name_kk", Fault::Empty);
    }
    person
}

fn party(row: &mut Row) -> Party {
    Party {
        id: row.id("id").into(),
        name_kk: row.text("name_kk"),
        name_ru: row.text("name_ru"),
        aliases: row.list("aliases"),
    }
}

fn place(row: &mut Row) -> Place {
    Place { id: row.id("id"), name_kk: row.text("name_kk"), name_ru: row.text("name_ru"), aliases: row.list("aliases") }
}

fn programme(row: &mut Row) -> Programme {
    Programme {
        line: row.line(),
        owner: row.required("owner").into(),
        file: row.text("file"),
        lang: row.choice("lang", TextLanguage::ALL),
        obtained: row.choice("obtained", Availability::ALL),
        origin: row.choice("origin", Origin::ALL),
        source_url: row.text("source_url"),
        text: String::new(),
        extra: BTreeMap::new(),
    }
}

fn promise(row: &mut Row) -> Promise {
    Promise {
        line: row.line(),
        id: row.id("id").into(),
        owner: row.required("owner").into(),
        lang: row.choice("lang", TextLanguage::ALL),
        text: row.verbatim_required("text"),
        testability: row.choice("testability", Testability::ALL),
        extra: BTreeMap::new(),
    }
}

fn inquiry(row: &mut Row) -> Inquiry {
    let inquiry = Inquiry {
        line: row.line(),
        id: row.id("id").into(),
        date: row.when("date"),
        lang: row.choice("lang", TextLanguage::ALL),
        // «Депутат» is the column of `person` in other tables.
        initiator: [row.text("initiator"), row.text("person")]
            .into_iter()
            .find(|name| !name.is_empty())
            .map(Into::into),
        cosigners: row.list("cosigners").into_iter().map(Into::into).collect(),
        addressee: row.text("addressee"),
        title: row.verbatim("title"),
        text: row.verbatim_required("text"),
        url: row.text("url"),
        reply_date: row.when("reply_date"),
        reply_text: row.verbatim("reply_text"),
        extra: BTreeMap::new(),
    };
    if let (Some(date), Some(reply)) = (inquiry.date, inquiry.reply_date)
        && reply.to < date.from
    {
        row.fault("reply_date", Fault::ReplyBeforeInquiry { value: reply.to_string(), inquiry: date.to_string() });
    }
    inquiry
}

fn meeting(row: &mut Row) -> Meeting {
    let meeting = Meeting {
        line: row.line(),
        person: row.required("person").into(),
        date: row.when("date"),
        place: row.text("place"),
        in_district: row.choice("in_district", YES_NO),
        promises: row.list("promises").into_iter().map(Into::into).collect(),
        quote: row.text("quote"),
        source_url: row.text("source_url"),
    };
    if !meeting.promises.is_empty() && meeting.quote.is_empty() {
        row.fault("quote", Fault::Empty);
    }
    meeting
}

fn outcome(row: &mut Row) -> Outcome {
    Outcome {
        line: row.line(),
        owner: row.required("owner").into(),
        clause: row.id("clause").into(),
        // A row with a bad status is never given out, so the stand-in is never seen.
        status: row.choice("status", OutcomeStatus::ALL).unwrap_or_else(|| {
            row.fault("status", Fault::Empty);
            OutcomeStatus::Acted
        }),
        date: row.when("date"),
        source_url: row.required("source_url"),
        quote: row.required("quote"),
    }
}

fn response(row: &mut Row) -> Response {
    Response {
        line: row.line(),
        person: row.required("person").into(),
        clause: Some(row.text("clause")).filter(|id| !id.is_empty()).map(Into::into),
        date: row.when("date"),
        text: row.verbatim_required("text"),
        source_url: row.text("source_url"),
    }
}

fn published(row: &mut Row) -> Published {
    Published {
        line: row.line(),
        id: row.text("id"),
        source: row.text("source"),
        place: row.text("place"),
        measure: row.required("measure"),
        unit: row.text("unit"),
        group: row.text("group"),
        value: row.number("value"),
        quote: row.text("quote"),
    }
}

fn inquiry_topics(row: &mut Row) -> InquiryTopics {
    InquiryTopics {
        line: row.line(),
        inquiry: row.id("inquiry").into(),
        topics: row.list("topics").into_iter().map(Into::into).collect(),
    }
}

/// Inquiries dated outside the monitored period: kept, but worth a look.
fn check_dates(project: &Project, problems: &mut Vec<Problem>) {
    let Some(period) = project.monitor.period else { return };
    let file = project.table_file("inquiries");
    for inquiry in &project.inquiries {
        if let Some(date) = inquiry.date.filter(|date| !date.within(&period)) {
            let fault = Fault::DateOutsidePeriod { value: date.to_string(), period: period.to_string() };
            problems.push(Problem::in_file(&file, fault).at_line(inquiry.line).in_column("date"));
        }
    }
}
