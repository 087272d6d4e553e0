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
pub mod baseline;
pub mod topic;

pub use estimate::{Bootstrap, Estimate};
pub use gold::Gold;
pub use metrics::{Judged, METRICS};
pub use topic::TopicScores;

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
    /// The linker first, then the baselines.
    pub systems: Vec<System>,
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
    if !gold.split_names().contains(&split) {
        return Err(Error::unknown("split", split, gold.split_names().into_iter()));
    }
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
    let texts = || run.clauses.iter().map(|clause| clause.text.as_str());
    let baselines = [("BM25, words", Keys::Words), ("BM25, first five letters", Keys::FirstFive)];
    let baselines = baselines.map(|(name, keys)| (name, Bm25::new(texts(), keys)));
    let mut linker = Vec::new();
    let mut others: [Vec<Judged>; 2] = [Vec::new(), Vec::new()];
    for (number, inquiry) in inquiries.iter().enumerate() {
        let text = reading::full_text(inquiry);
        let queries = [0, 1].map(|place: usize| baselines[place].1.query(&text));
        for link in &own[&inquiry.id] {
            let place = clause_place[&link.promise];
            let languages =
                (inquiry.lang.map(super::ingest::project::TextLanguage::code), run.clauses[place].lang.code());
            let crosses = matches!(languages.0, Some("kk" | "ru")) && languages.0 != Some(languages.1);
            let grade = gold.grade(&inquiry.id, &link.promise);
            let judged =
                Judged { inquiry: number, grade, score: link.score, probability: Some(link.probability), crosses };
            linker.push(judged);
            for (place_of, (_, bm25)) in baselines.iter().enumerate() {
                let score = bm25.score(&queries[place_of], place);
                others[place_of].push(Judged { score, probability: None, ..judged });
            }
        }
    }
    let bootstrap = Bootstrap::new(inquiries.len(), ROUNDS);
    let named = |estimates: Vec<Estimate>| METRICS.into_iter().zip(estimates).collect::<Vec<_>>();
    let name = format!("saual ({})", run.manifest.link_model);
    let mut systems = vec![System { name, metrics: named(bootstrap.estimates(&linker)), linker_gain: Vec::new() }];
    for ((name, _), pairs) in baselines.iter().zip(&others) {
        systems.push(System {
            name: (*name).to_owned(),
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
        topics: gold.topics.as_ref().map(|labels| topic::score(run, labels, &inquiries)),
    })
}
