//! Everything that reviewers sit down to: the run, the queue, what stands, and the store behind it.
//!
//! Promises: what [`Desk::decide`] gives back is on the disk. Reading never waits for a write to reach the disk.
//! Knows nothing of: http, sessions, pages.

use super::ask::{Ask, REASONS, Refusal, Topics};
use super::card::beginning;
use super::decision::{Decision, Draft, Kind, Role, TopicAnswer};
use super::queue::{self, Deal, Filter, Queue, Terms};
use super::state::State;
use super::stopping::{Unfound, unfound};
use super::store::{Store, StoreError};
use crate::Result;
use crate::analysis::Gazetteer;
use crate::linking::Reader;
use crate::run::{Language, Run};
use crate::topics::TopicScore;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A reviewer at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    /// The name.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// The desk.
pub struct Desk {
    /// The run.
    pub run: Run,
    /// The queue.
    pub queue: Queue,
    /// By inquiry: the byte of its text where the ask begins, where one was found.
    pub asks: Vec<Option<usize>>,
    language: Language,
    inquiries: HashMap<String, usize>,
    clauses: HashMap<String, usize>,
    /// Clauses by stem, with how often it stands there.
    stems: HashMap<String, Vec<usize>>,
    state: RwLock<State>,
    deal: RwLock<Deal>,
    store: Mutex<Store>,
    seen: Mutex<i64>,
}

fn open<T>(lock: std::result::Result<T, PoisonError<T>>) -> T {
    // A panic in another request leaves the data as they were before its last whole step.
    lock.unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Lays out `run` with the decisions of `store`.
    ///
    /// # Errors
    /// Those of the store and of the tables.
    pub fn new(run: Run, language: &Language, store: Store, terms: Terms) -> Result<Self> {
        let analyzer = &language.analyzer;
        let gazetteer = Gazetteer::kazakhstan(analyzer);
        let reader = Reader::new(analyzer, &language.glossary, &gazetteer, &run.taxonomy)?;
        let readings: Vec<_> = run.project.inquiries.par_iter().map(|inquiry| reader.inquiry(inquiry)).collect();
        let asks = readings.iter().zip(&run.project.inquiries).map(|(reading, inquiry)| {
            let title = inquiry.title.len() + 1;
            let focus = reading.tokens.iter().zip(&reading.focus);
            let first =
                focus.filter(|(token, focus)| **focus && token.span.start >= title).map(|(token, _)| token).next();
            first.map(|token| token.span.start - title)
        });
        let stems: Vec<Vec<&str>> =
            readings.iter().map(|reading| reading.tokens.iter().map(|token| &*token.stem).collect()).collect();
        let queue = Queue::new(&run, &stems);
        let asks = asks.collect();
        let state = State::of(&store.all()?);
        let deal = queue.deal(&run, terms);
        let place = |(place, id): (usize, &str)| (id.to_owned(), place);
        let inquiries = run.project.inquiries.iter().map(|row| row.id.as_str()).enumerate().map(place).collect();
        let clauses = run.clauses.iter().map(|clause| clause.id.as_str()).enumerate().map(place).collect();
        let mut by_stem: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, clause) in run.clauses.iter().enumerate().filter(|(_, clause)| clause.pledge) {
            for token in analyzer.tokens(&clause.text, crate::linking::reading::declared(Some(clause.lang))) {
                by_stem.entry(token.stem.to_string()).or_default().push(place);
            }
        }
        let seen = store.data_version()?;
        Ok(Self {
            run,
            queue,
            asks,
            language: language.clone(),
            inquiries,
            clauses,
            stems: by_stem,
            state: RwLock::new(state),
            deal: RwLock::new(deal),
            store: Mutex::new(store),
            seen: Mutex::new(seen),
        })
    }

    /// What stands.
    pub fn state(&self) -> RwLockReadGuard<'_, State> {
        open(self.state.read())
    }

    /// How the work is dealt out.
    pub fn deal(&self) -> RwLockReadGuard<'_, Deal> {
        open(self.deal.read())
    }

    fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        open(self.state.write())
    }

    /// The store.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        open(self.store.lock())
    }

    /// Deals the work out anew.
    pub fn set_terms(&self, terms: Terms) {
        let deal = self.queue.deal(&self.run, terms);
        *open(self.deal.write()) = deal;
    }

    /// Takes in what another program wrote to the store since.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn refresh(&self) -> std::result::Result<bool, StoreError> {
        let store = self.store();
        let version = store.data_version()?;
        let mut seen = open(self.seen.lock());
        if *seen == version {
            return Ok(false);
        }
        *self.state_mut() = State::of(&store.all()?);
        *seen = version;
        Ok(true)
    }

    /// The place of an inquiry.
    ///
    /// # Errors
    /// [`Refusal::Unknown`]
    pub fn inquiry(&self, id: &str) -> std::result::Result<usize, Refusal> {
        self.inquiries.get(id).copied().ok_or_else(|| Refusal::Unknown { what: "inquiry", name: id.to_owned() })
    }

    /// The place of a promise.
    ///
    /// # Errors
    /// [`Refusal::Unknown`]
    pub fn clause(&self, id: &str) -> std::result::Result<usize, Refusal> {
        let found = self.clauses.get(id).copied().filter(|place| self.run.clauses[*place].pledge);
        found.ok_or_else(|| Refusal::Unknown { what: "promise", name: id.to_owned() })
    }

    /// The link of a pair, where it is in scope.
    pub fn link(&self, inquiry: usize, clause: usize) -> Option<&crate::linking::Link> {
        let pair = self.queue.pairs[inquiry].iter().find(|pair| pair.clause == clause)?;
        self.run.links.get(pair.link)
    }

    /// The next card of a reviewer.
    pub fn next(&self, reviewer: &str, filter: &Filter) -> Option<(usize, usize)> {
        self.queue.next(&self.run, reviewer, &self.state(), &self.deal(), filter)
    }

    /// The promise that the card of an inquiry begins with: the first that waits for the reviewer, else the first in scope,
    /// else any that words lead to.
    pub fn first_clause(&self, reviewer: &str, inquiry: usize) -> Option<usize> {
        let (state, deal) = (self.state(), self.deal());
        let blind = deal.blind(inquiry);
        let any = || {
            let found = self.search(&self.run.project.inquiries[inquiry].title, 1).first().copied();
            found.or_else(|| self.run.clauses.iter().position(|clause| clause.pledge))
        };
        queue::first(self.queue.pending(&self.run, inquiry, reviewer, &state, &deal), blind)
            .or_else(|| queue::first(self.queue.pairs[inquiry].iter(), blind))
            .or_else(any)
    }

    /// Inquiries that say nearly the same as this one.
    pub fn alike(&self, inquiry: usize) -> impl Iterator<Item = usize> {
        let groups = self.queue.groups.iter().filter(move |group| group.contains(&inquiry));
        groups.flatten().copied().filter(move |member| *member != inquiry)
    }

    /// Keeps what a reviewer asks for. On return it is on the disk.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing was kept.
    pub fn decide(&self, who: &Reviewer, ask: Ask, key: &str) -> std::result::Result<Vec<Decision>, Refusal> {
        let drafts = self.drafts(who, ask, key)?;
        let kept = self.store().append(&who.name, who.role, drafts)?;
        self.take_in(&kept);
        Ok(kept)
    }

    /// Takes the reviewer's latest decision back. Gives the inquiry and clause that it was about.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`]
    pub fn undo(&self, who: &Reviewer, key: &str) -> std::result::Result<Vec<(Decision, Decision)>, Refusal> {
        let undone = self.store().undo(&who.name, who.role, key)?;
        let undos: Vec<Decision> = undone.iter().map(|(undo, _)| undo.clone()).collect();
        self.take_in(&undos);
        Ok(undone)
    }

    fn take_in(&self, decisions: &[Decision]) {
        let mut state = self.state_mut();
        for decision in decisions {
            state.apply(decision);
        }
    }

    fn drafts(&self, who: &Reviewer, ask: Ask, key: &str) -> std::result::Result<Vec<Draft>, Refusal> {
        match ask {
            Ask::Grade { inquiry, clause, grade, comment, alike } => {
                let (inquiry, clause) = (self.inquiry(&inquiry)?, self.clause(&clause)?);
                let new = Draft { grade: Some(grade), comment, ..Draft::new(Kind::Grade, key) };
                let all = self.with_alike(inquiry, alike, key);
                Ok(all.map(|(inquiry, key)| self.pair_draft(&new, inquiry, clause, key)).collect())
            }
            Ask::None { inquiry, comment, alike } => {
                let inquiry = self.inquiry(&inquiry)?;
                let new = Draft { comment, ..Draft::new(Kind::None, key) };
                let all = self.with_alike(inquiry, alike, key);
                Ok(all.map(|(inquiry, key)| self.none_draft(&new, inquiry, key)).collect())
            }
            Ask::Skip { inquiry, reason, comment } => {
                let inquiry = self.inquiry(&inquiry)?;
                if !REASONS.contains(&reason.as_str()) {
                    return Err(StoreError::Invalid { what: "reason" }.into());
                }
                let new = Draft { comment, reason, ..Draft::new(Kind::Skip, key) };
                Ok(vec![self.said(new, inquiry)])
            }
            Ask::Resolve { inquiry, clause, grade, comment } => {
                if who.role != Role::Lead {
                    return Err(Refusal::LeadOnly);
                }
                let (inquiry, clause) = (self.inquiry(&inquiry)?, self.clause(&clause)?);
                let new = Draft { grade: Some(grade), comment, ..Draft::new(Kind::Resolve, key) };
                Ok(vec![self.pair_draft(&new, inquiry, clause, key.to_owned())])
            }
            Ask::Topics { inquiry, topics, comment, alike } => {
                let inquiry = self.inquiry(&inquiry)?;
                self.check_topics(&topics)?;
                let new = Draft { comment, ..Draft::new(Kind::Topics, key) };
                let all = self.with_alike(inquiry, alike, key);
                Ok(all.map(|(inquiry, key)| self.topics_draft(&new, inquiry, &topics, key)).collect())
            }
            Ask::ResolveTopics { inquiry, topics, comment } => {
                if who.role != Role::Lead {
                    return Err(Refusal::LeadOnly);
                }
                let inquiry = self.inquiry(&inquiry)?;
                self.check_topics(&topics)?;
                let new = Draft { comment, ..Draft::new(Kind::Resolve, key) };
                Ok(vec![self.topics_draft(&new, inquiry, &topics, key.to_owned())])
            }
        }
    }

    /// The inquiry under its key and, where wanted, those nearly equal to it under keys of their own.
    fn with_alike(&self, inquiry: usize, alike: bool, key: &str) -> impl Iterator<Item = (usize, String)> {
        let key = key.to_owned();
        let others: Vec<usize> = if alike { self.alike(inquiry).collect() } else { Vec::new() };
        std::iter::once(inquiry)
            .chain(others)
            .enumerate()
            .map(move |(number, inquiry)| (inquiry, if number == 0 { key.clone() } else { format!("{key}.g{number}") }))
    }

    fn said(&self, draft: Draft, inquiry: usize) -> Draft {
        let id = self.run.project.inquiries[inquiry].id.to_string();
        Draft { inquiry: id, model: self.run.manifest.link_model.clone(), blind: self.deal().blind(inquiry), ..draft }
    }

    fn pair_draft(&self, draft: &Draft, inquiry: usize, clause: usize, key: String) -> Draft {
        let probability = self.link(inquiry, clause).map(|link| link.probability);
        let clause = Some(self.run.clauses[clause].id.to_string());
        self.said(Draft { clause, probability, key, ..draft.clone() }, inquiry)
    }

    /// That topics were chosen from the taxonomy in force.
    fn check_topics(&self, topics: &Topics) -> std::result::Result<(), Refusal> {
        let taxonomy = &self.run.taxonomy;
        if topics.taxonomy != taxonomy.fingerprint {
            return Err(StoreError::Invalid { what: "taxonomy" }.into());
        }
        let unknown = topics.chosen.iter().find(|id| taxonomy.topic(&id.as_str().into()).is_none());
        unknown.map_or(Ok(()), |id| Err(Refusal::Unknown { what: "topic", name: id.clone() }))
    }

    fn topics_draft(&self, draft: &Draft, inquiry: usize, topics: &Topics, key: String) -> Draft {
        let answer = |score: &TopicScore| TopicAnswer {
            topic: score.topic.to_string(),
            is: topics.chosen.contains(score.topic.as_str()),
            probability: Some(score.probability),
        };
        let model = format!("{} {}", self.run.manifest.topic_model, topics.taxonomy);
        let topics = self.run.topics[inquiry].iter().map(answer).collect();
        Draft { model, ..self.said(Draft { topics, key, ..draft.clone() }, inquiry) }
    }

    fn none_draft(&self, draft: &Draft, inquiry: usize, key: String) -> Draft {
        let mut covered: Vec<String> =
            self.queue.pairs[inquiry].iter().map(|pair| self.run.clauses[pair.clause].id.to_string()).collect();
        covered.sort();
        self.said(Draft { covered, key, ..draft.clone() }, inquiry)
    }

    /// Promises that hold words of `text`, best first, at most `most`.
    pub fn search(&self, text: &str, most: usize) -> Vec<usize> {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        let all = self.run.clauses.len().max(1);
        let tokens = self.language.analyzer.tokens(beginning(text, 2000), None);
        for token in tokens {
            let Some(found) = self.stems.get(&*token.stem) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "counts of clauses")]
            let idf = (1.0 + all as f64 / found.len() as f64).ln();
            for clause in found {
                *scores.entry(*clause).or_default() += idf;
            }
        }
        if let Ok(clause) = self.clause(text.trim()) {
            scores.insert(clause, f64::MAX);
        }
        let mut found: Vec<(usize, f64)> = scores.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().take(most).map(|(clause, _)| clause).collect()
    }

    /// How many pairs a reviewer is asked about in all, and how many of them are judged.
    pub fn progress(&self, reviewer: &str) -> (usize, usize) {
        let (state, deal) = (self.state(), self.deal());
        let (mut asked, mut judged) = (0, 0);
        for (inquiry, pairs) in self.queue.pairs.iter().enumerate().filter(|(place, _)| deal.is_dealt(*place, reviewer))
        {
            let word = state.word(reviewer, self.run.project.inquiries[inquiry].id.as_str());
            for pair in pairs.iter().filter(|pair| deal.asked(pair)) {
                asked += 1;
                let clause = self.run.clauses[pair.clause].id.as_str();
                judged += usize::from(word.is_some_and(|word| word.opinions.contains_key(clause)));
            }
        }
        (asked, judged)
    }

    /// How many pairs all are asked about, and how many are judged by as many people as are wanted.
    pub fn progress_of_all(&self) -> (usize, usize) {
        let (state, deal) = (self.state(), self.deal());
        let (mut asked, mut judged) = (0, 0);
        for (inquiry, pairs) in self.queue.pairs.iter().enumerate() {
            let id = self.run.project.inquiries[inquiry].id.as_str();
            for pair in pairs.iter().filter(|pair| deal.asked(pair)) {
                asked += 1;
                let clause = self.run.clauses[pair.clause].id.as_str();
                judged += usize::from(state.opinions(id, clause).len() >= deal.wanted(inquiry));
            }
        }
        (asked, judged)
    }

    /// How many links are probably still unfound.
    pub fn unfound(&self) -> Unfound {
        let state = self.state();
        let judged = self.queue.pairs.iter().enumerate().flat_map(|(inquiry, pairs)| {
            let (state, run) = (&state, &self.run);
            pairs.iter().map(move |pair| {
                let standing =
                    state.standing(run.project.inquiries[inquiry].id.as_str(), run.clauses[pair.clause].id.as_str());
                (pair.probability, standing.settled().map(|grade| grade > 0))
            })
        });
        unfound(judged)
    }
}
