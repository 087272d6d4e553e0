//! Which Kazakh letters did a typist leave out of a word that no list has?
//!
//! Takes listed Kazakh words once and counts which letter follows which two, and which letters a word of each row has; gives, for letters
//! that were typed without the Kazakh alphabet, the likeliest Kazakh spelling (Viterbi over the choices of each letter). The row carries the
//! harmony over consonants, which three letters cannot. Promises: as many letters as were typed, the typed letter or one that it stands for;
//! deterministic. Does not know words: a name or a loan gets the letters that a Kazakh word would have.

use super::is_special;
use crate::analysis::stem::kazakh::phonology::{Row, is_vowel, row};
use std::collections::HashMap;

/// Before the first letter, and after the last.
const EDGE: char = '_';
/// What a letter that was never seen in its place weighs, in counts.
const UNSEEN: f32 = 0.02;
/// How much the counts of two letters add to those of three.
const BACKOFF: f32 = 4.0;
/// What it costs, in log-odds, to end in another row than the one the endings show.
const WRONG_ROW: f32 = 6.0;

/// Counts of the letters of Kazakh words.
#[derive(Debug, Clone, Default)]
pub(super) struct Respelling {
    after_two: HashMap<(char, char, char), f32>,
    after_one: HashMap<(char, char), f32>,
    in_row: HashMap<(Option<Row>, char), f32>,
    rows: HashMap<Option<Row>, f32>,
    letters: HashMap<char, f32>,
    all: f32,
}

/// The last two letters and the row so far, the log-odds, and where it came from.
#[derive(Debug, Clone, Copy)]
struct State {
    letters: [char; 2],
    row: Option<Row>,
    odds: f32,
    from: usize,
}

/// The letters that a typed one may stand for, itself first, each with the log of how often it is typed so.
fn choices(typed: char) -> &'static [(char, f32)] {
    match typed {
        'к' => &[('к', 0.0), ('қ', 0.0)],
        'г' => &[('г', 0.0), ('ғ', 0.0)],
        'н' => &[('н', 0.0), ('ң', 0.0)],
        'о' => &[('о', 0.0), ('ө', -1.0)],
        'у' => &[('у', 0.0), ('ұ', 0.0), ('ү', 0.0)],
        'х' => &[('х', 0.0), ('һ', -2.0)],
        'а' => &[('а', 0.0), ('ә', -2.0)],
        'э' => &[('э', 0.0), ('ә', -3.0)],
        'и' => &[('и', 0.0), ('і', -0.2)],
        'ы' => &[('ы', 0.0), ('і', -1.6)],
        _ => &[],
    }
}

/// Letters of loans and foreign names, which have no letter that Russian lacks.
fn is_loan_letter(c: char) -> bool {
    matches!(c, 'в' | 'ф' | 'ц' | 'щ' | 'ч' | 'ю' | 'я' | 'ь' | 'ъ')
}

/// Whether a Kazakh letter may be typed as this other one.
pub(super) fn is_typed_as(clean: char, typed: char) -> bool {
    is_special(clean) && choices(typed).iter().any(|choice| choice.0 == clean)
}

impl Respelling {
    /// Counts the letters of a correctly spelt word.
    pub(super) fn learn(&mut self, word: &str) {
        let [mut first, mut second] = [EDGE; 2];
        let mut shown = None;
        for letter in word.chars().chain([EDGE]) {
            *self.after_two.entry((first, second, letter)).or_default() += 1.0;
            *self.after_one.entry((second, letter)).or_default() += 1.0;
            *self.in_row.entry((shown, letter)).or_default() += 1.0;
            *self.rows.entry(shown).or_default() += 1.0;
            *self.letters.entry(letter).or_default() += 1.0;
            self.all += 1.0;
            shown = row(letter).or(shown);
            (first, second) = (second, letter);
        }
    }

    /// Appends to `out` the likeliest Kazakh spelling of typed letters; `ending` is the row that what follows them shows.
    pub(super) fn respell(&self, typed: &str, ending: Option<Row>, out: &mut String) {
        if typed.contains(is_loan_letter) || !typed.contains(is_vowel) {
            out.push_str(typed);
            return;
        }
        let mut columns = vec![vec![State { letters: [EDGE; 2], row: None, odds: 0.0, from: 0 }]];
        for letter in typed.chars() {
            let last = columns.last().map_or(&[][..], Vec::as_slice);
            let mut next: Vec<State> = Vec::new();
            let own = [(letter, 0.0)];
            let choices = if choices(letter).is_empty() { &own[..] } else { choices(letter) };
            for (clean, typed_so) in choices {
                for (from, state) in last.iter().enumerate() {
                    let odds = state.odds + typed_so + self.odds(state, *clean);
                    let reached =
                        State { letters: [state.letters[1], *clean], row: row(*clean).or(state.row), odds, from };
                    match next.iter_mut().find(|known| known.letters == reached.letters && known.row == reached.row) {
                        Some(known) if known.odds < odds => *known = reached,
                        Some(_) => {}
                        None => next.push(reached),
                    }
                }
            }
            columns.push(next);
        }
        let at_end = |state: &State| {
            let wrong = matches!((state.row, ending), (Some(own), Some(shown)) if own != shown);
            state.odds + self.odds(state, EDGE) - if wrong { WRONG_ROW } else { 0.0 }
        };
        let Some(last) = columns.last() else { return };
        let best = (0..last.len()).rev().max_by(|a, b| at_end(&last[*a]).total_cmp(&at_end(&last[*b])));
        let (mut at, mut letters) = (best.unwrap_or(0), Vec::new());
        for column in columns[1..].iter().rev() {
            letters.push(column[at].letters[1]);
            at = column[at].from;
        }
        out.extend(letters.iter().rev());
    }

    /// The log of how likely `letter` comes next.
    fn odds(&self, State { letters: [first, second], row, .. }: &State, letter: char) -> f32 {
        let of = |count: Option<&f32>| count.copied().unwrap_or(0.0);
        let alone = (of(self.letters.get(&letter)) + UNSEEN) / (self.all + 1.0);
        let after_one = of(self.after_one.get(&(*second, letter)));
        let after_one = (after_one + BACKOFF * alone) / (of(self.letters.get(second)) + BACKOFF);
        let pairs = of(self.after_one.get(&(*first, *second)));
        let after_two = (of(self.after_two.get(&(*first, *second, letter))) + BACKOFF * after_one) / (pairs + BACKOFF);
        let in_row = of(self.in_row.get(&(*row, letter))) + 1.0;
        let harmony = in_row / (of(self.rows.get(row)) + 1.0) / alone;
        after_two.ln() + harmony.ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::lexicon::Lexicon;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static MODEL: LazyLock<Respelling> = LazyLock::new(|| {
        let mut model = Respelling::default();
        Lexicon::default().surfaces().into_iter().for_each(|word| model.learn(word));
        model
    });

    #[test]
    fn unlisted_words_get_the_letters_of_their_row() {
        let respelt = |typed: &str| {
            let mut out = String::new();
            MODEL.respell(typed, None, &mut out);
            out
        };
        for (typed, meant) in [("мамык", "мамық"), ("динозавр", "динозавр"), ("кыстырма", "қыстырма")]
        {
            assert_eq!(respelt(typed), meant);
        }
    }

    proptest! {
        #[test]
        fn a_letter_is_kept_or_one_that_it_stands_for(typed in "[а-я]{0,12}") {
            let mut out = String::new();
            MODEL.respell(&typed, None, &mut out);
            let fits = |(typed, clean): (char, char)| typed == clean || choices(typed).iter().any(|choice| choice.0 == clean);
            prop_assert_eq!(out.chars().count(), typed.chars().count());
            prop_assert!(typed.chars().zip(out.chars()).all(fits));
        }
    }
}
