//! Labelled texts of a user's own, told apart by their header.
//!
//! Takes a file and, where its columns do not say, the language; gives [`Data`]:
//! - `form lemmas upos …`, tab-separated: the forms of a treebank, lemmas parted by `|` ([`Data::Forms`])
//! - `kk ru`, tab-separated: sentences in both languages ([`Data::Pairs`])
//! - a `text` column, or lines without a header: sentences of one language ([`Data::Sentences`])
//! - `.jsonl` with `mention` and `person`: names and who is meant, null for nobody ([`Data::Mentions`])
//!
//! Promises: the first fault is an error with file and line; nothing is passed over.

use crate::analysis::Language;
use crate::{Error, Result};
use serde::Deserialize;
use std::path::Path;

/// A form with its lemmas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    /// The form, folded.
    pub form: String,
    /// The lemmas it may have; the first is the likeliest.
    pub lemmas: Vec<String>,
    /// Tagged as a proper name.
    pub name: bool,
}

/// A name as written and who is meant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Mention {
    /// The name.
    pub mention: String,
    /// The id of a person of the roster, or nobody.
    pub person: Option<String>,
}

/// The content of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// Forms and lemmas of one language.
    Forms {
        /// Kazakh or Russian.
        language: Language,
        /// The rows.
        rows: Vec<FormRow>,
    },
    /// Sentences of one language, or of others than Kazakh and Russian.
    Sentences {
        /// The language of all.
        language: Language,
        /// The sentences.
        texts: Vec<String>,
    },
    /// Sentences in both languages.
    Pairs {
        /// The Kazakh ones.
        kazakh: Vec<String>,
        /// The Russian ones.
        russian: Vec<String>,
    },
    /// Names.
    Mentions {
        /// The rows.
        rows: Vec<Mention>,
    },
}

/// A file with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The file's name.
    pub name: String,
    /// Its content.
    pub data: Data,
}

impl Labelled {
    /// Reads `FILE` or `LANG=FILE`, where `LANG` is kk, ru or other. Without it the language is taken from the columns, or from a part
    /// of the file's name: kk, kaz, kazakh, ru, rus, russian, other.
    ///
    /// # Errors
    /// [`Error::File`]; [`Error::Model`] where the file, a row, or its language cannot be told.
    pub fn read(argument: &str) -> Result<Self> {
        let (language, path) = match argument.split_once('=') {
            Some((code, path)) if language(code).is_some() => (language(code), Path::new(path)),
            _ => (None, Path::new(argument)),
        };
        let bytes = std::fs::read(path).map_err(Error::file(path))?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let text = String::from_utf8(bytes).map_err(|_| Error::model(&name, "expected UTF-8 text"))?;
        let language = language.or_else(|| name.split(['.', '-', '_']).find_map(self::language));
        let data = parse(&name, &text, language)?;
        Ok(Self { name, data })
    }
}

fn language(code: &str) -> Option<Language> {
    match code {
        "kk" | "kaz" | "kazakh" => Some(Language::Kazakh),
        "ru" | "rus" | "russian" => Some(Language::Russian),
        "other" => Some(Language::Other),
        _ => None,
    }
}

fn parse(name: &str, text: &str, language: Option<Language>) -> Result<Data> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if Path::new(name).extension().is_some_and(|extension| extension == "jsonl") {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let row = |(nth, line): (usize, &str)| {
            serde_json::from_str(line)
                .map_err(|error| fault(name, nth + 1, &format!("expected mention and person: {error}")))
        };
        return Ok(Data::Mentions { rows: lines.map(row).collect::<Result<_>>()? });
    }
    let header: Vec<&str> = text.lines().next().unwrap_or_default().split('\t').collect();
    let column = |wanted: &str| header.iter().position(|column| *column == wanted);
    let needed =
        || language.ok_or_else(|| fault(name, 1, "its language is not told; write kk=FILE, ru=FILE or other=FILE"));
    let cells = |columns: Vec<usize>| -> Result<Vec<Vec<String>>> {
        let row = |(nth, line): (usize, &str)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |column: &usize| {
                let short =
                    || fault(name, nth + 1, &format!("expected {} columns, found {}", header.len(), cells.len()));
                cells.get(*column).map(|cell| (*cell).to_owned()).ok_or_else(short)
            };
            columns.iter().map(cell).collect()
        };
        text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()).map(row).collect()
    };
    if let (Some(form), Some(lemmas)) = (column("form"), column("lemmas")) {
        let tag = column("upos");
        let row = |mut cells: Vec<String>| FormRow {
            name: tag.is_some() && cells.pop().is_some_and(|tag| tag == "PROPN"),
            lemmas: cells.pop().unwrap_or_default().split('|').map(str::to_owned).collect(),
            form: cells.pop().unwrap_or_default(),
        };
        let rows = cells([form, lemmas].into_iter().chain(tag).collect())?.into_iter().map(row).collect();
        return Ok(Data::Forms { language: needed()?, rows });
    }
    let one = |at: usize| -> Result<Vec<String>> { Ok(cells(vec![at])?.into_iter().flatten().collect()) };
    if let (Some(kazakh), Some(russian)) = (column("kk"), column("ru")) {
        return Ok(Data::Pairs { kazakh: one(kazakh)?, russian: one(russian)? });
    }
    let texts = match column("text") {
        Some(text) => one(text)?,
        None => text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
    };
    Ok(Data::Sentences { language: needed()?, texts })
}

fn fault(name: &str, line: usize, what: &str) -> Error {
    Error::model(name, format!("line {line}: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_tells_what_a_file_holds() {
        let forms = parse("a.tsv", "form\tlemmas\tupos\nсуы\tсу|суы\tNOUN\nАсан\tАсан\tPROPN\n", language("kk"));
        let Ok(Data::Forms { rows, .. }) = forms else { panic!("{forms:?}") };
        assert_eq!((rows[0].lemmas.len(), rows[0].name, rows[1].name), (2, false, true));
        let pairs = parse("a.tsv", "kk\tru\nсу\tвода\n", None);
        assert_eq!(pairs.ok(), Some(Data::Pairs { kazakh: vec!["су".into()], russian: vec!["вода".into()] }));
        let lines = parse("a.txt", "один\nдва\n", language("ru"));
        assert!(matches!(lines, Ok(Data::Sentences { ref texts, .. }) if texts.len() == 2));
        let mentions = parse("a.jsonl", "{\"mention\": \"А. Б.\", \"person\": null}\n", None);
        assert!(matches!(mentions, Ok(Data::Mentions { ref rows }) if rows[0].person.is_none()));
    }

    #[test]
    fn faults_are_told_with_their_line() {
        for (name, text, lang, part) in [
            ("a.tsv", "form\tlemmas\nсу\n", "kk", "line 2"),
            ("a.txt", "текст\n", "", "kk=FILE"),
            ("a.jsonl", "{\"mention\": 1}\n", "", "line 1"),
        ] {
            let error = parse(name, text, language(lang)).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(part), "{error}");
        }
    }
}
