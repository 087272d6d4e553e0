//! The ladder: what each kind of evidence can carry, and why a cell is empty.

use crate::project;
use saual::evidence::{Empty, Status};
use saual::run::{Language, Run, Settings, run};

const PEOPLE: &str = "id,name_kk,party\na,Құспан Абзал,x\nb,Назаров Ардақ,x\nc,Әбіл Еркін,\nd,Бапи Ермұрат,\n";
const PROMISES: &str = "id,owner,text,testability\n\
    p1,a,Таза ауыз су құбырын тартамын,\np2,b,Таза ауыз су құбырын тартамын,\np3,c,Жаңа мектеп салу,\n\
    p4,a,Халықпен бірге боламын,vague\np5,x,Таза ауыз су құбырын тарту,\np6,d,Көпір салу,\n";
const INQUIRY: &str = "Ауылда таза ауыз су жоқ. Таза ауыз су құбырын тартуды сұраймын.";

fn evidence(inquiry: &str, more: &[(&str, &str)]) -> Run {
    let monitor = "title = { en = 'x' }";
    let programmes = "owner,obtained\nd,not_obtained\n";
    let mut files = vec![
        ("monitor.toml", monitor),
        ("people.csv", PEOPLE),
        ("promises.csv", PROMISES),
        ("programmes.csv", programmes),
        ("inquiries.csv", inquiry),
    ];
    files.extend(more);
    let files: Vec<(&str, &[u8])> = files.into_iter().map(|(name, text)| (name, text.as_bytes())).collect();
    let folder = project(&files);
    run(folder.path(), &Language::bundled().expect("bundled tables"), &Settings::default(), &|_| {}).expect("a run")
}

fn status(run: &Run, promise: &str) -> (Status, Option<Empty>) {
    let cell = run.matrix.cells.iter().find(|cell| cell.promise().as_str() == promise).expect(promise);
    (cell.status(), cell.empty())
}

#[test]
fn initiator_cosigner_party_and_the_reasons_of_empty_cells() {
    let run = evidence(&format!("id,date,initiator,cosigners,text\nq1,2026-02-01,a,b,{INQUIRY}\n"), &[]);
    assert_eq!(status(&run, "p1"), (Status::Initiated, None));
    assert_eq!(status(&run, "p2"), (Status::CoSigned, None));
    assert_eq!(status(&run, "p5"), (Status::Initiated, None), "a party's promise, by its member");
    assert_eq!(status(&run, "p3"), (Status::NoEvidence, Some(Empty::NoInquiries)));
    assert_eq!(status(&run, "p4"), (Status::Untestable, Some(Empty::NoMatch)));
    assert_eq!(status(&run, "p6"), (Status::ProgrammeNotObtained, Some(Empty::NotObtained)));
    let tally = &run.rollup.by_owner["a"];
    assert_eq!((tally.promises, tally.with_evidence()), (2, 1));
}

#[test]
fn a_reply_lifts_to_answered_and_only_an_outcome_lifts_further() {
    let answered =
        format!("id,date,initiator,text,reply_date,reply_text\nq1,2026-02-01,a,{INQUIRY},2026-03-01,Су тартылды.\n");
    assert_eq!(status(&evidence(&answered, &[]), "p1").0, Status::Answered, "even if the reply says that all is done");
    let outcomes =
        "owner,clause,status,source_url,quote\na,p1,acted,https://example.org,Құбырдың бірінші кезегі тартылды\n";
    assert_eq!(status(&evidence(&answered, &[("outcomes.csv", outcomes)]), "p1").0, Status::Acted);
    let against =
        "owner,clause,status,source_url,quote\na,p1,contradicted,https://example.org,Қаржыны қысқартуға дауыс берді\n";
    assert_eq!(status(&evidence(&answered, &[("outcomes.csv", against)]), "p1").0, Status::Contradicted);
}

#[test]
fn a_meeting_is_an_act_but_no_rung() {
    let inquiries = "id,date,initiator,text\nq1,2026-02-01,a,Кітапхана туралы\n";
    let meetings =
        "person,date,place,in_district,promises,quote\nc,2026-02-02,Ақтау,yes,p3,Мектеп туралы кездесу өтті\n";
    let run = evidence(inquiries, &[("meetings.csv", meetings)]);
    assert_eq!(status(&run, "p3"), (Status::NoEvidence, None));
}

#[test]
fn every_score_is_the_sum_of_its_explanation_and_the_probability_its_calibration() {
    let run = evidence(&format!("id,date,initiator,cosigners,text\nq1,2026-02-01,a,b,{INQUIRY}\n"), &[]);
    let model = saual::linking::LinkModel::bundled(&saual::embedding::Choice::Static).expect("the bundled model");
    assert!(!run.links.is_empty());
    for link in &run.links {
        assert!((link.explanation.sum() - link.score).abs() < 1e-9);
        assert_eq!(model.probability(link.score), link.probability);
        for word in &link.spans {
            let inquiry = run.project.inquiries.iter().find(|row| row.id == link.inquiry).expect("the inquiry");
            let clause = run.clauses.iter().find(|row| row.id == link.promise).expect("the clause");
            let text = if word.field == "title" { &inquiry.title } else { &inquiry.text };
            assert_eq!(word.inquiry.of(text), &*word.inquiry_word);
            assert_eq!(word.clause.of(&clause.text), &*word.clause_word);
        }
    }
}

#[test]
fn a_party_thesis_in_a_persons_programme_is_counted_apart() {
    let people = "id,name_kk,party\na,Құспан Абзал,x\nb,Назаров Ардақ,x\n";
    let party = "Партия:\n1. Ауылдарда құдық қазып, мал суаратын орындарды қалпына келтіреміз.\n2. Ауыл мектептерін газға көшіреміз.\n";
    let own = "Мен мыналарды істеймін:\n1. Ауыл мектептерін газға көшіреміз.\n2. Ақтастыда 3 көпір саламын.\n";
    let files: [(&str, &[u8]); 7] = [
        ("monitor.toml", b"title = { en = 'x' }"),
        ("people.csv", people.as_bytes()),
        ("parties.csv", "id,name_kk\nx,Икс\n".as_bytes()),
        ("programmes.csv", b"owner,file,obtained\nx,x.txt,open\na,a.txt,open\nb,,not_obtained\n"),
        ("inquiries.csv", b"id,date,text\n"),
        ("programmes/x.txt", party.as_bytes()),
        ("programmes/a.txt", own.as_bytes()),
    ];
    let folder = project(&files);
    let run = run(folder.path(), &Language::bundled().expect("bundled tables"), &Settings::default(), &|_| {})
        .expect("a run");
    assert_eq!(run.rollup.party_theses["a"].promises, 1, "{:#?}", run.clauses);
    assert_eq!((run.rollup.by_owner["a"].promises, run.rollup.by_faction["x"].promises), (1, 1), "own promises");
    assert_eq!(run.rollup.all.promises, run.clauses.iter().filter(|clause| clause.pledge).count());
    let thesis = run.matrix.cells.iter().find(|cell| cell.is_party_thesis()).expect("the thesis");
    let page = saual::report::page::render(&run, saual::locale::Lang::En).expect("a page");
    assert!(page.contains("party: 0 / 1") && page.contains("href=\"#p-x-c"), "the page tells them apart");
    assert_eq!(thesis.owner().as_str(), "a");
    assert_eq!(run.rollup.availability, [("not_obtained", 1), ("open", 1)].into());
    // A programme that was not obtained has no promises to break: no cell, and the reason is said.
    assert!(run.matrix.cells.iter().all(|cell| cell.owner().as_str() != "b"));
    let without = run.matrix.without_promises.iter().find(|row| row.person.as_str() == "b").expect("b");
    assert_eq!(without.obtained, Some(saual::ingest::Availability::NotObtained));
}
