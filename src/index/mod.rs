//! Which clauses hold these words?
//!
//! Takes clauses; gives a tantivy index, in memory or in the project's cache folder.
//! Promises: an index on disk is used only for the very clauses, analyzer and glossary that it was built from; any other is
//! built anew. Knows nothing of: inquiries, scopes, links.

pub mod tokenizer;

pub use tokenizer::{SaualTokenizer, concept_key, keys};

use crate::Result;
use crate::analysis::{Analyzer, Glossary};
use crate::programme::Clause;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, TantivyDocument};

/// Raised whenever the schema or what is written into it changes.
const FORMAT: u32 = 1;
const KEPT_FILE: &str = "saual-index.json";
/// Memory for one writer thread, in bytes. One thread writes one segment: the same statistics at every run.
const WRITER_MEMORY: usize = 64 << 20;

/// What an index was built from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Version of the schema.
    pub format: u32,
    /// [`Analyzer::fingerprint`].
    pub analyzer: String,
    /// Hash of the glossary's concepts.
    pub glossary: String,
    /// Hash of the clauses' ids, owners and texts.
    pub clauses: String,
}

impl Fingerprint {
    /// The fingerprint of an index over `clauses`.
    pub fn new(clauses: &[Clause], analyzer: &Analyzer, glossary: &Glossary) -> Self {
        let hash = |parts: &mut dyn Iterator<Item = &str>| {
            let mut hasher = blake3::Hasher::new();
            for part in parts {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
            hasher.finalize().to_hex().to_string()
        };
        let texts = clauses.iter().flat_map(|clause| [clause.id.as_str(), clause.owner.as_str(), &clause.text]);
        Self {
            format: FORMAT,
            analyzer: analyzer.fingerprint(),
            glossary: hash(&mut (0..glossary.len()).map(|concept| glossary.name(concept))),
            clauses: hash(&mut texts.into_iter()),
        }
    }
}

/// What stands beside the files of an index that was kept: what it was built from, and the hash of each file.
#[derive(Serialize, Deserialize)]
struct Kept {
    fingerprint: Fingerprint,
    files: BTreeMap<String, String>,
}

fn kept(folder: &Path) -> Option<Kept> {
    serde_json::from_slice(&std::fs::read(folder.join(KEPT_FILE)).ok()?).ok()
}

/// The hashes of an index's files, by name; lock files and the note itself are no part of it.
fn hashes(folder: &Path) -> Option<BTreeMap<String, String>> {
    let mut hashes = BTreeMap::new();
    for entry in folder.read_dir().ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != KEPT_FILE && Path::new(&name).extension().is_none_or(|ending| ending != "lock") {
            hashes.insert(name, blake3::hash(&std::fs::read(entry.path()).ok()?).to_hex().to_string());
        }
    }
    Some(hashes)
}

/// The clauses, searchable.
pub struct ClauseIndex {
    index: Index,
    /// The words of a clause.
    pub body: Field,
    /// The id of its owner.
    pub owner: Field,
    /// Its number in the list that the index was built from.
    pub ordinal: Field,
}

impl ClauseIndex {
    /// An index in memory.
    ///
    /// # Errors
    /// [`crate::Error::Index`]
    pub fn in_memory(clauses: &[Clause], analyzer: &Arc<Analyzer>, glossary: &Arc<Glossary>) -> Result<Self> {
        let opened = Self::over(Index::create_in_ram(schema()), analyzer, glossary)?;
        opened.write(clauses)?;
        Ok(opened)
    }

    /// The index kept in `folder`, which is used only if it is whole and of these clauses, this analyzer and this format; else
    /// one is built, and kept there for the next time where the folder allows it. Never fails for the folder's sake: an index that
    /// cannot be kept is held in memory.
    ///
    /// # Errors
    /// [`crate::Error::Index`]
    pub fn on_disk(
        folder: &Path,
        clauses: &[Clause],
        analyzer: &Arc<Analyzer>,
        glossary: &Arc<Glossary>,
    ) -> Result<Self> {
        let fingerprint = Fingerprint::new(clauses, analyzer, glossary);
        if let Some(opened) = Self::open(folder, &fingerprint, clauses.len(), analyzer, glossary) {
            return Ok(opened);
        }
        // Built aside and moved in place whole: another run never sees half an index.
        let aside = folder.with_extension(format!("new-{}", std::process::id()));
        if Self::keep(&aside, folder, clauses, fingerprint.clone(), analyzer, glossary).is_none() {
            // Of no use to anybody; that there is none is the usual case.
            let _ = std::fs::remove_dir_all(&aside);
        }
        let opened = Self::open(folder, &fingerprint, clauses.len(), analyzer, glossary);
        opened.map_or_else(|| Self::in_memory(clauses, analyzer, glossary), Ok)
    }

    /// The index in `folder`; `None` where it is not whole or not of this fingerprint.
    fn open(
        folder: &Path,
        fingerprint: &Fingerprint,
        clauses: usize,
        analyzer: &Arc<Analyzer>,
        glossary: &Arc<Glossary>,
    ) -> Option<Self> {
        let kept = kept(folder).filter(|kept| kept.fingerprint == *fingerprint)?;
        if hashes(folder)? != kept.files {
            return None;
        }
        let opened = Self::over(Index::open_in_dir(folder).ok()?, analyzer, glossary).ok()?;
        opened.holds(clauses).then_some(opened)
    }

    /// Builds an index in `aside` and moves it to `folder`; `None` where the system does not allow it or another's files are there.
    fn keep(
        aside: &Path,
        folder: &Path,
        clauses: &[Clause],
        fingerprint: Fingerprint,
        analyzer: &Arc<Analyzer>,
        glossary: &Arc<Glossary>,
    ) -> Option<()> {
        std::fs::create_dir_all(aside).ok()?;
        let index = Index::create_in_dir(aside, schema()).ok()?;
        Self::over(index, analyzer, glossary).ok()?.write(clauses).ok()?;
        let kept = Kept { fingerprint, files: hashes(aside)? };
        std::fs::write(aside.join(KEPT_FILE), serde_json::to_vec(&kept).ok()?).ok()?;
        if folder.exists() {
            let ours =
                folder.join(KEPT_FILE).exists() || folder.read_dir().is_ok_and(|mut entries| entries.next().is_none());
            if !ours {
                return None;
            }
            std::fs::remove_dir_all(folder).ok()?;
        }
        std::fs::rename(aside, folder).ok()
    }

    fn over(index: Index, analyzer: &Arc<Analyzer>, glossary: &Arc<Glossary>) -> Result<Self> {
        let tokenizer = SaualTokenizer::new(Arc::clone(analyzer), Arc::clone(glossary));
        index.tokenizers().register(tokenizer::NAME, tokenizer);
        let schema = index.schema();
        let field = |name: &str| schema.get_field(name);
        let (body, owner, ordinal) = (field("body")?, field("owner")?, field("ordinal")?);
        Ok(Self { index, body, owner, ordinal })
    }

    fn write(&self, clauses: &[Clause]) -> Result<()> {
        let mut writer = self.index.writer_with_num_threads(1, WRITER_MEMORY)?;
        for (ordinal, clause) in (0u64..).zip(clauses) {
            let mut document = TantivyDocument::new();
            document.add_text(self.body, &clause.text);
            document.add_text(self.owner, clause.owner.as_str());
            document.add_u64(self.ordinal, ordinal);
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok(())
    }

    fn holds(&self, clauses: usize) -> bool {
        self.index.reader().is_ok_and(|reader| reader.searcher().num_docs() == clauses as u64)
    }

    /// A view of the index that many threads can search.
    ///
    /// # Errors
    /// [`crate::Error::Index`]
    pub fn searcher(&self) -> Result<tantivy::Searcher> {
        Ok(self.index.reader()?.searcher())
    }
}

fn schema() -> Schema {
    let mut builder = Schema::builder();
    let words =
        TextFieldIndexing::default().set_tokenizer(tokenizer::NAME).set_index_option(IndexRecordOption::WithFreqs);
    builder.add_text_field("body", TextOptions::default().set_indexing_options(words));
    builder.add_text_field("owner", STRING);
    builder.add_u64_field("ordinal", STORED);
    builder.build()
}
