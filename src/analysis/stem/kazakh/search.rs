//! The search: every way to take suffixes off a word, right to left, and the best stem of them.
//!
//! Takes the letters of a word; gives the length of the stem and, for a listed root, its dictionary form. A
//! listed root beats an unlisted one, a longer root a shorter one; sounds are checked at every joint.

use super::chain::Chain;
use super::guess;
use super::lexicon::{Lexicon, Spelling};
use super::morphotactics::States;
use super::phonology::{class, is_vowel, last_row};

/// Score of any listed root; per letter; and what is against one.
const LISTED: i32 = 1000;
const PER_LETTER: i32 = 10;
const ROW_COST: i32 = 15;
/// A verb in -ла against the noun in it, which a plural or a locative looks like.
const DENOMINAL_COST: i32 = 25;
/// A bare verb stem is an imperative: rare in running text.
const BARE_VERB_COST: i32 = 15;

/// A word as the search reads it.
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub chars: &'a [char],
    /// Byte offset of every letter, and the length.
    pub offsets: &'a [usize],
}

/// What was taken off so far, on the way from the end to the root.
#[derive(Clone, Copy, Default)]
pub(super) struct Step {
    /// The last suffix is of the other row than the letters before it: only the root may stand there.
    pub row_broken: bool,
    /// The first letter of what was taken off.
    pub first: Option<char>,
    /// The last suffix has swallowed the root's last letter.
    pub fused: bool,
    pub weight: i32,
    pub cost: i32,
    pub count: i32,
}

/// The best stem so far.
pub(super) struct Best<'s> {
    pub score: i32,
    /// How many letters of the word are the stem.
    pub keep: usize,
    /// The dictionary form of a listed root.
    pub key: Option<&'s str>,
}

/// The tables that a search reads.
pub(super) struct Tables {
    pub chain: Chain,
    pub lexicon: Lexicon,
    pub noun: States,
    pub verb: States,
    /// States that a word may end in.
    pub last: States,
}

impl Tables {
    /// Searches on from a stem that ends before letter `end`, where `states` are the states it may be in.
    pub fn search<'s>(&'s self, word: &Word<'_>, end: usize, states: States, step: Step, best: &mut Best<'s>) {
        self.judge_listed(word, end, states, step, best);
        self.judge_unlisted(word, end, states, step, best);
        if step.row_broken || step.fused || end < 2 {
            return;
        }
        for suffix in self.chain.ending_in(word.chars[end - 1]) {
            if suffix.to & states == 0 || suffix.text.len() >= end || !word.chars[..end].ends_with(&suffix.text) {
                continue;
            }
            let start = end - suffix.text.len();
            if class(word.chars[start - 1]) & suffix.before == 0 || !suffix.may_follow(&word.chars[..start]) {
                continue;
            }
            let row_broken =
                matches!((suffix.row, last_row(word.chars[..start].iter().copied())), (Some(a), Some(b)) if a != b);
            let next = Step {
                row_broken,
                first: suffix.text.first().copied(),
                fused: suffix.fused,
                weight: step.weight + suffix.weight,
                cost: step.cost + suffix.cost,
                count: step.count + 1,
            };
            self.search(word, start, suffix.from, next, best);
        }
    }

    fn judge_listed<'s>(&'s self, word: &Word<'_>, end: usize, states: States, step: Step, best: &mut Best<'s>) {
        let length = i32::try_from(end).unwrap_or(0);
        for root in self.lexicon.readings(&word.text[..word.offsets[end]]) {
            let fits = match root.spelling {
                Spelling::Plain => !step.fused,
                Spelling::BeforeVowel => !step.fused && step.first.is_some_and(is_vowel),
                Spelling::BeforeP => !step.fused && matches!(step.first, Some('ы' | 'і')),
                Spelling::Fused => step.fused,
            };
            if !fits || root.classes & states == 0 {
                continue;
            }
            let mut score = LISTED + PER_LETTER * length - step.count - step.cost;
            if step.row_broken {
                score -= ROW_COST;
            }
            if root.classes & self.noun == 0 && step.count == 0 {
                score -= BARE_VERB_COST;
            }
            if root.classes & states & self.noun == 0 && matches!(word.chars[..end], [.., 'л' | 'д' | 'т', 'а' | 'е'])
            {
                score -= DENOMINAL_COST;
            }
            if score > best.score {
                *best = Best { score, keep: end, key: Some(&root.key) };
            }
        }
    }

    fn judge_unlisted(&self, word: &Word<'_>, end: usize, states: States, step: Step, best: &mut Best<'_>) {
        let open = states & (self.noun | self.verb);
        if step.fused || open == 0 || best.key.is_some() {
            return;
        }
        // балалы, іргелі: an adjective in -лы, no possessive of a stem in -л.
        let surface = &word.text[..word.offsets[end]];
        if matches!(step.first, Some('ы' | 'і'))
            && surface.strip_suffix('л').is_some_and(|noun| self.lexicon.is_root(noun))
        {
            return;
        }
        if let Some(score) = guess::score(&word.chars[..end], step, open & self.noun == 0)
            && score > best.score
        {
            *best = Best { score, keep: end, key: None };
        }
    }
}
