//! How often does the nearest sentence of the other language translate a sentence? Accuracy@1 of the static vectors.
//!
//! `cargo run --release --example static-accuracy -- FILE.tsv`: a heading line, then a Kazakh and a Russian sentence a line, parted
//! by a tab. Prints plain cosine and CSLS (k = 10; Lample et al. 2018), each way and the mean, with 95 % bootstrap intervals
//! over the pairs (the candidates stay the same).

#![expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]

use saual::embedding::{Encoder, StaticVectors};
use std::process::ExitCode;

const NEIGHBOURS: usize = 10;
const DRAWS: usize = 2_000;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("static-accuracy: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("give the path of a TSV file")?;
    let file = std::fs::read_to_string(path)?;
    let rows: Vec<(&str, &str)> = file.lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
    if rows.len() < NEIGHBOURS {
        return Err("the file has too few pairs".into());
    }
    let vectors = StaticVectors::bundled()?;
    vectors.verify()?;
    let kazakh: Vec<_> = rows.iter().map(|row| vectors.vector(row.0)).collect();
    let russian: Vec<_> = rows.iter().map(|row| vectors.vector(row.1)).collect();
    let cosine: Vec<Vec<f32>> =
        kazakh.iter().map(|a| russian.iter().map(|b| a.iter().zip(b).map(|(x, y)| x * y).sum()).collect()).collect();
    println!("{} pairs, {}", rows.len(), vectors.fingerprint());
    report("plain cosine", &cosine);
    let (down, across) = (means(&cosine), means(&transposed(&cosine)));
    let adjust =
        |(row, own): (&Vec<f32>, &f32)| row.iter().zip(&across).map(|(s, other)| 2.0 * s - own - other).collect();
    let csls: Vec<Vec<f32>> = cosine.iter().zip(&down).map(adjust).collect();
    report("CSLS, k = 10", &csls);
    Ok(())
}

fn report(name: &str, scores: &[Vec<f32>]) {
    let (ahead, back) = (hits(scores), hits(&transposed(scores)));
    let both: Vec<f64> = ahead.iter().zip(&back).map(|(a, b)| f64::midpoint(*a, *b)).collect();
    for (way, hits) in [("kk -> ru", &ahead), ("ru -> kk", &back), ("mean", &both)] {
        let (low, high) = interval(hits);
        println!("{name}  {way:<8}  {:.4} [{low:.3}, {high:.3}]", mean(hits));
    }
}

/// 1 where a row's best column is its own.
fn hits(scores: &[Vec<f32>]) -> Vec<f64> {
    let best = |row: &Vec<f32>| row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|found| found.0);
    scores.iter().enumerate().map(|(i, row)| f64::from(u8::from(best(row) == Some(i)))).collect()
}

fn transposed(scores: &[Vec<f32>]) -> Vec<Vec<f32>> {
    (0..scores.len()).map(|column| scores.iter().map(|row| row[column]).collect()).collect()
}

/// The mean of each row's ten highest scores.
fn means(scores: &[Vec<f32>]) -> Vec<f32> {
    let mean = |row: &Vec<f32>| {
        let mut row = row.clone();
        row.sort_by(|a, b| b.total_cmp(a));
        row[..NEIGHBOURS].iter().sum::<f32>() / NEIGHBOURS as f32
    };
    scores.iter().map(mean).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The middle 95 % of the means of resampled pairs; the same at every run.
fn interval(hits: &[f64]) -> (f64, f64) {
    let mut state = 42_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        hits[((state >> 33) as usize * hits.len()) >> 31]
    };
    let mut means: Vec<f64> =
        (0..DRAWS).map(|_| (0..hits.len()).map(|_| draw()).sum::<f64>() / hits.len() as f64).collect();
    means.sort_by(f64::total_cmp);
    (means[DRAWS / 40], means[DRAWS - 1 - DRAWS / 40])
}
