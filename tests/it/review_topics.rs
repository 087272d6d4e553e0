//! Reviewers correct topics: kept as links' decisions are, settled, measured, and put before what the model suggests.

use crate::review_client::{Server, Session};
use crate::review_projects::{desk, saual, written};
use saual::id::TopicId;
use saual::ingest::InquiryTopics;
use saual::review::ask::Topics;
use saual::review::queue;
use saual::review::{Agreement, Ask, Desk, Filter, Refusal, Reviewer, Role, Standing, State, Store, StoreError};
use saual::run::{Language, Run, Settings, run};
use saual::topics::Taxonomy;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use tempfile::TempDir;

const PEOPLE: &str = "id,name_kk\na,Құспан Абзал\nb,Назаров Ардақ\nc,Жемісбаева Гүлназ\n";
const BEES: &str = "[[topic]]\nid = \"bees\"\nname = { kk = \"Ара шаруашылығы\", ru = \"Пчеловодство\", en = \"Bees\" }\nprior = -3.0\n\
                    description = { ru = \"Пчеловодство, пасеки, гибель пчёл от химикатов\" }\n";
const ROADS: &str = "[[topic]]\nid = \"roads\"\nname = { kk = \"Жол\", ru = \"Дороги\", en = \"Roads\" }\nprior = -3.0\n\
                     description = { ru = \"Ремонт дорог и мостов\" }\n[[topic.cue]]\ntext = \"дорога\"\nlang = \"ru\"\nweight = 6.0\n";
const WATER: &str = "[[topic]]\nid = \"water\"\nname = { kk = \"Су\", ru = \"Вода\", en = \"Water\" }\nprior = -3.0\n";
const INQUIRIES: &str = "id,initiator,title,text\n\
    q1,a,Пчёлы,На пасеках гибнут пчёлы после обработки полей химикатами. Прошу защитить пчеловодов.\n\
    q2,a,Дорога,Размыло дорогу к селу. Прошу отремонтировать мост и дорогу.\n\
    q3,b,Ульи,Пчеловоды просят субсидию на ульи. Прошу поддержать пчеловодство.\n\
    q4,b,Трасса,Яма на трассе чинится третий год. Прошу ускорить ремонт дороги.\n\
    q5,c,Пасеки,Гибель пчёл от ядохимикатов разоряет пасеки. Прошу запретить опрыскивание днём.\n\
    q6,c,Мост,Мост через реку закрыт. Прошу восстановить движение по дороге.\n";

fn folder(decided: &str) -> TempDir {
    written(&[
        ("monitor.toml", "title = { en = 'Topics', kk = 'Тақырыптар', ru = 'Темы' }"),
        ("people.csv", PEOPLE),
        ("promises.csv", "id,owner,text\np1,a,Ауылға су құбырын тартамыз\np2,b,Построим мост\n"),
        ("inquiries.csv", INQUIRIES),
        ("topics.toml", &format!("{BEES}{ROADS}")),
        ("inquiry_topics.csv", &format!("inquiry,topics\n{decided}")),
    ])
}

fn person(name: &str, role: Role) -> Reviewer {
    Reviewer { name: name.into(), role }
}

/// What `desk` answers to `who`, who gives an inquiry these topics.
fn give(desk: &Desk, who: &Reviewer, inquiry: &str, given: &[&str], key: &str) -> Result<usize, Refusal> {
    let chosen = given.iter().map(|id| (*id).to_owned()).collect();
    let topics = Topics { taxonomy: desk.run.taxonomy.fingerprint.clone(), chosen };
    let (inquiry, comment) = (inquiry.to_owned(), String::new());
    let ask = if who.role == Role::Lead {
        Ask::ResolveTopics { inquiry, topics, comment }
    } else {
        Ask::Topics { inquiry, topics, comment, alike: false }
    };
    desk.decide(who, ask, key).map(|kept| kept.len())
}

fn taxonomy(text: &str) -> Taxonomy {
    let language = Language::bundled().expect("bundled tables");
    Taxonomy::parse(text, "topics.toml", &language.analyzer).expect("a taxonomy")
}

fn rows(settled: &[InquiryTopics]) -> Vec<(&str, Vec<&str>)> {
    settled.iter().map(|row| (row.inquiry.as_str(), row.topics.iter().map(TopicId::as_str).collect())).collect()
}

#[test]
fn topics_are_settled_by_agreement_or_by_a_ruling_and_taken_back() {
    let folder = folder("");
    let desk = desk(folder.path(), folder.path(), None);
    let (aigul, bolat) = (person("aigul", Role::Reviewer), person("bolat", Role::Reviewer));
    let zere = person("zere", Role::Lead);
    let own = &desk.run.taxonomy;
    let standing = |inquiry: &str| desk.state().topics(inquiry, own);
    assert_eq!(standing("q1"), Standing::Open);
    give(&desk, &aigul, "q1", &["bees"], "k-a-0001").expect("kept");
    give(&desk, &bolat, "q1", &["bees"], "k-b-0001").expect("kept");
    assert_eq!(standing("q1"), Standing::Agreed(vec!["bees".into()], 2));
    give(&desk, &aigul, "q2", &[], "k-a-0002").expect("kept");
    give(&desk, &bolat, "q2", &["roads"], "k-b-0002").expect("kept");
    assert_eq!(standing("q2"), Standing::Disputed);
    assert_eq!(rows(&desk.state().settled_topics(own)), [("q1", vec!["bees"])], "what is disputed is not settled");
    assert!(matches!(give(&desk, &aigul, "q2", &["wasps"], "k-a-0003"), Err(Refusal::Unknown { what: "topic", .. })));
    let ruling = Ask::ResolveTopics {
        inquiry: "q2".into(),
        topics: Topics { taxonomy: own.fingerprint.clone(), chosen: BTreeSet::new() },
        comment: String::new(),
    };
    assert!(matches!(desk.decide(&aigul, ruling, "k-a-0004"), Err(Refusal::LeadOnly)));
    give(&desk, &zere, "q2", &["roads"], "k-z-0001").expect("kept");
    assert_eq!(standing("q2"), Standing::Ruled(vec!["roads".into()]));
    // Both opinions stay, and who agreed with whom is counted without the ruling.
    let agreement = Agreement::of(&desk.state(), own);
    assert_eq!(agreement.fields[2].units, 4);
    assert_eq!(agreement.fields[2].raw.value, Some(0.75));
    let [bees, roads] = &agreement.topics[..] else { panic!("two topics") };
    assert_eq!((bees.field.as_str(), bees.units, bees.nominal.value), ("bees", 2, Some(1.0)));
    assert_eq!((roads.raw.value, roads.nominal.value), (Some(0.5), Some(0.0)));
    // A reviewer's filter goes by the reviewer's own word.
    let filter = Filter { topic: "roads".into(), ..Filter::default() };
    let fits = |name: &str| {
        let state = desk.state();
        queue::fits(&desk.run, 1, state.word(name, "q2"), &filter)
    };
    assert_eq!([fits("aigul"), fits("bolat"), fits("nobody")], [false, true, true]);
    // Taking back: the last first, whatever it was about.
    let undone = desk.undo(&zere, "k-z-undo").expect("undone");
    assert_eq!(undone[0].1.draft.inquiry, "q2");
    assert_eq!(standing("q2"), Standing::Disputed);
    desk.undo(&bolat, "k-b-undo").expect("undone");
    assert_eq!(standing("q2"), Standing::Agreed(vec![], 1));
    // The same from the file, and in the database's own view.
    drop(desk);
    let store = Store::of_project(folder.path()).expect("the store");
    let state = State::of(&store.all().expect("all"));
    assert_eq!(
        rows(&state.settled_topics(&taxonomy(&format!("{BEES}{ROADS}")))),
        [("q1", vec!["bees"]), ("q2", vec![])]
    );
    let mut standing: Vec<_> = store.standing().expect("standing").into_iter().map(|row| row.draft.key).collect();
    standing.sort();
    assert_eq!(standing, ["k-a-0001", "k-a-0002", "k-b-0001"]);
    assert!(store.faults().expect("a check").is_empty());
}

#[test]
fn a_decision_speaks_of_the_topics_that_were_shown_and_of_no_others() {
    let folder = folder("");
    let desk = desk(folder.path(), folder.path(), None);
    let aigul = person("aigul", Role::Reviewer);
    give(&desk, &aigul, "q1", &["bees"], "k-a-0001").expect("kept");
    let old = Topics { taxonomy: "0123456789abcdef".into(), chosen: BTreeSet::new() };
    let ask = Ask::Topics { inquiry: "q1".into(), topics: old, comment: String::new(), alike: false };
    let refused = desk.decide(&aigul, ask, "k-a-0002");
    assert!(matches!(refused, Err(Refusal::Store(StoreError::Invalid { what: "taxonomy" }))), "{refused:?}");
    let state = desk.state();
    assert_eq!(rows(&state.settled_topics(&taxonomy(BEES))), [("q1", vec!["bees"])], "a topic fewer");
    let more = taxonomy(&format!("{BEES}{ROADS}{WATER}"));
    assert_eq!(state.topics("q1", &more), Standing::Open, "nobody was asked about water");
    assert!(state.settled_topics(&more).is_empty());
}

fn runs(folder: &Path) -> Run {
    let language = Language::bundled().expect("bundled tables");
    let state = Store::existing(folder).expect("a store").map(|store| State::of(&store.all().expect("all")));
    let own = taxonomy(&format!("{BEES}{ROADS}"));
    let settled = state.map(|state| state.settled_topics(&own)).unwrap_or_default();
    run(folder, &language, &Settings::default().with_settled_topics(settled), &|_| {}).expect("a run")
}

#[test]
fn what_is_settled_stands_in_a_run_as_rows_of_the_table_do_and_before_them() {
    let by_table = folder("q1,roads\nq2,bees\n");
    let by_review = folder("q1,bees;roads\nq3,\n");
    let desk = desk(by_review.path(), by_review.path(), None);
    let aigul = person("aigul", Role::Reviewer);
    for (inquiry, given, key) in [("q1", "roads", "k-a-0001"), ("q2", "bees", "k-a-0002")] {
        give(&desk, &aigul, inquiry, &[given], key).expect("kept");
    }
    drop(desk);
    let (table, review) = (runs(by_table.path()), runs(by_review.path()));
    assert_eq!(review.topics[..2], table.topics[..2], "the same scores, labels and marks");
    assert!(review.topics[..3].iter().flatten().all(|score| score.decided), "the row on q3 still stands");
    assert!(review.topics[3..].iter().flatten().all(|score| !score.decided));
    assert_eq!(review.manifest.counts["topics_decided"], 3);
    assert!(review.manifest.inputs.contains_key("topic_decisions"), "{:?}", review.manifest.inputs);
    // As the program does it, and out again as a table that a project can have.
    let path = by_review.path().display().to_string();
    let (fine, said, error) = saual(&["run", &path, "--out", &format!("{path}/out"), "--json", "--quiet"]);
    assert!(fine, "{said}{error}");
    let lines = std::fs::read_to_string(by_review.path().join("out/topics.jsonl")).expect("the topics");
    let first: Value = serde_json::from_str(lines.lines().next().expect("a row")).expect("JSON");
    assert_eq!((&first["topic"], &first["label"], &first["decided"]), (&json!("bees"), &json!(false), &json!(true)));
    for name in ["inquiry_topics.csv", "inquiry_topics.jsonl"] {
        let out = by_review.path().join("out").join(name).display().to_string();
        assert!(saual(&["decisions", "topics", &path, "--out", &out, "--quiet"]).0);
        let again = folder("");
        std::fs::remove_file(again.path().join("inquiry_topics.csv")).expect("gone");
        std::fs::copy(&out, again.path().join(name)).expect("copied");
        let again = runs(again.path());
        assert_eq!(again.topics, review.topics, "{name}");
        assert!(again.problems.is_empty(), "{:?}", again.problems);
    }
}

#[test]
fn the_topic_model_learns_from_what_reviewers_settled_as_from_the_table() {
    let decided = [("q1", "bees"), ("q2", "roads"), ("q3", "bees"), ("q4", "roads"), ("q5", "bees"), ("q6", "roads")];
    let table: String = decided.iter().map(|(inquiry, topic)| format!("{inquiry},{topic}\n")).collect();
    let (by_table, by_review) = (folder(&table), folder(""));
    let desk = desk(by_review.path(), by_review.path(), None);
    for (number, (inquiry, topic)) in decided.iter().enumerate() {
        give(&desk, &person("aigul", Role::Reviewer), inquiry, &[topic], &format!("k-a-{number:04}")).expect("kept");
    }
    drop(desk);
    let train = |folder: &Path| {
        let (path, out) = (folder.display().to_string(), folder.join("mine.toml"));
        let args =
            ["train", &path, "--topics", "--from-decisions", "--name", "mine", "--out", &out.display().to_string()];
        let (fine, _, error) = saual(&args);
        assert!(fine, "{error}");
        std::fs::read_to_string(out).expect("the model")
    };
    assert_eq!(train(by_table.path()), train(by_review.path()));
}

fn topics_of(session: &Session<'_>, inquiry: &str) -> Value {
    session.get(&format!("/api/v1/inquiries/{inquiry}")).json()["card"]["topics"].take()
}

#[test]
fn a_form_without_scripts_keeps_topics_and_shows_the_card_again() {
    let folder = folder("q3,bees\n");
    let server = Server::start(folder.path(), &["--as", "zere"]);
    let session = server.session();
    let page = session.get("/inquiries/q2?clause=p1").body;
    let form = page.split("id=\"topics-form\"").nth(1).and_then(|rest| rest.split("</form>").next()).expect("a form");
    assert!(
        form.contains("name=\"topic:roads\" value=\"1\" checked") && form.contains("дорога"),
        "suggested, with its word: {form}"
    );
    assert!(!form.contains("name=\"topic:bees\" value=\"1\" checked"), "{form}");
    let of = topics_of(&session, "q2");
    assert_eq!((&of["answered"], &of["decided"]), (&json!(false), &json!(false)));
    assert_eq!(topics_of(&session, "q3")["decided"], true, "the project's table is shown");
    let taxonomy = of["taxonomy"].as_str().expect("a fingerprint");
    let fields = format!(
        "answer=topics&inquiry=q2&clause=p1&taxonomy={taxonomy}&topic:bees=1&key=w-topics-0001&comment=%D0%B0&filter=%26deputy%3Da"
    );
    let kept = session.submit("/decisions", &fields);
    let to = kept.headers["location"].clone();
    assert!(
        kept.status == 303 && to.starts_with("/inquiries/q2?clause=p1&saved=20") && to.ends_with("&deputy=a"),
        "{kept:?}"
    );
    assert_eq!(session.submit("/decisions", &fields).headers["location"], to, "the same key, the same decision");
    let of = topics_of(&session, "q2");
    let ticked =
        |of: &Value| of["list"].as_array().expect("a list").iter().map(|row| row["is"] == true).collect::<Vec<_>>();
    assert_eq!((ticked(&of), &of["answered"], &of["comment"]), (vec![true, false], &json!(true), &json!("а")));
    let kept = session.get("/api/v1/decisions").json()["decisions"][0].take();
    assert_eq!((&kept["kind"], &kept["reviewer"], &kept["blind"]), (&json!("topics"), &json!("zere"), &json!(false)));
    assert!(kept["model"].as_str().is_some_and(|model| model.ends_with(taxonomy)), "{kept}");
    assert!(kept["topics"][1]["probability"].as_f64() > kept["topics"][0]["probability"].as_f64(), "{kept}");
    let csv = session.get("/inquiry_topics.csv").body;
    assert!(csv.contains("q3,bees") && csv.contains("q2,bees"), "{csv}");
    assert_eq!(session.get("/inquiry_topics.jsonl").body.lines().count(), 2);
    // None of them is an answer too; what is sent for another list of topics is not.
    let none = session
        .submit("/decisions", &format!("answer=topics&inquiry=q1&clause=p1&taxonomy={taxonomy}&key=w-topics-0002"));
    assert_eq!((none.status, ticked(&topics_of(&session, "q1"))), (303, vec![false, false]));
    for (wrong, status) in [("taxonomy=0&topic:bees=1", 400), (&*format!("taxonomy={taxonomy}&topic:wasps=1"), 404)] {
        let fields = format!("answer=topics&inquiry=q1&clause=p1&key=w-topics-0003&{wrong}");
        assert_eq!(session.submit("/decisions", &fields).status, status, "{wrong}");
    }
    let undone = session.submit("/undo", "key=w-undo-0001");
    assert!(
        undone.headers["location"].starts_with("/inquiries/q1?undone=1")
            && undone.headers["location"].ends_with("#topics-form")
    );
    assert_eq!(topics_of(&session, "q1")["answered"], false);
}

#[test]
fn disagreement_about_topics_is_settled_by_the_lead() {
    let folder = folder("");
    let desk = desk(folder.path(), folder.path(), None);
    give(&desk, &person("aigul", Role::Reviewer), "q4", &["bees", "roads"], "k-a-0001").expect("kept");
    give(&desk, &person("bolat", Role::Reviewer), "q4", &["roads"], "k-b-0001").expect("kept");
    let taxonomy = desk.run.taxonomy.fingerprint.clone();
    drop(desk);
    let server = Server::start(folder.path(), &["--as", "zere"]);
    let lead = server.session();
    let page = lead.get("/disagreements").body;
    assert!(page.contains("<b>Bees, Roads</b> — aigul") && page.contains("<b>Roads</b> — bolat"), "{page}");
    assert!(page.contains("name=\"topic:roads\" value=\"1\" checked"), "what all give is ticked: {page}");
    assert!(page.contains("name=\"topic:bees\" value=\"1\">"), "{page}");
    assert_eq!(topics_of(&lead, "q4")["others"].as_array().map(Vec::len), Some(2), "a lead sees all");
    assert_eq!(lead.get("/inquiry_topics.jsonl").body, "");
    let rule = format!("answer=topics&inquiry=q4&taxonomy={taxonomy}&topic:roads=1&key=w-rule-0001");
    assert_eq!(lead.submit("/rulings", &rule).status, 303);
    assert!(!lead.get("/disagreements").body.contains("bolat"));
    assert_eq!(lead.get("/inquiry_topics.jsonl").body, "{\"inquiry\":\"q4\",\"topics\":[\"roads\"]}\n");
    let agreement = lead.get("/agreement").body;
    assert!(agreement.contains("By topic") && agreement.contains("topics (all together"), "{agreement}");
}
