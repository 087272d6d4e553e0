//! Development data to weighted words of known language.

use std::collections::BTreeMap;

/// A word, the set of classes it may be of (bit 0 Kazakh, 1 plain Kazakh, 2 Russian, 3 western, 4 eastern, 5 no word of any), its weight, and
/// whether it is frequent enough to be learned as a whole.
pub struct Sample {
    pub word: String,
    pub classes: u8,
    pub weight: f32,
    pub pair_weight: f32,
    pub frequent: bool,
    /// A proper name: of the language whose texts have it, where it is one of the two; of both in the open question.
    pub name: bool,
}

/// The total weight of each class within a script, Kazakh having 1.
const SHARES: [f32; 6] = [1.0, 0.6, 1.0, 0.7, 0.7, 0.5];
/// Codes of seed languages of the class of western languages; the others are eastern.
const WESTERN: [&str; 16] =
    ["uk", "be", "bg", "mk", "sr", "en", "de", "fr", "es", "pl", "cs", "it", "srl", "fa", "ar", "ur"];

pub fn fold(word: &str) -> String {
    word.to_lowercase().replace('ё', "е").replace("i\u{307}", "i")
}

pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | 'ʻ' | '-' | '\u{307}'))
        .map(fold)
        .filter(|w| w.chars().any(char::is_alphabetic))
}

/// A number for folds: FNV-1a, scrambled.
pub fn fold_of(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    (hash ^ hash >> 29) % 5
}

/// Words that are none: letters drawn one after the other as `words` have them in pairs. They teach what is not Kazakh or Russian.
fn babble(words: &[&String], amount: usize) -> Vec<String> {
    let mut followers: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for word in words {
        let mut before = '^';
        for letter in word.chars().chain(['$']) {
            followers.entry(before).or_default().push(letter);
            before = letter;
        }
    }
    let mut state = 0x0bad_cafe_dead_beefu64;
    let mut out = Vec::new();
    while out.len() < amount {
        let (mut word, mut before) = (String::new(), '^');
        while let Some(next) = followers.get(&before) {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            before = next[(state >> 33) as usize % next.len()];
            if before != '$' {
                word.push(before);
            }
        }
        if (4..=14).contains(&word.chars().count()) {
            out.push(word);
        }
    }
    out
}

/// Kazakh typed without its own letters; a few write э for ә.
pub fn plain(word: &str) -> String {
    let e = if fold_of(word) == 0 { 'э' } else { 'а' };
    word.chars()
        .map(|c| match c {
            'қ' => 'к',
            'ғ' => 'г',
            'ң' => 'н',
            'ә' => e,
            'ө' => 'о',
            'ұ' | 'ү' => 'у',
            'һ' => 'х',
            'і' => 'и',
            c => c,
        })
        .collect()
}

const CYRILLIC: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі";
const SCRIPTS: [[&str; 41]; 4] = [
    // 2018: acute accents.
    [
        "a", "b", "v", "g", "d", "e", "j", "z", "ı", "ı", "k", "l", "m", "n", "o", "p", "r", "s", "t", "ý", "f", "h",
        "ts", "ch", "sh", "sh", "", "y", "", "e", "ıý", "ıa", "á", "ǵ", "q", "ń", "ó", "u", "ú", "h", "i",
    ],
    // 2021: umlauts.
    [
        "a", "b", "v", "g", "d", "e", "j", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h",
        "ts", "ç", "ş", "ş", "", "y", "", "e", "iu", "ia", "ä", "ğ", "q", "ñ", "ö", "ū", "ü", "h", "ı",
    ],
    // Passports.
    [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
        "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "a", "g", "k", "n", "o", "u", "u", "h", "i",
    ],
    // Arabic letters.
    [
        "ا", "ب", "ۆ", "گ", "د", "ە", "ج", "ز", "ي", "ي", "ك", "ل", "م", "ن", "و", "پ", "ر", "س", "ت", "ۋ", "ف", "ح",
        "تس", "چ", "ش", "شش", "", "ى", "", "ە", "يۋ", "يا", "ا", "ع", "ق", "ڭ", "و", "ۇ", "ۇ", "ھ", "ى",
    ],
];

/// A Cyrillic word in script 0 to 3.
pub fn transcribe(word: &str, script: usize) -> String {
    let mut out = String::new();
    let soft = word.contains(['ә', 'ө', 'ү', 'і']) && !word.contains(['к', 'г', 'е']);
    if script == 3 && soft {
        out.push('ٴ');
    }
    for c in word.chars() {
        match CYRILLIC.chars().position(|l| l == c) {
            Some(place) => out.push_str(SCRIPTS[script][place]),
            None => out.push(c),
        }
    }
    out
}

fn cyrillic(word: &str) -> bool {
    word.chars().all(|c| CYRILLIC.contains(c) || c == '-')
}

/// 0 Cyrillic, 1 Latin, 2 Arabic.
fn script_of(word: &str) -> usize {
    match word.chars().find(|c| c.is_alphabetic()) {
        Some('\u{400}'..='\u{52f}') => 0,
        Some('\u{600}'..='\u{6ff}') => 2,
        _ => 1,
    }
}

fn kazakh_letters(word: &str) -> bool {
    word.contains(['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'і'])
}

type Counts = BTreeMap<String, f32>;

fn lines(path: String) -> Result<Vec<Vec<String>>, std::io::Error> {
    let text = std::fs::read_to_string(&path).map_err(|e| std::io::Error::other(format!("{path}: {e}")))?;
    Ok(text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').map(str::to_owned).collect()).collect())
}

fn count(counts: &mut Counts, text: &str, by: f32, keep: impl Fn(&str) -> bool) {
    for word in words(text).filter(|w| cyrillic(w) && keep(w)) {
        *counts.entry(word).or_default() += by;
    }
}

pub fn samples(
    data: &str,
    models: &str,
    seeds: &str,
    hide_gov: Option<u64>,
    hide_ud: Option<u64>,
) -> Result<Vec<Sample>, std::io::Error> {
    let (mut kk, mut ru) = (Counts::new(), Counts::new());
    for row in lines(format!("{data}/gov-kk-ru.dev.tsv"))?.iter().skip(1) {
        if row.len() == 2 && Some(fold_of(&row[0])) != hide_gov {
            count(&mut kk, &row[0], 1.0, |_| true);
            count(&mut ru, &row[1], 1.0, |w| !kazakh_letters(w));
        }
    }
    for (counts, name, keep_kk) in [(&mut kk, "sib200-kk.train", true), (&mut ru, "sib200-ru.train", false)] {
        for row in lines(format!("{data}/{name}.tsv"))?.iter().skip(1) {
            count(counts, &row[2], 1.0, |w| keep_kk || !kazakh_letters(w));
        }
    }
    for table in ["inquiries", "promises"] {
        let text = std::fs::read_to_string(format!("{models}/../corpus/oblast-x/{table}.jsonl"))?;
        for line in text.lines() {
            let body: String = line
                .split("\"text\": \"")
                .nth(1)
                .and_then(|t| t.split("\", \"").next())
                .unwrap_or("")
                .replace("\\n", " ");
            if line.contains("\"lang\": \"kk\"") {
                count(&mut kk, &body, 1.0, |_| true);
            } else if line.contains("\"lang\": \"ru\"") {
                count(&mut ru, &body, 1.0, |w| !kazakh_letters(w));
            }
        }
    }
    for row in lines(format!("{seeds}/pair.tsv"))? {
        let counts = if row[0] == "kk" { &mut kk } else { &mut ru };
        count(counts, row.get(1).map_or("", String::as_str), 2.0, |_| true);
    }
    let mut names = (Counts::new(), Counts::new());
    for row in lines(format!("{seeds}/names.tsv"))? {
        let counts = if row[0] == "kk" { &mut names.0 } else { &mut names.1 };
        count(counts, row.get(1).map_or("", String::as_str), 0.5, |_| true);
    }
    let mut hidden = std::collections::BTreeSet::new();
    let mut hidden_lemmas = std::collections::BTreeSet::new();
    let mut proper: std::collections::BTreeSet<String> = names.0.keys().chain(names.1.keys()).cloned().collect();
    for (counts, name) in [(&mut kk, "ud-kazakh-ktb.dev"), (&mut ru, "ud-russian-gsd.dev")] {
        for row in lines(format!("{data}/{name}.tsv"))?.iter().skip(1) {
            let lemma = row[1].split([' ', ',', '|']).next().unwrap_or("").to_owned();
            if Some(fold_of(&lemma)) == hide_ud {
                hidden.insert(fold(&row[0]));
                hidden_lemmas.insert(fold(&lemma));
            } else {
                count(counts, &row[0], row[3].parse().unwrap_or(1.0), |_| true);
                if row[2] == "PROPN" {
                    proper.insert(fold(&row[0]));
                }
            }
        }
    }
    // Of the lemmas of a hidden fold the tables keep this share in fifths, as they would know some words of any text.
    let tables = 5 - std::env::var("TABLES").ok().and_then(|share| share.parse().ok()).unwrap_or(0).min(5);
    // Names are learned from other texts; those of a hidden fold are hidden here too.
    for (counts, names) in [(&mut kk, names.0), (&mut ru, names.1)] {
        for (name, by) in names.into_iter().filter(|(name, _)| !hidden_lemmas.contains(name)) {
            *counts.entry(name).or_default() += by;
        }
    }
    for (russian, path, columns, by) in [
        (false, "stem/kazakh-roots.tsv", 0..1, 4.0),
        (false, "stopwords/kk.txt", 0..1, 4.0),
        (false, "stopwords/parliament-kk.txt", 0..1, 2.0),
        (true, "stopwords/ru.txt", 0..1, 4.0),
        (true, "stopwords/parliament-ru.txt", 0..1, 2.0),
        (true, "stem/russian-exceptions.tsv", 0..1, 4.0),
        (true, "stem/russian-verbs.tsv", 0..3, 0.7),
        (false, "glossary/policy-kk-ru.tsv", 1..2, 1.0),
        (true, "glossary/policy-kk-ru.tsv", 2..3, 1.0),
    ] {
        let counts = if russian { &mut ru } else { &mut kk };
        for row in lines(format!("{models}/{path}"))? {
            let name = row.get(1).is_some_and(|class| class == "np");
            for cell in row.get(columns.clone()).unwrap_or(&[]) {
                count(counts, cell, by, |w| {
                    !name && (!hidden_lemmas.contains(w) || w.bytes().map(u64::from).sum::<u64>() % 5 >= tables)
                });
            }
        }
    }
    if hide_ud.is_some() && std::env::var("STRICT").is_ok() {
        // As on unseen words, but honest: forms and lemmas of the hidden fold are taken out of all sources.
        for counts in [&mut kk, &mut ru] {
            counts.retain(|word, _| !hidden.contains(word) && !hidden_lemmas.contains(word));
        }
    }
    let mut classes: [BTreeMap<String, (u8, f32)>; 3] = Default::default();
    let mut add = |script: usize, word: String, bit: u8, count: f32| {
        let entry = classes[script].entry(word).or_default();
        entry.0 |= 1 << bit;
        entry.1 = entry.1.max(count);
    };
    for (word, n) in &kk {
        add(0, word.clone(), 0, *n);
        add(0, plain(word), 1, *n);
        for (script, bit) in [(0, 0), (1, 0), (2, 1)] {
            add(1, transcribe(word, script), bit, *n);
        }
        add(2, transcribe(word, 3), 0, *n);
    }
    for (word, n) in &ru {
        add(0, word.clone(), 2, *n);
        if fold_of(word) == 1 {
            add(1, transcribe(word, 2), 3, 0.3);
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for name in ["cyrillic-turkic", "cyrillic-slavic", "latin", "arabic", "declaration"] {
        for row in lines(format!("{seeds}/{name}.tsv"))? {
            let class = if WESTERN.contains(&row[0].as_str()) { 3 } else { 4 };
            for (place, word) in words(row.get(1).map_or("", String::as_str)).enumerate() {
                let often = if place < 60 && seen.insert((name, row[0].clone(), place)) { 40.0 } else { 6.0 };
                add(script_of(&word), word, class, often);
            }
        }
    }
    for script in &mut classes {
        for bit in 0..3 {
            let real: Vec<&String> = script.iter().filter(|e| e.1.0 >> bit & 1 == 1).map(|e| e.0).collect();
            if real.len() > 1000 {
                for word in babble(&real, 8000) {
                    script.entry(word).or_insert((1 << 5, 1.0));
                }
            }
        }
    }
    let mut samples = Vec::new();
    for script in classes {
        let power = 0.4;
        let amount = |(set, n): (u8, f32)| n.max(0.5).powf(power) / set.count_ones() as f32;
        let mut totals = [0f32; 6];
        for entry in script.values() {
            (0..6).filter(|c| entry.0 >> c & 1 == 1).for_each(|c| totals[c] += amount(*entry));
        }
        let all: f32 = totals.iter().sum();
        for (word, entry) in script {
            let name = entry.0 & 0b111000 == 0 && proper.contains(&word);
            let shares: f32 = (0..6).filter(|c| entry.0 >> c & 1 == 1).map(|c| SHARES[c] * all / totals[c] / 4.0).sum();
            let weight = (amount(entry) * shares / entry.0.count_ones() as f32).min(25.0);
            samples.push(Sample {
                word,
                classes: entry.0,
                weight,
                pair_weight: 1.0 + entry.1.ln_1p(),
                frequent: entry.1 >= 4.0,
                name,
            });
        }
    }
    Ok(samples)
}
