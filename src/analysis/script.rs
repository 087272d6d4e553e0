//! Which script, and for Kazakh in other scripts which alphabet, is each word of a text in?
//!
//! Takes the words of a text in order, each looked at once by itself ([`Written`]); gives one [`Script`] for each. A Latin word is Kazakh if its neighbourhood is: where about half
//! of the Latin words around are forms of listed Kazakh roots in one alphabet. A word alone must be listed and bear a letter that
//! only the alphabet has. So English and other words stay Latin, also inside Kazakh text if their letters are not Kazakh.
//! Promises: one answer a word, deterministic, never panics. Does not know: languages of Cyrillic words (see `language`); a name
//! spelt alike in English and in Kazakh Latin goes with its neighbours.

use crate::analysis::noise::is_cyrillic;
use crate::analysis::translit::{Alphabet, Transliterator};

/// The script of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Cyrillic letters alone.
    Cyrillic,
    /// Kazakh in Latin or Arabic letters.
    Kazakh(Alphabet),
    /// Latin letters, not Kazakh.
    Latin,
    /// Arabic letters, not Kazakh.
    Arabic,
    /// Letters of more than one script: look-alikes, or endings on a foreign word.
    Mixed,
    /// No letters, or letters of another script.
    Other,
}

/// How many words of the same script on each side vote.
const NEIGHBOURS: usize = 8;
/// The share of listed words in a Kazakh neighbourhood.
const SHARE: f32 = 0.45;
/// Words of fewer letters say nothing by being listed.
const LEAST: usize = 4;

/// What one word shows in one alphabet.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    /// Every letter is of the alphabet and nothing in it is un-Kazakh.
    possible: bool,
    /// A form of a listed root, no mere name.
    listed: bool,
    /// Has a letter that tells the alphabet from the others.
    marked: bool,
}

/// The alphabets that a Latin word, and that an Arabic word may be written in.
const LATIN: [Alphabet; 3] = [Alphabet::Latin2018, Alphabet::Latin2021, Alphabet::Ascii];
const ARABIC: [Alphabet; 1] = [Alphabet::Arabic];

/// A word by itself: its letters' script and what it shows in each alphabet of that script.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    script: Script,
    letters: usize,
    evidence: [Evidence; LATIN.len()],
}

impl Written {
    /// Looks at `word`.
    pub fn read(word: &str, transliterator: &Transliterator) -> Self {
        let script = of_letters(word);
        let mut shown = [Evidence::default(); LATIN.len()];
        for (place, alphabet) in alphabets(script).iter().enumerate() {
            shown[place] = evidence(word, *alphabet, transliterator);
        }
        Self { script, letters: letters(word), evidence: shown }
    }
}

fn alphabets(script: Script) -> &'static [Alphabet] {
    match script {
        Script::Latin => &LATIN,
        Script::Arabic => &ARABIC,
        _ => &[],
    }
}

/// Letters alone: the script of a word with no word around it. Latin and Arabic words are not yet Kazakh or other.
pub fn of_letters(word: &str) -> Script {
    let (mut cyrillic, mut latin, mut arabic, mut other) = (false, false, false, false);
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        match c {
            _ if is_cyrillic(c) => cyrillic = true,
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'ə' => latin = true,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => arabic = true,
            _ => other = true,
        }
    }
    match (cyrillic, latin, arabic, other) {
        (true, false, false, false) => Script::Cyrillic,
        (false, true, false, false) => Script::Latin,
        (false, false, true, false) => Script::Arabic,
        (false, false, false, _) => Script::Other,
        _ => Script::Mixed,
    }
}

/// The script of every word of a text, in order.
pub fn of_words(words: &[Written]) -> Vec<Script> {
    let mut out: Vec<Script> = words.iter().map(|word| word.script).collect();
    settle(words, Script::Latin, &mut out);
    settle(words, Script::Arabic, &mut out);
    out
}

/// Makes words of `script` Kazakh where their neighbourhood is.
fn settle(words: &[Written], script: Script, out: &mut [Script]) {
    let places: Vec<usize> = (0..words.len()).filter(|at| words[*at].script == script).collect();
    let alone = places.len() < words.len();
    for (nth, at) in places.iter().enumerate() {
        let near = nth.saturating_sub(NEIGHBOURS)..(nth + NEIGHBOURS + 1).min(places.len());
        let near: Vec<&Written> = places[near].iter().map(|at| &words[*at]).collect();
        let votes = alphabets(script).iter().enumerate().filter_map(|(place, alphabet)| {
            let own = words[*at].evidence[place];
            let long = |word: &&&Written| word.letters >= LEAST;
            let all = near.iter().filter(long).count();
            let listed = near.iter().filter(long).filter(|word| word.evidence[place].listed).count();
            let marks = |word: &&&Written| word.evidence[place].marked && word.evidence[place].possible;
            let marked = near.iter().filter(marks).count();
            let share = share(listed, all);
            // Two listed words make a neighbourhood; one does if it bears the alphabet's own letters, or is the whole text.
            let enough = listed > 1 || listed == 1 && (marked > 0 || all == 1 && !alone);
            let own_word = own.listed && own.marked && words[*at].letters > LEAST;
            (own.possible && (share >= SHARE && enough || own_word)).then_some((marked, listed, *alphabet))
        });
        // The alphabet with the most letters of its own, then with the most words, then the first.
        let best = votes.reduce(|best, next| if (next.0, next.1) > (best.0, best.1) { next } else { best });
        if let Some((_, _, alphabet)) = best {
            out[*at] = Script::Kazakh(alphabet);
        }
    }
}

fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphabetic()).count()
}

fn evidence(word: &str, alphabet: Alphabet, transliterator: &Transliterator) -> Evidence {
    let lower = word.to_lowercase();
    if alphabet != Alphabet::Arabic && foreign(&lower, alphabet) {
        return Evidence::default();
    }
    let Some(cyrillic) = transliterator.to_cyrillic(&lower, alphabet) else { return Evidence::default() };
    let lexicon = transliterator.lexicon();
    let long = letters(&cyrillic) >= LEAST;
    let listed = strong(&lower, alphabet)
        || long
            && lexicon.analyse(&cyrillic).is_some_and(|found| found.exact && !found.name && found.letters >= LEAST - 2);
    Evidence { possible: true, listed, marked: lower.chars().any(|c| marks(alphabet).contains(&c)) }
}

/// Letters that the alphabet has and the others of its script lack.
fn marks(alphabet: Alphabet) -> &'static [char] {
    match alphabet {
        Alphabet::Latin2018 => &['á', 'ǵ', 'ń', 'ó', 'ú', 'ý'],
        Alphabet::Latin2021 => &['ä', 'ğ', 'ñ', 'ö', 'ū', 'ü', 'ş'],
        Alphabet::Ascii => &[],
        Alphabet::Arabic => &['ٴ', 'ۆ', 'ڭ', 'ە'],
    }
}

/// Letters that together no other language in Latin letters has.
fn strong(lower: &str, alphabet: Alphabet) -> bool {
    let has = |any: &[char]| lower.contains(any);
    match alphabet {
        Alphabet::Latin2018 => has(&['ǵ']) || has(&['q', 'ı']) && has(marks(alphabet)),
        Alphabet::Latin2021 => {
            has(&['ū']) || has(&['q']) && has(marks(alphabet)) || has(&['ä']) && has(&['ğ', 'ı', 'ş', 'ñ'])
        }
        Alphabet::Ascii | Alphabet::Arabic => false,
    }
}

/// Letters and groups that no Kazakh word of the alphabet has.
fn foreign(lower: &str, alphabet: Alphabet) -> bool {
    const GROUPS: [&str; 12] = ["th", "ck", "ee", "oo", "ou", "ea", "igh", "qu", "wh", "ph", "sz", "sch"];
    let single = |c: char| match c {
        'w' | 'x' => alphabet != Alphabet::Ascii,
        _ => false,
    };
    let bare_c = lower.char_indices().any(|(at, c)| c == 'c' && !lower[at + 1..].starts_with('h'));
    bare_c || lower.chars().any(single) || GROUPS.iter().any(|group| lower.contains(group))
}

/// `part` of `all`, as a share; nothing of nothing is nothing.
#[expect(clippy::cast_precision_loss, reason = "a few neighbours")]
fn share(part: usize, all: usize) -> f32 {
    part as f32 / all.max(1) as f32
}
