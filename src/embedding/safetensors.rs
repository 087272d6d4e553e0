//! Safetensors files: a head of JSON and the tensors behind it.
//!
//! Takes a path; gives tensors by name, each read from disk when it is asked for, so that a model of gigabytes is never
//! in memory twice. Promises: whatever the bytes, an answer or an error.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use super::error::EmbeddingError;
use super::weights::{Format, Raw, Weights};

/// The head of a large model takes some hundred kilobytes.
const MAX_HEAD: u64 = 64 << 20;

#[derive(Deserialize)]
struct Entry {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: (u64, u64),
}

/// An opened file.
pub(super) struct Safetensors {
    path: PathBuf,
    name: String,
    file: Mutex<File>,
    data: u64,
    entries: HashMap<String, Entry>,
}

impl Safetensors {
    /// Reads the head.
    pub fn open(path: &Path) -> Result<Self, EmbeddingError> {
        let name = path.display().to_string();
        let mut file = File::open(path).map_err(EmbeddingError::file(path))?;
        let length = file.metadata().map_err(EmbeddingError::file(path))?.len();
        let mut size = [0; 8];
        file.read_exact(&mut size).map_err(EmbeddingError::file(path))?;
        let size = u64::from_le_bytes(size);
        if size > MAX_HEAD || size > length.saturating_sub(8) {
            return Err(EmbeddingError::format(&name, "not a safetensors file: its head is longer than itself"));
        }
        let mut head = Vec::new();
        Read::by_ref(&mut file).take(size).read_to_end(&mut head).map_err(EmbeddingError::file(path))?;
        let values: HashMap<String, serde_json::Value> =
            serde_json::from_slice(&head).map_err(|fault| EmbeddingError::format(&name, fault))?;
        let mut entries = HashMap::new();
        for (tensor, value) in values {
            if tensor == "__metadata__" {
                continue;
            }
            let entry: Entry = serde_json::from_value(value)
                .map_err(|fault| EmbeddingError::format(&name, format!("tensor «{tensor}»: {fault}")))?;
            if entry.data_offsets.1 > length - 8 - size || entry.data_offsets.0 > entry.data_offsets.1 {
                return Err(EmbeddingError::format(&name, format!("tensor «{tensor}» ends beyond the file")));
            }
            entries.insert(tensor, entry);
        }
        Ok(Self { path: path.to_owned(), name, file: Mutex::new(file), data: 8 + size, entries })
    }

    /// The names of all tensors.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }
}

impl Weights for Safetensors {
    fn file(&self) -> &str {
        &self.name
    }

    fn raw(&self, tensor: &str) -> Result<Raw<'_>, EmbeddingError> {
        let entry = self
            .entries
            .get(tensor)
            .ok_or_else(|| EmbeddingError::MissingTensor { file: self.name.clone(), tensor: tensor.to_owned() })?;
        let format = match entry.dtype.as_str() {
            "F32" => Format::F32,
            "F16" => Format::F16,
            "BF16" => Format::Bf16,
            other => {
                return Err(EmbeddingError::Unsupported {
                    file: self.name.clone(),
                    what: "tensor type",
                    found: other.to_owned(),
                    supported: "F32, F16, BF16",
                });
            }
        };
        let (start, end) = entry.data_offsets;
        let numbers = entry.shape.iter().try_fold(1usize, |product, &size| product.checked_mul(size));
        let size = numbers.and_then(|numbers| format.row_bytes(numbers));
        if size.map(|size| size as u64) != Some(end - start) {
            let message =
                format!("tensor «{tensor}» of shape {:?} does not fill its {} bytes", entry.shape, end - start);
            return Err(EmbeddingError::format(&self.name, message));
        }
        let mut bytes = vec![0; size.unwrap_or_default()];
        // A thread that died while reading leaves nothing behind but the place in the file, which is set anew.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.data + start)).map_err(EmbeddingError::file(&self.path))?;
        file.read_exact(&mut bytes).map_err(EmbeddingError::file(&self.path))?;
        Ok(Raw { format, shape: entry.shape.clone(), bytes: Cow::Owned(bytes) })
    }
}
