//! Named tensors of a file of weights, as numbers.
//!
//! Takes the bytes of a tensor as they stand in a GGUF or safetensors file; gives `f32`. Knows the number formats, not the
//! containers ([`super::gguf`], [`super::safetensors`]) nor what a tensor is for.

use std::borrow::Cow;

use half::{bf16, f16};

use super::error::EmbeddingError;

/// How the numbers of a tensor are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    F32,
    F16,
    Bf16,
    /// Blocks of 32 numbers of 4 bits, offset by 8, with one `f16` scale (ggml's `Q4_0`): number j of the first half in
    /// the low bits of byte j, of the second half in the high bits.
    Q4_0,
}

const BLOCK: usize = 32;
const BLOCK_BYTES: usize = 2 + BLOCK / 2;

impl Format {
    /// The bytes of a row of `width` numbers; `None` when rows of this width cannot be written so.
    pub fn row_bytes(self, width: usize) -> Option<usize> {
        match self {
            Self::F32 => width.checked_mul(4),
            Self::F16 | Self::Bf16 => width.checked_mul(2),
            Self::Q4_0 => width.is_multiple_of(BLOCK).then(|| width / BLOCK * BLOCK_BYTES),
        }
    }

    /// Appends the numbers of whole rows.
    fn extend(self, bytes: &[u8], out: &mut Vec<f32>) {
        match self {
            Self::F32 => out.extend(bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four))),
            Self::F16 => out.extend(bytes.as_chunks().0.iter().map(|&two| f16::from_le_bytes(two).to_f32())),
            Self::Bf16 => out.extend(bytes.as_chunks().0.iter().map(|&two| bf16::from_le_bytes(two).to_f32())),
            Self::Q4_0 => {
                for block in bytes.as_chunks::<BLOCK_BYTES>().0 {
                    let scale = f16::from_le_bytes([block[0], block[1]]).to_f32();
                    let number = |bits: u8| (f32::from(bits) - 8.0) * scale;
                    out.extend(block[2..].iter().map(|byte| number(byte & 15)));
                    out.extend(block[2..].iter().map(|byte| number(byte >> 4)));
                }
            }
        }
    }
}

/// A tensor as written: its shape (rows first) and bytes.
pub(super) struct Raw<'a> {
    pub format: Format,
    pub shape: Vec<usize>,
    pub bytes: Cow<'a, [u8]>,
}

/// A file of weights.
pub(super) trait Weights: Sync {
    /// The file, for messages.
    fn file(&self) -> &str;

    /// A tensor's shape and bytes; the containers have checked that the bytes fit the shape.
    fn raw(&self, tensor: &str) -> Result<Raw<'_>, EmbeddingError>;

    /// A tensor that must be of this shape.
    fn shaped(&self, tensor: &str, shape: &[usize]) -> Result<Raw<'_>, EmbeddingError> {
        let raw = self.raw(tensor)?;
        if raw.shape == shape {
            return Ok(raw);
        }
        Err(EmbeddingError::Shape {
            file: self.file().to_owned(),
            tensor: tensor.to_owned(),
            expected: shape.to_vec(),
            found: raw.shape,
        })
    }

    /// The numbers of a tensor that must be of this shape, row after row.
    fn numbers(&self, tensor: &str, shape: &[usize]) -> Result<Vec<f32>, EmbeddingError> {
        let raw = self.shaped(tensor, shape)?;
        let mut numbers = Vec::with_capacity(shape.iter().product());
        raw.format.extend(&raw.bytes, &mut numbers);
        Ok(numbers)
    }
}

/// A table of vectors that stays as written and is read row by row: the embeddings of the vocabulary are most of a small
/// model and a text needs few of them.
pub(super) struct Table {
    format: Format,
    bytes: Cow<'static, [u8]>,
    row_bytes: usize,
}

impl Table {
    /// Of rows of `width` numbers.
    pub fn new(format: Format, bytes: Cow<'static, [u8]>, width: usize) -> Self {
        // The containers accept no tensor whose rows cannot be written in its format.
        let row_bytes = format.row_bytes(width).unwrap_or(usize::MAX);
        Self { format, bytes, row_bytes }
    }

    /// Appends row `index`; false when there is none.
    pub fn row(&self, index: u32, out: &mut Vec<f32>) -> bool {
        let start = (index as usize).saturating_mul(self.row_bytes);
        let row = self.bytes.get(start..start.saturating_add(self.row_bytes));
        row.inspect(|row| self.format.extend(row, out)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_four_bits_reads_as_ggml_writes_it() {
        let mut block = f16::from_f32(0.5).to_le_bytes().to_vec();
        block.extend((0..16u8).map(|byte| byte | (15 - byte) << 4));
        let mut numbers = Vec::new();
        Format::Q4_0.extend(&block, &mut numbers);
        let expected: Vec<f32> = (0..16u8).chain((0..16).rev()).map(|bits| (f32::from(bits) - 8.0) * 0.5).collect();
        assert_eq!(numbers, expected);
    }

    #[test]
    fn rows_of_a_table_are_read_alone_and_only_where_they_are() {
        let bytes: Vec<u8> = [1.0f32, 2.0, 3.0, 4.0].iter().flat_map(|number| number.to_le_bytes()).collect();
        let table = Table::new(Format::F32, Cow::Owned(bytes), 2);
        let mut out = Vec::new();
        assert!(table.row(1, &mut out));
        assert_eq!(out, [3.0, 4.0]);
        assert!(!table.row(2, &mut out) && !table.row(u32::MAX, &mut out));
    }
}
