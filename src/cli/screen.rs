//! Printing for people: data on standard output, messages and progress on standard error.

use super::settings::Context;
use crate::Error;
use crate::embedding::EmbeddingError;
use crate::ingest::{Problem, Severity};
use crate::locale::{Arg, Lang};
use crate::run::Step;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// At most this many problems are printed one by one.
const SHOWN_PROBLEMS: usize = 40;

/// Where a command prints.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    context: Context,
}

/// How a word is to stand out.
#[derive(Debug, Clone, Copy)]
pub enum Tone {
    /// Headings and names.
    Strong,
    /// Good.
    Good,
    /// Look here.
    Alert,
    /// Beside the point.
    Faint,
}

impl Screen {
    /// A screen for `context`.
    pub fn new(context: Context) -> Self {
        Self { context }
    }

    /// Prints a line of data. A reader who has gone (`| head`) is no fault.
    pub fn line(&self, text: &str) {
        match writeln!(std::io::stdout().lock(), "{}", inert(text)) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                complain(&error.to_string());
                // Data that could not be written are lost: the call has failed.
                std::process::exit(3)
            }
            Ok(()) | Err(_) => {}
        }
    }

    /// Prints a message, unless the call is to be quiet.
    pub fn note(&self, text: &str) {
        if !self.context.quiet {
            complain(text);
        }
    }

    /// Prints data as JSON, one document.
    pub fn json(&self, value: &impl serde::Serialize) {
        self.line(&serde_json::to_string_pretty(value).unwrap_or_default());
    }

    /// `text` in a tone, where colours are wanted.
    pub fn tone(&self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Strong => "1",
            Tone::Good => "32",
            Tone::Alert => "33",
            Tone::Faint => "2",
        };
        if self.context.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// The sentence of a key in the call's language.
    pub fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.context.lang.say(key, args)
    }

    /// An error, with what to do where that is known.
    pub fn error(&self, error: &Error) {
        let lang = self.context.lang;
        let message = match error {
            Error::File { path, source } => {
                let reason = match source.kind() {
                    std::io::ErrorKind::NotFound => lang.text("error-not-found"),
                    std::io::ErrorKind::PermissionDenied => lang.text("error-not-allowed"),
                    _ => source.to_string(),
                };
                lang.say("error-file", &[("path", path.display().to_string().into()), ("reason", reason.into())])
            }
            Error::Model { file, line, message } => {
                let file = line.map_or(file.clone(), |line| format!("{file}:{line}"));
                lang.say("error-model", &[("file", file.into()), ("reason", message.as_str().into())])
            }
            Error::Embedding(source) => lang.say("error-encoder", &[("reason", encoder_reason(source, lang).into())]),
            Error::Unknown { what, name, hint } => {
                let hint = hint.as_ref().map_or_else(String::new, |near| {
                    format!(" {}", lang.say("error-unknown-near", &[("name", near.as_str().into())]))
                });
                let what = lang.text(&format!("thing-{what}"));
                let args = [("what", what.into()), ("name", name.as_str().into()), ("hint", hint.into())];
                lang.say("error-unknown", &args)
            }
            Error::Problems { errors } => lang.say("error-problems", &[("n", (*errors).into())]),
            Error::Index(_) | Error::Internal(_) => lang.say("error-internal", &[("reason", error.to_string().into())]),
        };
        if self.context.json {
            complain(&serde_json::json!({ "error": message }).to_string());
        } else {
            complain(&format!("{}: {message}", lang.text("error")));
        }
    }

    /// Problems, one after the other with advice, then their number.
    pub fn problems(&self, problems: &[Problem], to_stdout: bool) {
        let lang: Lang = self.context.lang;
        let print = |text: String| if to_stdout { self.line(&text) } else { eprintln!("{text}") };
        for problem in problems.iter().take(SHOWN_PROBLEMS) {
            let severity = lang.text(if problem.severity == Severity::Error { "error" } else { "warning" });
            print(format!(
                "{} {severity}: {}",
                self.tone(Tone::Strong, &format!("{}:", problem.place())),
                problem.message(lang)
            ));
            print(format!("    {}", self.tone(Tone::Faint, &problem.advice(lang))));
        }
        if problems.len() > SHOWN_PROBLEMS {
            print(lang.say("problems-more", &[("n", (problems.len() - SHOWN_PROBLEMS).into())]));
        }
    }

    /// A table under headings that are given by their keys.
    pub fn headed_table(&self, headings: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let headings = headings.iter().map(|key| self.context.lang.text(key)).collect();
        self.table(&std::iter::once(headings).chain(rows).collect::<Vec<_>>());
    }

    /// A table: the first column to the left, the others to the right.
    pub fn table(&self, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width =
            |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (number, row) in rows.iter().enumerate() {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let pad = " ".repeat(widths[column].saturating_sub(cell.width()));
                if column == 0 { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
            });
            let line = format!("  {}", cells.collect::<Vec<_>>().join("  "));
            self.line(&if number == 0 { self.tone(Tone::Faint, line.trim_end()) } else { line.trim_end().to_owned() });
        }
    }

    /// A watcher of a run's steps: a bar on a terminal, nothing elsewhere.
    pub fn progress(&self) -> Progress {
        let bar = if self.context.progress { ProgressBar::new(1) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{msg:24} {bar:32} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress { bar, lang: self.context.lang }
    }
}

/// Prints a line on standard error; where that cannot be written, nobody is there to be told.
fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", inert(text));
}

/// `text` without control characters that could move the cursor or rename the window: of those, only our own colours stay.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let colour = rest.strip_prefix("\u{1b}[").and_then(|after| after.split_once('m')).map(|(code, _)| code);
        let len = match colour {
            Some(code) if code.len() <= 2 && code.bytes().all(|byte| byte.is_ascii_digit()) => code.len() + 3,
            _ => c.len_utf8(),
        };
        if len > c.len_utf8() || c == '\n' || c == '\t' || !c.is_control() {
            out.push_str(&rest[..len]);
        } else {
            out.push('\u{fffd}');
        }
        rest = &rest[len..];
    }
    out
}

/// A progress bar in the call's language.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    lang: Lang,
}

impl Progress {
    /// Shows a step.
    pub fn show(&self, step: Step) {
        let key = match step {
            Step::Reading => "step-reading",
            Step::Encoding(..) => "step-encoding",
            Step::Indexing => "step-indexing",
            Step::Linking(..) => "step-linking",
            Step::Weighing => "step-weighing",
        };
        self.bar.set_message(self.lang.text(key));
        if let Step::Linking(done, all) | Step::Encoding(done, all) = step {
            self.bar.set_length(all as u64);
            self.bar.set_position(done as u64);
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// What is wrong with an encoder.
fn encoder_reason(error: &EmbeddingError, lang: Lang) -> String {
    match error {
        EmbeddingError::Missing { path, .. } => {
            let what = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            lang.say("error-encoder-missing", &[("file", path.display().to_string().into()), ("what", what.into())])
        }
        EmbeddingError::NotBuiltIn => lang.text("error-encoder-not-built-in"),
        EmbeddingError::MissingTensor { file, tensor } => {
            lang.say("error-encoder-tensor", &[("file", file.as_str().into()), ("tensor", tensor.as_str().into())])
        }
        EmbeddingError::Shape { file, tensor, expected, found } => {
            let args = [
                ("file", file.as_str().into()),
                ("tensor", tensor.as_str().into()),
                ("expected", format!("{expected:?}").into()),
                ("found", format!("{found:?}").into()),
            ];
            lang.say("error-encoder-shape", &args)
        }
        EmbeddingError::Unsupported { file, what, found, supported } => {
            let args = [
                ("file", file.as_str().into()),
                ("what", (*what).into()),
                ("found", found.as_str().into()),
                ("supported", (*supported).into()),
            ];
            lang.say("error-encoder-unsupported", &args)
        }
        other => other.to_string(),
    }
}
