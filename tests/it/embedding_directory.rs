//! A model of the user's: a tiny XLM-RoBERTa that the test writes, checked against a plain forward pass in double
//! precision, and every fault of a folder as an error of its own.

#![expect(clippy::cast_precision_loss, reason = "sizes of a tiny model")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use saual::embedding::{EmbeddingError, Encoder, Prompts, Role, TransformerEncoder};
use serde_json::{Value, json};

const WIDTH: usize = 8;
const HEADS: usize = 2;
const INNER: usize = 12;
const LAYERS: usize = 2;
const WORDS: [&str; 9] = ["<s>", "<pad>", "</s>", "<unk>", "су", "жол", "мектеп", "вода", "q:"];
const POSITIONS: usize = 12;
/// Positions begin behind the padding id, and two special pieces take room.
const ROOM: usize = POSITIONS - 2 - 2;
const EPSILON: f64 = 1e-5;

type Tensors = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

/// The tensors of the tiny model: small numbers that look random and are always the same.
fn tensors() -> Tensors {
    let mut state = 7u32;
    let mut tensors = Tensors::new();
    let mut add = |name: &str, shape: &[usize]| {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from(u16::try_from(state >> 20).expect("twelve bits")) / 2048.0 - 1.0
        };
        let count = shape.iter().product();
        let numbers = if name.ends_with("LayerNorm.weight") {
            (0..count).map(|_| 1.0 + next() / 8.0).collect()
        } else {
            (0..count).map(|_| next()).collect()
        };
        tensors.insert(format!("roberta.{name}"), (shape.to_vec(), numbers));
    };
    add("embeddings.word_embeddings.weight", &[WORDS.len(), WIDTH]);
    add("embeddings.position_embeddings.weight", &[POSITIONS, WIDTH]);
    add("embeddings.token_type_embeddings.weight", &[1, WIDTH]);
    let mut norms = vec!["embeddings.LayerNorm".to_owned()];
    for layer in 0..LAYERS {
        let layer = format!("encoder.layer.{layer}");
        for part in ["query", "key", "value"] {
            add(&format!("{layer}.attention.self.{part}.weight"), &[WIDTH, WIDTH]);
            add(&format!("{layer}.attention.self.{part}.bias"), &[WIDTH]);
        }
        for (part, to, from) in
            [("attention.output", WIDTH, WIDTH), ("intermediate", INNER, WIDTH), ("output", WIDTH, INNER)]
        {
            add(&format!("{layer}.{part}.dense.weight"), &[to, from]);
            add(&format!("{layer}.{part}.dense.bias"), &[to]);
        }
        norms.extend([format!("{layer}.attention.output.LayerNorm"), format!("{layer}.output.LayerNorm")]);
    }
    for norm in norms {
        add(&format!("{norm}.weight"), &[WIDTH]);
        add(&format!("{norm}.bias"), &[WIDTH]);
    }
    tensors
}

fn safetensors(tensors: &Tensors) -> Vec<u8> {
    let (mut head, mut data) = (serde_json::Map::new(), Vec::new());
    for (name, (shape, numbers)) in tensors {
        let start = data.len();
        data.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        head.insert(name.clone(), json!({"dtype": "F32", "shape": shape, "data_offsets": [start, data.len()]}));
    }
    let head = serde_json::to_vec(&head).expect("json");
    [&(head.len() as u64).to_le_bytes(), head.as_slice(), &data].concat()
}

fn config() -> Value {
    json!({
        "model_type": "xlm-roberta", "hidden_size": WIDTH, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
        "intermediate_size": INNER, "max_position_embeddings": POSITIONS, "type_vocab_size": 1, "vocab_size": WORDS.len(),
        "layer_norm_eps": EPSILON, "hidden_act": "gelu", "pad_token_id": 1, "position_embedding_type": "absolute",
    })
}

fn tokenizer() -> Value {
    let vocabulary: BTreeMap<_, _> = WORDS.iter().zip(0..).collect();
    let special = |id: u32| json!({"id": WORDS[id as usize], "ids": [id], "tokens": [WORDS[id as usize]]});
    json!({
        "version": "1.0", "truncation": {"max_length": 3, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
        "padding": null, "added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "decoder": null,
        "post_processor": {
            "type": "TemplateProcessing", "pair": [],
            "single": [
                {"SpecialToken": {"id": "<s>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "</s>", "type_id": 0}},
            ],
            "special_tokens": {"<s>": special(0), "</s>": special(2)},
        },
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "<unk>"},
    })
}

fn write(folder: &Path, file: &str, value: &Value) {
    fs::write(folder.join(file), value.to_string()).expect("a file");
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "config.json", &config());
    write(folder.path(), "tokenizer.json", &tokenizer());
    fs::write(folder.path().join("model.safetensors"), safetensors(&tensors())).expect("a file");
    folder
}

fn embed(folder: &Path, text: &str) -> Vec<f32> {
    let encoder = TransformerEncoder::from_dir(folder).expect("a sound folder");
    encoder.embed(Role::Query, &[text], &|_, _| {}).expect("a vector").remove(0)
}

fn error(folder: &Path) -> EmbeddingError {
    TransformerEncoder::from_dir(folder).err().expect("an error")
}

/// The forward pass as the papers write it, number by number: the last states of a window's pieces.
fn forward(tensors: &Tensors, ids: &[usize]) -> Vec<Vec<f64>> {
    let at = |name: &str, index: usize| f64::from(tensors[&format!("roberta.{name}")].1[index]);
    let linear = |name: &str, row: &[f64]| -> Vec<f64> {
        let to = tensors[&format!("roberta.{name}.bias")].1.len();
        let sum = |out: usize| {
            row.iter().zip(0..).map(|(x, k)| x * at(&format!("{name}.weight"), out * row.len() + k)).sum::<f64>()
        };
        (0..to).map(|out| sum(out) + at(&format!("{name}.bias"), out)).collect()
    };
    let norm = |name: &str, row: &[f64]| -> Vec<f64> {
        let mean = row.iter().sum::<f64>() / row.len() as f64;
        let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / row.len() as f64;
        let scale = |k: usize| at(&format!("{name}.weight"), k) / (variance + EPSILON).sqrt();
        row.iter().zip(0..).map(|(x, k)| (x - mean) * scale(k) + at(&format!("{name}.bias"), k)).collect()
    };
    let plus = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a + b).collect() };
    let mut states: Vec<Vec<f64>> = ids
        .iter()
        .enumerate()
        .map(|(place, id)| {
            let sum = |k: usize| {
                at("embeddings.word_embeddings.weight", id * WIDTH + k)
                    + at("embeddings.position_embeddings.weight", (place + 2) * WIDTH + k)
                    + at("embeddings.token_type_embeddings.weight", k)
            };
            norm("embeddings.LayerNorm", &(0..WIDTH).map(sum).collect::<Vec<_>>())
        })
        .collect();
    for layer in 0..LAYERS {
        let name = |part: &str| format!("encoder.layer.{layer}.{part}");
        let of = |part: &str| -> Vec<Vec<f64>> { states.iter().map(|row| linear(&name(part), row)).collect() };
        let (queries, keys, values) =
            (of("attention.self.query"), of("attention.self.key"), of("attention.self.value"));
        let size = WIDTH / HEADS;
        let attended = queries.iter().map(|query| {
            let mut context = vec![0.0; WIDTH];
            for head in 0..HEADS {
                let part = head * size..(head + 1) * size;
                let score =
                    |key: &Vec<f64>| part.clone().map(|k| query[k] * key[k]).sum::<f64>() / (size as f64).sqrt();
                let shares: Vec<f64> = keys.iter().map(|key| score(key).exp()).collect();
                let total: f64 = shares.iter().sum();
                for k in part.clone() {
                    context[k] = shares.iter().zip(&values).map(|(share, value)| share / total * value[k]).sum();
                }
            }
            context
        });
        let attended: Vec<_> = attended.collect();
        states = (states.iter().zip(&attended))
            .map(|(row, context)| {
                let row = norm(
                    &name("attention.output.LayerNorm"),
                    &plus(row, &linear(&name("attention.output.dense"), context)),
                );
                let inner: Vec<f64> = linear(&name("intermediate.dense"), &row).into_iter().map(gelu).collect();
                norm(&name("output.LayerNorm"), &plus(&row, &linear(&name("output.dense"), &inner)))
            })
            .collect();
    }
    states
}

/// The exact form x Φ(x), Φ by the series of the error function.
fn gelu(x: f64) -> f64 {
    let z = x / 2f64.sqrt();
    let (mut term, mut sum) = (z, z);
    for n in 1..200 {
        term *= -z * z / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    x * 0.5 * (1.0 + sum * 2.0 / std::f64::consts::PI.sqrt())
}

fn unit(vector: &[f64]) -> Vec<f64> {
    let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
    vector.iter().map(|x| x / length).collect()
}

fn mean(states: &[Vec<f64>]) -> Vec<f64> {
    (0..WIDTH).map(|k| states.iter().map(|row| row[k]).sum::<f64>() / states.len() as f64).collect()
}

#[track_caller]
fn close(found: &[f32], expected: &[f64]) {
    let near =
        found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (f64::from(*a) - b).abs() < 1e-5);
    assert!(near, "found {found:?}\nexpected {expected:?}");
}

#[test]
fn a_folder_computes_what_the_papers_say() {
    let folder = folder();
    let states = forward(&tensors(), &[0, 4, 7, 3, 2]);
    close(&embed(folder.path(), "су вода белгісіз"), &unit(&mean(&states)));

    fs::create_dir(folder.path().join("1_Pooling")).expect("a folder");
    write(folder.path(), "1_Pooling/config.json", &json!({"pooling_mode_cls_token": true}));
    close(&embed(folder.path(), "су вода белгісіз"), &unit(&states[0]));
}

#[test]
fn a_long_text_is_the_weighted_mean_of_its_windows() {
    let words = [4, 5, 6, 7].repeat(4);
    let text: Vec<_> = words.iter().map(|&id| WORDS[id]).collect();
    let mut sum = vec![0.0; WIDTH];
    for window in words.chunks(ROOM) {
        let pooled = mean(&forward(&tensors(), &[&[0], window, &[2]].concat()));
        sum.iter_mut().zip(pooled).for_each(|(sum, x)| *sum += x * window.len() as f64);
    }
    close(&embed(folder().path(), &text.join(" ")), &unit(&sum));
}

#[test]
fn windows_are_no_longer_than_the_folder_says() {
    let folder = folder();
    write(folder.path(), "sentence_bert_config.json", &json!({"max_seq_length": 4}));
    let parts = [[0, 4, 5, 2], [0, 6, 7, 2]].map(|ids| mean(&forward(&tensors(), &ids)));
    close(&embed(folder.path(), "су жол мектеп вода"), &unit(&mean(&parts)));
}

#[test]
fn prompts_are_the_folders_or_the_callers() {
    let folder = folder();
    let expected = unit(&mean(&forward(&tensors(), &[0, 8, 4, 2])));
    let prompts = Prompts { query: "q: ".to_owned(), passage: String::new() };
    let encoder = TransformerEncoder::with_prompts(folder.path(), prompts).expect("a sound folder");
    close(&encoder.embed(Role::Query, &["су"], &|_, _| {}).expect("a vector")[0], &expected);
    let plain = TransformerEncoder::from_dir(folder.path()).expect("a sound folder");
    assert_ne!(encoder.fingerprint(), plain.fingerprint());
    write(folder.path(), "config_sentence_transformers.json", &json!({"prompts": {"query": "q: "}}));
    close(&embed(folder.path(), "су"), &expected);
}

#[test]
fn a_fingerprint_changes_with_any_file() {
    let folder = folder();
    let fingerprint = || TransformerEncoder::from_dir(folder.path()).expect("a sound folder").fingerprint().to_owned();
    let before = fingerprint();
    assert_eq!(before, fingerprint());
    let mut tensors = tensors();
    tensors.get_mut("roberta.embeddings.LayerNorm.bias").expect("a tensor").1[3] += 0.5;
    fs::write(folder.path().join("model.safetensors"), safetensors(&tensors)).expect("a file");
    assert_ne!(before, fingerprint());
}

#[test]
fn a_missing_file_is_named() {
    for file in ["config.json", "tokenizer.json", "model.safetensors"] {
        let folder = folder();
        fs::remove_file(folder.path().join(file)).expect("a file");
        let found = error(folder.path());
        assert!(matches!(&found, EmbeddingError::Missing { path, .. } if path.ends_with(file)), "{found}");
    }
}

#[test]
fn a_tensor_of_another_shape_is_named_with_both_shapes() {
    let folder = folder();
    let mut tensors = tensors();
    let name = "roberta.encoder.layer.1.output.dense.weight";
    tensors.get_mut(name).expect("a tensor").0 = vec![INNER, WIDTH];
    fs::write(folder.path().join("model.safetensors"), safetensors(&tensors)).expect("a file");
    let found = error(folder.path());
    let EmbeddingError::Shape { tensor, expected, found, .. } = found else { panic!("{found}") };
    assert_eq!((tensor.as_str(), expected, found), (name, vec![WIDTH, INNER], vec![INNER, WIDTH]));

    tensors.remove(name);
    fs::write(folder.path().join("model.safetensors"), safetensors(&tensors)).expect("a file");
    let found = error(folder.path());
    assert!(matches!(&found, EmbeddingError::MissingTensor { tensor, .. } if tensor == name), "{found}");
}

#[test]
fn what_the_program_does_not_run_is_refused_by_name() {
    for (key, value) in [("model_type", "t5"), ("hidden_act", "relu"), ("position_embedding_type", "relative_key")] {
        let folder = folder();
        let mut config = config();
        config[key] = json!(value);
        write(folder.path(), "config.json", &config);
        let found = error(folder.path());
        assert!(matches!(&found, EmbeddingError::Unsupported { found, .. } if found == value), "{found}");
    }
    let folder = folder();
    write(folder.path(), "modules.json", &json!([{"type": "sentence_transformers.models.Dense"}]));
    let found = error(folder.path());
    assert!(matches!(found, EmbeddingError::Unsupported { what: "module", .. }), "{found}");
}

#[test]
fn impossible_sizes_are_errors() {
    for (key, value) in [
        ("num_attention_heads", json!(3)),
        ("num_attention_heads", json!(0)),
        ("hidden_size", json!(usize::MAX)),
        ("max_position_embeddings", json!(2)),
        ("pad_token_id", json!(usize::MAX)),
        ("num_hidden_layers", json!(-1)),
        ("max_position_embeddings", json!(4)),
    ] {
        let folder = folder();
        let mut config = config();
        config[key] = value.clone();
        write(folder.path(), "config.json", &config);
        error(folder.path());
    }
}

#[test]
fn damaged_files_are_errors() {
    let sound = safetensors(&tensors());
    for length in (0..sound.len()).step_by(97) {
        let folder = folder();
        fs::write(folder.path().join("model.safetensors"), &sound[..length]).expect("a file");
        error(folder.path());
    }
    let folder = folder();
    for file in ["config.json", "tokenizer.json"] {
        fs::write(folder.path().join(file), "{").expect("a file");
        error(folder.path());
    }
    fs::write(folder.path().join("model.safetensors"), [0xff; 64]).expect("a file");
    error(folder.path());
}
