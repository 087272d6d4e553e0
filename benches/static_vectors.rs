//! How many inquiries a second does the static tier read on one core? Bar: 20,000 texts of 150 words.
//!
//! Text: the inquiries and replies of `corpus/oblast-x`, cut into texts of 150 words. Peer in the same run: splitting the same texts at
//! white space and lower-casing each word. Processor time decides, so that other programs on the machine do not count; the best
//! of several rounds is given. Asserts that every vector has unit length and that all of them are the same in each round.
//! Run: `cargo bench --bench static_vectors`.

#![expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]

use saual::embedding::{Encoder, StaticVectors};
use std::hint::black_box;
use std::time::Duration;

const WORDS: usize = 150;
const TEXTS: usize = 2_000;
const ROUNDS: usize = 15;
const BAR: f64 = 20_000.0;

fn main() {
    let texts = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    let vectors = StaticVectors::bundled().expect("the bundled table");
    let mut out = vec![0.0; vectors.dimension()];
    let mut sums = Vec::new();
    let embed = best(|| {
        let mut sum = 0.0;
        for text in &texts {
            vectors.vector_into(black_box(text), &mut out);
            let length: f32 = out.iter().map(|x| x * x).sum();
            assert!((length - 1.0).abs() < 1e-4, "a vector of length {length}");
            sum += f64::from(out[0]);
        }
        sums.push(sum);
    });
    assert!(sums.windows(2).all(|pair| pair[0] == pair[1]), "the same texts gave other vectors");
    let peer = best(|| {
        let words: usize = texts
            .iter()
            .map(|text| text.split_whitespace().map(|w| w.to_lowercase().len().min(1)).sum::<usize>())
            .sum();
        assert_eq!(words, TEXTS * WORDS);
    });
    let speed = |time: Duration| TEXTS as f64 / time.as_secs_f64();
    println!(
        "static vectors: {:.0} texts/s, {:.1} MB/s (bar {BAR})",
        speed(embed),
        bytes as f64 / 1e6 / embed.as_secs_f64()
    );
    println!("split and lower-case alone: {:.0} texts/s", speed(peer));
    assert!(!std::env::args().any(|a| a == "--check") || speed(embed) >= BAR, "below the bar");
}

/// 2,000 texts of 150 words from the corpus, again from its start where it ends.
fn texts() -> Vec<String> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/oblast-x/inquiries.jsonl");
    let rows = std::fs::read_to_string(file).expect("the corpus");
    let mut words = Vec::new();
    for row in rows.lines() {
        let row: serde_json::Value = serde_json::from_str(row).expect("a row");
        for field in ["title", "text", "reply_text"] {
            words.extend(row[field].as_str().unwrap_or_default().split_whitespace().map(str::to_owned));
        }
    }
    let mut endless = words.iter().cycle();
    (0..TEXTS).map(|_| endless.by_ref().take(WORDS).map(String::as_str).collect::<Vec<_>>().join(" ")).collect()
}

/// The least processor time of a round.
fn best(mut round: impl FnMut()) -> Duration {
    (0..ROUNDS)
        .map(|_| {
            let start = processor_time();
            round();
            processor_time().saturating_sub(start)
        })
        .min()
        .unwrap_or_default()
}

/// Time that this thread has had on a processor, from Linux's accounting; elsewhere the clock's.
fn processor_time() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = spent.as_deref().and_then(|line| line.split(' ').next()).and_then(|n| n.parse().ok());
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
