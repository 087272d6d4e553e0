//! Floors under the quality of links and topics, well below what `saual eval` prints: a fall through one is a fault.

use crate::repository;
use saual::embedding::Choice;
use saual::evaluation::{Gold, evaluate, topic};
use saual::run::{Language, Settings, run};

#[test]
fn links_beat_both_baselines_beyond_their_intervals_on_dev() {
    let folder = repository("corpus/oblast-x");
    let run =
        run(&folder, &Language::bundled().expect("bundled tables"), &Settings::default(), &|_| {}).expect("a run");
    let gold = Gold::load(&folder, &run.project, &run.clauses).expect("gold labels");
    let evaluation = evaluate(&run, &gold, "dev").expect("the split dev");
    let metric = |name: &str| {
        let found = evaluation.systems[0].metrics.iter().find(|(metric, _)| *metric == name);
        found.map(|(_, estimate)| estimate.value).expect(name)
    };
    assert!(metric("nDCG@5") > 0.9, "nDCG@5 {}", metric("nDCG@5"));
    assert!(metric("AP") > 0.7, "AP {}", metric("AP"));
    assert!(metric("ECE") < 0.05, "ECE {}", metric("ECE"));
    let lexical = evaluation.systems.iter().filter(|system| system.name.starts_with("BM25"));
    for baseline in lexical {
        for name in ["AP", "nDCG@5", "R@1", "R@3"] {
            let gain =
                baseline.linker_gain.iter().find(|(metric, _)| *metric == name).map(|(_, gain)| *gain).expect(name);
            assert!(gain.low > 0.0, "{name} against {}: {gain:?}", baseline.name);
        }
    }
    let encoder =
        evaluation.systems.iter().find(|system| system.name.starts_with("encoder alone")).expect("the encoder");
    let gain = encoder.linker_gain.iter().find(|(metric, _)| *metric == "AP").expect("AP").1;
    assert!(gain.low > 0.0, "AP against the encoder alone: {gain:?}");
    let shares = evaluation.risk_coverage.windows(2).all(|pair| pair[0].coverage <= pair[1].coverage);
    assert!(shares && !evaluation.risk_coverage.is_empty(), "a lower threshold covers no less");
    let of_pairs = evaluation.slices.iter().filter(|slice| slice.name.contains("->"));
    assert_eq!(of_pairs.count(), 4, "kk and ru, both ways");
    let topics = evaluation.topics.expect("topic labels");
    assert!(topics.macro_f1.value > 0.50, "topics {:?}", topics.macro_f1);
}

/// What the program does by default, on texts of other hands than those that its weights were fitted on.
#[test]
fn the_transformer_finds_the_right_promise_first_in_texts_of_other_hands() {
    let folder = repository("corpus/links-gold");
    let mut settings = Settings::default();
    settings.encoder = Choice::Bundled;
    let run = run(&folder, &Language::bundled().expect("bundled tables"), &settings, &|_| {}).expect("a run");
    let gold = Gold::load(&folder, &run.project, &run.clauses).expect("gold labels");
    let evaluation = evaluate(&run, &gold, "dev").expect("the split dev");
    for (metric, floor) in [("nDCG@5", 0.9), ("R@1", 0.8), ("AP", 0.45), ("no-link AUROC", 0.58)] {
        let found = evaluation.systems[0].metrics.iter().find(|(name, _)| *name == metric).expect(metric).1.value;
        assert!(found > floor, "{metric} {found}");
    }
}

#[test]
fn topics_are_told_in_texts_of_hands_that_no_weight_has_seen() {
    let folder = repository("corpus/topics-gold");
    let run =
        run(&folder, &Language::bundled().expect("bundled tables"), &Settings::default(), &|_| {}).expect("a run");
    let gold = Gold::load_topics(&folder).expect("gold labels");
    let scores = topic::evaluate(&run, &gold, "dev").expect("the split dev");
    assert!(scores.macro_f1.value > 0.75 && scores.macro_f1.low < scores.macro_f1.value, "{scores:?}");
    assert!(topic::evaluate(&run, &gold, "nothing").is_err());
}
