//! Which card comes next?
//!
//! A pair is worth asking about by its uncertainty, `4 p (1 - p)`, times what the answer would change in the evidence: an own
//! promise more than a party's, a promise without any link yet more than one that has some. Cards come by inquiry, so that a
//! text is read once; inquiries that say nearly the same follow each other. Work is dealt out by rendezvous hashing (Thaler &
//! Ravishankar 1998): everybody who knows the names and the shares deals the same way, also in a pack far away.

use super::decision::LONGEST_NAME;
use super::near;
use super::state::{Standing, State, Word};
use crate::linking::{Link, Zone};
use crate::retrieval::Scope;
use crate::run::Run;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How the work is dealt out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Everybody who reviews. Nobody: whoever asks is dealt everything.
    pub reviewers: Vec<Member>,
    /// The share of inquiries that two people judge, in percent.
    pub double_percent: u8,
    /// The share of pairs drawn at random among those that the model leaves alone, in percent.
    pub sample_percent: u8,
    /// Which cards hide scores and other people's decisions.
    pub blind: Blind,
}

/// A reviewer, for the deal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The name.
    pub name: String,
    /// The regions of the deputies whose inquiries the reviewer is dealt; none: all.
    pub regions: Vec<String>,
}

/// Which cards hide scores and other people's decisions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Blind {
    /// None.
    Off,
    /// Those that two people judge.
    #[default]
    Double,
    /// All.
    All,
}

impl Blind {
    /// All choices with their names.
    pub const ALL: [(&'static str, Self); 3] = [("off", Self::Off), ("double", Self::Double), ("all", Self::All)];

    /// The name in settings.
    pub fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Double => "double",
            Self::All => "all",
        }
    }
}

/// A candidate pair as the queue sees it.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// Place in the run's clauses.
    pub clause: usize,
    /// Place in the run's links.
    pub link: usize,
    /// The model's probability.
    pub probability: f64,
    /// True where people are to judge it: the model suggests it or is in doubt.
    pub doubtful: bool,
    /// What an answer could change.
    value: f64,
    /// From 0 to 9,999; below a hundred times the share, a pair that the model leaves alone is asked about.
    lot: u16,
}

/// What to narrow the queue or a list to. Empty fields narrow nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// A deputy who began or signed the inquiry.
    pub deputy: String,
    /// The region of its initiator.
    pub region: String,
    /// A topic it touches.
    pub topic: String,
    /// Not before, `2026-02-03`.
    pub from: String,
    /// Not after.
    pub to: String,
    /// Words of its title or text.
    pub text: String,
    /// How it stands (lists only).
    pub status: String,
    /// `date` or `deputy` instead of the most useful first.
    pub order: String,
}

/// The queue of a run.
#[derive(Debug)]
pub struct Queue {
    /// By inquiry: its candidates, likeliest first.
    pub pairs: Vec<Vec<Pair>>,
    /// By inquiry: the first of its group of near-equals; itself where it is alone.
    pub leader: Vec<usize>,
    /// Groups of near-equal inquiries.
    pub groups: Vec<Vec<usize>>,
    lots: Vec<u16>,
}

/// A number from 0 to 9,999 that everybody computes alike.
fn lot(parts: &[&str]) -> u16 {
    u16::try_from(hash(parts) % 10_000).unwrap_or(0)
}

fn hash(parts: &[&str]) -> u64 {
    let mut hash = blake3::Hasher::new();
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().as_bytes()[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl Queue {
    /// The queue of `run`; `stems[i]` are the stems of inquiry `i` in order.
    pub fn new(run: &Run, stems: &[Vec<&str>]) -> Self {
        let clauses: BTreeMap<&str, usize> =
            run.clauses.iter().enumerate().map(|(place, clause)| (clause.id.as_str(), place)).collect();
        let inquiries: BTreeMap<&str, usize> =
            run.project.inquiries.iter().enumerate().map(|(place, row)| (row.id.as_str(), place)).collect();
        let mut pairs: Vec<Vec<Pair>> = vec![Vec::new(); run.project.inquiries.len()];
        for (place, link) in run.links.iter().enumerate() {
            let (Some(inquiry), Some(clause)) =
                (inquiries.get(link.inquiry.as_str()), clauses.get(link.promise.as_str()))
            else {
                continue;
            };
            pairs[*inquiry].push(Pair {
                clause: *clause,
                link: place,
                probability: link.probability,
                doubtful: link.zone != Zone::Leave,
                value: value(link),
                lot: lot(&["sample", link.inquiry.as_str(), link.promise.as_str()]),
            });
        }
        for pairs in &mut pairs {
            pairs.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.clause.cmp(&b.clause)));
        }
        let groups = near::groups(stems);
        let mut leader: Vec<usize> = (0..pairs.len()).collect();
        for group in &groups {
            for member in group {
                leader[*member] = group[0];
            }
        }
        let lots = leader.iter().map(|first| lot(&["double", run.project.inquiries[*first].id.as_str()])).collect();
        Self { pairs, leader, groups, lots }
    }

    /// Deals the work out on `terms`.
    pub fn deal(&self, run: &Run, terms: Terms) -> Deal {
        let wanted = |inquiry: usize| {
            let double = terms.reviewers.len() > 1 && self.lots[inquiry] < u16::from(terms.double_percent) * 100;
            if double { 2 } else { 1 }
        };
        let hands = (0..self.pairs.len()).map(|inquiry| self.hand(run, inquiry, &terms, wanted(inquiry)));
        let hands = hands.collect();
        let wanted = (0..self.pairs.len()).map(wanted).collect();
        Deal { terms, hands, wanted }
    }

    /// Those to whom an inquiry is dealt.
    fn hand(&self, run: &Run, inquiry: usize, terms: &Terms, wanted: usize) -> Vec<String> {
        let row = &run.project.inquiries[self.leader[inquiry]];
        let region = row.initiator.as_ref().and_then(|id| run.project.person(id)).map_or("", |person| &person.region);
        let fits = |member: &&Member| member.regions.is_empty() || member.regions.iter().any(|name| name == region);
        let mut members: Vec<&Member> = terms.reviewers.iter().filter(fits).collect();
        if members.is_empty() {
            members = terms.reviewers.iter().collect();
        }
        members.sort_by_key(|member| std::cmp::Reverse(hash(&["deal", row.id.as_str(), &member.name])));
        members.into_iter().take(wanted).map(|member| member.name.clone()).collect()
    }

    /// The pairs of an inquiry that `reviewer` has still to judge, likeliest first.
    pub fn pending<'a>(
        &'a self,
        run: &'a Run,
        inquiry: usize,
        reviewer: &'a str,
        state: &'a State,
        deal: &'a Deal,
    ) -> impl Iterator<Item = &'a Pair> {
        let id = run.project.inquiries[inquiry].id.as_str();
        let open = move |pair: &&Pair| {
            let clause = run.clauses[pair.clause].id.as_str();
            deal.asked(pair)
                && state.opinion(reviewer, id, clause).is_none()
                && !matches!(state.standing(id, clause), Standing::Ruled(_))
        };
        self.pairs[inquiry].iter().filter(move |pair| deal.is_dealt(inquiry, reviewer) && open(pair))
    }

    /// The next card of `reviewer`: an inquiry and the clause to begin with. An inquiry once begun is finished first, then
    /// those nearly equal to it; one that was skipped does not come again by itself.
    pub fn next(
        &self,
        run: &Run,
        reviewer: &str,
        state: &State,
        deal: &Deal,
        filter: &Filter,
    ) -> Option<(usize, usize)> {
        let word = |inquiry: usize| state.word(reviewer, run.project.inquiries[inquiry].id.as_str());
        let passes = |inquiry: &usize| fits(run, *inquiry, word(*inquiry), filter);
        let has_begun = |inquiry: usize| word(inquiry).is_some_and(|word| !word.opinions.is_empty());
        let begun_groups: BTreeSet<usize> = self
            .groups
            .iter()
            .filter(|group| group.iter().any(|member| has_begun(*member)))
            .map(|group| group[0])
            .collect();
        let mut best: Option<(Rank, usize, usize)> = None;
        for inquiry in (0..self.pairs.len()).filter(passes) {
            if word(inquiry).is_some_and(|word| word.skipped.is_some()) {
                continue;
            }
            let pending: Vec<&Pair> = self.pending(run, inquiry, reviewer, state, deal).collect();
            let Some(first) = first(pending.iter().copied(), deal.blind(inquiry)) else { continue };
            let gain = |pair: &Pair| {
                let known = state.is_linked(run.clauses[pair.clause].id.as_str());
                4.0 * pair.probability * (1.0 - pair.probability) * pair.value * if known { 0.4 } else { 1.0 }
            };
            let utility = pending.into_iter().map(gain).fold(0.0, f64::max);
            let row = &run.project.inquiries[inquiry];
            let key = match filter.order.as_str() {
                "date" => row.date.map(|date| date.to_string()).unwrap_or_default(),
                "deputy" => row.initiator.as_ref().map(ToString::to_string).unwrap_or_default(),
                _ => String::new(),
            };
            let begun = if has_begun(inquiry) { 2 } else { u8::from(begun_groups.contains(&self.leader[inquiry])) };
            let rank = Rank { begun, key, utility, inquiry };
            if best.as_ref().is_none_or(|(known, ..)| rank.before(known)) {
                best = Some((rank, inquiry, first));
            }
        }
        best.map(|(_, inquiry, clause)| (inquiry, clause))
    }
}

/// The clause to begin with of `pairs`, which come likeliest first: that one; blind, the first of the programme, so that not
/// even the order tells what the model thinks.
pub fn first<'a>(mut pairs: impl Iterator<Item = &'a Pair>, blind: bool) -> Option<usize> {
    if blind { pairs.map(|pair| pair.clause).min() } else { pairs.next().map(|pair| pair.clause) }
}

/// The work as dealt out on certain terms.
#[derive(Debug, Clone)]
pub struct Deal {
    /// The terms.
    pub terms: Terms,
    hands: Vec<Vec<String>>,
    wanted: Vec<usize>,
}

impl Deal {
    /// True where people are asked about a pair.
    pub fn asked(&self, pair: &Pair) -> bool {
        pair.doubtful || pair.lot < u16::from(self.terms.sample_percent) * 100
    }

    /// How many people judge an inquiry.
    pub fn wanted(&self, inquiry: usize) -> usize {
        self.wanted[inquiry]
    }

    /// Those to whom an inquiry is dealt; nobody by name where everybody may.
    pub fn hand(&self, inquiry: usize) -> &[String] {
        &self.hands[inquiry]
    }

    /// True where `reviewer` is dealt an inquiry.
    pub fn is_dealt(&self, inquiry: usize, reviewer: &str) -> bool {
        self.hands[inquiry].is_empty() || self.hands[inquiry].iter().any(|name| name == reviewer)
    }

    /// True where scores and other people's decisions are hidden.
    pub fn blind(&self, inquiry: usize) -> bool {
        match self.terms.blind {
            Blind::Off => false,
            Blind::Double => self.wanted(inquiry) > 1,
            Blind::All => true,
        }
    }
}

/// What comes before what: begun inquiries, then the wanted order, then the most useful.
struct Rank {
    begun: u8,
    key: String,
    utility: f64,
    inquiry: usize,
}

impl Rank {
    fn before(&self, other: &Self) -> bool {
        let order = other.begun.cmp(&self.begun).then_with(|| self.key.cmp(&other.key));
        order
            .then_with(|| other.utility.total_cmp(&self.utility))
            .then_with(|| self.inquiry.cmp(&other.inquiry))
            .is_lt()
    }
}

/// What an answer could change, from 0 to 1.
fn value(link: &Link) -> f64 {
    match link.scope {
        Scope::Own => 1.0,
        Scope::CoSigned => 0.7,
        Scope::Party => 0.5,
        Scope::All => 0.3,
    }
}

/// True where an inquiry passes a filter (all but `status`) for the reviewer whose `word` on it is given: its topics are those
/// that the reviewer gave it, else those that are suggested, never those that others gave it.
pub fn fits(run: &Run, inquiry: usize, word: Option<&Word>, filter: &Filter) -> bool {
    let row = &run.project.inquiries[inquiry];
    let Filter { deputy, region, topic, from, to, text, .. } = filter;
    let authors = || row.initiator.iter().chain(&row.cosigners);
    let of_region =
        || row.initiator.as_ref().and_then(|id| run.project.person(id)).is_some_and(|person| person.region == *region);
    let own = word.and_then(|word| word.topics.as_ref()?.topics.get(topic));
    let suggested = || run.topics[inquiry].iter().any(|score| score.label && score.topic.as_str() == topic);
    let touches = || own.copied().unwrap_or_else(suggested);
    let date = || row.date.map(|date| date.to_string()).unwrap_or_default();
    let holds = || {
        let wanted = text.to_lowercase();
        row.id.as_str() == text
            || row.title.to_lowercase().contains(&wanted)
            || row.text.to_lowercase().contains(&wanted)
    };
    (deputy.is_empty() || authors().any(|id| id.as_str() == deputy))
        && (region.is_empty() || of_region())
        && (topic.is_empty() || touches())
        && (from.is_empty() || date().as_str() >= from.as_str())
        && (to.is_empty() || (!date().is_empty() && date().get(..10).unwrap_or_default() <= to.as_str()))
        && (text.is_empty() || holds())
}

/// The regions of the project's people; none whose name is longer than a name can be.
pub fn regions(run: &Run) -> Vec<&str> {
    let mut regions: Vec<&str> = run.project.people.iter().map(|person| person.region.as_str()).collect();
    regions.sort_unstable();
    regions.dedup();
    regions.retain(|region| !region.is_empty() && region.len() <= LONGEST_NAME);
    regions
}
