//! Kazakh: the suffix chain taken off right to left, checked by sound and by a list of roots.
//!
//! Takes one lower-cased NFC token; gives the conflation key.

mod chain;
mod lexicon;
mod phonology;

use crate::analysis::stem::Depth;
use chain::{Chain, States};
use lexicon::{Lexicon, Spelling};
use phonology::{before, class, is_loan_letter, is_vowel, last_row};
use std::borrow::Cow;

/// The chain table that [`KazakhStemmer::new`] reads.
pub const CHAIN: &str = include_str!("../../../../models/stem/kazakh-chain.tsv");
/// The roots that [`KazakhStemmer::new`] reads.
pub const ROOTS: &str = include_str!("../../../../models/stem/kazakh-roots.tsv");
/// The irregular forms that [`KazakhStemmer::new`] reads.
pub const EXCEPTIONS: &str = include_str!("../../../../models/stem/kazakh-exceptions.tsv");

/// Longest word that is analysed; longer ones are their own key.
const MAX_CHARS: usize = 40;

/// Kazakh stemmer; built once, shared freely.
pub struct KazakhStemmer {
    chain: Chain,
    lexicon: Lexicon,
    noun: States,
    verb: States,
    final_states: States,
}

struct Best<'s> {
    score: i32,
    /// Characters of the word that the stem keeps.
    keep: usize,
    key: Option<&'s str>,
}

struct Word<'a> {
    text: &'a str,
    chars: &'a [char],
    offsets: &'a [usize],
}

impl KazakhStemmer {
    /// Builds it from the tables, for inflection only.
    #[must_use]
    pub fn new() -> Self {
        Self::with_depth(Depth::Inflection)
    }

    /// Builds it for a depth.
    #[must_use]
    pub fn with_depth(depth: Depth) -> Self {
        Self::from_tables(CHAIN, ROOTS, EXCEPTIONS, depth)
    }

    /// Builds it from tables of the caller's, in the formats of `models/stem/README.md`.
    #[must_use]
    pub fn from_tables(chain: &str, roots: &str, exceptions: &str, depth: Depth) -> Self {
        let mut chain = Chain::read(chain, depth);
        let lexicon = Lexicon::read(roots, exceptions, |name| chain.states(name));
        let (noun, verb, passive) = (chain.states("n"), chain.states("v"), chain.states("vo"));
        Self { chain, lexicon, noun, verb, final_states: !passive }
    }

    /// The key of `word`.
    #[must_use]
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if let Some(key) = self.lexicon.exception(word) {
            return match word.strip_prefix(key) {
                Some(rest) => Cow::Borrowed(&word[..word.len() - rest.len()]),
                None => Cow::Owned(key.to_owned()),
            };
        }
        let mut chars = ['\0'; MAX_CHARS];
        let mut offsets = [0; MAX_CHARS + 1];
        let mut length = 0;
        for (at, c) in word.char_indices() {
            if length == MAX_CHARS {
                return Cow::Borrowed(word);
            }
            chars[length] = c;
            offsets[length] = at;
            length += 1;
        }
        offsets[length] = word.len();
        let view = Word { text: word, chars: &chars[..length], offsets: &offsets[..=length] };
        let mut best = Best { score: 0, keep: length, key: None };
        self.search(
            &view,
            length,
            self.final_states,
            Step { row_broken: false, first: None, fused: false, weight: 0, cost: 0, count: 0 },
            &mut best,
        );
        match best.key {
            Some(key) if word.starts_with(key) => Cow::Borrowed(&word[..key.len()]),
            Some(key) => Cow::Owned(key.to_owned()),
            None => unvoiced(&word[..offsets[best.keep]]),
        }
    }

    fn search<'s>(&'s self, word: &Word<'_>, end: usize, states: States, step: Step, best: &mut Best<'s>) {
        self.judge(word, end, states, step, best);
        if step.row_broken || step.fused || end < 2 {
            return;
        }
        for suffix in self.chain.ending_in(word.chars[end - 1]) {
            let length = suffix.text.len();
            if suffix.to & states == 0 || length >= end || word.chars[end - length..end] != suffix.text[..] {
                continue;
            }
            let start = end - length;
            let before_class = class(word.chars[start - 1]);
            if before_class & suffix.before == 0
                || !(suffix.ends.is_empty() || suffix.ends.iter().any(|end| word.chars[..start].ends_with(end)))
            {
                continue;
            }
            let row_broken = match (suffix.row, last_row(&word.chars[..start])) {
                (Some(a), Some(b)) => a != b,
                _ => false,
            };
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

    fn judge<'s>(&'s self, word: &Word<'_>, end: usize, states: States, step: Step, best: &mut Best<'s>) {
        let surface = &word.text[..word.offsets[end]];
        let length = i32::try_from(end).unwrap_or(0);
        for root in self.lexicon.readings(surface) {
            let fits = match root.spelling {
                Spelling::Plain => !step.fused,
                Spelling::BeforeVowel => !step.fused && step.first.is_some_and(is_vowel),
                Spelling::BeforeP => !step.fused && matches!(step.first, Some('ы' | 'і')),
                Spelling::Fused => step.fused,
            };
            if !fits || root.classes & states == 0 {
                continue;
            }
            let mut score = 1000 + 10 * length - step.count - step.cost;
            // A noun in the plural or the locative before a verb in -ла of that noun.
            if root.classes & states & self.noun == 0 && matches!(word.chars[..end], [.., 'л' | 'д' | 'т', 'а' | 'е'])
            {
                score -= 25;
            }
            if step.row_broken {
                score -= 15;
            }
            // A bare verb stem is an imperative: rare in running text.
            if step.count == 0 && root.classes & self.noun == 0 {
                score -= 15;
            }
            if score > best.score {
                *best = Best { score, keep: end, key: Some(&root.key) };
            }
        }
        if step.fused || states & (self.noun | self.verb) == 0 {
            return;
        }
        if let Some(score) = guess(&word.chars[..end], step)
            && score > best.score
        {
            *best = Best { score, keep: end, key: None };
        }
    }
}

impl Default for KazakhStemmer {
    fn default() -> Self {
        Self::new()
    }
}

/// What was taken off so far, on the way from the end to the root.
#[derive(Clone, Copy)]
struct Step {
    row_broken: bool,
    first: Option<char>,
    fused: bool,
    weight: i32,
    cost: i32,
    count: i32,
}

/// How good an unlisted stem is, `None` if it can be none.
fn guess(stem: &[char], step: Step) -> Option<i32> {
    if step.count == 0 {
        return Some(100);
    }
    let vowels = stem.iter().filter(|&&c| is_vowel(c)).count();
    if stem.len() < 3 || vowels == 0 {
        return None;
    }
    let loan = stem.iter().any(|&c| is_loan_letter(c));
    if step.row_broken && !loan {
        return None;
    }
    let mut score = 99 + step.weight;
    if stem.len() < 4 {
        score -= 1;
    }
    if step.first.is_some_and(is_vowel)
        && let [.., a, b] = *stem
        && !is_vowel(a)
        && !is_vowel(b)
        && !may_end(a, b)
        && !loan
    {
        score -= 15;
    }
    Some(score)
}

/// Whether a stem may end in these two consonants before a vowel: few native pairs, some of loans.
fn may_end(a: char, b: char) -> bool {
    match b {
        'т' => matches!(a, 'р' | 'л' | 'н' | 'й' | 'с' | 'к'),
        'қ' | 'к' | 'ғ' | 'г' => matches!(a, 'р' | 'л' | 'й' | 'ң' | 'н'),
        'п' | 'б' => matches!(a, 'р' | 'л'),
        'р' => a == 'т',
        'с' => a == 'н',
        _ => false,
    }
}

/// An unlisted stem with its last letter voiceless, as it stands before a consonant.
fn unvoiced(stem: &str) -> Cow<'_, str> {
    let Some((at, last)) = stem.char_indices().next_back() else { return Cow::Borrowed(stem) };
    let last = match last {
        'б' => 'п',
        'г' => 'к',
        'ғ' => 'қ',
        _ => return Cow::Borrowed(stem),
    };
    Cow::Owned(format!("{}{last}", &stem[..at]))
}
