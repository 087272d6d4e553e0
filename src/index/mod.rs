//! Which clauses hold these words?
//!
//! Takes clauses; gives a tantivy index, in memory or in the project's cache folder.
//! Promises: an index on disk is used only for the very clauses, analyzer and glossary that it was built from; any other is
//! built anew. Knows nothing of: inquiries, scopes, links.

pub mod tokenizer;

pub use tokenizer::{SaualTokenizer, concept_key, keys};

use crate::analysis::{Analyzer, Glossary};
use crate::programme::Clause;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, TantivyDocument};

/// Raised whenever the schema or what is written into it changes.
const FORMAT: u32 = 1;
const FINGERPRINT_FILE: &str = "fingerprint.json";
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
    /// [`Error::Index`]
    pub fn in_memory(clauses: &[Clause], analyzer: &Arc<Analyzer>, glossary: &Arc<Glossary>) -> Result<Self> {
        let opened = Self::over(Index::create_in_ram(schema()), analyzer, glossary)?;
        opened.write(clauses)?;
        Ok(opened)
    }

    /// The index in `folder`, built there first if the folder holds none, or one of other clauses, another analyzer or
    /// another format, or a damaged one.
    ///
    /// # Errors
    /// [`Error::File`] where the folder cannot be written, [`Error::Index`].
    pub fn on_disk(
        folder: &Path,
        clauses: &[Clause],
        analyzer: &Arc<Analyzer>,
        glossary: &Arc<Glossary>,
    ) -> Result<Self> {
        let fingerprint = Fingerprint::new(clauses, analyzer, glossary);
        let stored = std::fs::read(folder.join(FINGERPRINT_FILE)).ok();
        let stored = stored.and_then(|bytes| serde_json::from_slice::<Fingerprint>(&bytes).ok());
        if stored.as_ref() == Some(&fingerprint)
            && let Ok(index) = Index::open_in_dir(folder)
            && let Ok(opened) = Self::over(index, analyzer, glossary)
            && opened.holds(clauses.len())
        {
            return Ok(opened);
        }
        Self::rebuild(folder, clauses, &fingerprint, analyzer, glossary)
    }

    fn rebuild(
        folder: &Path,
        clauses: &[Clause],
        fingerprint: &Fingerprint,
        analyzer: &Arc<Analyzer>,
        glossary: &Arc<Glossary>,
    ) -> Result<Self> {
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(Error::file(folder))?;
        }
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let opened = Self::over(Index::create_in_dir(folder, schema())?, analyzer, glossary)?;
        opened.write(clauses)?;
        // Written last: a folder without it is an index that was never finished.
        let file = folder.join(FINGERPRINT_FILE);
        let json = serde_json::to_vec(fingerprint).map_err(|error| Error::Internal(error.to_string()))?;
        std::fs::write(&file, json).map_err(Error::file(&file))?;
        Ok(opened)
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
    /// [`Error::Index`]
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
