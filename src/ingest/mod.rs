//! What do the files of a project say?
//!
//! Takes a folder; gives a [`Project`] and every [`Problem`] of every file at once.
//! Promises: no byte sequence panics; a bad row costs that row; unknown columns are kept.
//! Knows nothing of: who a name means, languages, matching.

pub mod problem;
pub mod project;
pub mod when;
pub mod monitor;
pub mod recommendations;
pub mod encoding;
pub mod table;
pub mod csv;
pub mod jsonl;
#[cfg(feature = "office")]
mod archive;
#[cfg(feature = "office")]
pub mod sheet;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod text;
pub mod plain;
pub mod html;
#[cfg(feature = "office")]
mod numbering;
#[cfg(feature = "office")]
pub mod docx;
#[cfg(feature = "office")]
pub mod odt;
#[cfg(feature = "pdf")]
mod pdf_fonts;
#[cfg(feature = "pdf")]
mod pdf_lines;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod isolate;
mod columns;
mod row;
mod records;

pub use isolate::Isolation;
pub use monitor::{Coverage, Extent, Monitor};
pub use problem::{Fault, Problem, Severity};
pub(crate) use project::choice;
pub use project::{
    Availability, Inquiry, InquiryTopics, Mandate, Meeting, Origin, Outcome, OutcomeStatus, Party, Person, Place,
    Programme, Project, Promise, Published, Response, Source, Testability, TextLanguage,
};
pub use recommendations::{Audience, Occasion, Recommendation};
pub use text::Document;
pub use when::When;

use crate::{Error, Result};
use std::path::Path;

/// A project and what is wrong with its files.
#[derive(Debug)]
pub struct Loaded {
    /// What could be read.
    pub project: Project,
    /// All problems, by file and line.
    pub problems: Vec<Problem>,
}

/// Reads the project in `folder`, with every parser in this process: [`load_with`].
///
/// # Errors
/// [`Error::File`] where there is no such folder. Everything inside it is a [`Problem`].
pub fn load(folder: &Path) -> Result<Loaded> {
    load_with(folder, &Isolation::None)
}

/// Reads the project in `folder`; `isolation` says where the parsers of foreign formats run.
///
/// # Errors
/// [`Error::File`] where there is no such folder. Everything inside it is a [`Problem`].
pub fn load_with(folder: &Path, isolation: &Isolation) -> Result<Loaded> {
    if !folder.is_dir() {
        let source = std::io::Error::new(std::io::ErrorKind::NotFound, "no such folder");
        return Err(Error::File { path: folder.to_owned(), source });
    }
    let mut problems = Vec::new();
    let mut project = Project::default();
    if let Some(text) = read_text(folder, Monitor::FILE, &mut project, &mut problems) {
        project.monitor = Monitor::parse(&text.text, &mut problems).unwrap_or_default();
    }
    records::read_all(folder, isolation, &mut project, &mut problems);
    let mut optional =
        |file: &str| folder.join(file).exists().then(|| read_text(folder, file, &mut project, &mut problems)).flatten();
    let (topics, audit, advice) = (optional("topics.toml"), optional("audit.toml"), optional(recommendations::FILE));
    (project.topics, project.audit) = (topics, audit);
    project.recommendations =
        advice.and_then(|source| recommendations::parse(&source.text, &source.file, &mut problems));
    problem::sort(&mut problems);
    Ok(Loaded { project, problems })
}

/// Reads a table of people by itself, such as `people.csv`.
///
/// # Errors
/// [`Error::File`] where there is no such file. Everything inside it is a [`Problem`].
pub fn load_people(file: &Path, isolation: &Isolation) -> Result<(Vec<Person>, Vec<Problem>)> {
    std::fs::metadata(file).map_err(Error::file(file))?;
    let mut problems = Vec::new();
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let people = records::read_people(folder, &name, isolation, &mut problems);
    Ok((people, problems))
}

/// Reads one document by itself, in any of the text formats.
///
/// # Errors
/// [`Error::File`] where there is no such file. Everything inside it is a [`Problem`]; the document is `None` where it cannot be read.
pub fn load_document(file: &Path, isolation: &Isolation) -> Result<(Option<Document>, Vec<Problem>)> {
    std::fs::metadata(file).map_err(Error::file(file))?;
    let mut problems = Vec::new();
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let document = table::read_bytes(folder, &name, &mut problems)
        .and_then(|bytes| isolation.document(&name, &bytes, &mut problems));
    Ok((document, problems))
}

/// A text file of the project, noted in its list of files.
fn read_text(folder: &Path, file: &str, project: &mut Project, problems: &mut Vec<Problem>) -> Option<Source> {
    let bytes = table::read_bytes(folder, file, problems)?;
    project.files.insert(file.to_owned(), blake3::hash(&bytes).to_hex().to_string());
    match plain::decoded(&bytes) {
        Ok((text, notes)) => {
            problems.extend(notes.into_iter().map(|note| Problem::in_file(file, note)));
            let text = encoding::mend_line_ends(text).into_owned();
            Some(Source { file: file.to_owned(), text })
        }
        Err(fault) => {
            problems.push(Problem::in_file(file, fault));
            None
        }
    }
}
