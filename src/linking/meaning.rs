//! How near are an inquiry and a clause in meaning, whatever their languages?
//!
//! Takes texts and an encoder; gives each reading its [`Views`], and a [`Likeness`] for any two. All texts of a project are near one
//! another, and some near everything (hubs; Radovanović et al. 2010): so vectors are taken from the mean of their kind and brought to unit length again,
//! which subtracts from a cosine what either text has with all others (Suzuki et al. 2013, centring against hubness).
//! Promises: values from -1 to 1; no texts, no likeness. Does not know words: see [`super::comparison`].

use super::reading::Reading;
use crate::Result;
use crate::embedding::{Encoder, Progress, Role};
use std::collections::HashMap;

/// How many sentences of an inquiry are read.
const SENTENCES: usize = 40;

/// What texts are like before a project has many of its own, a line each.
const BACKGROUND: &str = include_str!("../../models/linking/background.txt");

/// The vectors of one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Views {
    /// Of all of it.
    pub whole: Vec<f32>,
    /// Of title and ask; of a clause, of all of it.
    pub ask: Vec<f32>,
    /// Of each sentence.
    pub sentences: Vec<Vec<f32>>,
}

/// A text cut into what is to be encoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passages {
    /// All of it.
    pub whole: String,
    /// Title and ask, where they are known apart.
    pub ask: Option<String>,
    /// Its sentences, where it has more than one.
    pub sentences: Vec<String>,
}

impl Passages {
    /// A clause: one passage.
    pub fn clause(text: &str) -> Self {
        Self { whole: text.to_owned(), ..Self::default() }
    }

    /// An inquiry: `text` begins with the title, which is `title` bytes long; the ask begins at `ask`.
    pub fn inquiry(text: &str, title: usize, ask: Option<usize>) -> Self {
        use unicode_segmentation::UnicodeSegmentation;
        let head = text.get(..title).unwrap_or_default();
        let ask = ask.and_then(|at| text.get(at..)).map(|ask| format!("{head}\n{ask}"));
        let body = text.get(title..).unwrap_or_default();
        let sentences = std::iter::once(head).chain(body.unicode_sentences()).map(str::trim);
        let sentences = sentences.filter(|sentence| sentence.chars().any(char::is_alphabetic)).take(SENTENCES);
        Self { whole: text.to_owned(), ask, sentences: sentences.map(str::to_owned).collect() }
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
        for passage in std::iter::once(&text.whole).chain(&text.ask).chain(&text.sentences) {
            places.entry(passage).or_insert_with(|| {
                distinct.push(passage);
                distinct.len() - 1
            });
        }
    }
    let vectors = encoder.embed(Role::Passage, &distinct, progress)?;
    let of =
        |passage: &String| places.get(passage.as_str()).and_then(|at| vectors.get(*at)).cloned().unwrap_or_default();
    let views = |text: &Passages| Views {
        whole: of(&text.whole),
        ask: of(text.ask.as_ref().unwrap_or(&text.whole)),
        sentences: text.sentences.iter().map(of).collect(),
    };
    Ok(texts.iter().map(views).collect())
}

/// The vectors of the background texts.
///
/// # Errors
/// [`crate::Error::Embedding`]
pub fn background(encoder: &dyn Encoder) -> Result<Vec<Vec<f32>>> {
    let texts: Vec<&str> = BACKGROUND.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    Ok(encoder.embed(Role::Passage, &texts, &|_, _| {})?)
}

/// How near two texts are in meaning: centred cosines.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Likeness {
    /// All of the inquiry with the clause.
    pub whole: f64,
    /// Title and ask with the clause.
    pub ask: f64,
    /// The inquiry's nearest sentence with the clause.
    pub sentence: f64,
}

/// The vectors of one project, centred.
#[derive(Debug, Default)]
pub struct Meaning {
    /// Of each clause, centred.
    clauses: Vec<Vec<f32>>,
    /// The means of the inquiries' views.
    whole: Vec<f32>,
    ask: Vec<f32>,
    sentence: Vec<f32>,
}

impl Meaning {
    /// Centres the clauses' vectors on their mean and remembers the inquiries' means. The background texts count in each mean, so that
    /// a project of a few texts has one too.
    pub fn new(clauses: &[Reading], inquiries: &[Reading], background: &[Vec<f32>]) -> Self {
        let centre = mean(background, clauses.iter().map(|reading| &reading.views.whole));
        let views = || inquiries.iter().map(|reading| &reading.views);
        Self {
            clauses: clauses.iter().map(|reading| centred(&reading.views.whole, &centre)).collect(),
            whole: mean(background, views().map(|views| &views.whole)),
            ask: mean(background, views().map(|views| &views.ask)),
            sentence: mean(background, views().flat_map(|views| &views.sentences)),
        }
    }

    /// An inquiry's views, centred.
    pub fn centred(&self, views: &Views) -> Views {
        Views {
            whole: centred(&views.whole, &self.whole),
            ask: centred(&views.ask, &self.ask),
            sentences: views.sentences.iter().map(|sentence| centred(sentence, &self.sentence)).collect(),
        }
    }

    /// The likeness of an inquiry, by its centred views, and a clause, by its place.
    pub fn likeness(&self, inquiry: &Views, clause: usize) -> Likeness {
        let Some(clause) = self.clauses.get(clause) else { return Likeness::default() };
        let sentence = inquiry.sentences.iter().map(|sentence| dot(sentence, clause)).reduce(f64::max);
        let whole = dot(&inquiry.whole, clause);
        Likeness { whole, ask: dot(&inquiry.ask, clause), sentence: sentence.unwrap_or(whole) }
    }
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum()
}

#[expect(clippy::cast_precision_loss, reason = "a number of texts")]
fn mean<'a>(background: &'a [Vec<f32>], vectors: impl Iterator<Item = &'a Vec<f32>>) -> Vec<f32> {
    let (mut sum, mut count) = (Vec::new(), 0_usize);
    for vector in background.iter().chain(vectors) {
        sum.resize(sum.len().max(vector.len()), 0.0);
        for (sum, x) in sum.iter_mut().zip(vector) {
            *sum += x;
        }
        count += 1;
    }
    for sum in &mut sum {
        *sum /= count.max(1) as f32;
    }
    sum
}

/// `vector` without `mean`, of unit length; where nothing is left, nothing.
fn centred(vector: &[f32], mean: &[f32]) -> Vec<f32> {
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

    #[test]
    fn what_all_texts_share_counts_for_nothing() {
        let mean = mean(&[vec![1.0, 1.0, 0.0]], [vec![1.0, 0.0, 1.0]].iter());
        assert_eq!(mean, [1.0, 0.5, 0.5]);
        let (a, b) = (centred(&[1.0, 1.0, 0.0], &mean), centred(&[1.0, 0.0, 1.0], &mean));
        assert!(dot(&a, &b) < -0.99, "alike but for what makes them different");
        assert_eq!(centred(&mean, &mean), [0.0; 3]);
    }

    #[test]
    fn an_inquiry_is_cut_into_views() {
        let text = "Су туралы\nАуылда су жоқ. Құбыр тартуды сұраймын.";
        let ask = text.find("Құбыр");
        let passages = Passages::inquiry(text, "Су туралы".len(), ask);
        assert_eq!(passages.ask.as_deref(), Some("Су туралы\nҚұбыр тартуды сұраймын."));
        assert_eq!(passages.sentences, ["Су туралы", "Ауылда су жоқ.", "Құбыр тартуды сұраймын."]);
    }
}
