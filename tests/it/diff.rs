//! The difference of two runs names its causes.

use crate::project;
use saual::embedding::Choice;
use saual::evidence::{Verdict, Verdicts};
use saual::linking::LinkModel;
use saual::locale::Lang;
use saual::report::change::cause::Cause;
use saual::report::change::{CellChange, Change, InputDifference, compare, wording};
use saual::run::{Language, Settings, run};
use saual::{Error, report};
use std::sync::LazyLock;
use tempfile::TempDir;

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::bundled().expect("bundled tables"));

const PROMISES: &str = "id,owner,lang,text\n\
    p1,akbota,kk,Ауылдарды таза ауыз сумен қамтамасыз етемін\n\
    p2,akbota,ru,Построю новую школу в районном центре\n\
    p3,daniyar,ru,Добьюсь ремонта дорог между сёлами\n";
const INQUIRIES: &str = "id,date,lang,initiator,cosigners,title,text,reply_text\n\
    q1,2026-02-03,ru,akbota,daniyar,О питьевой воде,В сёлах нет чистой питьевой воды. Прошу построить водопровод.,\n\
    q2,2026-03-05,kk,daniyar,,Жол жөндеу туралы,Ауыл арасындағы жолдар тозған. Жолды жөндеуді сұраймын.,Жөндеу жоспарға енгізілді.\n";
const SCHOOL: &str = "q3,2026-04-07,ru,akbota,,О новой школе,Прошу построить новую школу в районном центре.,\n";

/// The folder of a run of these tables.
fn ran(promises: &str, inquiries: &str, settings: &Settings) -> TempDir {
    let folder = project(&[
        ("monitor.toml", b"title = { en = 'x' }"),
        ("people.csv", "id,name_kk\nakbota,Ақбота Сырымқызы\ndaniyar,Данияр Тасболат\n".as_bytes()),
        ("promises.csv", promises.as_bytes()),
        ("inquiries.csv", inquiries.as_bytes()),
    ]);
    let run = run(folder.path(), &LANGUAGE, settings, &|_| {}).expect("a run");
    let out = tempfile::tempdir().expect("a folder");
    report::write(&run, Lang::En, out.path()).expect("outputs");
    out
}

fn base() -> TempDir {
    ran(PROMISES, INQUIRIES, &Settings::default())
}

fn difference(before: &TempDir, after: &TempDir) -> Change {
    let change = compare(before.path(), after.path()).expect("a comparison");
    for cell in &change.cells {
        assert!(!cell.causes.is_empty(), "a cell changed without a cause: {cell:?}");
        for lang in Lang::ALL {
            for said in cell.causes.iter().map(|cause| wording::cause(cause, lang)).chain([wording::cell(cell, lang)]) {
                assert!(!said.contains("cause-") && !said.contains("status-") && !said.contains("setting-"), "{said}");
            }
        }
    }
    change
}

fn cell<'a>(change: &'a Change, promise: &str) -> &'a CellChange {
    change.cells.iter().find(|cell| cell.promise == promise).expect("a changed cell")
}

fn statuses(cell: &CellChange) -> [Option<&str>; 2] {
    [cell.before.as_deref(), cell.after.as_deref()]
}

#[test]
fn equal_runs_do_not_differ() {
    let change = difference(&base(), &base());
    assert!(change.settings.is_empty() && change.inputs.is_empty() && change.cells.is_empty());
    assert_eq!((change.promises, change.links_moved), (3, 0));
}

#[test]
fn a_new_inquiry_is_named_and_so_is_one_that_is_gone() {
    let more = ran(PROMISES, &format!("{INQUIRIES}{SCHOOL}"), &Settings::default());
    let change = difference(&base(), &more);
    assert_eq!(change.inputs.len(), 1);
    assert_eq!((change.inputs[0].file.as_str(), change.inputs[0].change), ("inquiries.csv", InputDifference::Edited));
    let school = cell(&change, "p2");
    assert_eq!(statuses(school), [Some("no_evidence"), Some("initiated")]);
    assert_eq!(school.owner_name, "Ақбота Сырымқызы");
    assert_eq!(school.causes, [Cause::Inquiry { inquiry: "q3".into(), added: true }]);
    assert_eq!(
        school.gained.first().map(|act| (act.kind.as_str(), act.inquiry.as_deref())),
        Some(("initiated", Some("q3")))
    );
    let back = difference(&more, &base());
    let school = cell(&back, "p2");
    assert_eq!(school.causes, [Cause::Inquiry { inquiry: "q3".into(), added: false }]);
    assert_eq!((school.gained.len(), school.lost.len()), (0, 1));
}

#[test]
fn a_reply_and_other_authors_are_named() {
    let answered = INQUIRIES.replace("водопровод.,", "водопровод.,Водопровод строится.");
    let change = difference(&base(), &ran(PROMISES, &answered, &Settings::default()));
    let water = cell(&change, "p1");
    assert_eq!(statuses(water), [Some("initiated"), Some("answered")]);
    assert_eq!(water.causes, [Cause::Reply { inquiry: "q1".into(), added: true }]);
    let given_away = INQUIRIES.replace("ru,akbota,daniyar", "ru,daniyar,akbota");
    let change = difference(&base(), &ran(PROMISES, &given_away, &Settings::default()));
    let water = cell(&change, "p1");
    assert!(water.causes.contains(&Cause::Authors { inquiry: "q1".into() }), "{water:?}");
}

#[test]
fn a_decision_is_named() {
    let verdict = Verdict::Judged { grade: 0, reviewers: 1 };
    let verdicts: Verdicts = [(("q1".into(), "p1".into()), verdict)].into_iter().collect();
    let change = difference(&base(), &ran(PROMISES, INQUIRIES, &Settings::default().with_verdicts(verdicts)));
    let water = cell(&change, "p1");
    assert_eq!(statuses(water), [Some("initiated"), Some("no_evidence")]);
    assert_eq!(water.causes, [Cause::Decision { inquiry: "q1".into(), before: None, after: Some(verdict) }]);
    assert!(
        change.inputs.iter().any(|input| (input.file.as_str(), input.change) == ("decisions", InputDifference::Added))
    );
    assert_eq!(change.cells.len(), 1);
}

#[test]
fn another_model_is_named_with_the_probabilities() {
    let mut model = LinkModel::bundled(&Choice::Static).expect("the bundled model");
    model.prior -= 20.0;
    let change = difference(&base(), &ran(PROMISES, INQUIRIES, &Settings::default().with_model(model)));
    assert!(change.settings.iter().any(|setting| setting.setting == "link_model_hash"));
    assert!(change.links_moved > 0);
    let water = cell(&change, "p1");
    let [Cause::Score { inquiry, before, after, because, .. }] = &water.causes[..] else { panic!("{water:?}") };
    assert!(inquiry == "q1" && *after < 0.01 && *before > 0.3, "{before} {after}");
    assert_eq!(because[..], ["link_model_hash"]);
}

#[test]
fn another_threshold_is_named_and_no_other_model() {
    let mut model = LinkModel::bundled(&Choice::Static).expect("the bundled model");
    model.zones.suggest = 0.9999;
    let change = difference(&base(), &ran(PROMISES, INQUIRIES, &Settings::default().with_model(model)));
    assert_eq!(change.settings.iter().map(|setting| setting.setting).collect::<Vec<_>>(), ["suggest"]);
    let water = cell(&change, "p1");
    let [Cause::Threshold { inquiry, threshold, after, .. }] = &water.causes[..] else { panic!("{water:?}") };
    assert_eq!((inquiry.as_str(), *threshold, after.as_str()), ("q1", "suggest", "0.9999"));
}

#[test]
fn an_edited_inquiry_stands_behind_its_own_score() {
    let edited = INQUIRIES.replace("О питьевой воде", "О клубе");
    let edited = edited.replace("В сёлах нет чистой питьевой воды. Прошу построить водопровод.", "Прошу открыть клуб.");
    let change = difference(&base(), &ran(PROMISES, &edited, &Settings::default()));
    let water = cell(&change, "p1");
    let [Cause::InquiryEdited { .. }, Cause::Score { inquiry, because, .. }] = &water.causes[..] else {
        panic!("{water:?}")
    };
    assert_eq!((inquiry.as_str(), &because[..]), ("q1", &["inquiry_text"][..]));
}

#[test]
fn promises_that_change_come_and_go_are_named() {
    let edited = PROMISES.replace("Ауылдарды таза ауыз сумен қамтамасыз етемін", "Мешіт саламын");
    let change = difference(&base(), &ran(&edited, INQUIRIES, &Settings::default()));
    assert_eq!(cell(&change, "p1").causes.first(), Some(&Cause::PromiseEdited));
    let fewer = PROMISES.replace("p3,daniyar,ru,Добьюсь ремонта дорог между сёлами\n", "");
    let change = difference(&base(), &ran(&fewer, INQUIRIES, &Settings::default()));
    let roads = cell(&change, "p3");
    assert_eq!(
        (statuses(roads), &roads.causes[..]),
        ([Some("answered"), None], &[Cause::Promise { added: false }][..])
    );
    assert_eq!(roads.text, "Добьюсь ремонта дорог между сёлами");
}

#[test]
fn a_folder_that_is_no_run_or_is_damaged_is_a_clear_error() {
    let (good, empty) = (base(), tempfile::tempdir().expect("a folder"));
    assert!(matches!(compare(good.path(), empty.path()), Err(Error::File { path, .. }) if path.ends_with("run.json")));
    for file in ["run.json", "matrix.jsonl", "links.jsonl", "clauses.jsonl", "inquiries.jsonl"] {
        let damaged = base();
        let path = damaged.path().join(file);
        let text = std::fs::read_to_string(&path).expect("a file");
        std::fs::write(&path, &text[..text.len() - 4]).expect("a damaged file");
        let lines = text.trim_end().lines().count();
        let said = compare(good.path(), damaged.path()).expect_err("an error").to_string();
        assert!(said.contains(file), "{said}");
        assert!(file == "run.json" || said.contains(&format!("{file}:{lines}")), "{said}");
    }
}
