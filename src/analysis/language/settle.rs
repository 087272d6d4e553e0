//! The language of each word of a text from its own evidence and its neighbours', and the label of the whole.
//!
//! Takes the evidence of the words in order; gives a language for each, and one for all. Promises: the most probable
//! sequence under "people seldom change the language" (Viterbi over the classes), ties to Kazakh before Russian before
//! other; one allocation per text. Does not know clause borders or punctuation.

use super::evidence::{CLASSES, Decision, Evidence, Standing, UNITS_PER_NAT};
use super::letters::marks;
use crate::analysis::token::Language;

/// What a change of language costs, in tenths of log-odds.
const CHANGE: i32 = 50;
/// What a change between full and plain spelling of Kazakh, or between two kinds of other languages, costs.
const DRIFT: i32 = 25;
/// What speaks for a word of the language that the source declares of its text, in tenths of log-odds.
pub const DECLARED: i32 = 15;
/// What speaks against a word of another language amid Kazakh and Russian, in tenths of log-odds.
const FOREIGN: i32 = 9;
/// The same where one language must be found for all words: negative, since a text of another language has many words that could
/// be Kazakh or Russian.
const STRANGER: i32 = -2;
/// The same where the letters are found together only in Kazakh…
const KAZAKH_ALPHABET: i32 = 40;
/// …or, of Slavic languages, only in Russian (and in Kazakh typed without its own letters).
const RUSSIAN_ALPHABET: i32 = 8;
/// …and where a text of so many words has no ы at all.
const NO_YERY: i32 = -4;
const LONG: usize = 8;
/// What speaks against another language in a word with a capital letter amid its sentence: a name, which says little about the words around it.
const NAME: i32 = 40;
/// What speaks against another language in a form of a listed Kazakh or Russian word…
const LISTED: i32 = 20;
/// …which says at most so much for one…
const LISTED_MOST: i32 = 10;
/// …as a function word says no more than this.
const FUNCTION: i32 = -5;
/// What a word that no list knows says for another language…
const UNLISTED: i32 = 5;
/// …and what speaks against it where no list was asked.
const UNASKED: i32 = 5;
/// What a text of so many words that has a letter like ң or ө but none of қ, ғ, і and ұ says for another language: of 1650 Kazakh
/// sentences of five words and more, none is such.
const NO_UVULAR: [(usize, i32); 2] = [(5, 60), (3, 30)];
/// The same of one that has қ or ғ but neither і nor ұ: 2 % of Kazakh sentences of so many words.
const NO_DOTTED: [(usize, i32); 1] = [(12, 20)];
/// What a letter, or a ъ, says for another language that neither Kazakh nor Russian words have…
const NEITHER: i32 = 40;
/// …and an і in a text of so many words that has no other Kazakh letter and no ы.
const UKRAINIAN: i32 = 30;
const SOME: usize = 4;
/// In mixed text each language has at least so many words…
const MIXED_WORDS: usize = 4;
/// …one word in so many…
const MIXED_SHARE: usize = 4;
/// …and so much evidence against the other, in tenths of log-odds.
const MIXED_ODDS: i32 = 80;

/// The languages of the classes.
const LANGUAGES: [Language; CLASSES] = [Language::Kazakh, Language::Kazakh, Language::Russian, Language::Other];

fn cost(from: usize, to: usize) -> i32 {
    match from == to {
        true => 0,
        false if LANGUAGES[from] == LANGUAGES[to] => DRIFT,
        false => CHANGE,
    }
}

/// The language of each word: never [`Language::Mixed`]. `declared` is what the source says of the whole text, if anything: words that
/// could be of several languages are more likely of that one.
pub fn settle(words: &[Evidence], declared: Option<Language>) -> Vec<Language> {
    let mut before: Vec<[u8; CLASSES]> = Vec::with_capacity(words.len());
    let mut sums = [0i32; CLASSES];
    for word in words {
        let mut classes = classes(word, FOREIGN, false);
        for (class, language) in classes.iter_mut().zip(LANGUAGES) {
            *class += if declared == Some(language) { DECLARED } else { 0 };
        }
        let (mut next, mut from) = ([0i32; CLASSES], [0u8; CLASSES]);
        for to in 0..CLASSES {
            let mut best = to;
            for candidate in 0..CLASSES {
                if sums[candidate] - cost(candidate, to) > sums[best] - cost(best, to) {
                    best = candidate;
                }
            }
            from[to] = best as u8;
            next[to] = sums[best] - cost(best, to) + classes[to];
        }
        let most = next.iter().copied().max().unwrap_or(0);
        sums = next.map(|sum| sum - most);
        before.push(from);
    }
    let mut class = (0..CLASSES).rev().max_by_key(|class| sums[*class]).unwrap_or(0);
    let mut languages = vec![Language::Other; words.len()];
    for (place, from) in before.iter().enumerate().rev() {
        languages[place] = LANGUAGES[class];
        class = usize::from(from[class]);
    }
    languages
}

/// What the letters of a text together say against other languages, for each of its words.
fn by_alphabet(all: u16, words: usize) -> i32 {
    let has = |mark| all & mark != 0;
    match () {
        () if has(marks::FOREIGN) => 0,
        () if has(marks::KAZAKH) || has(marks::DOTTED) && has(marks::EASTERN) => KAZAKH_ALPHABET,
        () if has(marks::YERY) && has(marks::I) && !has(marks::DOTTED) && !has(marks::EASTERN) => RUSSIAN_ALPHABET,
        () if has(marks::CYRILLIC) && !has(marks::YERY) && words >= LONG => NO_YERY,
        () => 0,
    }
}

/// The classes of a word less what speaks against another language: the `surcharge`, and what word lists know of it.
#[inline]
fn classes(word: &Evidence, surcharge: i32, name: bool) -> [i32; CLASSES] {
    match word.standing {
        Standing::Function => word.classes(surcharge, FUNCTION),
        Standing::Listed => word.classes(surcharge + LISTED, LISTED_MOST),
        Standing::Unlisted if !name && word.marks & marks::CYRILLIC != 0 => {
            word.classes(surcharge - UNLISTED, i32::MAX)
        }
        Standing::Unlisted => word.classes(surcharge, i32::MAX),
        Standing::Unasked => word.classes(surcharge + UNASKED, i32::MAX),
    }
}

/// What letters that a whole text has or lacks say for other languages, once.
fn by_absence(all: u16, words: usize) -> i32 {
    let has = |mark| all & mark != 0;
    if has(marks::HARD) || has(marks::FOREIGN) {
        return NEITHER;
    }
    if has(marks::DOTTED) && !has(marks::EASTERN) && !has(marks::KAZAKH) && !has(marks::YERY) && words >= SOME {
        return UKRAINIAN;
    }
    if !has(marks::EASTERN) || has(marks::DOTTED) || has(marks::KAZAKH) {
        return 0;
    }
    let rule: &[(usize, i32)] = if has(marks::UVULAR) { &NO_DOTTED } else { &NO_UVULAR };
    rule.iter().find(|(least, _)| words >= *least).map_or(0, |(_, gain)| *gain)
}

/// The language of a text whose words have this evidence and these settled languages: mixed where Kazakh and Russian both hold
/// a good part of it, else the language for which all words together speak best.
pub fn label(words: &[Evidence], settled: &[Language]) -> Decision {
    let mut whole = Evidence::default();
    let is_cyrillic = |word: &Evidence| word.marks & marks::CYRILLIC != 0;
    let cyrillic = words.iter().filter(|word| is_cyrillic(word)).count() * 2 >= words.len();
    let all = words.iter().fold(0, |all, word| all | word.marks);
    let stranger = STRANGER + by_alphabet(all, words.len());
    let (mut counts, mut odds) = ([0usize; 2], [0i32; 2]);
    for (place, (word, language)) in words.iter().zip(settled).enumerate() {
        let name = place > 0 && word.marks & marks::CAPITAL != 0;
        if is_cyrillic(word) == cyrillic {
            whole.add(word.pair, classes(word, stranger + if name { NAME } else { 0 }, name));
        }
        let surplus = word.kazakh_surplus();
        match language {
            _ if name => {}
            Language::Kazakh => (counts[0], odds[0]) = (counts[0] + 1, odds[0].saturating_add(surplus)),
            Language::Russian => (counts[1], odds[1]) = (counts[1] + 1, odds[1].saturating_sub(surplus)),
            Language::Mixed | Language::Other => {}
        }
    }
    let [.., other] = &mut whole.languages;
    *other = other.saturating_add(by_absence(all, words.len()));
    let decision = whole.decide();
    let fewer = counts[0].min(counts[1]);
    let clear = fewer >= MIXED_WORDS && fewer * MIXED_SHARE >= words.len() && odds[0].min(odds[1]) >= MIXED_ODDS;
    if clear {
        let excess = (odds[0].min(odds[1]) - MIXED_ODDS) as f32 / UNITS_PER_NAT;
        return Decision { language: Language::Mixed, confidence: 1.0 / (1.0 + (-excess).exp()) };
    }
    decision
}
