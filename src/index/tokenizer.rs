//! The project's analyzer as a tantivy tokenizer: stems without stop words, and the glossary's concepts at the same positions.

use crate::analysis::{Analyzer, Glossary, Token};
use std::sync::Arc;
use tantivy::tokenizer::{Token as IndexToken, TokenStream, Tokenizer};

/// The name under which the tokenizer is registered with an index.
pub const NAME: &str = "saual";

/// Gives the index keys of a Kazakh or Russian text.
#[derive(Clone)]
pub struct SaualTokenizer {
    analyzer: Arc<Analyzer>,
    glossary: Arc<Glossary>,
}

impl SaualTokenizer {
    /// A tokenizer over a shared analyzer and glossary.
    pub fn new(analyzer: Arc<Analyzer>, glossary: Arc<Glossary>) -> Self {
        Self { analyzer, glossary }
    }
}

/// The index key of a glossary concept; no stem begins with this sign.
pub fn concept_key(concept: usize) -> String {
    format!("§{concept}")
}

/// The keys of analysed tokens with the number of the token each comes from: the stems of words that are no stop words, and
/// concepts.
pub fn keys(tokens: &[Token], glossary: &Glossary) -> Vec<(usize, Arc<str>)> {
    let stems = tokens.iter().enumerate().filter(|(_, token)| !token.stop).map(|(place, t)| (place, t.stem.clone()));
    let concepts = glossary.find(tokens).into_iter().map(|found| (found.first, concept_key(found.value).into()));
    let mut keys: Vec<_> = stems.chain(concepts).collect();
    keys.sort_by_key(|(place, _)| *place);
    keys
}

/// The keys of one text, one after the other.
pub struct Keys {
    tokens: std::vec::IntoIter<IndexToken>,
    current: IndexToken,
}

impl Tokenizer for SaualTokenizer {
    type TokenStream<'a> = Keys;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Keys {
        let tokens = self.analyzer.tokens(text, None);
        let index_tokens: Vec<IndexToken> = keys(&tokens, &self.glossary)
            .into_iter()
            .map(|(place, text)| {
                let span = tokens[place].span;
                IndexToken {
                    offset_from: span.start,
                    offset_to: span.end,
                    position: place,
                    text: text.as_ref().to_owned(),
                    position_length: 1,
                }
            })
            .collect();
        Keys { tokens: index_tokens.into_iter(), current: IndexToken::default() }
    }
}

impl TokenStream for Keys {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.current = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &IndexToken {
        &self.current
    }

    fn token_mut(&mut self) -> &mut IndexToken {
        &mut self.current
    }
}
