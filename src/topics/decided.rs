//! What people decided about topics: the table `inquiry_topics` of a project, and what its reviewers settled.
//!
//! Takes rows; gives them with the ids of topics for names, and puts them into scores. Promises: an inquiry that was decided has the topics that
//! its row names and no others, whatever the model says; the score and its parts stay the model's.

use super::{Taxonomy, TopicScore};
use crate::id::TopicId;
use crate::ingest::{Fault, Inquiry, InquiryTopics, Problem, Project};
use std::collections::{BTreeSet, HashMap};

/// Rows that name an inquiry which the project lacks, or a topic which the taxonomy lacks, are problems and are left out; names of topics, in any
/// language, become ids.
pub fn check(project: &mut Project, taxonomy: &Taxonomy) -> Vec<Problem> {
    let file = project.table_file("inquiry_topics");
    let inquiries: BTreeSet<&str> = project.inquiries.iter().map(|inquiry| inquiry.id.as_str()).collect();
    let mut problems = Vec::new();
    let mut dangling = |line: u64, column: &str, value: &str, table: &str| {
        let fault = Fault::Dangling { value: value.to_owned(), table: table.to_owned(), nearest: String::new() };
        problems.push(Problem::in_file(&file, fault).at_line(line).in_column(column));
    };
    project.inquiry_topics.retain_mut(|row| {
        let known = inquiries.contains(row.inquiry.as_str());
        if !known {
            dangling(row.line, "inquiry", row.inquiry.as_str(), "inquiries");
        }
        let mut topics = Vec::new();
        for name in &row.topics {
            match named(taxonomy, name.as_str()) {
                Some(topic) => topics.push(topic.clone()),
                None => dangling(row.line, "topics", name.as_str(), "topics.toml"),
            }
        }
        let sound = known && topics.len() == row.topics.len();
        row.topics = topics;
        sound
    });
    problems
}

/// The topic of that id or name.
fn named<'a>(taxonomy: &'a Taxonomy, name: &str) -> Option<&'a TopicId> {
    let same = |other: &str| !other.is_empty() && other.to_lowercase() == name.to_lowercase();
    let topic = taxonomy.topics.iter().find(|topic| {
        let names = [topic.id.as_str(), &topic.name.kk, &topic.name.ru, &topic.name.en];
        names.into_iter().any(same)
    });
    topic.map(|topic| &topic.id)
}

/// Puts what reviewers settled in the place of the table's rows on the same inquiries. What is about inquiries that the project no longer has is
/// left out.
pub fn put(rows: &mut Vec<InquiryTopics>, inquiries: &[Inquiry], settled: &[InquiryTopics]) {
    let newer: BTreeSet<&str> = settled.iter().map(|row| row.inquiry.as_str()).collect();
    rows.retain(|row| !newer.contains(row.inquiry.as_str()));
    let inquiries: BTreeSet<&str> = inquiries.iter().map(|inquiry| inquiry.id.as_str()).collect();
    rows.extend(settled.iter().filter(|row| inquiries.contains(row.inquiry.as_str())).cloned());
}

/// A hash of rows, for the manifest of a run.
pub fn fingerprint(rows: &[InquiryTopics]) -> String {
    let mut hash = blake3::Hasher::new();
    for row in rows {
        let topics = row.topics.iter().map(TopicId::as_str);
        for part in [row.inquiry.as_str()].into_iter().chain(topics) {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.update(&u64::MAX.to_le_bytes());
    }
    hash.finalize().to_hex().to_string()
}

/// Gives the inquiries that were decided their topics; `scores[i]` are those of `project.inquiries[i]`.
pub fn apply(project: &Project, scores: &mut [Vec<TopicScore>]) {
    let decided: HashMap<&str, &Vec<TopicId>> =
        project.inquiry_topics.iter().map(|row| (row.inquiry.as_str(), &row.topics)).collect();
    for (inquiry, scores) in project.inquiries.iter().zip(scores) {
        let Some(topics) = decided.get(inquiry.id.as_str()) else { continue };
        for score in scores {
            score.label = topics.contains(&score.topic);
            score.decided = true;
        }
    }
}
