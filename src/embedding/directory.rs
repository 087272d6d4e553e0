//! A model of the user's: a folder in the usual layout of transformer encoders.
//!
//! Takes `config.json`, `tokenizer.json` and `model.safetensors`, and where they are there `1_Pooling/config.json`,
//! `sentence_bert_config.json`, `config_sentence_transformers.json` and `modules.json` of sentence-transformers. Runs
//! BERT, RoBERTa, XLM-RoBERTa and CamemBERT with absolute positions, and refuses by name whatever else it meets.
//! Does not know: files of pickled tensors, weights in several files, further layers after the pooling.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::EmbeddingError;
use super::model::{Prompts, TransformerEncoder};
use super::safetensors::Safetensors;
use super::tokenizer::Pieces;
use super::transformer::{Activation, Architecture, Names, Pooling, Transformer};
use super::weights::{Table, Weights};

#[derive(Deserialize)]
struct Config {
    model_type: String,
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    intermediate_size: usize,
    max_position_embeddings: usize,
    type_vocab_size: usize,
    vocab_size: usize,
    #[serde(default = "epsilon")]
    layer_norm_eps: f32,
    #[serde(default = "gelu")]
    hidden_act: String,
    pad_token_id: Option<usize>,
    position_embedding_type: Option<String>,
}

fn epsilon() -> f32 {
    1e-12
}

fn gelu() -> String {
    "gelu".to_owned()
}

#[derive(Deserialize)]
struct PoolingConfig {
    #[serde(default)]
    pooling_mode_cls_token: bool,
    #[serde(default)]
    pooling_mode_mean_tokens: bool,
}

#[derive(Deserialize)]
struct SentenceConfig {
    max_seq_length: Option<usize>,
}

#[derive(Deserialize)]
struct SentenceTransformers {
    #[serde(default)]
    prompts: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Module {
    #[serde(rename = "type")]
    kind: String,
}

impl TransformerEncoder {
    /// Reads a folder; prompts are those of `config_sentence_transformers.json` (`query`, `passage` or `document`), or
    /// none.
    pub fn from_dir(folder: &Path) -> Result<Self, EmbeddingError> {
        let prompts = optional::<SentenceTransformers>(&folder.join("config_sentence_transformers.json"))?;
        let mut prompts = prompts.map(|file| file.prompts).unwrap_or_default();
        let query = prompts.remove("query").unwrap_or_default();
        let passage = prompts.remove("passage").or_else(|| prompts.remove("document")).unwrap_or_default();
        Self::with_prompts(folder, Prompts { query, passage })
    }

    /// Reads a folder and puts these prompts before the texts, for models whose files do not state theirs
    /// ([`Prompts::e5`]).
    pub fn with_prompts(folder: &Path, prompts: Prompts) -> Result<Self, EmbeddingError> {
        let mut digest = blake3::Hasher::new();
        let path = folder.join("config.json");
        let bytes = required(&path, "the sizes of the model, as transformers writes them")?;
        digest.update(&bytes);
        let config: Config = parse(&path, &bytes)?;
        let pooling = pooling(folder)?;
        digest.update(format!("{pooling:?}").as_bytes());
        let architecture = architecture(&path.display().to_string(), &config, pooling)?;

        let path = folder.join("tokenizer.json");
        let bytes = required(&path, "the vocabulary as one file; transformers writes it with `save_pretrained`")?;
        digest.update(&bytes);
        let pieces = Pieces::from_json(&path, &bytes)?;

        let path = folder.join("model.safetensors");
        if !path.is_file() {
            let expected =
                "the weights in one safetensors file (convert `pytorch_model.bin` and join shards beforehand)";
            return Err(EmbeddingError::Missing { path, expected });
        }
        let weights = Safetensors::open(&path)?;
        digest_file(&path, &mut digest)?;
        let names = names(&weights)?;
        let table = |tensor: &str, rows: usize| -> Result<Table, EmbeddingError> {
            let raw = weights.shaped(tensor, &[rows, architecture.width])?;
            Ok(Table::new(raw.format, raw.bytes.into_owned().into(), architecture.width))
        };
        let words = table(&names.words, architecture.vocabulary)?;
        let positions = table(&names.positions, architecture.positions)?;
        let transformer = Transformer::load(architecture.clone(), &names, &weights, words, positions)?;
        let longest = optional::<SentenceConfig>(&folder.join("sentence_bert_config.json"))?;
        let longest = longest.and_then(|file| file.max_seq_length);
        Self::new(pieces, transformer, prompts, longest, digest)
    }
}

fn architecture(file: &str, config: &Config, pooling: Pooling) -> Result<Architecture, EmbeddingError> {
    let unsupported = |what, found: &str, supported| EmbeddingError::Unsupported {
        file: file.to_owned(),
        what,
        found: found.to_owned(),
        supported,
    };
    let first_position = match config.model_type.as_str() {
        "bert" => 0,
        "roberta" | "xlm-roberta" | "camembert" => config.pad_token_id.unwrap_or(1).saturating_add(1),
        other => return Err(unsupported("architecture", other, "bert, roberta, xlm-roberta, camembert")),
    };
    match config.position_embedding_type.as_deref() {
        None | Some("absolute") => {}
        Some(other) => return Err(unsupported("position_embedding_type", other, "absolute")),
    }
    let activation = match config.hidden_act.as_str() {
        "gelu" => Activation::Gelu,
        "gelu_new" | "gelu_pytorch_tanh" => Activation::GeluTanh,
        other => return Err(unsupported("hidden_act", other, "gelu, gelu_new, gelu_pytorch_tanh")),
    };
    let found = Architecture {
        width: config.hidden_size,
        layers: config.num_hidden_layers,
        heads: config.num_attention_heads,
        inner: config.intermediate_size,
        vocabulary: config.vocab_size,
        positions: config.max_position_embeddings,
        first_position,
        segments: config.type_vocab_size,
        epsilon: config.layer_norm_eps,
        activation,
        pooling,
    };
    found.checked(file)
}

/// The pooling that the folder states; without a statement the mean.
fn pooling(folder: &Path) -> Result<Pooling, EmbeddingError> {
    let path = folder.join("modules.json");
    for module in optional::<Vec<Module>>(&path)?.unwrap_or_default() {
        let kind = module.kind.rsplit('.').next().unwrap_or_default();
        if !["Transformer", "Pooling", "Normalize"].contains(&kind) {
            return Err(EmbeddingError::Unsupported {
                file: path.display().to_string(),
                what: "module",
                found: module.kind,
                supported: "Transformer, Pooling, Normalize",
            });
        }
    }
    let path = folder.join("1_Pooling/config.json");
    let Some(config) = optional::<PoolingConfig>(&path)? else { return Ok(Pooling::Mean) };
    match (config.pooling_mode_cls_token, config.pooling_mode_mean_tokens) {
        (true, false) => Ok(Pooling::First),
        (false, true) => Ok(Pooling::Mean),
        (cls, mean) => Err(EmbeddingError::Unsupported {
            file: path.display().to_string(),
            what: "pooling",
            found: format!("cls_token: {cls}, mean_tokens: {mean}"),
            supported: "exactly one of cls_token and mean_tokens",
        }),
    }
}

/// The names of the tensors, with whatever prefix the model's class has put before them.
fn names(weights: &Safetensors) -> Result<Names, EmbeddingError> {
    let words = "embeddings.word_embeddings.weight";
    let prefix = weights.names().filter_map(|name| name.strip_suffix(words)).min_by_key(|prefix| prefix.len());
    let prefix = prefix
        .ok_or_else(|| EmbeddingError::MissingTensor { file: weights.file().to_owned(), tensor: words.to_owned() })?;
    let named = |name: &str| format!("{prefix}{name}");
    Ok(Names {
        words: named(words),
        positions: named("embeddings.position_embeddings.weight"),
        segments: named("embeddings.token_type_embeddings.weight"),
        norm: named("embeddings.LayerNorm"),
        layer: named("encoder.layer."),
        query: "attention.self.query",
        key: "attention.self.key",
        value: "attention.self.value",
        attended: "attention.output.dense",
        attended_norm: "attention.output.LayerNorm",
        up: "intermediate.dense",
        down: "output.dense",
        down_norm: "output.LayerNorm",
    })
}

fn required(path: &Path, expected: &'static str) -> Result<Vec<u8>, EmbeddingError> {
    match std::fs::read(path) {
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
            Err(EmbeddingError::Missing { path: path.to_owned(), expected })
        }
        read => read.map_err(EmbeddingError::file(path)),
    }
}

fn optional<T: DeserializeOwned>(path: &PathBuf) -> Result<Option<T>, EmbeddingError> {
    match std::fs::read(path) {
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(None),
        read => parse(path, &read.map_err(EmbeddingError::file(path))?).map(Some),
    }
}

fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, EmbeddingError> {
    serde_json::from_slice(bytes).map_err(|fault| EmbeddingError::format(&path.display().to_string(), fault))
}

/// Takes a file into a digest without holding it in memory.
fn digest_file(path: &Path, digest: &mut blake3::Hasher) -> Result<(), EmbeddingError> {
    let file = std::fs::File::open(path).map_err(EmbeddingError::file(path))?;
    digest.update_reader(file).map_err(EmbeddingError::file(path))?;
    Ok(())
}
