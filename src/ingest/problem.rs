//! A fault in the project's tables: what was found, where, what was expected, what to do.

use crate::locale::{Arg, Lang};
use serde::{Deserialize, Serialize};

/// How much a problem costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The row, the reference or the file cannot be used.
    Error,
    /// Worth a look; nothing is left out.
    Warning,
}

/// What is wrong. Each fault has a sentence `problem-CODE` and an advice `problem-CODE-advice` in every language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields are the arguments of the sentences in src/locale/*.ftl")]
pub enum Fault {
    FileMissing { expected: String },
    FileUnreadable { reason: String },
    NotAFile,
    FileTooLarge { megabytes: usize, limit: usize },
    FileOutside { value: String },
    TableTwice { other: String },
    NotUtf8 { byte: usize },
    NotToml { reason: String },
    NotJson { reason: String },
    NotAnObject { found: String },
    NotText { found: String },
    RaggedRow { found: usize, expected: usize },
    QuoteOpen,
    ColumnMissing { column: String, found: String },
    ColumnTwice { column: String },
    ColumnMisspelt { found: String, expected: String },
    Empty,
    TextTooLong { kilobytes: usize, limit: usize },
    IdTwice { id: String, first: u64 },
    IdBroken { value: String },
    NotADate { value: String },
    NotANumber { value: String },
    NotAChoice { value: String, choices: String },
    Dangling { value: String, table: String, nearest: String },
    Ambiguous { value: String, candidates: String },
    DateOutsidePeriod { value: String, period: String },
    PeriodReversed { value: String },
    ReplyBeforeInquiry { value: String, inquiry: String },
    NothingToRead,
    NoText,
    FormatUnknown { found: String, known: String },
    FormatLeftOut { format: String, feature: String },
    Broken { format: String, reason: String },
    Encrypted,
    NotAText,
    EncodingAssumed { encoding: String },
    UnpacksTooLarge { limit: usize },
    DocumentTooLong { megabytes: usize },
    TooManyPages { pages: usize, limit: usize },
    TooManyCells { limit: usize },
    TooSlow { seconds: u64 },
    TooMuchMemory { megabytes: u64 },
    ParserFailed { reason: String },
    NoTextLayer { pages: usize },
    PagesWithoutText { pages: usize, of: usize },
    PagesUnread { pages: usize, of: usize },
}

impl Fault {
    /// The stable name of the fault, `duplicate` style: what scripts match on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FileMissing { .. } => "file-missing",
            Self::FileUnreadable { .. } => "file-unreadable",
            Self::NotAFile => "not-a-file",
            Self::FileTooLarge { .. } => "file-too-large",
            Self::FileOutside { .. } => "file-outside",
            Self::TableTwice { .. } => "table-twice",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::NotToml { .. } => "not-toml",
            Self::NotJson { .. } => "not-json",
            Self::NotAnObject { .. } => "not-an-object",
            Self::NotText { .. } => "not-text",
            Self::RaggedRow { .. } => "ragged-row",
            Self::QuoteOpen => "quote-open",
            Self::ColumnMissing { .. } => "column-missing",
            Self::ColumnTwice { .. } => "column-twice",
            Self::ColumnMisspelt { .. } => "column-misspelt",
            Self::Empty => "empty",
            Self::TextTooLong { .. } => "text-too-long",
            Self::IdTwice { .. } => "id-twice",
            Self::IdBroken { .. } => "id-broken",
            Self::NotADate { .. } => "not-a-date",
            Self::NotANumber { .. } => "not-a-number",
            Self::NotAChoice { .. } => "not-a-choice",
            Self::Dangling { .. } => "dangling",
            Self::Ambiguous { .. } => "ambiguous",
            Self::DateOutsidePeriod { .. } => "date-outside-period",
            Self::PeriodReversed { .. } => "period-reversed",
            Self::ReplyBeforeInquiry { .. } => "reply-before-inquiry",
            Self::NothingToRead => "nothing-to-read",
            Self::NoText => "no-text",
            Self::FormatUnknown { .. } => "format-unknown",
            Self::FormatLeftOut { .. } => "format-left-out",
            Self::Broken { .. } => "broken",
            Self::Encrypted => "encrypted",
            Self::NotAText => "not-a-text",
            Self::EncodingAssumed { .. } => "encoding-assumed",
            Self::UnpacksTooLarge { .. } => "unpacks-too-large",
            Self::DocumentTooLong { .. } => "document-too-long",
            Self::TooManyPages { .. } => "too-many-pages",
            Self::TooManyCells { .. } => "too-many-cells",
            Self::TooSlow { .. } => "too-slow",
            Self::TooMuchMemory { .. } => "too-much-memory",
            Self::ParserFailed { .. } => "parser-failed",
            Self::NoTextLayer { .. } => "no-text-layer",
            Self::PagesWithoutText { .. } => "pages-without-text",
            Self::PagesUnread { .. } => "pages-unread",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::ColumnMisspelt { .. }
            | Self::DateOutsidePeriod { .. }
            | Self::EncodingAssumed { .. }
            | Self::PagesWithoutText { .. }
            | Self::PagesUnread { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The fault's fields as arguments of its sentences.
    fn args(&self) -> Vec<(String, Arg)> {
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(self) else { return Vec::new() };
        let arg = |value: serde_json::Value| match value {
            // Fluent selects on words, not on emptiness.
            serde_json::Value::String(text) if text.is_empty() => Arg::from("empty"),
            serde_json::Value::String(text) => Arg::from(shorten(&text)),
            serde_json::Value::Number(number) => Arg::from(number.as_f64().unwrap_or_default()),
            other => Arg::from(other.to_string()),
        };
        fields.into_iter().filter(|(name, _)| name != "code").map(|(name, value)| (name, arg(value))).collect()
    }
}

/// A quoted value, cut where it would flood the screen.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 300;
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST + 1).collect();
    if one_line.chars().count() > LONGEST {
        one_line.chars().take(LONGEST - 1).chain(['…']).collect()
    } else {
        one_line
    }
}

/// A fault and its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Error or warning.
    pub severity: Severity,
    /// The file, relative to the project folder.
    pub file: String,
    /// The sheet, in a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The line of the file (the row of the sheet) on which the row begins, from 1.
    pub line: Option<u64>,
    /// The column (csv) or field (jsonl).
    pub column: Option<String>,
    /// What is wrong.
    #[serde(flatten)]
    pub fault: Fault,
}

impl Problem {
    /// A problem of the file as a whole.
    pub fn in_file(file: impl Into<String>, fault: Fault) -> Self {
        Self { severity: fault.severity(), file: file.into(), sheet: None, line: None, column: None, fault }
    }

    /// The same problem, placed on a sheet of the workbook.
    #[must_use]
    pub fn on_sheet(mut self, sheet: Option<String>) -> Self {
        self.sheet = sheet;
        self
    }

    /// The same problem, placed on a line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same problem, placed in a column.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// Where: `inquiries.csv:17: date`, `inquiries.xlsx[Лист1]:17: date`.
    pub fn place(&self) -> String {
        let sheet = self.sheet.as_ref().map(|sheet| format!("[{sheet}]")).unwrap_or_default();
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        let column = self.column.as_ref().map(|column| format!(": {column}")).unwrap_or_default();
        format!("{}{sheet}{line}{column}", self.file)
    }

    /// What was found and what was expected.
    pub fn message(&self, lang: Lang) -> String {
        self.say(lang, &format!("problem-{}", self.fault.code()))
    }

    /// What to do.
    pub fn advice(&self, lang: Lang) -> String {
        self.say(lang, &format!("problem-{}-advice", self.fault.code()))
    }

    fn say(&self, lang: Lang, key: &str) -> String {
        let args = self.fault.args();
        let borrowed: Vec<(&str, Arg)> = args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        lang.say(key, &borrowed)
    }

    /// The problem with its sentences, for machines.
    pub fn to_json(&self, lang: Lang) -> serde_json::Value {
        let mut json = serde_json::to_value(self).unwrap_or_default();
        json["message"] = self.message(lang).into();
        json["advice"] = self.advice(lang).into();
        json
    }
}

/// Sorts problems as a reader goes through the files: by file, line, column.
pub fn sort(problems: &mut [Problem]) {
    problems.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
}

/// How many of the problems are errors.
pub fn errors(problems: &[Problem]) -> usize {
    problems.iter().filter(|problem| problem.severity == Severity::Error).count()
}
