//! The search for a root under a chain of suffixes, in the weaker alphabet, right to left.
//!
//! Takes a token as key letters with the letters they came from; gives the best listed root, or else the best cut of an
//! unlisted word. A longer root beats a shorter one; among roots of one skeleton the token's own special letters decide, then
//! the row that an а or е of the suffixes shows.

use super::chain::Suffix;
use super::cost::{REFUSED, is_loan, letters_cost, may_end, shown_row};
use super::sound::{Row, class, is_vowel, last_row, loan_row};
use super::{Lexicon, MAX_LETTERS, Reading, Spelling, Typing};
use crate::analysis::noise::is_special;
use crate::analysis::stem::kazakh::morphotactics::States;

/// Weights of table rows count less than anything else: scores are in this many parts.
const PART: i32 = 16;
const LISTED: i32 = 10_000;
const PER_LETTER: i32 = 10;
const ROW_COST: i32 = 15;
const DENOMINAL_COST: i32 = 25;
const BARE_VERB_COST: i32 = 15;
/// A letter that the suffix shares with what is before it: a double letter of the clean spelling.
const SHARED_COST: i32 = 14;
/// An н where the suffix has ң, in a text that has Kazakh letters.
const NASAL_COST: i32 = 22;
/// A letter that is double in the token or in the root alone.
const DOUBLE_COST: i32 = 12;
/// The likelier of two roots of one skeleton, in a text without Kazakh letters.
const TWIN_GAIN: i32 = 6;
/// An і of an ending typed as ы.
const YERY_COST: i32 = 6;
/// Roots of so few letters keep their row and their double letters.
const SHORT: usize = 3;
/// The same in the genitive, in a text that has none.
const GENITIVE_COST: i32 = 4;
/// Score of an unlisted word that is not cut, and the fewest letters of one that is.
const UNCUT: i32 = 100;
const LEAST: usize = 3;
/// How many suffixes one word takes at most.
const MOST: usize = 8;

/// A token as the search reads it.
pub(super) struct Word<'l> {
    pub keys: [char; MAX_LETTERS],
    pub source: [char; MAX_LETTERS],
    pub length: usize,
    /// The readings of the first letters as a root, by their number.
    readings: [&'l [Reading]; MAX_LETTERS + 1],
    /// The fewest first letters that are a root.
    shortest: usize,
    doubles: u64,
    pub typing: Typing,
    /// Some letter is one that only Kazakh has, so a plain letter is more likely meant.
    special: bool,
    /// Unlisted cuts are not asked for.
    pub listed_only: bool,
}

impl<'l> Word<'l> {
    /// `None` for an empty token or one that is too long.
    pub fn new(folded: &str, lexicon: &'l Lexicon) -> Option<Self> {
        let (mut keys, mut source) = ([' '; MAX_LETTERS], [' '; MAX_LETTERS]);
        let (length, doubles) =
            lexicon.letters.align(folded, &mut keys, &mut source).filter(|aligned| aligned.0 > 0)?;
        let special = source[..length].iter().any(|c| is_special(*c) && *c != 'і');
        let mut readings: [&[Reading]; MAX_LETTERS + 1] = [&[]; MAX_LETTERS + 1];
        let mut shortest = length + 1;
        for end in (1..=length).rev() {
            if let Some(list) = lexicon.readings.get(&keys[..end]) {
                readings[end] = list;
                shortest = end;
            }
        }
        Some(Self {
            keys,
            source,
            length,
            readings,
            shortest,
            doubles,
            typing: Typing::Kazakh,
            special,
            listed_only: false,
        })
    }
}

/// What was taken off so far.
#[derive(Clone, Copy, Default)]
pub(super) struct Step<'s> {
    /// The row that the innermost suffix with an а or е shows.
    pub row: Option<Row>,
    /// The row that other letters of it show, if its own vowels do not.
    hint: Option<Row>,
    /// First key letter of what was taken off.
    first: Option<char>,
    fused: bool,
    /// Some ending has ы, which is oftener ы than і.
    yery: bool,
    /// The key letter that the innermost suffix shares with what is before it.
    shared: Option<char>,
    /// The token has that letter once only.
    undoubled: bool,
    weight: i32,
    cost: i32,
    count: usize,
    pub path: [Option<&'s Suffix>; MOST],
}

/// Whether a stem ends in two consonants, the last one being `last`: the only stems whose last letter an ending shares, туристер.
fn ends_in_two(stem: &str, last: char) -> bool {
    let mut letters = stem.chars().rev();
    letters.next() == Some(last) && letters.next().is_some_and(|before| !is_vowel(before))
}

/// The best so far.
pub(super) struct Best<'s> {
    pub score: i32,
    /// How many key letters are the stem.
    pub keep: usize,
    pub reading: Option<&'s Reading>,
    /// The row that the suffixes show.
    pub row: Option<Row>,
    /// The token has the letter once that ends the stem and begins its endings.
    pub undoubled: bool,
    pub path: [Option<&'s Suffix>; MOST],
}

impl Best<'_> {
    /// Appends the suffixes that were taken off, clean, to a clean stem.
    pub fn spell_endings(&self, out: &mut String) {
        for (nth, suffix) in self.path.iter().rev().flatten().enumerate() {
            // Nouns in -ия are of the back row whatever is before it.
            let own = || if out.ends_with('я') { Some(Row::Back) } else { last_row(out.chars()) };
            let row = self.row.or_else(own).or_else(|| loan_row(out.chars())).unwrap_or(Row::Back);
            let spelt = &suffix.spellings[usize::from(row == Row::Front)];
            let once = spelt.chars().next().filter(|c| nth == 0 && self.undoubled && ends_in_two(out, *c));
            out.push_str(&spelt[once.map_or(0, char::len_utf8)..]);
        }
    }
}

impl Lexicon {
    pub(super) fn search<'s>(
        &'s self,
        word: &Word<'s>,
        end: usize,
        states: States,
        step: Step<'s>,
        best: &mut Best<'s>,
    ) {
        self.judge_listed(word, end, states, step, best);
        self.judge_unlisted(word, end, states, step, best);
        let hopeless = word.listed_only || best.reading.is_some();
        if step.fused || end < 2 || step.count == MOST || hopeless && end <= word.shortest {
            return;
        }
        for suffix in self.chain.ending_in(word.keys[end - 1]) {
            let size = suffix.keys.len();
            if suffix.to & states == 0 || size >= end || !word.keys[..end].ends_with(&suffix.keys) {
                continue;
            }
            if !suffix.may_follow(&word.keys[..end - size]) {
                continue;
            }
            if matches!((suffix.row, step.row), (Some(a), Some(b)) if a != b) {
                continue;
            }
            let start = end - size;
            if suffix.glide && matches!(word.source[start], 'ы' | 'і') {
                continue;
            }
            let mut next = Step {
                row: suffix.row.or(step.row),
                hint: shown_row(&word.source[start..end], &suffix.spellings[0], word.typing).or(step.hint),
                first: suffix.keys.first().copied(),
                fused: suffix.fused,
                shared: None,
                undoubled: false,
                yery: step.yery || word.source[start..end].contains(&'ы'),
                weight: step.weight + suffix.weight,
                cost: step.cost + suffix.cost,
                count: step.count + 1,
                path: step.path,
            };
            next.path[step.count] = Some(suffix);
            next.cost += match suffix.velar_nasal.map(|at| word.source[start + at]) {
                Some('н') if word.typing == Typing::Kazakh || !suffix.genitive => NASAL_COST,
                Some('н') => GENITIVE_COST,
                None if word.source[start..end].contains(&'ң') => continue,
                _ => 0,
            };
            if class(word.keys[start - 1]) & suffix.before != 0 {
                self.search(word, start, suffix.from, next, best);
            }
            // құжаттар has one т in the skeleton: it is the root's and the suffix's.
            let double = word.doubles >> start & 1 == 1;
            // Of vowels only й and ы meet: қой-ын.
            let meet = word.keys[start] != 'и' || !suffix.glide && matches!(word.source[start], 'й' | 'и');
            if !suffix.fused
                && meet
                && (double || size > 1 && !suffix.builds)
                && class(word.keys[start]) & suffix.before != 0
            {
                next.shared = Some(word.keys[start]);
                next.undoubled = !double;
                next.cost += if double { 0 } else { SHARED_COST };
                self.search(word, start + 1, suffix.from, next, best);
            }
        }
    }

    fn judge_listed<'s>(&'s self, word: &Word<'s>, end: usize, states: States, step: Step<'s>, best: &mut Best<'s>) {
        let readings = word.readings[end];
        if readings.is_empty() {
            return;
        }
        let length = i32::try_from(end).unwrap_or(0);
        let count = i32::try_from(step.count).unwrap_or(0);
        for reading in readings {
            let fits = match reading.spelling {
                Spelling::Plain => !step.fused,
                Spelling::BeforeVowel => !step.fused && step.first.is_some_and(is_vowel),
                Spelling::BeforeP => !step.fused && step.first == Some('и'),
                Spelling::Fused => step.fused,
                Spelling::Form => step.count == 0,
            };
            let meet = step.shared != Some('и') || reading.letters.last() == Some(&'й');
            if !fits || !meet || step.undoubled && end <= SHORT || reading.classes & states == 0 {
                continue;
            }
            let mut score = LISTED + PER_LETTER * length - count - step.cost;
            let letters = letters_cost(&word.source[..end], &reading.letters, word.special, word.typing);
            if letters >= REFUSED {
                continue;
            }
            score -= letters;
            // The last letter of the root may be double by the suffix.
            let inner = (1_u64 << (end - 1)) - 1;
            let doubles = (word.doubles ^ reading.doubles) & inner;
            if doubles != 0 && end <= SHORT {
                continue;
            }
            score -= DOUBLE_COST * i32::try_from(doubles.count_ones()).unwrap_or(0);
            let row = step.row.or(step.hint);
            if matches!((row, reading.row), (Some(a), Some(b)) if a != b) {
                if end <= SHORT {
                    continue;
                }
                score -= ROW_COST;
            }
            if word.typing != Typing::Kazakh {
                if step.yery && reading.row == Some(Row::Front) {
                    score -= YERY_COST;
                }
                score += TWIN_GAIN * reading.rank;
            }
            let verbal = reading.classes & states & self.noun == 0;
            if verbal && step.count == 0 {
                score -= BARE_VERB_COST;
            }
            if verbal && matches!(word.keys[..end], [.., 'л' | 'д' | 'т', 'а' | 'е']) {
                score -= DENOMINAL_COST;
            }
            let score = score * PART + step.weight.clamp(-PART, PART);
            if score > best.score {
                let (row, undoubled, path) = (step.row.or(step.hint), step.undoubled, step.path);
                *best = Best { score, keep: end, reading: Some(reading), row, undoubled, path };
            }
        }
    }

    fn judge_unlisted<'s>(&'s self, word: &Word<'s>, end: usize, states: States, step: Step<'s>, best: &mut Best<'s>) {
        let stem = &word.keys[..end];
        if word.listed_only
            || step.fused
            || step.shared == Some('и')
            || best.reading.is_some()
            || states & (self.noun | self.verb) == 0
        {
            return;
        }
        if step.count > 0 && (end < LEAST || !stem.iter().copied().any(is_vowel)) {
            return;
        }
        if step.first.is_some_and(is_vowel)
            && matches!(stem, [.., a, b] if !is_vowel(*a) && !is_vowel(*b) && !may_end(*a, *b))
            && !stem.iter().copied().any(is_loan)
        {
            return;
        }
        let score = if step.count == 0 { UNCUT } else { UNCUT - 1 + step.weight - i32::from(end == LEAST) };
        if score > best.score {
            let (row, undoubled, path) = (step.row.or(step.hint), step.undoubled, step.path);
            *best = Best { score, keep: end, reading: None, row, undoubled, path };
        }
    }
}
