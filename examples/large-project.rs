//! Writes a large fictional project, for measuring what `saual run` costs: see `tests/scale.sh`.
//!
//! `cargo run --release --example large-project -- DIR INQUIRIES CLAUSES DEPUTIES`. Texts are drawn from `corpus/oblast-x`: a sentence in three comes
//! from another text of the same language, figures are drawn anew, and a long word in eight gives way to another: a form of a root of
//! `models/stem`, a term of `models/glossary`, or an invented name, each the rarer the later it stands (Zipf), so that the vocabulary grows with
//! the texts as that of real ones does (Heaps). The same arguments give the same bytes.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "draws of random numbers"
)]

use saual::evaluation::random::Random;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

const PARTIES: [&str; 3] = ["bereke", "zhana_arna", "tugan_zher"];
/// Of so many long words one gives way to another.
const EXCHANGED: usize = 8;
const LONG: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, inquiries, clauses, deputies] = arguments.as_slice() else {
        return Err("usage: large-project DIR INQUIRIES CLAUSES DEPUTIES".into());
    };
    write(Path::new(folder), inquiries.parse()?, clauses.parse()?, deputies.parse()?)
}

/// Draws of random numbers.
struct Draw(Random);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0.below(end)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// A rank below `end`, rank `r` with a probability of about `1 / r`.
    fn rank(&mut self, end: usize) -> usize {
        let share = (self.0.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        (((end as f64).powf(share)) as usize).saturating_sub(1).min(end - 1)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Words of one language that others give way to.
struct Words {
    known: Vec<String>,
    endings: &'static [&'static str],
    syllables: &'static [&'static str],
}

impl Words {
    fn kazakh() -> Result<Self, Box<dyn Error>> {
        let rows = |row: &str| row.split_once('\t').map(|(root, _)| vec![root.to_owned()]).unwrap_or_default();
        Ok(Self {
            known: table("models/stem/kazakh-roots.tsv", rows)?,
            endings: &["", "", "лар", "дың", "ға", "ды", "да", "дан", "мен", "ымыз", "лары", "ларға", "ларының"],
            syllables: &[
                "қара", "жан", "бай", "төбе", "көл", "ақ", "су", "тас", "бел", "сары", "дала", "ес", "мыр", "шоқы",
                "қай",
            ],
        })
    }

    fn russian() -> Result<Self, Box<dyn Error>> {
        let rows = |row: &str| {
            let terms = row.split('\t').nth(2).unwrap_or_default().split([';', ' ', '-']);
            terms.filter(|word| word.chars().count() >= LONG).map(str::to_owned).collect()
        };
        Ok(Self {
            known: table("models/glossary/policy-kk-ru.tsv", rows)?,
            endings: &["", "", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ский", "ского", "ской"],
            syllables: &[
                "бор", "лес", "вер", "зар", "мир", "град", "лаз", "тур", "кам", "нов", "сел", "доб", "рат", "жел",
                "пол",
            ],
        })
    }

    fn draw(&self, draw: &mut Draw) -> String {
        let ending = *draw.of(self.endings);
        if draw.one_in(3) {
            // An invented name: its rank spelled in syllables.
            let mut rank = draw.rank(200_000) + self.syllables.len();
            let mut name = String::new();
            while rank > 0 {
                name.push_str(self.syllables[rank % self.syllables.len()]);
                rank /= self.syllables.len();
            }
            return format!("{name}{ending}");
        }
        // Ranks are spread over the alphabet.
        let place = draw.rank(self.known.len()) * 7919 % self.known.len();
        format!("{}{ending}", self.known[place])
    }
}

fn table(file: &str, words: impl Fn(&str) -> Vec<String>) -> Result<Vec<String>, Box<dyn Error>> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))?;
    Ok(text.lines().filter(|row| !row.starts_with('#')).skip(1).flat_map(words).collect())
}

fn rows(file: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/oblast-x").join(file))?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(". ").map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

/// The texts of the corpus, and how they are varied.
struct Source {
    words: BTreeMap<&'static str, Words>,
    sentences: BTreeMap<String, Vec<String>>,
    draw: Draw,
}

impl Source {
    fn new(texts: &[(&str, &str)]) -> Result<Self, Box<dyn Error>> {
        let mut by_language: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (lang, text) in texts {
            by_language.entry((*lang).to_owned()).or_default().extend(sentences(text).into_iter().map(str::to_owned));
        }
        let words = BTreeMap::from([("kk", Words::kazakh()?), ("ru", Words::russian()?)]);
        Ok(Self { words, sentences: by_language, draw: Draw(Random(2026)) })
    }

    /// A text like `text`, in its language.
    fn vary(&mut self, text: &str, lang: &str, exchange_sentences: bool) -> String {
        let mut varied = Vec::new();
        for sentence in sentences(text) {
            let other = exchange_sentences && self.draw.one_in(3);
            let sentence = match self.sentences.get(lang) {
                Some(others) if other => self.draw.of(others).clone(),
                _ => sentence.to_owned(),
            };
            varied.push(self.exchange(&sentence, lang));
        }
        varied.join(" ")
    }

    fn exchange(&mut self, sentence: &str, lang: &str) -> String {
        let words = &self.words[if lang == "kk" { "kk" } else { "ru" }];
        let draw = &mut self.draw;
        let word = |word: &str| {
            let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
            if bare.chars().any(|sign| sign.is_ascii_digit()) {
                return word.chars().map(|sign| if sign.is_ascii_digit() { digit(draw) } else { sign }).collect();
            }
            if bare.chars().count() >= LONG && draw.one_in(EXCHANGED) {
                return word.replacen(bare, &words.draw(draw), 1);
            }
            word.to_owned()
        };
        sentence.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }
}

/// Not a nought, with which no figure begins.
fn digit(draw: &mut Draw) -> char {
    char::from(b'1' + draw.below(9) as u8)
}

fn write(folder: &Path, inquiries: usize, clauses: usize, deputies: usize) -> Result<(), Box<dyn Error>> {
    let (promises, asked) = (rows("promises.jsonl")?, rows("inquiries.jsonl")?);
    let texts: Vec<(&str, &str)> = asked.iter().map(|row| (field(row, "lang"), field(row, "text"))).collect();
    let mut source = Source::new(&texts)?;
    let id = |deputy: usize| format!("m{deputy:04}");
    let mut people = String::from("id,name_kk,party,faction,mandate\n");
    for deputy in 0..deputies {
        let name = source.words["kk"].draw(&mut source.draw);
        writeln!(people, "{},Депутат{deputy} {name},{1},{1},single", id(deputy), PARTIES[deputy % 3])?;
    }
    let owners: Vec<String> = (0..deputies).map(id).chain(PARTIES.map(str::to_owned)).collect();
    let mut cut = String::new();
    for number in 0..clauses {
        let row = &promises[source.draw.below(promises.len())];
        let (lang, owner) = (field(row, "lang"), &owners[number % owners.len()]);
        let text = source.vary(field(row, "text"), lang, false);
        writeln!(cut, "{}", json!({ "id": format!("{owner}-p{number}"), "owner": owner, "lang": lang, "text": text }))?;
    }
    let mut all = String::new();
    for number in 0..inquiries {
        let row = &asked[number % asked.len()];
        let lang = field(row, "lang");
        let cosigners = row["cosigners"].as_array().map_or(0, Vec::len);
        let initiator = number % deputies;
        let cosigners: Vec<String> = (1..=cosigners).map(|step| id((initiator + 7 * step) % deputies)).collect();
        let row = json!({
            "id": format!("q{number:05}"), "date": row["date"], "lang": row["lang"], "initiator": id(initiator), "cosigners": cosigners,
            "addressee": row["addressee"], "title": source.exchange(field(row, "title"), lang),
            "text": source.vary(field(row, "text"), lang, true),
        });
        writeln!(all, "{row}")?;
    }
    std::fs::create_dir_all(folder)?;
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/oblast-x");
    for file in ["monitor.toml", "parties.csv"] {
        std::fs::copy(corpus.join(file), folder.join(file))?;
    }
    std::fs::write(folder.join("people.csv"), people)?;
    std::fs::write(folder.join("promises.jsonl"), cut)?;
    std::fs::write(folder.join("inquiries.jsonl"), all)?;
    Ok(())
}
