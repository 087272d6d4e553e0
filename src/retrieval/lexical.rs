//! BM25 over the index: clauses that share stems or concepts with an inquiry.

use crate::Result;
use crate::analysis::{Glossary, Token};
use crate::index::{ClauseIndex, keys};
use std::collections::{BTreeSet, HashMap};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{Searcher, TantivyDocument, Term};

/// A searchable view of the clauses.
pub struct Lexical<'a> {
    searcher: Searcher,
    index: &'a ClauseIndex,
    glossary: &'a Glossary,
    /// Document address to clause, read once.
    ordinals: HashMap<tantivy::DocAddress, usize>,
}

impl<'a> Lexical<'a> {
    /// A view of `index`, whose tokens were made with `glossary`.
    ///
    /// # Errors
    /// [`crate::Error::Index`]
    pub fn new(index: &'a ClauseIndex, glossary: &'a Glossary) -> Result<Self> {
        let searcher = index.searcher()?;
        let mut ordinals = HashMap::new();
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            for doc in 0..reader.max_doc() {
                let address = tantivy::DocAddress::new(segment, doc);
                let document: TantivyDocument = searcher.doc(address)?;
                let ordinal = document.get_first(index.ordinal).and_then(|value| value.as_u64());
                ordinals.insert(address, usize::try_from(ordinal.unwrap_or_default()).unwrap_or_default());
            }
        }
        Ok(Self { searcher, index, glossary, ordinals })
    }

    /// Every clause that shares a key with `tokens`, with its BM25.
    ///
    /// # Errors
    /// [`crate::Error::Index`]
    pub fn search(&self, tokens: &[Token]) -> Result<HashMap<usize, f32>> {
        let distinct: BTreeSet<_> = keys(tokens, self.glossary).into_iter().map(|(_, key)| key).collect();
        if distinct.is_empty() || self.ordinals.is_empty() {
            return Ok(HashMap::new());
        }
        let terms = distinct.into_iter().map(|key| {
            let term = Term::from_field_text(self.index.body, &key);
            let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (Occur::Should, query)
        });
        let query = BooleanQuery::new(terms.collect());
        let found = self.searcher.search(&query, &TopDocs::with_limit(self.ordinals.len()).order_by_score())?;
        Ok(found.into_iter().map(|(score, address)| (self.ordinals[&address], score)).collect())
    }
}
