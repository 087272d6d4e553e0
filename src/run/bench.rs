//! A project laid out for linking: its texts read and encoded, its clauses indexed.

use super::{Language, Settings, Step};
use crate::Result;
use crate::analysis::{Analyzer, Gazetteer, PlaceNames};
use crate::embedding::{CachedEncoder, Choice, Encoder};
use crate::index::ClauseIndex;
use crate::ingest::{Inquiry, Project};
use crate::linking::{Anchors, LinkModel, Linker, Passages, Reader, Reading, View, meaning, reading::full_text};
use crate::programme::Clause;
use crate::retrieval::{self, Candidate, Lexical, Scopes};
use crate::topics::{self, Taxonomy, TextVectors, TopicModel, TopicScore, TopicVectors};
use rayon::prelude::*;

/// The encoder that the settings ask for; a slow one remembers in the cache folder what it has read.
fn encoder(settings: &Settings) -> Result<Box<dyn Encoder>> {
    let encoder = crate::embedding::open(&settings.encoder)?;
    Ok(match (&settings.cache, &settings.encoder) {
        (Some(folder), Choice::Bundled | Choice::Path(_)) => {
            Box::new(CachedEncoder::open(encoder, &folder.join("vectors"))?)
        }
        _ => encoder,
    })
}

/// A project laid out for linking: models, index and readings.
pub struct Bench<'a> {
    /// The link model.
    pub model: LinkModel,
    /// The taxonomy.
    pub taxonomy: Taxonomy,
    /// What its cues and sentences are worth.
    pub topic_model: TopicModel,
    /// The vectors of its sentences.
    topic_sentences: Vec<Vec<View>>,
    /// The clauses' index.
    pub index: ClauseIndex,
    /// The bundled places and the project's own.
    pub gazetteer: Gazetteer,
    /// Readings of the clauses.
    pub clauses: Vec<Reading>,
    /// Readings of the inquiries.
    pub inquiries: Vec<Reading>,
    /// Fingerprint of the encoder.
    pub encoder: String,
    anchors: Anchors,
    language: &'a Language,
}

impl<'a> Bench<'a> {
    /// Lays out a project.
    ///
    /// # Errors
    /// Models and the index.
    pub fn new(
        project: &Project,
        clauses: &[Clause],
        language: &'a Language,
        settings: &Settings,
        watch: &(dyn Fn(Step) + Sync),
    ) -> Result<Self> {
        let Language { analyzer, glossary } = language;
        let model = settings.model.clone().map_or_else(|| LinkModel::bundled(&settings.encoder), Ok)?;
        let taxonomy = Taxonomy::of_project(project, analyzer)?;
        watch(Step::Reading);
        let gazetteer = gazetteer(project, analyzer);
        let reader = Reader::new(analyzer, glossary, &gazetteer, &taxonomy)?;
        let mut inquiries: Vec<Reading> = project.inquiries.par_iter().map(|inquiry| reader.inquiry(inquiry)).collect();
        let mut readings: Vec<Reading> = clauses.par_iter().map(|clause| reader.clause(clause)).collect();
        let encoder = encoder(settings)?;
        let cut = |(inquiry, reading): (&Inquiry, &Reading)| {
            Passages::inquiry(&full_text(inquiry), inquiry.title.len(), reading)
        };
        let passages = clauses.iter().zip(&readings).map(|(clause, reading)| Passages::clause(&clause.text, reading));
        let passages: Vec<Passages> = passages.chain(project.inquiries.iter().zip(&inquiries).map(cut)).collect();
        let views = meaning::encode(&*encoder, &passages, &|done, all| watch(Step::Encoding(done, all)))?;
        for (reading, views) in readings.iter_mut().chain(&mut inquiries).zip(views) {
            reading.views = views;
        }
        watch(Step::Indexing);
        let index = match &settings.cache {
            Some(folder) => ClauseIndex::on_disk(&folder.join("index"), clauses, analyzer, glossary)?,
            None => ClauseIndex::in_memory(clauses, analyzer, glossary)?,
        };
        let anchors = meaning::anchors(&*encoder, analyzer)?;
        let topic_model = settings.topic_model.clone().map_or_else(|| TopicModel::bundled(&settings.encoder), Ok)?;
        topic_model.require_dimension(encoder.dimension())?;
        let topic_sentences = taxonomy.sentences().into_iter().map(|texts| meaning::views(&*encoder, analyzer, &texts));
        Ok(Self {
            model,
            topic_sentences: topic_sentences.collect::<Result<_>>()?,
            taxonomy,
            topic_model,
            index,
            gazetteer,
            anchors,
            clauses: readings,
            inquiries,
            encoder: encoder.fingerprint().to_owned(),
            language,
        })
    }

    /// A linker over the readings; `clauses` are those that the bench was laid out for.
    ///
    /// # Errors
    /// Models.
    pub fn linker<'b>(&'b self, clauses: &'b [Clause]) -> Result<Linker<'b>> {
        Linker::new(&self.model, &self.language.glossary, clauses, &self.clauses, &self.inquiries, &self.anchors)
    }

    /// What each comparison finds of each topic in each inquiry, in the project's order.
    pub fn topic_values(&self, linker: &Linker<'_>) -> Vec<Vec<[f64; topics::COMPARISONS.len()]>> {
        let meaning = linker.meaning();
        let centred = |views: &Vec<View>| views.iter().map(|view| meaning.as_clause(view)).collect();
        let sentences: Vec<Vec<Vec<f32>>> = self.topic_sentences.iter().map(centred).collect();
        let topics = self.taxonomy.topics.iter().zip(&sentences);
        let topics: Vec<TopicVectors<'_>> = topics
            .map(|(topic, sentences)| TopicVectors { sentences, direction: self.topic_model.direction(&topic.id) })
            .collect();
        let of = |reading: &Reading| {
            let views = meaning.centred(&reading.views);
            let text = TextVectors {
                whole: &views.whole,
                ask: &views.ask,
                sentences: &views.sentences,
                subjects: meaning.subjects(),
            };
            topics::model::compare(text, &topics)
        };
        self.inquiries.par_iter().map(of).collect()
    }

    /// The vector of each inquiry, in the project's order, as topics' directions are held against it.
    pub fn whole_vectors(&self, linker: &Linker<'_>) -> Vec<Vec<f32>> {
        let meaning = linker.meaning();
        self.inquiries.par_iter().map(|reading| meaning.centred(&reading.views).whole).collect()
    }

    /// The topics of every inquiry, in the project's order.
    pub fn topics(&self, linker: &Linker<'_>) -> Vec<Vec<TopicScore>> {
        let values = self.topic_values(linker);
        let scored = self.inquiries.iter().zip(&values);
        scored.map(|(reading, values)| self.topic_model.score(&reading.topics, values)).collect()
    }

    /// The candidates of every inquiry, in the project's order.
    ///
    /// # Errors
    /// [`crate::Error::Index`]
    pub fn candidates(&self, project: &Project, clauses: &[Clause], beyond: usize) -> Result<Vec<Vec<Candidate>>> {
        let scopes = Scopes::new(project, clauses);
        let lexical = Lexical::new(&self.index, &self.language.glossary)?;
        let of = |(inquiry, reading): (&Inquiry, &Reading)| {
            retrieval::candidates(inquiry, &reading.tokens, &lexical, &scopes, beyond)
        };
        project.inquiries.par_iter().zip(&self.inquiries).map(of).collect()
    }
}

/// The places of Kazakhstan and those of the project.
fn gazetteer(project: &Project, analyzer: &Analyzer) -> Gazetteer {
    let mut gazetteer = Gazetteer::kazakhstan(analyzer);
    for place in &project.places {
        let kazakh: Vec<&str> = std::iter::once(&place.name_kk).chain(&place.aliases).map(String::as_str).collect();
        let russian: Vec<&str> = std::iter::once(&place.name_ru).chain(&place.aliases).map(String::as_str).collect();
        gazetteer.insert(analyzer, PlaceNames { id: &place.id, kazakh: &kazakh, russian: &russian });
    }
    gazetteer
}
