//! What was typed, resolved against the surroundings: language, colour, progress, models.

use super::args::{Common, RunArgs};
use super::screen::Screen;
use crate::ingest::Isolation;
use crate::linking::LinkModel;
use crate::locale::Lang;
use crate::run::Settings;
use crate::topics::TopicModel;
use crate::{Error, Result};
use std::io::IsTerminal;
use std::path::Path;

/// How this call speaks.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The language of messages.
    pub lang: Lang,
    /// The language as typed with `--lang`, if any: of a text, for the tools that take one.
    pub typed_lang: Option<Lang>,
    /// Data as JSON.
    pub json: bool,
    /// Nothing but data and errors.
    pub quiet: bool,
    /// Colours on standard output.
    pub colour: bool,
    /// A progress bar on standard error.
    pub progress: bool,
}

impl Context {
    /// Resolves the common options; sets up the thread pool.
    pub fn resolve(common: &Common, lang: Lang) -> Self {
        if let Some(threads) = common.threads {
            // Fails only where a pool is there already, which nothing before this line makes.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
        }
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var("TERM").is_ok_and(|term| term == "dumb");
        Self {
            lang: common.lang.unwrap_or(lang),
            typed_lang: common.lang,
            json: common.json,
            quiet: common.quiet,
            colour: !plain && std::io::stdout().is_terminal(),
            progress: !common.quiet && !common.json && std::io::stderr().is_terminal(),
        }
    }

    /// The screen to print on.
    pub fn screen(&self) -> Screen {
        Screen::new(*self)
    }
}

/// What this program is called with to parse one file for a parent: see [`crate::ingest::isolate`].
pub const PARSE: &str = "parse-file";

/// Parsers of foreign formats run in children of this program.
pub fn isolation() -> Isolation {
    // A system that does not tell where the program is cannot start it again.
    Isolation::of_this_program(PARSE).unwrap_or_default()
}

/// The settings of a run of the project in `dir`.
///
/// # Errors
/// [`Error::File`] or [`Error::Model`] for a model that cannot be read.
pub fn run_settings(dir: &Path, options: &RunArgs) -> Result<Settings> {
    let cache = options.cache.clone().unwrap_or_else(|| dir.join(".saual"));
    let mut settings = Settings::default().with_cache(cache).keep_going(options.keep_going).with_beyond(options.beyond);
    settings.encoder = options.encoder.clone();
    settings = settings.with_isolation(isolation());
    if let Some(file) = &options.model {
        let text = std::fs::read_to_string(file).map_err(Error::file(file))?;
        settings = settings.with_model(LinkModel::parse(&text, &file.display().to_string())?);
    }
    if let Some(file) = &options.topic_model {
        let text = std::fs::read_to_string(file).map_err(Error::file(file))?;
        settings = settings.with_topic_model(TopicModel::parse(&text, &file.display().to_string())?);
    }
    if let Some(most) = options.max_false {
        let model = settings.model.clone().map_or_else(|| LinkModel::bundled(&options.encoder), Ok)?;
        settings = settings.with_model(model.with_max_false(most)?);
    }
    Ok(settings)
}
