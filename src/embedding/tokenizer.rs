//! Texts to pieces of a vocabulary.
//!
//! Takes a vocabulary with scores (unigram language model, Kudo 2018, <https://arxiv.org/abs/1804.10959>) as GGUF files
//! hold it, or a `tokenizer.json`; gives the ids of a text's pieces, without and with the special pieces around them.
//! The normalisation of a GGUF vocabulary is SentencePiece's `nmt_nfkc`: control characters dropped, everything like a
//! space a space, NFKC, runs of spaces one. Promises: white space around a text changes nothing.

use std::path::Path;

use tokenizers::models::unigram::Unigram;
use tokenizers::normalizers::{NFKC, Nmt, Replace, Sequence};
use tokenizers::pre_tokenizers::metaspace::{Metaspace, PrependScheme};
use tokenizers::{NormalizerWrapper, Tokenizer};

use super::error::EmbeddingError;
use super::gguf::{Gguf, Value};
use super::weights::Weights;

/// Texts are read in stretches of so many bytes, cut at white space, and no further than is needed: the memory that a
/// text takes is then bounded whatever its length.
const STRETCH: usize = 16 << 10;

/// A vocabulary and the special pieces that stand before and after every text.
pub(super) struct Pieces {
    file: String,
    tokenizer: Tokenizer,
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Pieces {
    /// The vocabulary of a GGUF file.
    pub fn from_gguf(gguf: &Gguf) -> Result<Self, EmbeddingError> {
        let file = gguf.file().to_owned();
        match gguf.value("tokenizer.ggml.model")? {
            Value::Text(model) if model == "t5" => {}
            found => {
                return Err(EmbeddingError::Unsupported {
                    file,
                    what: "tokenizer",
                    found: format!("{found:?}"),
                    supported: "t5 (unigram)",
                });
            }
        }
        let (tokens, scores) = (gguf.list("tokenizer.ggml.tokens")?, gguf.list("tokenizer.ggml.scores")?);
        if tokens.len() != scores.len() {
            return Err(EmbeddingError::format(&file, "there are not as many scores as pieces"));
        }
        let vocabulary = tokens.iter().zip(scores).map(|pair| match pair {
            (Value::Text(piece), &Value::Float(score)) if score.is_finite() => Ok((piece.clone(), f64::from(score))),
            (piece, score) => Err(EmbeddingError::format(&file, format!("piece {piece:?} with score {score:?}"))),
        });
        let vocabulary = vocabulary.collect::<Result<Vec<_>, _>>()?;
        let special = |name: &str| -> Result<u32, EmbeddingError> {
            let id = gguf.size(&format!("tokenizer.ggml.{name}_token_id"))?;
            let inside = u32::try_from(id).ok().filter(|_| id < tokens.len());
            inside.ok_or_else(|| EmbeddingError::format(&file, format!("the {name} piece is not in the vocabulary")))
        };
        let (before, after, unknown) = (special("bos")?, special("eos")?, special("unknown")?);
        let refused = |fault: tokenizers::Error| EmbeddingError::format(&file, fault);
        let mut tokenizer = Tokenizer::new(Unigram::from(vocabulary, Some(unknown as usize), false).map_err(refused)?);
        let spaces = Replace::new(tokenizers::normalizers::replace::ReplacePattern::Regex(" {2,}".into()), " ");
        let steps: Vec<NormalizerWrapper> = vec![Nmt.into(), NFKC.into(), spaces.map_err(refused)?.into()];
        tokenizer.with_normalizer(Some(Sequence::new(steps))).map_err(refused)?;
        tokenizer.with_pre_tokenizer(Some(Metaspace::new('▁', PrependScheme::Always, true)));
        Ok(Self { file, tokenizer, before: vec![before], after: vec![after] })
    }

    /// The tokenizer of a model folder.
    pub fn from_json(path: &Path, json: &[u8]) -> Result<Self, EmbeddingError> {
        let file = path.display().to_string();
        let refused =
            |fault: tokenizers::Error| EmbeddingError::Tokenizer { file: file.clone(), message: fault.to_string() };
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(refused)?;
        // Windows are cut here, not there.
        tokenizer.with_truncation(None).map_err(refused)?;
        tokenizer.with_padding(None);
        // What the file puts around a text: the pieces before and after those of any word.
        let inner = tokenizer.encode_fast("a", false).map_err(refused)?;
        let outer = tokenizer.encode_fast("a", true).map_err(refused)?;
        let (inner, outer) = (inner.get_ids(), outer.get_ids());
        let start = (0..=outer.len().saturating_sub(inner.len()))
            .find(|&start| !inner.is_empty() && outer[start..].starts_with(inner));
        let start = start.ok_or_else(|| EmbeddingError::Tokenizer {
            file: file.clone(),
            message: "its template does not put the special pieces around a text".to_owned(),
        })?;
        let (before, after) = (outer[..start].to_vec(), outer[start + inner.len()..].to_vec());
        Ok(Self { file, tokenizer, before, after })
    }

    /// How many special pieces stand around every text.
    pub fn special(&self) -> usize {
        self.before.len() + self.after.len()
    }

    /// The ids of the first pieces of `text`, at least `enough` if it has so many, without special pieces.
    pub fn ids(&self, text: &str, enough: usize) -> Result<Vec<u32>, EmbeddingError> {
        let mut ids = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() && ids.len() < enough {
            let (stretch, beyond) = rest.split_at(stretch(rest));
            let encoding = self.tokenizer.encode_fast(stretch.trim_end(), false);
            let encoding = encoding
                .map_err(|fault| EmbeddingError::Tokenizer { file: self.file.clone(), message: fault.to_string() })?;
            ids.extend_from_slice(encoding.get_ids());
            rest = beyond.trim_start();
        }
        Ok(ids)
    }

    /// The input of the model for a window.
    pub fn framed(&self, window: &[u32]) -> Vec<u32> {
        [&self.before, window, &self.after].concat()
    }
}

/// Where to cut `text` (not empty) so that no word is cut if it can be helped.
fn stretch(text: &str) -> usize {
    if text.len() <= STRETCH {
        return text.len();
    }
    let end = (1..=STRETCH).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    // A space at the very start would leave nothing.
    text[..end].rfind(char::is_whitespace).filter(|&space| space > 0).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_end_between_words_and_within_characters_never() {
        let words = "сауал ".repeat(STRETCH);
        assert!(words[..stretch(&words)].ends_with("сауал"));
        let word = "ә".repeat(STRETCH);
        assert_eq!(stretch(&word), STRETCH);
        assert_eq!(stretch("ә"), 2);
    }
}
