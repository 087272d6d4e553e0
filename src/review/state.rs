//! What stands: decisions folded into opinions, rulings and skips. The same fold as the view `standing`, kept up to date one
//! decision at a time; the order in which decisions arrive does not matter.

use super::decision::{Decision, Kind};
use crate::evidence::{Verdict, Verdicts};
use crate::id::TopicId;
use crate::ingest::InquiryTopics;
use crate::topics::Taxonomy;
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

/// One reviewer's standing word on the topics of one inquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicsOpinion {
    /// Of every topic that was asked about whether the inquiry has it.
    pub topics: BTreeMap<String, bool>,
    /// In the reviewer's words.
    pub comment: String,
    /// When.
    pub at: String,
    /// The decision that says so.
    pub decision: String,
}

impl TopicsOpinion {
    /// The topics of `taxonomy` that the inquiry has, in its order; `None` where some were not asked about: the taxonomy has
    /// changed since.
    pub fn of(&self, taxonomy: &Taxonomy) -> Option<Vec<TopicId>> {
        let ids = || taxonomy.topics.iter().map(|topic| &topic.id);
        let has = |id: &&TopicId| self.topics.get(id.as_str()) == Some(&true);
        ids().all(|id| self.topics.contains_key(id.as_str())).then(|| ids().filter(has).cloned().collect())
    }
}

/// What one reviewer has said of one inquiry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// By clause.
    pub opinions: BTreeMap<String, Opinion>,
    /// A lead's rulings, by clause.
    pub rulings: BTreeMap<String, Opinion>,
    /// Of its topics.
    pub topics: Option<TopicsOpinion>,
    /// A lead's ruling on its topics.
    pub topics_ruling: Option<TopicsOpinion>,
    /// The reason, where the inquiry was skipped and not decided since.
    pub skipped: Option<String>,
}

/// How a question stands: that of a pair is answered by a grade, that of an inquiry's topics by a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<T = u8> {
    /// Nobody has judged it.
    Open,
    /// All who judged it said the same: how many.
    Agreed(T, usize),
    /// A lead has ruled.
    Ruled(T),
    /// Those who judged it differ.
    Disputed,
}

impl<T: PartialEq> Standing<T> {
    /// How it stands after a lead's ruling and everybody's opinions.
    fn of(ruling: Option<T>, mut opinions: impl Iterator<Item = T>) -> Self {
        if let Some(ruling) = ruling {
            return Self::Ruled(ruling);
        }
        let Some(first) = opinions.next() else { return Self::Open };
        let mut count = 1;
        for opinion in opinions {
            if opinion != first {
                return Self::Disputed;
            }
            count += 1;
        }
        Self::Agreed(first, count)
    }

    /// The answer, where there is one.
    pub fn settled(self) -> Option<T> {
        match self {
            Self::Agreed(answer, _) | Self::Ruled(answer) => Some(answer),
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
            let topics = || TopicsOpinion {
                topics: draft.topics.iter().map(|answer| (answer.topic.clone(), answer.is)).collect(),
                comment: draft.comment.clone(),
                at: decision.at.clone(),
                decision: decision.id.clone(),
            };
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
                (Kind::Topics, _) => word.topics = Some(topics()),
                (Kind::Resolve, None) => word.topics_ruling = Some(topics()),
                (Kind::Grade | Kind::Undo, _) => {}
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
        let is_link = |clause: &&&String| self.standing(inquiry, clause).settled().is_some_and(|grade| grade > 0);
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
        let rulings = self.words(inquiry).filter_map(|(_, word)| word.rulings.get(clause));
        let ruling = rulings.max_by_key(|ruling| (&ruling.at, &ruling.decision)).map(|ruling| ruling.grade);
        let opinions = self.words(inquiry).filter_map(|(_, word)| word.opinions.get(clause));
        Standing::of(ruling, opinions.map(|opinion| opinion.grade))
    }

    /// Everybody's opinions on the topics of an inquiry, by name, with the topics of `taxonomy` that each gives it.
    pub fn topic_opinions<'a>(
        &'a self,
        inquiry: &str,
        taxonomy: &Taxonomy,
    ) -> Vec<(&'a str, &'a TopicsOpinion, Vec<TopicId>)> {
        let words = self.words.get(inquiry).into_iter().flatten();
        let opinion = |(name, word): (&'a String, &'a Word)| {
            let opinion = word.topics.as_ref()?;
            Some((name.as_str(), opinion, opinion.of(taxonomy)?))
        };
        words.filter_map(opinion).collect()
    }

    /// How the topics of an inquiry stand.
    pub fn topics(&self, inquiry: &str, taxonomy: &Taxonomy) -> Standing<Vec<TopicId>> {
        let rulings = self.words(inquiry).filter_map(|(_, word)| word.topics_ruling.as_ref());
        let rulings = rulings.filter_map(|ruling| Some((&ruling.at, &ruling.decision, ruling.of(taxonomy)?)));
        let ruling = rulings.max().map(|(_, _, topics)| topics);
        Standing::of(ruling, self.topic_opinions(inquiry, taxonomy).into_iter().map(|(_, _, topics)| topics))
    }

    /// The inquiries whose topics anybody has decided, with how they stand.
    pub fn inquiries_with_topics(&self, taxonomy: &Taxonomy) -> Vec<(&str, Standing<Vec<TopicId>>)> {
        let standing = |inquiry: &String| self.topics(inquiry, taxonomy);
        let all = self.words.keys().map(|inquiry| (inquiry.as_str(), standing(inquiry)));
        all.filter(|(_, standing)| *standing != Standing::Open).collect()
    }

    /// The topics of inquiries as they are settled, for a run and for training: rows of the table `inquiry_topics`.
    pub fn settled_topics(&self, taxonomy: &Taxonomy) -> Vec<InquiryTopics> {
        let row = |(inquiry, standing): (&str, Standing<Vec<TopicId>>)| {
            Some(InquiryTopics { line: 0, inquiry: inquiry.into(), topics: standing.settled()? })
        };
        self.inquiries_with_topics(taxonomy).into_iter().filter_map(row).collect()
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
            let verdict = match standing.settled() {
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
