//! A table of a run: named columns and rows that are made as they are asked for. Every export of rows writes these, so that the
//! workbook, csv, jsonl and parquet hold the same.

use crate::locale::Lang;
use std::borrow::Cow;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word or a name.
    Text,
    /// Sentences.
    Prose,
    /// A word that the program chose, the same in every language; its names stand in the locale as `PREFIX-word`.
    Code(&'static str),
    /// The address of a source.
    Url,
    /// A day or a period, as ISO 8601 writes them.
    Date,
    /// A whole number.
    Count,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// Several words.
    List,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing is known.
    Empty,
    /// Of [`Kind::Text`], [`Kind::Prose`], [`Kind::Code`], [`Kind::Url`] and [`Kind::Date`].
    Text(Cow<'a, str>),
    /// Of [`Kind::Count`].
    Count(usize),
    /// Of [`Kind::Number`].
    Number(f64),
    /// Of [`Kind::Flag`].
    Flag(bool),
    /// Of [`Kind::List`].
    List(Vec<Cow<'a, str>>),
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field's name in every language.
    pub name: Cow<'static, str>,
    /// What its cells hold.
    pub kind: Kind,
}

/// The prefix of the columns that take a score apart.
pub const WEIGHT: &str = "weight_";

impl Column {
    /// A column.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name: Cow::Borrowed(name), kind }
    }

    /// What people read above the column.
    pub fn heading(&self, lang: Lang) -> String {
        match self.name.strip_prefix(WEIGHT) {
            Some(comparison) => {
                let comparison = lang.text(&format!("comparison-{}", comparison.replace('_', "-")));
                format!("{}: {comparison}", lang.text("column-weight"))
            }
            None => lang.text(&format!("field-{}", self.name.replace('_', "-"))),
        }
    }
}

/// The rows of a table, one value a column.
pub type Rows<'a> = Box<dyn Iterator<Item = Vec<Value<'a>>> + 'a>;

/// A table.
pub struct Table<'a> {
    /// Its name: that of its files, and of its sheet under `sheet-NAME` in the locale.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    rows: Box<dyn Fn() -> Rows<'a> + 'a>,
}

impl<'a> Table<'a> {
    /// A table whose rows `rows` makes anew at each call.
    pub fn new(name: &'static str, columns: Vec<Column>, rows: impl Fn() -> Rows<'a> + 'a) -> Self {
        Self { name, columns, rows: Box::new(rows) }
    }

    /// Its rows, from the first.
    pub fn rows(&self) -> Rows<'a> {
        (self.rows)()
    }
}

impl<'a> Value<'a> {
    /// A text; an empty one is nothing.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A text where there is one.
    pub fn maybe(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::Empty, |text| Self::text(text))
    }

    /// Several words, borrowed.
    pub fn list(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(words.into_iter().map(Cow::Borrowed).collect())
    }
}

impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
