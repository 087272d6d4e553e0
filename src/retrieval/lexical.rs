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

    /// The `most` clauses of those that are `wanted` that share the most with `tokens` by BM25, best first; of equals the first in the list.
    /// A clause that shares no key is none of them.
    ///
    /// # Errors
    /// [`crate::Error::Index`]
    pub fn best(&self, tokens: &[Token], most: usize, wanted: impl Fn(usize) -> bool) -> Result<Vec<usize>> {
        let distinct: BTreeSet<_> = keys(tokens, self.glossary).into_iter().map(|(_, key)| key).collect();
        if distinct.is_empty() || self.ordinals.is_empty() {
            return Ok(Vec::new());
        }
        let terms = distinct.into_iter().map(|key| {
            let term = Term::from_field_text(self.index.body, &key);
            let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (Occur::Should, query)
        });
        let query = BooleanQuery::new(terms.collect());
        // The unwanted ones among the best are not known before: ask for more until there are enough.
        let mut limit = most.saturating_mul(2).saturating_add(64).min(self.ordinals.len());
        loop {
            let found = self.searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
            let all = found.len() < limit || limit == self.ordinals.len();
            let mut best: Vec<(f32, usize)> =
                found.into_iter().map(|(score, address)| (score, self.ordinals[&address])).collect();
            // What ties with the last one found may not have been found: only those above it are sure to be in order.
            best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let last = best.last().map_or(0.0, |(score, _)| *score);
            let sure = best.iter().filter(|(score, clause)| (all || *score > last) && wanted(*clause));
            let best: Vec<usize> = sure.map(|(_, clause)| *clause).take(most).collect();
            if best.len() == most || all {
                return Ok(best);
            }
            limit = (limit * 4).min(self.ordinals.len());
        }
    }
}
