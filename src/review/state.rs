//! What stands: decisions folded into opinions, rulings and skips. The same fold as the view `standing`, kept up to date one
//! decision at a time; the order in which decisions arrive does not matter.

use super::decision::{Decision, Kind};
use crate::evidence::{Verdict, Verdicts};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// One reviewer's standing word on one pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// 2, 1 or 0.
    pub grade: u8,
    /// In the reviewer's words.
    pub comment: String,
    /// When.
    pub at: String,
    /// The decision that says so.
    pub decision: String,
}

/// What one reviewer has said of one inquiry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// By clause.
    pub opinions: BTreeMap<String, Opinion>,
    /// A lead's rulings, by clause.
    pub rulings: BTreeMap<String, Opinion>,
    /// The reason, where the inquiry was skipped and not decided since.
    pub skipped: Option<String>,
}

/// How a pair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has judged it.
    Open,
    /// All who judged it said the same: how many.
    Agreed(u8, usize),
    /// A lead has ruled.
    Ruled(u8),
    /// Those who judged it differ.
    Disputed,
}

impl Standing {
    /// The grade, where there is one.
    pub fn grade(self) -> Option<u8> {
        match self {
            Self::Agreed(grade, _) | Self::Ruled(grade) => Some(grade),
            Self::Open | Self::Disputed => None,
        }
    }
}

/// Every standing word. Inquiries and clauses are named as the project names them.
#[derive(Debug, Clone, Default)]
pub struct State {
    logs: HashMap<(String, String), Vec<Decision>>,
    /// Where a decision stands: its reviewer and inquiry.
    places: HashMap<String, (String, String)>,
    revoked: HashSet<(String, String)>,
    words: BTreeMap<String, BTreeMap<String, Word>>,
    /// Standing opinions by reviewer.
    counts: BTreeMap<String, usize>,
    /// By inquiry: its clauses that people found to be pursued.
    links: HashMap<String, BTreeSet<String>>,
    /// By clause: how many inquiries people found to pursue it.
    linked: HashMap<String, usize>,
}

impl State {
    /// The state after `decisions`.
    pub fn of<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Self {
        let mut state = Self::default();
        let mut touched = BTreeSet::new();
        for decision in decisions {
            touched.extend(state.keep(decision));
        }
        for place in touched {
            state.fold(&place);
        }
        state
    }

    /// Takes one more decision in.
    pub fn apply(&mut self, decision: &Decision) {
        if let Some(place) = self.keep(decision) {
            self.fold(&place);
        }
    }

    /// Files a decision; gives the place that must be folded anew.
    fn keep(&mut self, decision: &Decision) -> Option<(String, String)> {
        if let Some(revoked) = &decision.draft.revokes {
            self.revoked.insert((decision.reviewer.clone(), revoked.clone()));
            return self.places.get(revoked).filter(|place| place.0 == decision.reviewer).cloned();
        }
        if self.places.contains_key(&decision.id) {
            return None;
        }
        let place = (decision.reviewer.clone(), decision.draft.inquiry.clone());
        self.places.insert(decision.id.clone(), place.clone());
        self.logs.entry(place.clone()).or_default().push(decision.clone());
        Some(place)
    }

    fn fold(&mut self, place: &(String, String)) {
        let Some(log) = self.logs.get_mut(place) else { return };
        log.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
        let mut word = Word::default();
        let mut none: Option<&Decision> = None;
        for decision in log.iter().filter(|row| !self.revoked.contains(&(row.reviewer.clone(), row.id.clone()))) {
            let draft = &decision.draft;
            let opinion = || Opinion {
                grade: draft.grade.unwrap_or(0),
                comment: draft.comment.clone(),
                at: decision.at.clone(),
                decision: decision.id.clone(),
            };
            match (draft.kind, &draft.clause) {
                (Kind::Grade, Some(clause)) => {
                    word.opinions.insert(clause.clone(), opinion());
                    word.skipped = None;
                }
                (Kind::Resolve, Some(clause)) => drop(word.rulings.insert(clause.clone(), opinion())),
                (Kind::None, _) => {
                    none = Some(decision);
                    word.skipped = None;
                }
                (Kind::Skip, _) => word.skipped = Some(draft.reason.clone()),
                (Kind::Grade | Kind::Resolve | Kind::Undo, _) => {}
            }
        }
        // "None of these" speaks of what was not graded one by one, whichever came first.
        for clause in none.iter().flat_map(|decision| &decision.draft.covered) {
            let decision =
                none.map(|row| (row.at.clone(), row.id.clone(), row.draft.comment.clone())).unwrap_or_default();
            let (at, decision, comment) = decision;
            word.opinions.entry(clause.clone()).or_insert(Opinion { grade: 0, comment, at, decision });
        }
        let words = self.words.entry(place.1.clone()).or_default();
        let before = words.get(&place.0).map_or(0, |word| word.opinions.len());
        let count = self.counts.entry(place.0.clone()).or_default();
        *count = *count + word.opinions.len() - before;
        if word == Word::default() {
            words.remove(&place.0);
        } else {
            words.insert(place.0.clone(), word);
        }
        self.count_links(&place.1);
    }

    fn count_links(&mut self, inquiry: &str) {
        let judged = self.judged(inquiry);
        let is_link = |clause: &&&String| self.standing(inquiry, clause).grade().is_some_and(|grade| grade > 0);
        let links: BTreeSet<String> = judged.iter().filter(is_link).map(|clause| (*clause).clone()).collect();
        for clause in self.links.get(inquiry).into_iter().flatten() {
            if let Some(count) = self.linked.get_mut(clause) {
                *count -= 1;
            }
        }
        for clause in &links {
            *self.linked.entry(clause.clone()).or_default() += 1;
        }
        self.links.insert(inquiry.to_owned(), links);
    }

    /// True for a clause that people found to be pursued by some inquiry.
    pub fn is_linked(&self, clause: &str) -> bool {
        self.linked.get(clause).is_some_and(|count| *count > 0)
    }

    /// The clauses about which anybody has said anything for an inquiry.
    pub fn judged(&self, inquiry: &str) -> BTreeSet<&String> {
        self.words(inquiry).flat_map(|(_, word)| word.opinions.keys().chain(word.rulings.keys())).collect()
    }

    /// What everybody has said of an inquiry.
    pub fn words(&self, inquiry: &str) -> impl Iterator<Item = (&String, &Word)> {
        self.words.get(inquiry).into_iter().flatten()
    }

    /// What `reviewer` has said of an inquiry.
    pub fn word(&self, reviewer: &str, inquiry: &str) -> Option<&Word> {
        self.words.get(inquiry)?.get(reviewer)
    }

    /// The standing opinion of `reviewer` on a pair.
    pub fn opinion(&self, reviewer: &str, inquiry: &str, clause: &str) -> Option<&Opinion> {
        self.word(reviewer, inquiry)?.opinions.get(clause)
    }

    /// Everybody's opinions on a pair, by name.
    pub fn opinions<'a>(&'a self, inquiry: &str, clause: &str) -> Vec<(&'a str, &'a Opinion)> {
        let words = self.words.get(inquiry).into_iter().flatten();
        words.filter_map(|(name, word)| Some((name.as_str(), word.opinions.get(clause)?))).collect()
    }

    /// How a pair stands.
    pub fn standing(&self, inquiry: &str, clause: &str) -> Standing {
        let mut grades: Option<(u8, usize)> = None;
        let mut disputed = false;
        let mut ruling: Option<&Opinion> = None;
        for (_, word) in self.words(inquiry) {
            if let Some(found) = word.rulings.get(clause)
                && ruling.is_none_or(|ruling| (&found.at, &found.decision) > (&ruling.at, &ruling.decision))
            {
                ruling = Some(found);
            }
            if let Some(opinion) = word.opinions.get(clause) {
                match &mut grades {
                    None => grades = Some((opinion.grade, 1)),
                    Some((grade, count)) if *grade == opinion.grade => *count += 1,
                    Some(_) => disputed = true,
                }
            }
        }
        match (ruling, disputed, grades) {
            (Some(ruling), ..) => Standing::Ruled(ruling.grade),
            (None, true, _) => Standing::Disputed,
            (None, false, Some((grade, count))) => Standing::Agreed(grade, count),
            (None, false, None) => Standing::Open,
        }
    }

    /// Every pair that anybody has judged, with how it stands.
    pub fn pairs(&self) -> Vec<(&str, &str, Standing)> {
        let of = |inquiry| {
            self.judged(inquiry)
                .into_iter()
                .map(move |clause| (inquiry, clause.as_str(), self.standing(inquiry, clause)))
        };
        self.words.keys().flat_map(|inquiry| of(inquiry.as_str())).collect()
    }

    /// What people say of each pair, for the evidence.
    pub fn verdicts(&self) -> Verdicts {
        let verdict = |(inquiry, clause, standing): (&str, &str, Standing)| {
            let reviewers = self.opinions(inquiry, clause).len();
            let verdict = match standing.grade() {
                Some(grade) => Verdict::Judged { grade, reviewers },
                None if standing == Standing::Disputed => Verdict::Disputed,
                None => return None,
            };
            Some(((inquiry.into(), clause.into()), verdict))
        };
        self.pairs().into_iter().filter_map(verdict).collect()
    }

    /// Standing opinions of each reviewer.
    pub fn counts(&self) -> &BTreeMap<String, usize> {
        &self.counts
    }
}
