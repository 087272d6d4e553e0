//! The queue: what comes, to whom, and that it ends; near-equal inquiries; what stands beside the view of the database.

use crate::repository;
use crate::review_projects::{desk, small};
use proptest::prelude::*;
use saual::review::queue::Member;
use saual::review::{Ask, Blind, Draft, Filter, Kind, Reviewer, Role, State, Store, Terms};
use std::collections::BTreeSet;

fn members(names: &[(&str, &str)]) -> Vec<Member> {
    let member = |(name, region): &(&str, &str)| Member {
        name: (*name).into(),
        regions: Some((*region).to_owned()).filter(|region| !region.is_empty()).into_iter().collect(),
    };
    names.iter().map(member).collect()
}

#[test]
fn the_work_is_dealt_whole_and_twice_where_wanted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reviewers = members(&[("a", ""), ("b", ""), ("c", ""), ("d", "nowhere")]);
    let terms = Terms { reviewers, double_percent: 30, sample_percent: 2, blind: Blind::Double };
    let desk = desk(&repository("corpus/oblast-x"), folder.path(), Some(terms.clone()));
    let deal = desk.deal();
    let inquiries = desk.run.project.inquiries.len();
    let hands: Vec<usize> = (0..inquiries).map(|place| deal.hand(place).len()).collect();
    let doubled = hands.iter().filter(|hand| **hand == 2).count();
    assert!(hands.iter().all(|hand| [1, 2].contains(hand)));
    assert!((inquiries / 5..inquiries * 2 / 5).contains(&doubled), "{doubled} of {inquiries} for 30 %");
    for name in ["a", "b", "c"] {
        let dealt = (0..inquiries).filter(|place| deal.is_dealt(*place, name)).count();
        assert!(dealt > inquiries / 4, "{name}: {dealt}");
    }
    assert!((0..inquiries).all(|place| !deal.is_dealt(place, "d")), "no deputy of that region");
    assert!((0..inquiries).all(|place| deal.blind(place) == (deal.wanted(place) == 2)));
    // One reviewer less: nothing moves between those who stay.
    let fewer = Terms { reviewers: members(&[("a", ""), ("b", "")]), double_percent: 0, ..terms };
    let less = desk.queue.deal(&desk.run, fewer);
    for place in (0..inquiries).filter(|place| deal.hand(*place)[0] != "c") {
        assert_eq!(deal.hand(place)[0], less.hand(place)[0]);
    }
}

#[test]
fn the_queue_asks_every_pair_once_and_ends() {
    let people = "id,name_kk,party\na,Құспан Абзал,x\nb,Назаров Ардақ,x\n";
    let promises = "id,owner,text\np1,a,Таза ауыз су құбырын тартамын\np2,a,Ауыз су сапасын тексеремін\np3,b,Көпір салу\np4,x,Су құбырларын жөндеу\n";
    let inquiries = "id,date,initiator,title,text\nq1,2026-02-01,a,Ауыз су,Таза ауыз су құбырын тартуды сұраймын.\nq2,2026-02-02,b,Көпір,Көпір салуды сұраймын.\nq3,2026-02-03,b,Су,Су құбырын жөндеуді сұраймын.\n";
    let folder = small(people, promises, inquiries);
    let desk = desk(folder.path(), folder.path(), Some(Terms { sample_percent: 100, ..Terms::default() }));
    let who = Reviewer { name: "a".into(), role: Role::Reviewer };
    let only = Filter { deputy: "a".into(), ..Filter::default() };
    assert_eq!(desk.next("a", &only).map(|(inquiry, _)| inquiry), Some(0));
    let (asked, judged) = desk.progress("a");
    assert_eq!((asked, judged), (desk.run.links.len(), 0));
    let mut seen = BTreeSet::new();
    let mut last = None;
    while let Some((inquiry, clause)) = desk.next("a", &Filter::default()) {
        assert!(seen.insert((inquiry, clause)), "asked twice");
        assert!(
            last.is_none_or(|last| last == inquiry)
                || !seen.iter().any(|(known, other)| *known == inquiry && *other != clause),
            "an inquiry once begun is finished"
        );
        last = Some(inquiry);
        let id = |place: usize| desk.run.clauses[place].id.to_string();
        let ask = Ask::Grade {
            inquiry: desk.run.project.inquiries[inquiry].id.to_string(),
            clause: id(clause),
            grade: 1,
            comment: String::new(),
            alike: false,
        };
        desk.decide(&who, ask, &format!("key-{:04}", seen.len())).expect("kept");
    }
    assert_eq!(seen.len(), asked);
    assert_eq!(desk.progress("a"), (asked, asked));
    assert_eq!(desk.unfound().unjudged, 0);
    assert!(matches!(
        desk.decide(
            &who,
            Ask::Resolve { inquiry: "q1".into(), clause: "p1".into(), grade: 1, comment: String::new() },
            "key-rule"
        ),
        Err(saual::review::Refusal::LeadOnly)
    ));
}

#[test]
fn near_equal_inquiries_are_decided_and_taken_back_together() {
    let text = "Ауылда таза ауыз су жоқ, тұрғындар екі жылдан бері суды көрші ауылдан тасып ішеді, құбыр ескірген, құдықтар тартылып қалған, балалар ауырып жатыр. Таза ауыз су құбырын тартуды, құдықтарды тазартуды және қаржы бөлуді сұраймын";
    let inquiries = format!(
        "id,date,initiator,title,text\nq1,2026-02-01,a,Ауыз су,\"{text}.\"\nq2,2026-03-01,a,Ауыз су,\"{text} тағы да.\"\nq3,2026-03-02,a,Көпір,Көпір салуды сұраймын.\n"
    );
    let people = "id,name_kk\na,Құспан Абзал\n";
    let promises = "id,owner,text\np1,a,Таза ауыз су құбырын тартамын\np2,a,Көпір салу\n";
    let folder = small(people, promises, &inquiries);
    let desk = desk(folder.path(), folder.path(), Some(Terms::default()));
    assert_eq!(desk.alike(0).collect::<Vec<_>>(), [1]);
    assert_eq!(desk.alike(2).count(), 0);
    let who = Reviewer { name: "a".into(), role: Role::Reviewer };
    let ask = Ask::Grade { inquiry: "q1".into(), clause: "p1".into(), grade: 2, comment: String::new(), alike: true };
    assert_eq!(desk.decide(&who, ask, "key-0001").expect("kept").len(), 2);
    let own = Ask::Grade { inquiry: "q2".into(), clause: "p1".into(), grade: 1, comment: String::new(), alike: false };
    desk.decide(&who, own, "key-0002").expect("kept");
    let grade = |inquiry: &str| desk.state().opinion("a", inquiry, "p1").map(|opinion| opinion.grade);
    assert_eq!((grade("q1"), grade("q2")), (Some(2), Some(1)), "each can be decided by itself");
    desk.undo(&who, "undo-0001").expect("undone");
    assert_eq!((grade("q1"), grade("q2")), (Some(2), Some(2)));
    assert_eq!(desk.undo(&who, "undo-0002").expect("undone").len(), 2);
    assert_eq!((grade("q1"), grade("q2")), (None, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The fold in memory, one decision at a time in any order, and the view of the database say the same.
    #[test]
    fn what_stands_is_what_the_view_says(steps in prop::collection::vec((0u8..5, 0u8..2, 0u8..2, 0u8..3, 0u8..3), 1..30), seed in any::<u64>()) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut store = Store::of_project(folder.path()).expect("a store");
        for (number, (action, reviewer, inquiry, clause, grade)) in steps.into_iter().enumerate() {
            let (name, key) = (["a", "b"][usize::from(reviewer)], format!("key-{number:04}"));
            let new = |kind| Draft { inquiry: format!("q{inquiry}"), ..Draft::new(kind, key.clone()) };
            let draft = match action {
                0 => {
                    let _ = store.undo(name, Role::Reviewer, &key);
                    continue;
                }
                1 => Draft { covered: vec!["p0".into(), "p2".into()], ..new(Kind::None) },
                _ => Draft { clause: Some(format!("p{clause}")), grade: Some(grade), ..new(Kind::Grade) },
            };
            store.append(name, Role::Reviewer, vec![draft]).expect("kept");
        }
        let mut all = store.all().expect("all");
        let whole = State::of(&all);
        // Any order.
        let length = all.len();
        for place in 0..length {
            let other = usize::try_from(seed.wrapping_mul(place as u64 + 7) % length as u64).unwrap_or(0);
            all.swap(place, other);
        }
        let mut one_by_one = State::default();
        for decision in &all {
            one_by_one.apply(decision);
        }
        prop_assert_eq!(whole.pairs(), one_by_one.pairs());
        prop_assert_eq!(whole.counts().iter().filter(|(_, n)| **n > 0).collect::<Vec<_>>(), one_by_one.counts().iter().filter(|(_, n)| **n > 0).collect::<Vec<_>>());
        for row in store.standing().expect("the view") {
            let Some(clause) = &row.draft.clause else { continue };
            let opinion = whole.opinion(&row.reviewer, &row.draft.inquiry, clause).map(|opinion| (opinion.grade, opinion.decision.as_str()));
            prop_assert_eq!(opinion, row.draft.grade.map(|grade| (grade, row.id.as_str())));
        }
        let viewed = State::of(&store.standing().expect("the view"));
        prop_assert_eq!(viewed.pairs(), whole.pairs());
    }
}
