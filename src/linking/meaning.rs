//! How near are an inquiry and a clause in meaning, whatever their languages?
//!
//! Takes texts and an encoder; gives each reading its [`Views`], and a [`Likeness`] for any two. All texts of one language are near one
//! another, and some near everything (hubs; Radovanović et al. 2010): so vectors are taken from the mean of their kind *and language* and brought
//! to unit length again, which subtracts from a cosine what either text has with all others (Suzuki et al. 2013, centring against hubness;
//! Libovický et al. 2020, centring by language). A passage that mixes the languages is taken from the mixture of both means.
//! Promises: values from -1 to 1; no texts, no likeness. Does not know words: see [`super::comparison`].

use super::reading::{Reading, kazakh};
use super::structure::within;
use crate::analysis::Analyzer;
use crate::embedding::{Encoder, Progress, Role};
use crate::{Error, Result};
use std::collections::HashMap;
use std::sync::Arc;

/// How many sentences, and how many requests, of an inquiry are read.
const SENTENCES: usize = 40;
/// How sharply a text's subjects are told apart: the temperature of the softmax over cosines.
const TEMPERATURE: f64 = 0.05;

/// What texts are like before a project has many of its own, a line each.
const BACKGROUND: &str = include_str!("../../models/linking/background.txt");
const SUBJECTS_FILE: &str = "models/linking/subjects.tsv";
const SUBJECTS: &str = include_str!("../../models/linking/subjects.tsv");

/// A vector and how much Kazakh its text is, from 0 to 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct View {
    /// Of unit length, or empty; texts that are the same share it.
    pub vector: Arc<[f32]>,
    /// The share of Kazakh among its Kazakh and Russian words.
    pub kazakh: f32,
}

/// The vectors of one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Views {
    /// Of all of it.
    pub whole: View,
    /// Of title and ask; of a clause, of all of it.
    pub ask: View,
    /// Of each sentence.
    pub sentences: Vec<View>,
    /// Of each request of the ask.
    pub requests: Vec<View>,
}

/// A piece of text that is to be encoded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Passage {
    /// The text.
    pub text: String,
    /// The share of Kazakh in it.
    pub kazakh: f32,
}

/// A text cut into what is to be encoded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Passages {
    /// All of it.
    pub whole: Passage,
    /// Title and ask, where they are known apart.
    pub ask: Option<Passage>,
    /// Its sentences, where it has more than one.
    pub sentences: Vec<Passage>,
    /// The requests of its ask.
    pub requests: Vec<Passage>,
}

impl Passages {
    /// A clause: one passage.
    pub fn clause(text: &str, reading: &Reading) -> Self {
        Self { whole: Passage { text: text.to_owned(), kazakh: reading.kazakh }, ..Self::default() }
    }

    /// An inquiry: `text` begins with the title, which is `title` bytes long; `reading` is the reading of `text`.
    pub fn inquiry(text: &str, title: usize, reading: &Reading) -> Self {
        let passage = |span: crate::span::Span| {
            let share = kazakh(within(&reading.tokens, span));
            Passage { text: span.of(text).trim().to_owned(), kazakh: share }
        };
        let head = passage(crate::span::Span::new(0, title));
        let structure = &reading.structure;
        let asks: Vec<Passage> = structure.asks().map(passage).collect();
        let asked = asks.iter().fold(head.text.clone(), |ask, sentence| format!("{ask}\n{}", sentence.text));
        let (all, sum) = asks.iter().fold((0.0, 0.0), |(all, sum), ask| (all + 1.0, sum + ask.kazakh));
        let ask = (all > 0.0).then(|| Passage { text: asked, kazakh: sum / all });
        let sentences = std::iter::once(head).chain(structure.parts.iter().map(|(_, span)| passage(*span)));
        let sentences = sentences.filter(|sentence| sentence.text.chars().any(char::is_alphabetic)).take(SENTENCES);
        Self {
            whole: Passage { text: text.to_owned(), kazakh: reading.kazakh },
            ask,
            sentences: sentences.collect(),
            requests: structure.requests.iter().take(SENTENCES).map(|span| passage(*span)).collect(),
        }
    }
}

/// The views of many texts, each distinct passage encoded once.
///
/// # Errors
/// [`crate::Error::Embedding`]
pub fn encode(encoder: &dyn Encoder, texts: &[Passages], progress: Progress<'_>) -> Result<Vec<Views>> {
    let mut distinct: Vec<&str> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for text in texts {
        for passage in std::iter::once(&text.whole).chain(&text.ask).chain(&text.sentences).chain(&text.requests) {
            places.entry(&passage.text).or_insert_with(|| {
                distinct.push(&passage.text);
                distinct.len() - 1
            });
        }
    }
    let vectors = encoder.embed(Role::Passage, &distinct, progress)?;
    let vectors: Vec<Arc<[f32]>> = vectors.into_iter().map(Into::into).collect();
    let of = |passage: &Passage| View {
        vector: places.get(passage.text.as_str()).and_then(|at| vectors.get(*at)).cloned().unwrap_or_default(),
        kazakh: passage.kazakh,
    };
    let views = |text: &Passages| Views {
        whole: of(&text.whole),
        ask: of(text.ask.as_ref().unwrap_or(&text.whole)),
        sentences: text.sentences.iter().map(of).collect(),
        requests: text.requests.iter().map(of).collect(),
    };
    Ok(texts.iter().map(views).collect())
}

/// The views of short texts.
///
/// # Errors
/// [`Error::Embedding`]
pub fn views(encoder: &dyn Encoder, analyzer: &Analyzer, texts: &[&str]) -> Result<Vec<View>> {
    let vectors = encoder.embed(Role::Passage, texts, &|_, _| {})?.into_iter().zip(texts);
    Ok(vectors
        .map(|(vector, text)| View { vector: vector.into(), kazakh: kazakh(&analyzer.tokens(text, None)) })
        .collect())
}

/// Texts of the program that a project's texts are held against.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    /// Texts of public policy of all kinds.
    pub background: Vec<View>,
    /// Fine subjects of policy, of unit length, each from the mean of all.
    pub subjects: Vec<Vec<f32>>,
}

/// The anchors as `encoder` reads them.
///
/// # Errors
/// [`Error::Embedding`]; [`Error::Model`] for a faulty table of subjects, for which a test stands.
pub fn anchors(encoder: &dyn Encoder, analyzer: &Analyzer) -> Result<Anchors> {
    let embed = |texts: &[&str]| encoder.embed(Role::Passage, texts, &|_, _| {});
    let lines = |table: &'static str| table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let background = views(encoder, analyzer, &lines(BACKGROUND).collect::<Vec<_>>())?;
    let (mut kazakh_words, mut russian_words) = (Vec::new(), Vec::new());
    for line in lines(SUBJECTS).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, kazakh, russian] = cells[..] else {
            return Err(Error::model(SUBJECTS_FILE, format!("«{line}»: expected three cells")));
        };
        kazakh_words.push(kazakh);
        russian_words.push(russian);
    }
    let apart = |vectors: Vec<Vec<f32>>| {
        let centre = mean(vectors.iter().map(|vector| (vector.as_slice(), 1.0)));
        vectors.iter().map(|vector| centred(vector, &centre)).collect::<Vec<_>>()
    };
    let pairs = apart(embed(&kazakh_words)?).into_iter().zip(apart(embed(&russian_words)?));
    let subjects = pairs.map(|(a, b)| centred(&a.iter().zip(&b).map(|(a, b)| a + b).collect::<Vec<_>>(), &[]));
    Ok(Anchors { background, subjects: subjects.collect() })
}

/// How near two texts are in meaning: centred cosines, and agreement on subjects.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Likeness {
    /// All of the inquiry with the clause.
    pub whole: f64,
    /// Title and ask with the clause.
    pub ask: f64,
    /// The inquiry's nearest request with the clause.
    pub request: f64,
    /// The inquiry's nearest sentence with the clause.
    pub sentence: f64,
    /// Agreement on subjects, all of the inquiry with the clause: from 0 to 1.
    pub subject: f64,
    /// The same, title and ask with the clause.
    pub subject_ask: f64,
}

/// An inquiry as it is held against clauses.
#[derive(Debug, Clone, Default)]
pub struct Centred {
    /// All of it.
    pub whole: Vec<f32>,
    /// Title and ask.
    pub ask: Vec<f32>,
    /// Each sentence.
    pub sentences: Vec<Vec<f32>>,
    requests: Vec<Vec<f32>>,
    subjects: Vec<f32>,
    subjects_of_ask: Vec<f32>,
}

/// What texts of a kind have in common, in each language.
#[derive(Debug, Default)]
pub(super) struct Means {
    kazakh: Vec<f32>,
    russian: Vec<f32>,
}

impl Means {
    pub(super) fn of<'a>(views: impl Iterator<Item = &'a View> + Clone) -> Self {
        Self {
            kazakh: mean(views.clone().map(|view| (&*view.vector, view.kazakh))),
            russian: mean(views.map(|view| (&*view.vector, 1.0 - view.kazakh))),
        }
    }

    /// A view without what texts of its language have in common, of unit length.
    pub(super) fn without(&self, view: &View) -> Vec<f32> {
        let share = view.kazakh;
        let mixed = self.kazakh.iter().zip(&self.russian).map(|(kk, ru)| share * kk + (1.0 - share) * ru);
        centred(&view.vector, &mixed.collect::<Vec<_>>())
    }
}

/// The vectors of one project, centred.
#[derive(Debug, Default)]
pub struct Meaning {
    /// Of each clause, centred.
    clauses: Vec<Vec<f32>>,
    /// The subjects of each clause: roots of shares.
    subjects_of: Vec<Vec<f32>>,
    subjects: Vec<Vec<f32>>,
    clause: Means,
    whole: Means,
    ask: Means,
    request: Means,
    sentence: Means,
}

impl Meaning {
    /// Centres the clauses' vectors and remembers the inquiries' means. The background texts count in each mean, so that a project of a
    /// few texts has one too.
    pub fn new(clauses: &[Reading], inquiries: &[Reading], anchors: &Anchors) -> Self {
        let background = || anchors.background.iter();
        let views = || inquiries.iter().map(|reading| &reading.views);
        let clause = Means::of(background().chain(clauses.iter().map(|reading| &reading.views.whole)));
        let centred: Vec<Vec<f32>> = clauses.iter().map(|reading| clause.without(&reading.views.whole)).collect();
        Self {
            subjects_of: centred.iter().map(|clause| shares(clause, &anchors.subjects)).collect(),
            clauses: centred,
            subjects: anchors.subjects.clone(),
            clause,
            whole: Means::of(background().chain(views().map(|views| &views.whole))),
            ask: Means::of(background().chain(views().map(|views| &views.ask))),
            request: Means::of(background().chain(views().flat_map(|views| &views.requests))),
            sentence: Means::of(background().chain(views().flat_map(|views| &views.sentences))),
        }
    }

    /// An inquiry's views, centred.
    pub fn centred(&self, views: &Views) -> Centred {
        let (whole, ask) = (self.whole.without(&views.whole), self.ask.without(&views.ask));
        Centred {
            subjects: shares(&whole, &self.subjects),
            subjects_of_ask: shares(&ask, &self.subjects),
            whole,
            ask,
            sentences: views.sentences.iter().map(|sentence| self.sentence.without(sentence)).collect(),
            requests: views.requests.iter().map(|request| self.request.without(request)).collect(),
        }
    }

    /// The fine subjects of policy, of unit length.
    pub fn subjects(&self) -> &[Vec<f32>] {
        &self.subjects
    }

    /// A text of the length of a clause, centred as clauses are.
    pub fn as_clause(&self, view: &View) -> Vec<f32> {
        self.clause.without(view)
    }

    /// The likeness of an inquiry, by its centred views, and a clause, by its place.
    pub fn likeness(&self, inquiry: &Centred, clause: usize) -> Likeness {
        let (Some(subjects), Some(clause)) = (self.subjects_of.get(clause), self.clauses.get(clause)) else {
            return Likeness::default();
        };
        let nearest = |views: &[Vec<f32>]| views.iter().map(|view| dot(view, clause)).reduce(f64::max);
        let (whole, ask) = (dot(&inquiry.whole, clause), dot(&inquiry.ask, clause));
        Likeness {
            whole,
            ask,
            request: nearest(&inquiry.requests).unwrap_or(ask),
            sentence: nearest(&inquiry.sentences).unwrap_or(whole),
            subject: dot(&inquiry.subjects, subjects),
            subject_ask: dot(&inquiry.subjects_of_ask, subjects),
        }
    }
}

/// The roots of the shares that subjects have in a text, so that the product of two such rows is their Bhattacharyya coefficient.
#[expect(clippy::cast_possible_truncation, reason = "shares from 0 to 1")]
pub(super) fn shares(text: &[f32], subjects: &[Vec<f32>]) -> Vec<f32> {
    let odds: Vec<f64> = subjects.iter().map(|subject| (dot(text, subject) / TEMPERATURE).exp()).collect();
    let sum: f64 = odds.iter().sum();
    odds.iter().map(|odds| (odds / sum).sqrt() as f32).collect()
}

/// The product of two vectors, in eight lanes.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f64 {
    let mut lanes = [0.0_f32; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in left.zip(right) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    f64::from(rest) + lanes.iter().copied().map(f64::from).sum::<f64>()
}

/// The weighted mean of vectors; empty where nothing weighs.
fn mean<'a>(vectors: impl Iterator<Item = (&'a [f32], f32)>) -> Vec<f32> {
    let (mut sum, mut weights) = (Vec::new(), 0.0);
    for (vector, weight) in vectors {
        sum.resize(sum.len().max(vector.len()), 0.0);
        for (sum, x) in sum.iter_mut().zip(vector) {
            *sum += weight * x;
        }
        weights += weight;
    }
    for sum in &mut sum {
        *sum /= weights.max(f32::EPSILON);
    }
    sum
}

/// `vector` without `mean` (none where it is empty), of unit length; where nothing is left, nothing.
pub(super) fn centred(vector: &[f32], mean: &[f32]) -> Vec<f32> {
    let mean = mean.iter().copied().chain(std::iter::repeat(0.0));
    let mut centred: Vec<f32> = vector.iter().zip(mean).map(|(x, mean)| x - mean).collect();
    let length = centred.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 1e-6 {
        for x in &mut centred {
            *x /= length;
        }
    } else {
        centred.fill(0.0);
    }
    centred
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(vector: &[f32], kazakh: f32) -> View {
        View { vector: vector.into(), kazakh }
    }

    #[test]
    fn what_all_texts_of_a_language_share_counts_for_nothing() {
        let texts = [view(&[1.0, 1.0, 0.0], 1.0), view(&[1.0, 0.0, 1.0], 1.0), view(&[0.0, 0.0, 1.0], 0.0)];
        let means = Means::of(texts.iter());
        assert_eq!((&means.kazakh[..], &means.russian[..]), (&[1.0, 0.5, 0.5][..], &[0.0, 0.0, 1.0][..]));
        let (a, b) = (means.without(&texts[0]), means.without(&texts[1]));
        assert!(dot(&a, &b) < -0.99, "alike but for what makes them different");
        assert_eq!(means.without(&texts[2]), [0.0; 3], "the only text of its language");
    }

    #[test]
    fn a_product_in_lanes_is_the_product() {
        let a: Vec<f32> = (0..19_u8).map(f32::from).collect();
        assert_eq!(dot(&a, &a), (0..19_u32).map(|x| f64::from(x * x)).sum::<f64>());
    }

    #[test]
    fn subjects_are_shared_by_texts_of_one_subject() {
        let subjects = [vec![1.0, 0.0], vec![0.0, 1.0]];
        let [water, pipe, road] = [[1.0, 0.0], [0.9, 0.1], [0.0, 1.0]].map(|text| shares(&text, &subjects));
        assert!(dot(&water, &pipe) > 0.99 && dot(&water, &road) < 0.01);
    }
}
