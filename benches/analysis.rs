//! How fast is the analysis chain, beside the parts that it is made of?
//!
//! Text: the titles and texts of `corpus/oblast-x` (Kazakh, Russian, mixed). Peers on the same text in the same run: word segmentation alone,
//! and segmentation, lower case and Snowball's Russian stemmer for every word. Each asserts its number of words, so that
//! speed is not bought with other output. Run: `cargo bench --bench analysis`.

use divan::{Bencher, counter::BytesCount};
use rust_stemmers::{Algorithm, Stemmer};
use saual::analysis::Analyzer;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/oblast-x/inquiries.jsonl");
    let rows = std::fs::read_to_string(file).expect("the corpus");
    let text = |row: &str| {
        let row: serde_json::Value = serde_json::from_str(row).expect("a row");
        format!("{}\n{}\n", row["title"].as_str().expect("a title"), row["text"].as_str().expect("a text"))
    };
    rows.lines().map(text).collect()
});

fn words() -> usize {
    TEXT.unicode_words().count()
}

fn main() {
    divan::main();
}

#[divan::bench]
fn segmentation_alone(bencher: Bencher) {
    let words = words();
    bencher.counter(BytesCount::of_str(&*TEXT)).bench(|| assert_eq!(TEXT.unicode_words().count(), words));
}

#[divan::bench]
fn snowball_russian_on_every_word(bencher: Bencher) {
    let (words, stemmer) = (words(), Stemmer::create(Algorithm::Russian));
    bencher.counter(BytesCount::of_str(&*TEXT)).bench(|| {
        let stems =
            TEXT.unicode_words().map(|word| stemmer.stem(&word.to_lowercase()).len()).filter(|len| *len > 0).count();
        assert_eq!(stems, words);
    });
}

/// A text whose words the analyzer has met: the steady state of a run, since a new word is rarer the longer it reads.
#[divan::bench]
fn saual_analyzer(bencher: Bencher) {
    let analyzer = Analyzer::default();
    let words = checked(tokens(&analyzer));
    bencher.counter(BytesCount::of_str(&*TEXT)).bench(|| assert_eq!(tokens(&analyzer), words));
}

/// The first text of an analyzer: nearly one word in four is new.
#[divan::bench]
fn saual_analyzer_at_first_sight(bencher: Bencher) {
    let words = checked(tokens(&Analyzer::default()));
    bencher
        .counter(BytesCount::of_str(&*TEXT))
        .with_inputs(Analyzer::default)
        .bench_refs(|analyzer| assert_eq!(tokens(analyzer), words));
}

fn tokens(analyzer: &Analyzer) -> usize {
    TEXT.lines().map(|line| analyzer.tokens(line, None).len()).sum()
}

/// The analyzer's number of tokens: the words, but for some cut or glued ones.
fn checked(tokens: usize) -> usize {
    let words = words();
    assert!(tokens.abs_diff(words) * 200 < words, "{tokens} tokens of {words} words");
    tokens
}
