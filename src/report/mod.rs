//! How is a run written and shown?
//!
//! Takes a [`Run`]; gives jsonl and csv tables, a self-contained page in Kazakh, Russian and English, and the monitoring report
//! ([`monitoring`]) in one of them.
//! Promises: the same run, the same bytes; no external request; every text of the project is escaped.
//! Knows nothing of: how anything was computed.

pub mod output;
pub mod wording;
pub mod tables;
pub mod markup;
pub mod template;
pub mod chart;
pub mod diagrams;
pub mod waterfall;
pub mod view;
pub mod page;
pub mod dates;
pub mod order;
pub mod monitoring;
pub mod export;
pub mod change;

pub use wording::Wording;

use crate::Result;
use crate::locale::Lang;
use crate::run::Run;
use std::path::Path;

/// Writes everything that a run gives into `folder`, which must exist: tables and the page, which opens in `lang`. Gives the
/// files' names.
///
/// # Errors
/// [`crate::Error::File`]
pub fn write(run: &Run, lang: Lang, folder: &Path) -> Result<Vec<&'static str>> {
    let mut files = tables::write(run, folder)?;
    let page = folder.join("index.html");
    output::write(&page, page::render(run, lang)?.as_bytes())?;
    files.push("index.html");
    Ok(files)
}
