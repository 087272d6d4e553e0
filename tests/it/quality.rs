//! Floors under the quality of links and topics, well below what `saual eval` prints: a fall through one is a fault.

use crate::repository;
use saual::evaluation::{Gold, evaluate};
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
    assert!(metric("nDCG@5") > 0.60, "nDCG@5 {}", metric("nDCG@5"));
    assert!(metric("AP") > 0.35, "AP {}", metric("AP"));
    assert!(metric("ECE") < 0.05, "ECE {}", metric("ECE"));
    for baseline in &evaluation.systems[1..] {
        for name in ["AP", "nDCG@5", "R@1", "R@3"] {
            let gain =
                baseline.linker_gain.iter().find(|(metric, _)| *metric == name).map(|(_, gain)| *gain).expect(name);
            assert!(gain.low > 0.0, "{name} against {}: {gain:?}", baseline.name);
        }
    }
}
