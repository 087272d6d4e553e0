//! Gold labels: what people said of links and topics.

use crate::id::{ClauseId, InquiryId, OwnerId, TopicId};
use crate::ingest::Project;
use crate::programme::Clause;
use crate::{Error, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The labels of a project's `gold/` folder.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// Grades above 0 by inquiry and clause. Labels are exhaustive over an inquiry and the promises of its initiator and of
    /// the initiator's party: a pair without a grade has grade 0.
    pub links: BTreeMap<(InquiryId, ClauseId), u8>,
    /// Topics by inquiry; `None` where the project has no topic labels.
    pub topics: Option<BTreeMap<InquiryId, BTreeSet<TopicId>>>,
    /// Split by owner; empty where the project has none.
    pub splits: BTreeMap<OwnerId, String>,
    /// The pairs that were judged, where the labels are not exhaustive; `None` where they are.
    pub judged: Option<BTreeSet<(InquiryId, ClauseId)>>,
}

#[derive(Deserialize)]
struct LinkRow {
    inquiry: InquiryId,
    promise: ClauseId,
    grade: u8,
}

#[derive(Deserialize)]
struct TopicRow {
    inquiry: InquiryId,
    topics: BTreeSet<TopicId>,
}

#[derive(Deserialize)]
struct SplitRow {
    owner: OwnerId,
    split: String,
}

impl Gold {
    /// Reads `gold/links.jsonl`, and `gold/topics.jsonl` and `gold/splits.csv` where there are any.
    ///
    /// # Errors
    /// [`Error::File`] without links; [`Error::Model`] with the line of a row that cannot be read or names an inquiry or
    /// promise that the project lacks.
    pub fn load(folder: &Path, project: &Project, clauses: &[Clause]) -> Result<Self> {
        let gold = folder.join("gold");
        let inquiries: BTreeSet<&InquiryId> = project.inquiries.iter().map(|row| &row.id).collect();
        let promises: BTreeSet<&ClauseId> = clauses.iter().map(|clause| &clause.id).collect();
        let mut labels = Self::load_topics(folder)?;
        for (line, row) in rows::<LinkRow>(&gold.join("links.jsonl"))? {
            let place = || format!("gold/links.jsonl:{line}");
            if !inquiries.contains(&row.inquiry) {
                return Err(Error::model(place(), format!("inquiry «{}» is not in the project", row.inquiry)));
            }
            if !promises.contains(&row.promise) {
                return Err(Error::model(place(), format!("promise «{}» is not in the project", row.promise)));
            }
            if row.grade > 2 {
                return Err(Error::model(place(), format!("grade {}: expected 0, 1 or 2", row.grade)));
            }
            labels.links.insert((row.inquiry, row.promise), row.grade);
        }
        Ok(labels)
    }

    /// Reads `gold/topics.jsonl` and `gold/splits.csv`, where there are any.
    ///
    /// # Errors
    /// [`Error::Model`] for a row that cannot be read.
    pub fn load_topics(folder: &Path) -> Result<Self> {
        let gold = folder.join("gold");
        let mut labels = Self::default();
        let topics = gold.join("topics.jsonl");
        if topics.exists() {
            let none = TopicId::from("none");
            let rows = rows::<TopicRow>(&topics)?.into_iter();
            let without_none =
                |row: TopicRow| (row.inquiry, row.topics.into_iter().filter(|topic| *topic != none).collect());
            labels.topics = Some(rows.map(|(_, row)| without_none(row)).collect());
        }
        let splits = gold.join("splits.csv");
        if splits.exists() {
            let mut reader = csv::Reader::from_path(&splits).map_err(|error| Error::model("gold/splits.csv", error))?;
            for row in reader.deserialize::<SplitRow>() {
                let row = row.map_err(|error| Error::model("gold/splits.csv", error))?;
                labels.splits.insert(row.owner, row.split);
            }
        }
        Ok(labels)
    }

    /// Labels that people gave to some pairs, and only to these.
    pub fn of_judged(pairs: impl Iterator<Item = (InquiryId, ClauseId, u8)>) -> Self {
        let (mut links, mut judged) = (BTreeMap::new(), BTreeSet::new());
        for (inquiry, promise, grade) in pairs {
            if grade > 0 {
                links.insert((inquiry.clone(), promise.clone()), grade);
            }
            judged.insert((inquiry, promise));
        }
        Self { links, judged: Some(judged), ..Self::default() }
    }

    /// The topics that people gave to some inquiries of `project`, and only these.
    pub fn of_decided_topics(project: &Project) -> Self {
        let decided = project.inquiry_topics.iter();
        let topics = decided.map(|row| (row.inquiry.clone(), row.topics.iter().cloned().collect())).collect();
        Self { topics: Some(topics), judged: Some(BTreeSet::new()), ..Self::default() }
    }

    /// The topics of an inquiry; `None` where nobody said.
    pub fn topics_of(&self, inquiry: &InquiryId) -> Option<BTreeSet<&TopicId>> {
        let labels = self.topics.as_ref()?;
        let of = labels.get(inquiry).map(|topics| topics.iter().collect());
        // Where labels are exhaustive, an inquiry without a row has no topic.
        of.or_else(|| self.judged.is_none().then(BTreeSet::new))
    }

    /// True where the label of a pair is known.
    pub fn knows(&self, inquiry: &InquiryId, clause: &ClauseId) -> bool {
        self.judged.as_ref().is_none_or(|judged| judged.contains(&(inquiry.clone(), clause.clone())))
    }

    /// The grade of a pair.
    pub fn grade(&self, inquiry: &InquiryId, clause: &ClauseId) -> u8 {
        self.links.get(&(inquiry.clone(), clause.clone())).copied().unwrap_or(0)
    }

    /// True where `owner` belongs to `split`; `all` holds everybody.
    pub fn in_split(&self, owner: &OwnerId, split: &str) -> bool {
        split == "all" || self.splits.get(owner).is_some_and(|known| known == split)
    }

    /// That there is such a split.
    ///
    /// # Errors
    /// [`Error::Unknown`]
    pub fn require_split(&self, split: &str) -> Result<()> {
        let names = self.split_names();
        if names.contains(&split) { Ok(()) } else { Err(Error::unknown("split", split, names.into_iter())) }
    }

    /// What is judged where nobody says: dev where there are splits, else all.
    pub fn default_split(&self) -> &'static str {
        if self.splits.is_empty() { "all" } else { "dev" }
    }

    /// The splits that there are, `all` last.
    fn split_names(&self) -> Vec<&str> {
        let names: BTreeSet<&str> = self.splits.values().map(String::as_str).collect();
        names.into_iter().chain(["all"]).collect()
    }
}

/// The rows of a JSON lines file with the numbers of their lines.
pub(super) fn rows<T: serde::de::DeserializeOwned>(file: &Path) -> Result<Vec<(usize, T)>> {
    let text = std::fs::read_to_string(file).map_err(Error::file(file))?;
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let row = |(number, line): (usize, &str)| match serde_json::from_str(line) {
        Ok(row) => Ok((number + 1, row)),
        Err(error) => Err(Error::model(format!("{}:{}", file.display(), number + 1), error)),
    };
    lines.map(row).collect()
}
