//! A name as written, taken apart: words, initials, forms of address.
//!
//! Takes a mention or a name of the roster; gives its words and initials, folded, and whose name it is as far as a title says.
//! Text in brackets or quotes, numbers and lower-case words of one letter are left out; `Мұрат ұлы` is one word.
//! Promises: never panics; looks at the first [`MOST`] words alone.
//! Knows nothing of: which word is the surname.

use super::clean::{at_capitals, is_cyrillic, is_mark, look_alike, outside_brackets};
use super::endings::{is_case, is_patronymic_ending};
use super::letters::plains;
use super::tables::{Gender, rows};
use crate::analysis::fold::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The most words and initials of a name that are looked at.
pub const MOST: usize = 12;

/// The words of a name, folded; one-letter words are initials.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// Words of two letters or more, in order.
    pub words: Vec<String>,
    /// One-letter words, in order; `Дж`, `Sh` and the like as one letter.
    pub initials: Vec<char>,
    /// What a form of address says: мырза, г-жа.
    pub gender: Option<Gender>,
    /// Titles and functions that were left out.
    pub titles: Vec<String>,
    /// For each word, how it stood.
    pub(super) marks: Vec<Mark>,
}

/// How a word stood in the mention.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// As written.
    pub written: String,
    /// In lower case among capitalised words: perhaps no name.
    pub small: bool,
    /// With a full stop: perhaps shortened.
    pub dotted: bool,
}

static TITLES: LazyLock<HashMap<String, Option<Gender>>> = LazyLock::new(|| {
    let table = rows(include_str!("../../models/names/titles.tsv"));
    table.map(|[title, gender]| (title.replace('.', ""), Gender::parse(gender))).collect()
});

/// Letters written with two signs, as initials.
const DIGRAPHS: [(&str, char); 15] = [
    ("дж", 'ж'),
    ("sh", 'ш'),
    ("zh", 'ж'),
    ("ch", 'ч'),
    ("kh", 'х'),
    ("ts", 'ц'),
    ("gh", 'г'),
    ("yu", 'ю'),
    ("ya", 'я'),
    ("ye", 'е'),
    ("yo", 'е'),
    ("iu", 'ю'),
    ("ia", 'я'),
    ("dj", 'ж'),
    ("dz", 'ж'),
];

impl Name {
    /// Reads a name as written: `Құспан Абзал`, `А.Құспан`, `депутат Гордеева И. В.`
    pub fn parse(written: &str) -> Self {
        Self::read(written, true)
    }

    /// [`Self::parse`]; with `titles` false, titles are words like others.
    pub(super) fn read(written: &str, titles: bool) -> Self {
        let mut name = Self::default();
        let bare = outside_brackets(written);
        let mut pieces = Vec::new();
        let separator = |c: char| !(c.is_alphanumeric() || is_mark(c) || matches!(c, '.' | '-' | '‑' | '\u{ad}'));
        for chunk in bare.split(separator).filter(|chunk| chunk.chars().any(char::is_alphabetic)).take(4 * MOST) {
            if !(titles && name.title(chunk)) {
                name.cut(chunk, titles, &mut pieces);
            }
        }
        let capitals = pieces.iter().any(|piece| piece.written.chars().next().is_some_and(char::is_uppercase));
        let cyrillic =
            pieces.iter().any(|piece| piece.folded.chars().count() > 1 && piece.folded.contains(is_cyrillic));
        let degree: String =
            pieces.iter().filter(|piece| piece.is_small_initial()).map(|p| p.folded.as_str()).collect();
        let degree = titles && degree.chars().count() > 2 && TITLES.contains_key(&degree);
        for piece in pieces.into_iter().take(MOST) {
            let small = capitals && piece.written.chars().all(|c| !c.is_uppercase());
            let mut letters = piece.folded.chars();
            match (letters.next(), letters.next()) {
                (Some(_), None) if small && (!piece.dotted || degree) => {}
                (Some(letter), None) => name.initials.push(if cyrillic { look_alike(letter) } else { letter }),
                (Some(_), Some(_)) => name.word(piece, small),
                (None, _) => {}
            }
        }
        name
    }

    fn word(&mut self, piece: Piece, small: bool) {
        let digraph = DIGRAPHS.iter().find(|known| known.0 == piece.folded);
        if let Some(&(signs, letter)) = digraph
            && (piece.dotted || signs.ends_with('h'))
        {
            self.initials.push(letter);
            return;
        }
        let ending = plains(&piece.folded, false).iter().any(|form| is_patronymic_ending(&form.text));
        if ending && let (Some(father), Some(mark)) = (self.words.last_mut(), self.marks.last_mut()) {
            father.push_str(&piece.folded);
            mark.written = format!("{} {}", mark.written, piece.written);
            return;
        }
        self.words.push(piece.folded);
        self.marks.push(Mark { written: piece.written, small, dotted: piece.dotted });
    }

    /// Notes `chunk` if it is a title.
    fn title(&mut self, chunk: &str) -> bool {
        let mut folded = String::new();
        fold(&chunk.replace('.', ""), &mut folded);
        let stem = || {
            let mut ends = folded.char_indices().map(|(end, _)| end).skip(4);
            ends.find_map(|end| TITLES.get(&format!("{}*", &folded[..end])))
        };
        let found = TITLES.get(&folded).or_else(|| TITLES.get(&format!("{folded}*"))).or_else(stem);
        if let Some(gender) = found {
            self.gender = self.gender.or(*gender);
            self.titles.push(chunk.trim_matches('.').to_owned());
        }
        found.is_some()
    }

    /// Cuts a chunk without spaces at its full stops, hyphens and inner capitals.
    fn cut(&mut self, chunk: &str, titles: bool, pieces: &mut Vec<Piece>) {
        let mut rest = chunk;
        while !rest.is_empty() {
            let end = rest.find('.').unwrap_or(rest.len());
            let (part, dotted) = (&rest[..end], end < rest.len());
            rest = rest.get(end + 1..).unwrap_or("");
            if dotted && !rest.is_empty() && titles && part.chars().count() > 1 && self.title(part) {
                continue;
            }
            for word in part.split(['-', '‑']).flat_map(at_capitals) {
                let mut folded = String::new();
                fold(word, &mut folded);
                folded.retain(char::is_alphanumeric);
                let case = pieces.last().is_some_and(|last| last.joined)
                    && word.starts_with(char::is_lowercase)
                    && plains(&folded, false).iter().any(|form| is_case(&form.text));
                if !case && folded.chars().any(char::is_alphabetic) {
                    pieces.push(Piece { written: word.to_owned(), folded, dotted: false, joined: true });
                }
            }
            if let Some(last) = pieces.last_mut() {
                last.dotted |= dotted;
                last.joined = false;
            }
        }
    }

    /// Sorted words and initials: equal for names that differ in order alone.
    pub fn key(&self) -> (Vec<String>, Vec<char>) {
        let (mut words, mut initials) = (self.words.clone(), self.initials.clone());
        words.sort_unstable();
        initials.sort_unstable();
        (words, initials)
    }
}

struct Piece {
    written: String,
    folded: String,
    dotted: bool,
    /// More of the same hyphenated word follows.
    joined: bool,
}

impl Piece {
    fn is_small_initial(&self) -> bool {
        self.dotted && self.folded.chars().nth(1).is_none() && self.written.chars().all(char::is_lowercase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(written: &str) -> (String, String) {
        let name = Name::parse(written);
        (name.words.join(" "), name.initials.iter().collect())
    }

    #[test]
    fn names_are_taken_apart() {
        for (written, words, initials) in [
            ("Гордеева И. В.", "гордеева", "ив"),
            ("А.Құспан", "құспан", "а"),
            ("деп.А.Құспан", "құспан", "а"),
            ("Мәжіліс депутаты Құспан Абзал", "құспан абзал", ""),
            ("г-жа Гордеева", "гордеева", ""),
            ("к.э.н. Гордеева И.В.", "гордеева", "ив"),
            ("Назаров (№6 Шымкент)", "назаров", ""),
            ("Тайлақов Серік Мұрат ұлы", "тайлақов серік мұратұлы", ""),
            ("ҚұспанАбзал", "құспан абзал", ""),
            ("Құспан-ның", "құспан", ""),
            ("Sh. Shokparbek", "shokparbek", "ш"),
            ("", "", ""),
        ] {
            assert_eq!(parts(written), (words.to_owned(), initials.to_owned()), "{written}");
        }
        assert_eq!(Name::parse("г-жа Гордеева").gender, Some(Gender::Female));
    }
}
