//! What people decide about topics stands, and the topic model learns from it.

use crate::project;
use saual::embedding::Choice;
use saual::evaluation::Gold;
use saual::run::{Language, Run, Settings, prepare, run};
use saual::topics::TopicModel;
use saual::training::{Source, topics::train};
use std::path::Path;

const PEOPLE: &str = "id,name_kk\na,Құспан Абзал\nb,Назаров Ардақ\nc,Жемісбаева Гүлназ\n";
const PROMISES: &str = "id,owner,text\np1,a,Ауылға су құбырын тартамыз\n";
/// The prior of the first topic is far too low.
const TOPICS: &str = "[[topic]]\nid = \"bees\"\nname = { kk = \"Ара шаруашылығы\", ru = \"Пчеловодство\", en = \"Bees\" }\nprior = -16.0\n\
                      description = { ru = \"Пчеловодство, пасеки, гибель пчёл от химикатов\" }\n\
                      [[topic]]\nid = \"roads\"\nname = { kk = \"Жол\", ru = \"Дороги\", en = \"Roads\" }\nprior = -3.0\n\
                      description = { ru = \"Ремонт дорог и мостов\" }\n";
const INQUIRIES: [(&str, &str, &str); 8] = [
    ("q1", "a", "На пасеках массово гибнут пчёлы после обработки полей химикатами. Прошу защитить пчеловодов."),
    ("q2", "a", "Размыло дорогу к селу. Прошу отремонтировать мост и дорогу."),
    ("q3", "b", "Пчеловоды просят субсидию на ульи и племенных пчёл. Прошу поддержать пчеловодство."),
    ("q4", "b", "Яма на трассе чинится третий год. Прошу ускорить ремонт дороги."),
    ("q5", "c", "Гибель пчёл от ядохимикатов разоряет пасеки. Прошу запретить опрыскивание днём."),
    ("q6", "c", "Мост через реку закрыт. Прошу восстановить движение по дороге."),
    ("q7", "a", "Пасеки страдают: пчёлы гибнут от химикатов. Прошу предупреждать пчеловодов об обработке полей."),
    ("q8", "b", "Дорога до райцентра разбита. Прошу начать ремонт моста."),
];
/// The first six were decided.
const DECIDED: &str = "inquiry,topics\nq1,bees\nq2,Дороги\nq3,Пчеловодство\nq4,roads\nq5,bees\nq6,\n";

fn folder(decided: &str) -> tempfile::TempDir {
    let rows = INQUIRIES.iter().map(|(id, author, text)| format!("{id},{author},\"{text}\"\n"));
    let inquiries: String = std::iter::once("id,initiator,text\n".to_owned()).chain(rows).collect();
    project(&[
        ("monitor.toml", "languages = [\"kk\", \"ru\"]\nfictional = true\n[title]\nru = \"Проба\"\n".as_bytes()),
        ("people.csv", PEOPLE.as_bytes()),
        ("promises.csv", PROMISES.as_bytes()),
        ("inquiries.csv", inquiries.as_bytes()),
        ("topics.toml", TOPICS.as_bytes()),
        ("inquiry_topics.csv", decided.as_bytes()),
    ])
}

fn labels(run: &Run, inquiry: usize) -> Vec<&str> {
    run.topics[inquiry].iter().filter(|score| score.label).map(|score| score.topic.as_str()).collect()
}

#[test]
fn a_decided_inquiry_has_the_topics_decided_and_no_others() {
    let language = Language::bundled().expect("bundled tables");
    let folder = folder("inquiry,topics\nq1,bees;roads\nq2,\n");
    let run = run(folder.path(), &language, &Settings::default(), &|_| {}).expect("a run");
    assert_eq!((labels(&run, 0), labels(&run, 1)), (vec!["bees", "roads"], vec![]));
    assert!(run.topics[0].iter().chain(&run.topics[1]).all(|score| score.decided));
    assert!(run.topics[2].iter().all(|score| !score.decided));
    let counted: usize = run.rollup.topics_by_faction["bees"].values().sum();
    assert_eq!(counted, run.topics.iter().filter(|scores| scores[0].label).count(), "the sums go by what was decided");
}

#[test]
fn rows_that_fit_nothing_are_named_and_left_out() {
    let language = Language::bundled().expect("bundled tables");
    let folder = folder("inquiry,topics\nq1,wasps\nq99,bees\nq2,roads\nq2,bees\n");
    let prepared = prepare(folder.path(), &language).expect("prepared");
    let found: Vec<(&str, String)> =
        prepared.problems.iter().map(|problem| (problem.fault.code(), problem.place())).collect();
    let at = |code: &'static str, line: u64| (code, format!("inquiry_topics.csv:{line}"));
    for expected in [at("dangling", 2), at("dangling", 3), at("id-twice", 5)] {
        assert!(found.iter().any(|(code, place)| *code == expected.0 && place.starts_with(&expected.1)), "{found:?}");
    }
    let kept: Vec<&str> = prepared.project.inquiry_topics.iter().map(|row| row.inquiry.as_str()).collect();
    assert_eq!(kept, ["q2"]);
}

#[test]
fn the_model_learns_from_decisions_what_a_new_topic_needs() {
    let language = Language::bundled().expect("bundled tables");
    let folder = folder(DECIDED);
    let known = TopicModel::bundled(&Choice::Static).expect("the bundled model");
    let fit = |folder: &Path| {
        let prepared = prepare(folder, &language).expect("prepared");
        let gold = Gold::of_decided_topics(&prepared.project);
        let source = Source { prepared: &prepared, gold: &gold, split: "all" };
        train(&[source], Some(&known), &language, &Settings::default(), "topics-mine").expect("trained").model
    };
    let model = fit(folder.path());
    assert_eq!(model, fit(folder.path()), "the same decisions, the same model");
    assert_eq!(model.threshold, known.threshold);
    let bees = |model: TopicModel| {
        let run = run(folder.path(), &language, &Settings::default().with_topic_model(model), &|_| {}).expect("a run");
        [6, 7].map(|inquiry| run.topics[inquiry][0].clone())
    };
    let (before, after) = (bees(known), bees(model));
    assert!(after[0].probability > before[0].probability, "more like it were decided: {before:?} {after:?}");
    assert!(after[0].label && !after[1].label, "nobody decided about these two: {after:?}");
}
