//! The taxonomy file: topics with names, descriptions and cues in both languages.

use crate::analysis::{Analyzer, Language, Phrases};
use crate::id::TopicId;
use crate::ingest::Project;
use crate::locale::Translated;
use crate::{Error, Result};
use serde::Deserialize;

const BUNDLED_FILE: &str = "models/topics/public-interest.toml";
const BUNDLED: &str = include_str!("../../models/topics/public-interest.toml");

/// A set of topics.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    /// The topics, in the file's order.
    pub topics: Vec<Topic>,
    /// Cues of all topics.
    pub(super) phrases: Phrases,
    /// Topic and cue of each phrase value.
    pub(super) cues: Vec<(usize, usize)>,
    /// Hash of the file.
    pub fingerprint: String,
}

/// One topic.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its id in all output.
    pub id: TopicId,
    /// Its name.
    pub name: Translated,
    /// What belongs to it.
    #[serde(default)]
    pub description: Translated,
    /// Log-odds of a text without any cue.
    pub prior: f64,
    /// Sentences such as texts of this topic say.
    #[serde(default)]
    pub examples: Examples,
    /// Words and phrases that speak for it (or, with a negative weight, against it).
    #[serde(default, rename = "cue")]
    pub cues: Vec<Cue>,
}

impl Topic {
    fn sentences(&self) -> Vec<&str> {
        let examples = self.examples.kk.iter().chain(&self.examples.ru);
        let all = [&self.description.kk, &self.description.ru].into_iter().chain(examples);
        all.map(String::as_str).filter(|text| !text.trim().is_empty()).collect()
    }
}

/// Sentences by language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "BCP 47 codes")]
pub struct Examples {
    pub kk: Vec<String>,
    pub ru: Vec<String>,
}

/// A word or phrase.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// Dictionary form; matched on stems, in order, adjacent.
    pub text: String,
    /// `kk` or `ru`.
    pub lang: CueLanguage,
    /// Log-odds.
    pub weight: f64,
}

/// The language of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "BCP 47 codes")]
pub enum CueLanguage {
    Kk,
    Ru,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    topic: Vec<Topic>,
}

impl Taxonomy {
    /// The seven public-interest topics that ship with the program.
    ///
    /// # Errors
    /// [`Error::Model`], for which a test stands.
    pub fn bundled(analyzer: &Analyzer) -> Result<Self> {
        Self::parse(BUNDLED, BUNDLED_FILE, analyzer)
    }

    /// The taxonomy in force for a project: its own, else the one that ships.
    ///
    /// # Errors
    /// As [`Taxonomy::parse`].
    pub fn of_project(project: &Project, analyzer: &Analyzer) -> Result<Self> {
        match &project.topics {
            Some(source) => Self::parse(&source.text, &source.file, analyzer),
            None => Self::bundled(analyzer),
        }
    }

    /// Reads a taxonomy file.
    ///
    /// # Errors
    /// [`Error::Model`] with line and expectation.
    pub fn parse(text: &str, file: &str, analyzer: &Analyzer) -> Result<Self> {
        let parsed: File = toml::from_str(text).map_err(|error| Error::toml(file, text, &error))?;
        let mut taxonomy = Self {
            topics: parsed.topic,
            phrases: Phrases::default(),
            cues: Vec::new(),
            fingerprint: blake3::hash(text.as_bytes()).to_hex()[..16].to_owned(),
        };
        for (number, topic) in taxonomy.topics.iter().enumerate() {
            if taxonomy.topics[..number].iter().any(|other| other.id == topic.id) {
                return Err(Error::model(
                    file,
                    format!("topic «{}» stands twice; give each topic its own id", topic.id),
                ));
            }
            if !topic.cues.iter().map(|cue| cue.weight).chain([topic.prior]).all(f64::is_finite) {
                return Err(Error::model(file, format!("topic «{}»: nan or inf; expected finite weights", topic.id)));
            }
            for (place, cue) in topic.cues.iter().enumerate() {
                let language = match cue.lang {
                    CueLanguage::Kk => Language::Kazakh,
                    CueLanguage::Ru => Language::Russian,
                };
                let tokens = analyzer.tokens(&cue.text, Some(language));
                if tokens.is_empty() {
                    return Err(Error::model(
                        file,
                        format!("topic «{}»: a cue without a word; write one or delete it", topic.id),
                    ));
                }
                taxonomy.phrases.insert(&tokens, taxonomy.cues.len());
                taxonomy.cues.push((number, place));
            }
        }
        Ok(taxonomy)
    }

    /// What tells each topic in whole sentences, in the topics' order: its description and its examples in Kazakh and Russian.
    pub fn sentences(&self) -> Vec<Vec<&str>> {
        self.topics.iter().map(Topic::sentences).collect()
    }

    /// The topic of that id.
    pub fn topic(&self, id: &TopicId) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == *id)
    }
}
