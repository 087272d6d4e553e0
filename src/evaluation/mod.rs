//! How good are the links and topics, against what people said?
//!
//! Takes a project with gold labels; gives a table of metrics with intervals for the linker and the baselines.
//! Promises: pairs are judged over each inquiry and the promises of its initiator; ties fall the same way for every system;
//! the same bootstrap resamples for all. Knows nothing of: how weights are fitted.

pub mod random;
pub mod estimate;
pub mod analysis;
pub mod gold;
pub mod metrics;
pub mod programmes;
pub mod readers;
pub mod reliability;
pub mod baseline;
pub mod slices;
pub mod topic;
pub mod trec;

pub use estimate::{Bootstrap, Estimate};
pub use gold::Gold;
pub use metrics::{Judged, METRICS};
pub use topic::TopicScores;
pub use trec::TrecRun;

use crate::analysis::Analyzer;
use crate::ingest::TextLanguage;
use crate::linking::reading;
use crate::retrieval::Scope;
use crate::run::Run;
use crate::{Error, Result};
use baseline::{Bm25, Keys};
use serde::Serialize;
use std::collections::BTreeMap;

/// Resamples for every interval.
const ROUNDS: usize = 1000;

/// The metrics of all systems on one split.
#[derive(Debug, Clone, Serialize)]
pub struct Evaluation {
    /// The split.
    pub split: String,
    /// Judged pairs.
    pub pairs: usize,
    /// Pairs with a grade above 0.
    pub links: usize,
    /// Inquiries.
    pub inquiries: usize,
    /// Inquiries that have a link.
    pub linked_inquiries: usize,
    /// The linker first, then the baselines, then the other systems.
    pub systems: Vec<System>,
    /// The linker by languages and manner of writing.
    pub slices: Vec<slices::Slice>,
    /// What each comparison adds; empty where it was not asked for.
    pub ablations: Vec<slices::Ablation>,
    /// The linker's reliability diagram.
    pub reliability: Vec<slices::Bin>,
    /// The linker's risk-coverage curve.
    pub risk_coverage: Vec<slices::Risk>,
    /// Topic metrics, where there are topic labels.
    pub topics: Option<TopicScores>,
}

/// One system's metrics.
#[derive(Debug, Clone, Serialize)]
pub struct System {
    /// Its name.
    pub name: String,
    /// By metric, in the order of [`METRICS`].
    pub metrics: Vec<(&'static str, Estimate)>,
    /// How much better the linker is, paired; empty for the linker itself.
    pub linker_gain: Vec<(&'static str, Estimate)>,
}

/// Evaluates a run against gold on one split.
///
/// # Errors
/// [`Error::Unknown`] for a split that the gold does not have; [`Error::Model`] for a split without a judged pair.
pub fn evaluate(run: &Run, gold: &Gold, split: &str) -> Result<Evaluation> {
    evaluate_with(run, gold, split, &Wanted::default())
}

/// What else is to be measured.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// What each comparison adds.
    pub ablations: bool,
    /// Other systems' runs.
    pub runs: Vec<TrecRun>,
}

/// As [`evaluate`], with what else is `wanted`.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_with(run: &Run, gold: &Gold, split: &str, wanted: &Wanted) -> Result<Evaluation> {
    gold.require_split(split)?;
    let clause_place: BTreeMap<_, _> =
        run.clauses.iter().enumerate().map(|(place, clause)| (&clause.id, place)).collect();
    let mut own: BTreeMap<_, Vec<&crate::linking::Link>> = BTreeMap::new();
    for link in run.links.iter().filter(|link| link.scope == Scope::Own) {
        own.entry(&link.inquiry).or_default().push(link);
    }
    let in_split = |inquiry: &&crate::ingest::Inquiry| {
        inquiry.initiator.as_ref().is_some_and(|person| gold.in_split(&person.into(), split))
            && own.contains_key(&inquiry.id)
    };
    let inquiries: Vec<_> = run.project.inquiries.iter().filter(in_split).collect();
    if inquiries.is_empty() {
        return Err(Error::model("gold", format!("split «{split}» has no inquiry whose initiator has promises")));
    }
    let analyzer = Analyzer::default();
    let texts = || run.clauses.iter().map(|clause| clause.text.as_str());
    let lexical = [("BM25, words", Keys::Words), ("BM25, stems", Keys::Stems(&analyzer))];
    let lexical = lexical.map(|(name, keys)| (name, Bm25::new(texts(), keys)));
    let mut links: Vec<&crate::linking::Link> = Vec::new();
    let mut linker: Vec<Judged> = Vec::new();
    let mut slice_names = Vec::new();
    let mut others: Vec<(String, Vec<Judged>)> =
        lexical.iter().map(|(name, _)| ((*name).to_owned(), Vec::new())).collect();
    others.push((format!("{ENCODER} ({})", run.manifest.encoder), Vec::new()));
    others.extend(wanted.runs.iter().map(|run| (run.name.clone(), Vec::new())));
    for (number, inquiry) in inquiries.iter().enumerate() {
        let text = reading::full_text(inquiry);
        let queries: Vec<_> = lexical.iter().map(|(_, bm25)| bm25.query(&text)).collect();
        for link in &own[&inquiry.id] {
            let place = clause_place[&link.promise];
            let promise = run.clauses[place].lang;
            let crosses = matches!(inquiry.lang, Some(TextLanguage::Kazakh | TextLanguage::Russian))
                && inquiry.lang != Some(promise);
            let grade = gold.grade(&inquiry.id, &link.promise);
            let judged =
                Judged { inquiry: number, grade, score: link.score, probability: Some(link.probability), crosses };
            linker.push(judged);
            links.push(link);
            slice_names.push(slices::names(inquiry, promise));
            let by_words = lexical.iter().zip(&queries).map(|((_, bm25), query)| bm25.score(query, place));
            let by_runs = wanted.runs.iter().map(|run| run.score(inquiry.id.as_str(), link.promise.as_str()));
            let scores = by_words.chain([nearness(link)]).chain(by_runs);
            for ((_, pairs), score) in others.iter_mut().zip(scores) {
                pairs.push(Judged { score, probability: None, ..judged });
            }
        }
    }
    let bootstrap = Bootstrap::new(inquiries.len(), ROUNDS);
    let named = |estimates: Vec<Estimate>| METRICS.into_iter().zip(estimates).collect::<Vec<_>>();
    let name = format!("saual ({})", run.manifest.link_model);
    let mut systems = vec![System { name, metrics: named(bootstrap.estimates(&linker)), linker_gain: Vec::new() }];
    for (name, pairs) in &others {
        systems.push(System {
            name: name.clone(),
            metrics: named(bootstrap.estimates(pairs)),
            linker_gain: named(bootstrap.differences(&linker, pairs)),
        });
    }
    let linked = |number: usize| linker.iter().any(|pair| pair.inquiry == number && pair.grade > 0);
    Ok(Evaluation {
        split: split.to_owned(),
        pairs: linker.len(),
        links: linker.iter().filter(|pair| pair.grade > 0).count(),
        inquiries: inquiries.len(),
        linked_inquiries: (0..inquiries.len()).filter(|number| linked(*number)).count(),
        systems,
        slices: slices::slices(&linker, &slice_names, &bootstrap),
        ablations: if wanted.ablations { slices::ablations(&linker, &links, &bootstrap) } else { Vec::new() },
        reliability: slices::reliability(&linker),
        risk_coverage: slices::risk_coverage(&linker),
        topics: gold.topics.as_ref().map(|labels| topic::score(run, labels, &inquiries)),
    })
}

/// The name of the encoder alone among the systems.
const ENCODER: &str = "encoder alone";

/// The likeness of whole texts, as the encoder alone would rank.
fn nearness(link: &crate::linking::Link) -> f64 {
    let part = link.explanation.parts().find(|part| part.comparison == "meaning");
    part.map_or(0.0, |part| match part.value {
        crate::linking::Value::Number(value) => value,
        crate::linking::Value::Level(_) => 0.0,
    })
}
