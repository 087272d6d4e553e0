//! Learns the tables of `models/language/` from development texts and seed words.
//! `cargo run --release --example train-language -- DATA MODELS SEEDS OUT [hide-gov K] [hide-ud K]`: the last two hide fold K of 5.

#![allow(clippy::pedantic, missing_docs, reason = "a training script: counts, shares and small tables")]

mod learn;
mod sources;

use learn::{Example, train};
use saual::analysis::language::{Codes, UNITS_PER_NAT, each_gram};
use std::collections::HashMap;
use std::fmt::Write;

/// Rows kept of the table Kazakh against Russian, and of the table of the open question.
const KEPT: (usize, usize) = (9000, 10600);

/// Numbers for sequences, with how they are written and in how many words they are.
#[derive(Default)]
struct Names {
    ids: HashMap<u64, u32>,
    written: Vec<String>,
    words: Vec<f32>,
    whole_ok: Vec<bool>,
}

fn written(key: u64, letters: &HashMap<u8, char>, word: &str) -> String {
    if key >> 63 == 1 {
        return format!("_{word}_");
    }
    key.to_be_bytes().iter().skip_while(|b| **b == 0).map(|b| letters.get(b).copied().unwrap_or('_')).collect()
}

/// What a letter that a language does not have says against it.
fn priors(codes: &Codes, gram: &str) -> Option<[f32; 6]> {
    let mut letters = gram.chars();
    let code = letters.next().filter(|letter| *letter != '_').map(|letter| codes.of(letter))?;
    let letter = gram.chars().next().filter(|_| letters.next().is_none())?;
    // Kazakh, plain Kazakh, Russian, western, eastern, unknown. No Slavic language has қ, no other eastern one has і or ұ.
    match letter {
        'і' => Some([0.0, -6.0, -5.0, 0.0, -5.0, -2.5]),
        'ұ' => Some([0.0, -6.0, -5.0, -5.0, -6.0, -3.0]),
        'қ' | 'ғ' | 'ң' => Some([0.0, -6.0, -5.0, -5.0, 0.0, -1.5]),
        'ә' | 'ө' | 'ү' | 'һ' => Some([0.0, -6.0, -5.0, -5.0, 0.0, -1.0]),
        _ if codes.is_foreign(code) => Some([-8.0, -8.0, -8.0, 0.0, 0.0, -3.0]),
        _ => None,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let hide = |name: &str| {
        args.iter().position(|a| a == name).and_then(|p| args.get(p + 1)).and_then(|k| k.parse::<u64>().ok())
    };
    let samples = sources::samples(&args[0], &args[1], &args[2], hide("hide-gov"), hide("hide-ud"))?;
    let codes = Codes::default();
    let mut letters = HashMap::new();
    for letter in (1..0x700).filter_map(char::from_u32) {
        let code = codes.of(letter);
        if code != 0 && code != 255 {
            letters.entry(code).or_insert(letter);
        }
    }
    let mut names = Names::default();
    let mut examples = Vec::new();
    for sample in &samples {
        let mut features = Vec::new();
        each_gram(&codes, &sample.word, |key| {
            let id = *names.ids.entry(key).or_insert_with(|| {
                names.written.push(written(key, &letters, &sample.word));
                names.words.push(0.0);
                names.whole_ok.push(key >> 63 == 0);
                names.written.len() as u32 - 1
            });
            names.words[id as usize] += 1.0;
            if sample.frequent {
                names.whole_ok[id as usize] = true;
            }
            features.push(id);
        });
        examples.push(Example {
            features,
            classes: sample.classes,
            weight: sample.weight,
            pair_weight: sample.pair_weight,
        });
    }
    let common: Vec<bool> = (0..names.written.len())
        .map(|id| {
            let size = names.written[id].chars().count();
            names.whole_ok[id] && (names.words[id] >= 2.0 || size <= 3 || size > 5)
        })
        .collect();
    let long: Vec<bool> = names.written.iter().map(|name| name.chars().count() > 3).collect();
    let fixed: Vec<Option<[f32; 6]>> = names.written.iter().map(|name| priors(&codes, name)).collect();
    let free = vec![None; fixed.len()];
    // A word of one of the two, whatever other languages have it.
    let mut pairs: Vec<Example> = examples
        .iter()
        .filter(|e| (0b1..=0b100).contains(&(e.classes & 0b111)))
        .map(|e| Example {
            features: e.features.clone(),
            classes: if e.classes & 0b100 != 0 { 0b10 } else { 0b01 },
            pair_weight: 0.0,
            weight: e.pair_weight * if e.classes == 0b10 { 0.35 } else { 1.0 },
        })
        .collect();
    let total = |class: u8| pairs.iter().filter(|e| e.classes == class).map(|e| e.weight).sum::<f32>();
    // Kazakh a little heavier: more of its words, of few shared letters, are hard.
    let balance = 0.75 * total(0b01) / total(0b10);
    pairs.iter_mut().filter(|e| e.classes == 0b10).for_each(|e| e.weight *= balance);
    // In the open question a name says nothing about which of the two its text is in.
    for (example, sample) in examples.iter_mut().zip(&samples) {
        if sample.name {
            example.classes = 0b111;
        }
    }
    for (name, examples, classes, kept, fixed) in
        [("pair", &pairs, 2, KEPT.0, &free), ("open", &examples, 6, KEPT.1, &fixed)]
    {
        let weights = train(examples, classes, &common, fixed, &long, &names.words, kept);
        let mut rows: Vec<(String, String)> = Vec::new();
        for (id, w) in weights.iter().enumerate() {
            let mean = w[..classes].iter().sum::<f32>() / classes as f32;
            let values: Vec<f32> = if classes == 2 {
                vec![w[0] - w[1]]
            } else if fixed[id].is_some() {
                w.to_vec()
            } else {
                w[..classes].iter().map(|x| x - mean).collect()
            };
            let units: Vec<i32> =
                values.iter().map(|x| (x * UNITS_PER_NAT).round().clamp(-127.0, 127.0) as i32).collect();
            if units.iter().any(|u| u.abs() > 0) && !names.written[id].is_empty() {
                let mut cells = String::new();
                for unit in units {
                    if unit == 0 { cells.push('\t') } else { write!(cells, "\t{unit}")? }
                }
                rows.push((names.written[id].clone(), cells.trim_end_matches('\t').to_owned()));
            }
        }
        rows.sort();
        let mut text = String::from("# Made by the trainer; see README.md. Tenths of log-odds.\n");
        for (gram, cells) in rows {
            writeln!(text, "{gram}{cells}")?;
        }
        eprintln!("{name}: {} examples, {} lines, {} bytes", examples.len(), text.lines().count(), text.len());
        std::fs::write(format!("{}/{name}.tsv", args[3]), text)?;
    }
    Ok(())
}
