//! Why a cell differs: each inquiry behind the difference is looked up in both runs, in the order in which one thing explains
//! another: an inquiry that is new needs no model to explain it.

use super::folder::{Folder, LinkRow};
use super::{Difference, SettingChange};
use crate::evidence::Verdict;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// Comparisons named for a score that moved.
const NAMED: usize = 3;
/// A weight that moved by less is not named.
const LEAST: f64 = 0.05;

/// Why a cell differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
#[allow(missing_docs, reason = "`inquiry` is the inquiry's id, `added` is false for what is gone")]
pub enum Cause {
    /// The promise stands in one run alone.
    Promise { added: bool },
    /// The promise has another text.
    PromiseEdited,
    /// The inquiry stands in one run alone.
    Inquiry { inquiry: String, added: bool },
    /// The inquiry has another text, title or language.
    InquiryEdited { inquiry: String },
    /// The inquiry has another initiator or other co-signatories.
    Authors { inquiry: String },
    /// The inquiry's reply came, went or changed.
    Reply { inquiry: String, added: bool },
    /// Reviewers said something else of the pair.
    Decision { inquiry: String, before: Option<Verdict>, after: Option<Verdict> },
    /// The pair was scored in one run alone: people, parties or `--beyond` differ.
    Scope { inquiry: String, added: bool },
    /// The pair has the same probability, and `threshold` (`suggest` or `review`) another value.
    Threshold { inquiry: String, probability: f64, threshold: &'static str, before: String, after: String },
    /// The pair has another probability. `because` names the settings that differ, and `promise_text`, `inquiry_text` or `authors` where
    /// these do; it is empty where other texts of the project changed what a word is worth.
    Score { inquiry: String, before: f64, after: f64, because: Vec<&'static str>, moved: Vec<Moved> },
    /// A meeting that the source connects with the promise.
    Meeting { quote: String, added: bool },
    /// A record of an outcome.
    Outcome { quote: String, added: bool },
    /// The programme was obtained in one run alone.
    Programme,
    /// The promise is testable in one run alone.
    Testability,
}

/// A comparison that is worth more or less than before.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "plain words")]
pub struct Moved {
    pub comparison: String,
    pub before: f64,
    pub after: f64,
}

/// The links behind all differences, in both runs.
pub struct Pairs<'a> {
    folders: &'a [Folder; 2],
    settings: &'a [SettingChange],
    wanted: BTreeSet<(String, String)>,
    links: [HashMap<(String, String), LinkRow>; 2],
}

impl<'a> Pairs<'a> {
    /// Room for the `wanted` pairs of inquiry and promise.
    pub fn new(folders: &'a [Folder; 2], settings: &'a [SettingChange], wanted: BTreeSet<(String, String)>) -> Self {
        Self { folders, settings, wanted, links: [HashMap::new(), HashMap::new()] }
    }

    /// Keeps a link of the earlier (0) or later (1) run where it is wanted.
    pub fn add(&mut self, run: usize, link: LinkRow) {
        let pair = (link.inquiry.clone(), link.promise.clone());
        if self.wanted.contains(&pair) {
            self.links[run].insert(pair, link);
        }
    }

    fn promise_edited(&self, promise: &str) -> bool {
        let [before, after] = self.folders.each_ref().map(|folder| folder.clauses.get(promise));
        before.zip(after).is_some_and(|(before, after)| before.text != after.text)
    }

    /// Why the pair stands differently in the two runs.
    fn causes(&self, inquiry: &str, promise: &str) -> Vec<Cause> {
        let id = || inquiry.to_owned();
        let (before, after) = match self.folders.each_ref().map(|folder| folder.inquiries.get(inquiry)) {
            [None, _] => return vec![Cause::Inquiry { inquiry: id(), added: true }],
            [_, None] => return vec![Cause::Inquiry { inquiry: id(), added: false }],
            [Some(before), Some(after)] => (before, after),
        };
        let mut causes = Vec::new();
        if (&before.initiator, &before.cosigners) != (&after.initiator, &after.cosigners) {
            causes.push(Cause::Authors { inquiry: id() });
        }
        if before.reply_hash != after.reply_hash {
            causes.push(Cause::Reply { inquiry: id(), added: after.reply_hash.is_some() });
        }
        if (&before.text_hash, &before.title, &before.lang) != (&after.text_hash, &after.title, &after.lang) {
            causes.push(Cause::InquiryEdited { inquiry: id() });
        }
        let pair = (id(), promise.to_owned());
        let (earlier, later) = match self.links.each_ref().map(|links| links.get(&pair)) {
            [Some(earlier), Some(later)] => (earlier, later),
            [None, None] => return causes,
            // Other authors explain by themselves that other promises are in scope.
            _ if !causes.is_empty() => return causes,
            [earlier, _] => return vec![Cause::Scope { inquiry: id(), added: earlier.is_none() }],
        };
        if earlier.verdict != later.verdict {
            causes.push(Cause::Decision { inquiry: id(), before: earlier.verdict, after: later.verdict });
        }
        let unjudged = earlier.verdict.is_none() && later.verdict.is_none();
        if (earlier.zone != later.zone && unjudged) || causes.is_empty() {
            let own = [
                (self.promise_edited(promise), "promise_text"),
                (causes.iter().any(|cause| matches!(cause, Cause::InquiryEdited { .. })), "inquiry_text"),
                (causes.iter().any(|cause| matches!(cause, Cause::Authors { .. })), "authors"),
            ];
            let own = own.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name);
            causes.push(self.threshold(earlier, later).unwrap_or_else(|| self.score(earlier, later, own)));
        }
        causes
    }

    /// The threshold between whose values the pair's probability lies.
    fn threshold(&self, earlier: &LinkRow, later: &LinkRow) -> Option<Cause> {
        if (earlier.probability - later.probability).abs() > f64::EPSILON {
            return None;
        }
        let reached = |value: &str| value.parse().is_ok_and(|least: f64| later.probability >= least);
        let between = |change: &&SettingChange| {
            ["suggest", "review"].contains(&change.setting) && reached(&change.before) != reached(&change.after)
        };
        self.settings.iter().find(between).map(|change| Cause::Threshold {
            inquiry: later.inquiry.clone(),
            probability: later.probability,
            threshold: change.setting,
            before: change.before.clone(),
            after: change.after.clone(),
        })
    }

    fn score(&self, earlier: &LinkRow, later: &LinkRow, own: impl Iterator<Item = &'static str>) -> Cause {
        let models = ["saual", "link_model_hash", "encoder", "taxonomy", "analyzer"];
        let because = self.settings.iter().map(|change| change.setting).filter(|setting| models.contains(setting));
        let weight_before = |comparison: &str| {
            earlier.explanation.parts.iter().find(|part| part.comparison == comparison).map_or(0.0, |part| part.weight)
        };
        let parts = later.explanation.parts.iter().map(|part| Moved {
            comparison: part.comparison.clone(),
            before: weight_before(&part.comparison),
            after: part.weight,
        });
        let mut moved: Vec<Moved> = parts.filter(|part| (part.after - part.before).abs() >= LEAST).collect();
        moved.sort_by(|a, b| (b.after - b.before).abs().total_cmp(&(a.after - a.before).abs()));
        moved.truncate(NAMED);
        Cause::Score {
            inquiry: later.inquiry.clone(),
            before: earlier.probability,
            after: later.probability,
            because: because.chain(own).collect(),
            moved,
        }
    }
}

/// The causes of a cell's difference, each once.
pub fn of_cell(pairs: &Pairs<'_>, promise: &str, difference: &Difference) -> Vec<Cause> {
    if difference.appeared || difference.vanished {
        return vec![Cause::Promise { added: difference.appeared }];
    }
    let mut causes = Vec::new();
    if pairs.promise_edited(promise) {
        causes.push(Cause::PromiseEdited);
    }
    for inquiry in difference.inquiries() {
        causes.extend(pairs.causes(inquiry, promise));
    }
    for (acts, added) in [(&difference.gained, true), (&difference.lost, false)] {
        causes.extend(acts.iter().filter_map(|act| {
            let quote = act.quote.clone()?;
            Some(if act.kind == "outcome" { Cause::Outcome { quote, added } } else { Cause::Meeting { quote, added } })
        }));
    }
    let statuses = pairs.folders.each_ref().map(|folder| folder.cells.get(promise).map(|cell| cell.status.as_str()));
    let one_is = |status: &str| statuses.contains(&Some(status)) && statuses[0] != statuses[1];
    if one_is("programme_not_obtained") {
        causes.push(Cause::Programme);
    }
    let testability = pairs
        .folders
        .each_ref()
        .map(|folder| folder.clauses.get(promise).and_then(|clause| clause.testability.as_deref()));
    if one_is("untestable") && testability[0] != testability[1] {
        causes.push(Cause::Testability);
    }
    causes
}
