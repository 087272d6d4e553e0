//! A loaded model: vocabulary, transformer, prompts; and how many texts are read at once.
//!
//! Takes texts, puts the prompt of their role before them, cuts windows, reads the windows longest first on all cores of
//! the rayon pool that it is called in, joins them.

use std::borrow::Cow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::adapter::Adapted;
use super::error::EmbeddingError;
use super::gguf::{Gguf, Value};
use super::tokenizer::Pieces;
use super::transformer::{Activation, Architecture, Names, Pooling, Transformer};
use super::weights::{Table, Weights};
use super::windows::{MAX_WINDOWS, join, windows};
use super::{Encoder, Progress, Role};

/// Goes into every fingerprint: to be raised when the same model would give other vectors.
const REVISION: &str = "embedding 1";

/// What stands before a text, by role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompts {
    /// Before a [`Role::Query`].
    pub query: String,
    /// Before a [`Role::Passage`].
    pub passage: String,
}

impl Prompts {
    /// Those of the E5 family (Wang et al. 2024, <https://arxiv.org/abs/2402.05672>).
    pub fn e5() -> Self {
        Self { query: "query: ".to_owned(), passage: "passage: ".to_owned() }
    }

    fn of(&self, role: Role) -> &str {
        match role {
            Role::Query => &self.query,
            Role::Passage => &self.passage,
        }
    }
}

/// An encoder of the BERT and XLM-RoBERTa family: the bundled one, or one of the user's own.
pub struct TransformerEncoder {
    pieces: Pieces,
    transformer: Transformer,
    prompts: Prompts,
    /// The longest window, special pieces included.
    longest: usize,
    fingerprint: String,
}

impl TransformerEncoder {
    /// The bundled encoder: multilingual-e5-small with 4-bit weights and the pieces of Kazakh, Russian and English, under an adapter
    /// that was taught which inquiries pursue which promise; vectors of 384 numbers (`models/encoder/README.md`). Unpacks some 85 MiB.
    ///
    /// # Errors
    /// [`EmbeddingError`] if the file was damaged when the program was built.
    #[cfg(feature = "encoder")]
    pub fn bundled() -> Result<Self, EmbeddingError> {
        static MODEL: &[u8] = include_bytes!("../../models/encoder/e5-small-kk-ru-en.gguf");
        static ADAPTER: &[u8] = include_bytes!("../../models/encoder/promises-lora.gguf");
        let adapter = Gguf::parse("models/encoder/promises-lora.gguf", Cow::Borrowed(ADAPTER))?;
        let model = Gguf::parse("models/encoder/e5-small-kk-ru-en.gguf", Cow::Borrowed(MODEL))?;
        Self::of(&model, Some(&adapter), Prompts::e5())
    }

    /// Puts a model together. `digest` has taken the model's files.
    pub(super) fn new(
        pieces: Pieces,
        transformer: Transformer,
        prompts: Prompts,
        longest: Option<usize>,
        mut digest: blake3::Hasher,
    ) -> Result<Self, EmbeddingError> {
        let longest = transformer.longest().min(longest.unwrap_or(usize::MAX));
        if longest <= pieces.special() {
            return Err(EmbeddingError::Internal(format!("windows of {longest} pieces leave no room for a text")));
        }
        for part in [REVISION, &prompts.query, &prompts.passage, &longest.to_string()] {
            digest.update(&(part.len() as u64).to_le_bytes());
            digest.update(part.as_bytes());
        }
        let fingerprint = digest.finalize().to_hex().to_string();
        Ok(Self { pieces, transformer, prompts, longest, fingerprint })
    }

    /// Reads a GGUF file with a BERT encoder and a unigram vocabulary, as the bundled one is.
    ///
    /// # Errors
    /// [`EmbeddingError`] for a file that is missing, broken or of another architecture.
    pub fn from_gguf(path: &Path, prompts: Prompts) -> Result<Self, EmbeddingError> {
        let bytes = std::fs::read(path).map_err(EmbeddingError::file(path))?;
        Self::of(&Gguf::parse(&path.display().to_string(), Cow::Owned(bytes))?, None, prompts)
    }

    /// The model of a file, and of an adapter to it.
    fn of(gguf: &Gguf, adapter: Option<&Gguf>, prompts: Prompts) -> Result<Self, EmbeddingError> {
        let architecture = architecture(gguf)?;
        let adapted = adapter.map(|adapter| Adapted::new(gguf, adapter)).transpose()?;
        let weights: &dyn Weights = adapted.as_ref().map_or(gguf, |adapted| adapted);
        // Half of the time to the first vector is the vocabulary's, half the weights': side by side.
        let (pieces, loaded) = rayon::join(
            || Pieces::from_gguf(gguf),
            || {
                let width = architecture.width;
                let table = |tensor: &str, rows: usize| -> Result<Table, EmbeddingError> {
                    let raw = gguf.shaped(tensor, &[rows, width])?;
                    Ok(Table::new(raw.format, gguf.kept(tensor).unwrap_or_default(), width))
                };
                let words = table("token_embd.weight", architecture.vocabulary)?;
                let positions = table("position_embd.weight", architecture.positions)?;
                let mut digest = blake3::Hasher::new();
                digest.update(gguf.bytes());
                if let Some(adapter) = adapter {
                    digest.update(adapter.bytes());
                }
                Ok::<_, EmbeddingError>((Transformer::load(architecture, &names(), weights, words, positions)?, digest))
            },
        );
        let (transformer, digest) = loaded?;
        Self::new(pieces?, transformer, prompts, None, digest)
    }
}

impl Encoder for TransformerEncoder {
    fn dimension(&self) -> usize {
        self.transformer.width()
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn embed(&self, role: Role, texts: &[&str], progress: Progress<'_>) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        let room = self.longest - self.pieces.special();
        let prompt = self.prompts.of(role);
        let ids = texts
            .par_iter()
            .map(|text| self.pieces.ids(&[prompt, text.trim()].concat(), room.saturating_mul(MAX_WINDOWS)))
            .collect::<Result<Vec<_>, _>>()?;
        // (text, stretch of it), the longest first: the cores then end together.
        let mut jobs: Vec<_> = ids
            .iter()
            .enumerate()
            .flat_map(|(text, ids)| windows(ids.len(), room).map(move |window| (text, window)))
            .collect();
        let order = |job: &(usize, std::ops::Range<usize>)| (std::cmp::Reverse(job.1.len()), job.0, job.1.start);
        jobs.sort_by_key(order);
        let work = |pieces: usize| pieces + self.pieces.special();
        let total = jobs.iter().map(|(_, window)| work(window.len())).sum();
        let done = AtomicUsize::new(0);
        let pooled = jobs
            .par_iter()
            .with_max_len(1)
            .map(|(text, window)| {
                let pooled = self.transformer.pooled(&self.pieces.framed(&ids[*text][window.clone()]))?;
                let work = work(window.len());
                progress(done.fetch_add(work, Ordering::Relaxed) + work, total);
                Ok(pooled)
            })
            .collect::<Result<Vec<_>, EmbeddingError>>()?;
        let mut parts: Vec<_> = jobs.iter().zip(&pooled).collect();
        parts.sort_by_key(|((text, window), _)| (*text, window.start));
        Ok(parts
            .chunk_by(|a, b| a.0.0 == b.0.0)
            .map(|parts| {
                join(self.dimension(), parts.iter().map(|((_, window), vector)| (window.len(), vector.as_slice())))
            })
            .collect())
    }
}

/// The sizes that a GGUF file states, and that the program can run them.
fn architecture(gguf: &Gguf) -> Result<Architecture, EmbeddingError> {
    let unsupported = |what, found: &Value, supported| EmbeddingError::Unsupported {
        file: gguf.file().to_owned(),
        what,
        found: format!("{found:?}"),
        supported,
    };
    match gguf.value("general.architecture")? {
        Value::Text(name) if name == "bert" => {}
        found => return Err(unsupported("architecture", found, "bert")),
    }
    let pooling = match gguf.value("bert.pooling_type")? {
        Value::Int(1) => Pooling::Mean,
        Value::Int(2) => Pooling::First,
        found => return Err(unsupported("pooling", found, "1 (mean), 2 (first piece)")),
    };
    let epsilon = match gguf.value("bert.attention.layer_norm_epsilon")? {
        Value::Float(epsilon) => *epsilon,
        found => return Err(unsupported("layer norm epsilon", found, "a number")),
    };
    let found = Architecture {
        width: gguf.size("bert.embedding_length")?,
        layers: gguf.size("bert.block_count")?,
        heads: gguf.size("bert.attention.head_count")?,
        inner: gguf.size("bert.feed_forward_length")?,
        vocabulary: gguf.list("tokenizer.ggml.tokens")?.len(),
        positions: gguf.size("bert.context_length")?,
        first_position: 0,
        segments: gguf.raw("token_types.weight")?.shape[0],
        epsilon,
        activation: Activation::Gelu,
        pooling,
    };
    found.checked(gguf.file())
}

fn names() -> Names {
    Names {
        words: "token_embd".to_owned(),
        positions: "position_embd".to_owned(),
        segments: "token_types.weight".to_owned(),
        norm: "token_embd_norm".to_owned(),
        layer: "blk.".to_owned(),
        query: "attn_q",
        key: "attn_k",
        value: "attn_v",
        attended: "attn_output",
        attended_norm: "attn_output_norm",
        up: "ffn_up",
        down: "ffn_down",
        down_norm: "layer_output_norm",
    }
}

impl Architecture {
    /// Refuses sizes that no model has, so that whatever follows can compute with them.
    pub fn checked(self, file: &str) -> Result<Self, EmbeddingError> {
        let sizes = [self.width, self.layers, self.heads, self.inner, self.positions, self.segments];
        if sizes.iter().any(|&size| size == 0 || size > 1 << 20) || self.vocabulary == 0 {
            return Err(EmbeddingError::format(file, format!("impossible sizes: {self:?}")));
        }
        if !self.width.is_multiple_of(self.heads) {
            let message = format!("{} heads do not share {} dimensions evenly", self.heads, self.width);
            return Err(EmbeddingError::format(file, message));
        }
        if self.positions <= self.first_position {
            return Err(EmbeddingError::format(file, format!("no positions after the first {}", self.first_position)));
        }
        Ok(self)
    }
}
