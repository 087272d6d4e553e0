//! Are an inquiry and a clause both like the same example promises?
//!
//! Takes readings; gives for each clause, and for an inquiry, the shares that bundled examples have in it: promises, each with what asks for it in
//! other words, in both languages. Two texts agree as far as the same examples have a share in both (explicit semantic analysis: Gabrilovich &
//! Markovitch 2007; agreement is Bhattacharyya's coefficient). Word vectors are the static ones, whichever encoder reads whole texts.
//! Promises: agreement runs from 0 to 1; deterministic. Does not know: who promised, or what was asked of whom.

use super::meaning::{Means, View, centred, dot, shares};
use super::reading::Reading;
use super::statistics::sample;
use crate::embedding::{EmbeddingError, StaticVectors};
use crate::ingest::TextLanguage;
use crate::{Error, Result};
use rayon::prelude::*;
use serde::Deserialize;

const FILE: &str = "models/linking/examples.jsonl";
const TABLE: &str = include_str!("../../models/linking/examples.jsonl");
/// So many examples stand for texts of their kind where a project has few.
const BACKGROUND: usize = 40;

/// The shares that the examples have in the clauses of one project.
#[derive(Debug)]
pub struct Examples {
    vectors: StaticVectors,
    /// Of unit length.
    centred: Vec<Vec<f32>>,
    /// What inquiries have in common.
    inquiry: Means,
    clauses: Vec<Vec<f32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// Of the table of subjects.
    #[cfg_attr(not(test), expect(dead_code, reason = "names the line"))]
    subject: String,
    promise: Text,
    asks: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    lang: TextLanguage,
    text: String,
}

impl Examples {
    /// Reads the examples and the clauses.
    ///
    /// # Errors
    /// [`Error::Embedding`] for damaged word vectors; [`Error::Model`] for a faulty table, for which a test stands.
    pub fn new(clauses: &[Reading], inquiries: &[Reading]) -> Result<Self> {
        let vectors = StaticVectors::bundled().map_err(EmbeddingError::from)?;
        let row = |(number, line): (usize, &str)| {
            serde_json::from_str(line).map_err(|error| Error::model(format!("{FILE}:{}", number + 1), error))
        };
        let rows: Vec<Row> = TABLE.lines().enumerate().map(row).collect::<Result<_>>()?;
        let view = |text: &Text| View {
            vector: vectors.vector(&text.text).into(),
            kazakh: if text.lang == TextLanguage::Kazakh { 1.0 } else { 0.0 },
        };
        let read = |row: &Row| (view(&row.promise), row.asks.iter().map(view).collect::<Vec<_>>());
        let read: Vec<(View, Vec<View>)> = rows.par_iter().map(read).collect();
        let promises = || read.iter().map(|(promise, _)| promise);
        let asks = || read.iter().flat_map(|(_, asks)| asks);
        let (promise_means, ask_means) = (Means::of(promises()), Means::of(asks()));
        let example = |(promise, asks): &(View, Vec<View>)| {
            let asked = asks.iter().map(|ask| ask_means.without(ask)).reduce(sum).unwrap_or_default();
            centred(&sum(centred(&asked, &[]), promise_means.without(promise)), &[])
        };
        let examples: Vec<Vec<f32>> = read.iter().map(example).collect();
        let every = read.len().div_ceil(BACKGROUND).max(1);
        let of =
            |reading: &Reading, focus| View { vector: text(&vectors, reading, focus).into(), kazakh: reading.kazakh };
        let clauses: Vec<View> = clauses.par_iter().map(|reading| of(reading, false)).collect();
        let clause_means = Means::of(promises().step_by(every).chain(&clauses));
        let met: Vec<View> =
            sample(inquiries.len()).into_par_iter().map(|place| of(&inquiries[place], false)).collect();
        let inquiry = Means::of(asks().step_by(every).chain(&met));
        let clauses = clauses.par_iter().map(|clause| shares(&clause_means.without(clause), &examples)).collect();
        Ok(Self { vectors, centred: examples, inquiry, clauses })
    }

    /// The shares of the examples in an inquiry; with `focus` in its title and ask alone.
    pub fn met(&self, inquiry: &Reading, focus: bool) -> Vec<f32> {
        let view = View { vector: text(&self.vectors, inquiry, focus).into(), kazakh: inquiry.kazakh };
        shares(&self.inquiry.without(&view), &self.centred)
    }

    /// How far a clause, by its place, has the shares of `met`.
    pub fn agreement(&self, clause: usize, met: &[f32]) -> f64 {
        self.clauses.get(clause).map_or(0.0, |clause| dot(clause, met))
    }
}

/// The vector of a text's words; with `focus` of those in its title and ask alone.
fn text(vectors: &StaticVectors, reading: &Reading, focus: bool) -> Vec<f32> {
    let words = reading.tokens.iter().zip(&reading.focus).filter(|(_, in_focus)| !focus || **in_focus);
    vectors.vector(&words.map(|(token, _)| &*token.folded).collect::<Vec<_>>().join(" "))
}

fn sum(mut a: Vec<f32>, b: Vec<f32>) -> Vec<f32> {
    a.resize(a.len().max(b.len()), 0.0);
    a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    a
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reader;
    use super::*;
    use crate::analysis::{Analyzer, Gazetteer, Glossary};
    use crate::topics::Taxonomy;
    use std::collections::BTreeMap;

    #[test]
    fn every_fine_subject_has_ten_examples_in_both_languages() {
        let rows: Vec<Row> = TABLE.lines().map(|line| serde_json::from_str(line).expect(FILE)).collect();
        let mut subjects: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &rows {
            *subjects.entry(&row.subject).or_default() += 1;
            let asks: Vec<TextLanguage> = row.asks.iter().map(|ask| ask.lang).collect();
            assert_eq!(asks, [TextLanguage::Kazakh, TextLanguage::Russian], "{}", row.promise.text);
        }
        let known = include_str!("../../models/linking/subjects.tsv").lines().filter(|line| !line.starts_with('#'));
        let known: Vec<&str> = known.skip(1).filter_map(|line| line.split('\t').next()).collect();
        assert!(known.iter().all(|subject| subjects.get(subject) == Some(&10)), "{subjects:?}");
        assert_eq!(subjects.len(), known.len());
    }

    #[test]
    fn other_words_for_the_same_thing_meet_in_an_example() {
        let (analyzer, glossary) = (Analyzer::default(), Glossary::bundled(&Analyzer::default()).expect("glossary"));
        let (gazetteer, taxonomy) = (Gazetteer::kazakhstan(&analyzer), Taxonomy::bundled(&analyzer).expect("taxonomy"));
        let reader = Reader::new(&analyzer, &glossary, &gazetteer, &taxonomy).expect("tables");
        let reader = |text: &str| reader.read(text, None);
        let clauses = ["Обеспечим сёла безопасной питьевой водой.", "Построим детские сады."].map(reader);
        let inquiry = reader("Құбырдан тот басқан қызыл су ағады, жұрт цистернадан шелекпен тасып ішеді.");
        let examples = Examples::new(&clauses, std::slice::from_ref(&inquiry)).expect(FILE);
        let met = examples.met(&inquiry, false);
        assert!(examples.agreement(0, &met) > 2.0 * examples.agreement(1, &met), "water, not kindergartens");
        assert!(examples.agreement(0, &met) <= 1.0);
    }
}
