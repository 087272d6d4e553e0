//! In which other forms can a run be handed on?
//!
//! A workbook for people, csv, jsonl and parquet for programs, a TREC run and qrels for researchers, Popolo for monitoring sites,
//! PROV for archives. Promises: all tables hold the same rows; the same run in the same language gives the same bytes.

pub mod table;
pub mod tables;
pub mod csv;
pub mod jsonl;
pub mod datapackage;
pub mod trec;
pub mod popolo;
pub mod prov;
#[cfg(feature = "parquet")]
pub mod parquet;
#[cfg(feature = "xlsx")]
mod sheet;
#[cfg(feature = "xlsx")]
pub mod xlsx;

use crate::locale::Lang;
use crate::run::Run;
use crate::{Error, Result};
use datapackage::Resource;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use table::Table;
use tables::Tables;

/// A form to hand a run on in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// A workbook: `saual.xlsx`
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// A csv file for each table, with a data package: `csv/`
    Csv,
    /// A jsonl file for each table, with a data package: `jsonl/`
    Jsonl,
    /// A parquet file for each table: `parquet/`
    #[cfg(feature = "parquet")]
    Parquet,
    /// A TREC run, and qrels where there are gold labels or decisions: `trec/`
    Trec,
    /// People and organisations: `popolo.json`
    Popolo,
    /// Where the files come from: `prov.json`
    Prov,
}

impl Format {
    /// All forms that this build knows.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "xlsx")]
        Self::Xlsx,
        Self::Csv,
        Self::Jsonl,
        #[cfg(feature = "parquet")]
        Self::Parquet,
        Self::Trec,
        Self::Popolo,
        Self::Prov,
    ];
}

/// Writes `run` into `folder`, which must exist, in every form of `formats`; `gold` are the labels for the qrels, if there are
/// any. Gives the files' names, relative to the folder.
///
/// # Errors
/// [`Error::File`]; [`Error::Internal`] where a library cannot make the file.
pub fn write(run: &Run, gold: &[trec::Grade], formats: &[Format], lang: Lang, folder: &Path) -> Result<Vec<String>> {
    let mut export = Export { folder, files: Vec::new() };
    let tables = Tables::new(run, lang);
    let asked = |format: &Format| formats.contains(format);
    // In their own order whatever the caller's; the provenance last, since it names all others.
    for format in Format::ALL.iter().copied().filter(asked) {
        match format {
            #[cfg(feature = "xlsx")]
            Format::Xlsx => export.file("saual.xlsx", |out| {
                let workbook = xlsx::render(run, lang)?;
                out.write_all(&workbook).map_err(Error::file(Path::new("saual.xlsx")))
            })?,
            Format::Csv => export.package(run, "csv", &tables.all(), lang, |table, out| csv::write(table, out))?,
            Format::Jsonl => {
                export.package(run, "jsonl", &tables.all(), lang, |table, out| jsonl::write(table, out))?;
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                for table in tables.all() {
                    export.file(&format!("parquet/{}.parquet", table.name), |out| parquet::write(&table, out))?;
                }
            }
            Format::Trec => {
                export.lines("trec/run.txt", |out| trec::run(&run.links, out))?;
                let reviewers = trec::reviewers(&run.verdicts);
                for (name, grades) in [("qrels", gold), ("qrels-reviewers", &reviewers)] {
                    if !grades.is_empty() {
                        export.lines(&format!("trec/{name}.txt"), |out| trec::qrels(grades, out))?;
                    }
                }
            }
            Format::Popolo => {
                let document = popolo::render(&run.project, lang);
                export.lines("popolo.json", |out| out.write_all(document.as_bytes()))?;
            }
            Format::Prov => {
                let document = prov::render(run, &export.files);
                export.lines("prov.json", |out| out.write_all(document.as_bytes()))?;
            }
        }
    }
    Ok(export.files.into_iter().map(|(file, _)| file).collect())
}

struct Export<'a> {
    folder: &'a Path,
    /// Names, with the hashes of what was written.
    files: Vec<(String, String)>,
}

type Out<'a> = &'a mut Hashed;

/// A file that is hashed while it is written.
struct Hashed {
    file: BufWriter<File>,
    hash: blake3::Hasher,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Export<'_> {
    fn path(&self, name: &str) -> Result<PathBuf> {
        let path = self.folder.join(name);
        let parent = path.parent().unwrap_or(self.folder);
        std::fs::create_dir_all(parent).map_err(Error::file(parent))?;
        Ok(path)
    }

    fn file(&mut self, name: &str, write: impl FnOnce(Out<'_>) -> Result<()>) -> Result<()> {
        let path = self.path(name)?;
        let file = BufWriter::new(File::create(&path).map_err(Error::file(&path))?);
        let mut out = Hashed { file, hash: blake3::Hasher::new() };
        write(&mut out)?;
        out.flush().map_err(Error::file(&path))?;
        self.files.push((name.to_owned(), out.hash.finalize().to_hex().to_string()));
        Ok(())
    }

    fn lines(&mut self, name: &str, write: impl FnOnce(Out<'_>) -> std::io::Result<()>) -> Result<()> {
        let path = self.folder.join(name);
        self.file(name, |out| write(out).map_err(Error::file(&path)))
    }

    /// A folder of tables in one format, with its description.
    fn package(
        &mut self,
        run: &Run,
        format: &str,
        tables: &[Table<'_>],
        lang: Lang,
        write: fn(&Table<'_>, Out<'_>) -> std::io::Result<()>,
    ) -> Result<()> {
        let mut resources = Vec::new();
        for table in tables {
            let file = format!("{}.{format}", table.name);
            self.lines(&format!("{format}/{file}"), |out| write(table, out))?;
            resources.push(Resource::of_columns(&file, &table.columns, lang));
        }
        let description = datapackage::render(run, &resources, lang);
        self.lines(&format!("{format}/{}", datapackage::FILE), |out| out.write_all(description.as_bytes()))
    }
}

/// A JSON document as people read it, with a line break at its end.
fn pretty(document: &serde_json::Value) -> String {
    format!("{document:#}\n")
}
