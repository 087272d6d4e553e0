//! GGUF files (version 3, little-endian): metadata and tensors.
//!
//! Takes bytes, compiled in or read from disk; gives values by key and tensors by name. Promises: whatever the bytes, an
//! answer or an error, and no memory beyond what the bytes can describe. The format: `ggml/docs/gguf.md`.

use std::borrow::Cow;
use std::collections::HashMap;

use super::error::EmbeddingError;
use super::weights::{Format, Raw, Weights};

/// A value of the metadata; numbers of whatever width as the widest.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Int(i64),
    Float(f32),
    Bool(bool),
    Text(String),
    List(Vec<Value>),
}

struct Place {
    format: Format,
    shape: Vec<usize>,
    start: usize,
    end: usize,
}

/// An opened file.
pub(super) struct Gguf {
    file: String,
    bytes: Cow<'static, [u8]>,
    values: HashMap<String, Value>,
    tensors: HashMap<String, Place>,
}

impl Gguf {
    /// Reads the head; the tensors stay where they are.
    pub fn parse(file: &str, bytes: Cow<'static, [u8]>) -> Result<Self, EmbeddingError> {
        let mut head = Reader { file, bytes: &bytes, at: 0 };
        if head.take(4)? != b"GGUF" {
            return Err(EmbeddingError::format(file, "not a GGUF file"));
        }
        let version = head.u32()?;
        if version != 3 {
            return Err(EmbeddingError::Unsupported {
                file: file.to_owned(),
                what: "GGUF version",
                found: version.to_string(),
                supported: "3",
            });
        }
        let (tensor_count, value_count) = (head.u64()?, head.u64()?);
        let mut values = HashMap::new();
        for _ in 0..value_count {
            let key = head.text()?;
            let kind = head.u32()?;
            let value = if kind == 9 { head.list()? } else { head.value(kind)? };
            values.insert(key, value);
        }
        let mut places = Vec::new();
        for _ in 0..tensor_count {
            places.push(head.place()?);
        }
        let align = match values.get("general.alignment") {
            Some(&Value::Int(align)) => usize::try_from(align).unwrap_or(0),
            _ => 32,
        };
        let data = head.at.checked_next_multiple_of(align.max(1)).unwrap_or(usize::MAX);
        let mut tensors = HashMap::new();
        for (name, mut place) in places {
            place.start = place.start.saturating_add(data);
            place.end = place.end.saturating_add(data);
            if place.end > bytes.len() {
                return Err(EmbeddingError::format(file, format!("tensor «{name}» ends beyond the file")));
            }
            tensors.insert(name, place);
        }
        Ok(Self { file: file.to_owned(), values, tensors, bytes })
    }

    /// A value that must be there.
    pub fn value(&self, key: &str) -> Result<&Value, EmbeddingError> {
        self.values.get(key).ok_or_else(|| EmbeddingError::format(&self.file, format!("no value «{key}»")))
    }

    /// A whole number that must be there and not negative.
    pub fn size(&self, key: &str) -> Result<usize, EmbeddingError> {
        match self.value(key)? {
            Value::Int(size) if let Ok(size) = usize::try_from(*size) => Ok(size),
            found => Err(EmbeddingError::format(&self.file, format!("«{key}» should be a size and is {found:?}"))),
        }
    }

    /// A list that must be there.
    pub fn list(&self, key: &str) -> Result<&[Value], EmbeddingError> {
        match self.value(key)? {
            Value::List(list) => Ok(list),
            _ => Err(EmbeddingError::format(&self.file, format!("«{key}» should be a list"))),
        }
    }

    /// Whether there is a tensor of this name.
    pub fn holds(&self, tensor: &str) -> bool {
        self.tensors.contains_key(tensor)
    }

    /// All bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of a tensor without copying where they are compiled in.
    pub fn kept(&self, tensor: &str) -> Option<Cow<'static, [u8]>> {
        let place = self.tensors.get(tensor)?;
        Some(match &self.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[place.start..place.end]),
            Cow::Owned(bytes) => Cow::Owned(bytes[place.start..place.end].to_vec()),
        })
    }
}

impl Weights for Gguf {
    fn file(&self) -> &str {
        &self.file
    }

    fn raw(&self, tensor: &str) -> Result<Raw<'_>, EmbeddingError> {
        let place = self
            .tensors
            .get(tensor)
            .ok_or_else(|| EmbeddingError::MissingTensor { file: self.file.clone(), tensor: tensor.to_owned() })?;
        let bytes = Cow::Borrowed(&self.bytes[place.start..place.end]);
        Ok(Raw { format: place.format, shape: place.shape.clone(), bytes })
    }
}

struct Reader<'a> {
    file: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], EmbeddingError> {
        let end = self.at.saturating_add(count);
        let found = self.bytes.get(self.at..end).ok_or_else(|| self.fault("the file ends within its head"))?;
        self.at = end;
        Ok(found)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], EmbeddingError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn u32(&mut self) -> Result<u32, EmbeddingError> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, EmbeddingError> {
        self.array().map(u64::from_le_bytes)
    }

    fn size(&mut self) -> Result<usize, EmbeddingError> {
        usize::try_from(self.u64()?).map_err(|_| self.fault("a size beyond this machine"))
    }

    fn text(&mut self) -> Result<String, EmbeddingError> {
        let length = self.size()?;
        let bytes = self.take(length)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| self.fault("a text that is not UTF-8"))
    }

    fn value(&mut self, kind: u32) -> Result<Value, EmbeddingError> {
        Ok(match kind {
            0 => Value::Int(i64::from(u8::from_le_bytes(self.array()?))),
            1 => Value::Int(i64::from(i8::from_le_bytes(self.array()?))),
            2 => Value::Int(i64::from(u16::from_le_bytes(self.array()?))),
            3 => Value::Int(i64::from(i16::from_le_bytes(self.array()?))),
            4 => Value::Int(i64::from(self.u32()?)),
            5 => Value::Int(i64::from(i32::from_le_bytes(self.array()?))),
            6 => Value::Float(f32::from_le_bytes(self.array()?)),
            7 => Value::Bool(self.array::<1>()?[0] != 0),
            8 => Value::Text(self.text()?),
            10 => Value::Int(i64::try_from(self.u64()?).unwrap_or(i64::MAX)),
            11 => Value::Int(i64::from_le_bytes(self.array()?)),
            #[expect(clippy::cast_possible_truncation, reason = "no value of a model needs more than f32")]
            12 => Value::Float(f64::from_le_bytes(self.array()?) as f32),
            _ => return Err(self.fault(&format!("a value of unknown kind {kind}"))),
        })
    }

    /// A list of plain values; lists of lists are not in use and refused as values of unknown kind.
    fn list(&mut self) -> Result<Value, EmbeddingError> {
        let kind = self.u32()?;
        let count = self.size()?;
        // Every value takes a byte at least, so a list never gets longer than the file.
        (0..count).map(|_| self.value(kind)).collect::<Result<_, _>>().map(Value::List)
    }

    /// Name, format, shape and place of a tensor, the place from the start of the data.
    fn place(&mut self) -> Result<(String, Place), EmbeddingError> {
        let name = self.text()?;
        let dimensions = self.u32()?;
        if !(1..=4).contains(&dimensions) {
            return Err(self.fault(&format!("tensor «{name}» has {dimensions} dimensions")));
        }
        let mut shape = (0..dimensions).map(|_| self.size()).collect::<Result<Vec<_>, _>>()?;
        let format = match self.u32()? {
            0 => Format::F32,
            1 => Format::F16,
            2 => Format::Q4_0,
            30 => Format::Bf16,
            other => {
                return Err(EmbeddingError::Unsupported {
                    file: self.file.to_owned(),
                    what: "tensor type",
                    found: other.to_string(),
                    supported: "0 (F32), 1 (F16), 2 (Q4_0), 30 (BF16)",
                });
            }
        };
        let start = self.size()?;
        let rows = shape[1..].iter().try_fold(1usize, |rows, &size| rows.checked_mul(size));
        let size = format.row_bytes(shape[0]).and_then(|row| row.checked_mul(rows?));
        let size = size.ok_or_else(|| self.fault(&format!("tensor «{name}» has the impossible shape {shape:?}")))?;
        // The file names the length of a row first.
        shape.reverse();
        Ok((name, Place { format, shape, start, end: start.saturating_add(size) }))
    }

    fn fault(&self, message: &str) -> EmbeddingError {
        EmbeddingError::format(self.file, format!("{message} (byte {})", self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Vec<u8> {
        [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat()
    }

    /// Two values, a list and two tensors.
    fn file() -> Vec<u8> {
        let mut file = b"GGUF\x03\0\0\0\x02\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0".to_vec();
        file.extend([text("general.architecture"), vec![8, 0, 0, 0], text("bert")].concat());
        file.extend([text("size"), vec![4, 0, 0, 0, 7, 0, 0, 0]].concat());
        file.extend([text("scores"), vec![9, 0, 0, 0, 6, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]].concat());
        file.extend([1.5f32.to_le_bytes(), (-2.0f32).to_le_bytes()].concat());
        for (name, shape, kind, start) in [("plain", [2u64, 3], 0u32, 0u64), ("packed", [32, 1], 2, 32)] {
            file.extend([text(name), 2u32.to_le_bytes().to_vec(), shape.map(u64::to_le_bytes).concat()].concat());
            file.extend([kind.to_le_bytes().as_slice(), &start.to_le_bytes()].concat());
        }
        file.resize(file.len().next_multiple_of(32), 0);
        file.extend((0..6).flat_map(|number: u8| f32::from(number).to_le_bytes()));
        file.resize(file.len().next_multiple_of(32), 0);
        file.extend([0; 18]);
        file
    }

    #[test]
    fn values_and_tensors_are_found_by_name() {
        let gguf = Gguf::parse("f", file().into()).expect("a sound file");
        assert_eq!(gguf.value("general.architecture").expect("a value"), &Value::Text("bert".to_owned()));
        assert_eq!(gguf.size("size").expect("a size"), 7);
        assert_eq!(gguf.list("scores").expect("a list"), [Value::Float(1.5), Value::Float(-2.0)]);
        assert_eq!(gguf.numbers("plain", &[3, 2]).expect("a tensor"), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(gguf.numbers("packed", &[1, 32]).expect("a tensor"), [0.0; 32]);
        assert!(matches!(gguf.numbers("plain", &[2, 3]), Err(EmbeddingError::Shape { .. })));
        assert!(matches!(gguf.raw("other"), Err(EmbeddingError::MissingTensor { .. })));
    }

    #[test]
    fn whatever_the_bytes_there_is_an_answer() {
        let sound = file();
        for length in 0..sound.len() {
            assert!(Gguf::parse("f", sound[..length].to_vec().into()).is_err(), "cut at {length}");
        }
        for at in 0..sound.len() {
            for bits in [0x01, 0x80, 0xff] {
                let mut damaged = sound.clone();
                damaged[at] ^= bits;
                if let Ok(gguf) = Gguf::parse("f", damaged.into()) {
                    let _ = gguf.list("scores").map(<[Value]>::len);
                    let _ = gguf.numbers("plain", &[3, 2]).and_then(|_| gguf.numbers("packed", &[1, 32]));
                }
            }
        }
    }
}
