//! The table of vectors as it lies in its file, and a safe way to look into it. The layout is in `models/static/README.md`.

use super::hash;

const MAGIC: &[u8; 8] = b"SAUALSV1";
const HEADER: usize = 72;
const EMPTY: u16 = u16::MAX;

/// The most dimensions that a table may have.
pub const MAX_DIMENSION: usize = 1024;

/// Why a table of vectors cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum StaticVectorsError {
    /// The file is no table of vectors.
    #[error("static vectors: the file does not start with SAUALSV1")]
    Magic,
    /// A number of the header is out of bounds.
    #[error("static vectors: {what} is {found}, expected {expected}")]
    Size {
        /// Which number.
        what: &'static str,
        /// What the header says.
        found: u64,
        /// What it may be.
        expected: &'static str,
    },
    /// The file is shorter or longer than its header says.
    #[error("static vectors: {found} bytes, the header says {expected}")]
    Length {
        /// Bytes of the file.
        found: usize,
        /// Bytes by the header.
        expected: u64,
    },
    /// The contents are not those that were written.
    #[error("static vectors: the checksum does not fit the contents")]
    Checksum,
}

/// A view of the file's parts.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    /// Numbers in a vector.
    pub dimension: usize,
    /// Scale of the sign vector of a number.
    pub number_scale: u8,
    /// Scale of the sign vector of an unknown word.
    pub word_scale: u8,
    /// BLAKE3 of the body, as the header has it.
    pub checksum: [u8; 32],
    families: usize,
    buckets: u64,
    slots: &'a [[u8; 4]],
    scales: &'a [u8],
    nibbles: &'a [u8],
    body: &'a [u8],
}

impl<'a> Table<'a> {
    /// Reads the header and cuts the body into its parts.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, StaticVectorsError> {
        let (header, body) = bytes.split_at_checked(HEADER).ok_or(StaticVectorsError::Magic)?;
        if !header.starts_with(MAGIC) {
            return Err(StaticVectorsError::Magic);
        }
        let number = |at: usize| match header.get(at..at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        };
        let [dimension, families, buckets, slots, number_scale, word_scale] = [8, 12, 16, 20, 24, 28].map(number);
        check("the dimension", dimension, |n| n > 0 && n % 2 == 0 && n as usize <= MAX_DIMENSION, "even, 2 to 1024")?;
        check("the number of rows", families, |n| n < u32::from(EMPTY), "below 65535")?;
        check("the number of n-gram rows", buckets, |n| n < 1 << 24, "below 16777216")?;
        check("the number of slots", slots, |n| n > 0 && n < 1 << 28, "1 to 268435455")?;
        let scale = |what, n: u32| match u8::try_from(n) {
            Ok(n) => Ok(n),
            Err(_) => Err(StaticVectorsError::Size { what, found: n.into(), expected: "below 256" }),
        };
        let (slot_bytes, rows) = (u64::from(slots) * 4, u64::from(families) + u64::from(buckets));
        let expected = slot_bytes + rows + rows * u64::from(dimension / 2);
        let wrong = StaticVectorsError::Length { found: bytes.len(), expected: expected + HEADER as u64 };
        let (slot_bytes, rows) = (slots as usize * 4, families as usize + buckets as usize);
        let parts =
            body.split_at_checked(slot_bytes).and_then(|(slots, rest)| Some((slots, rest.split_at_checked(rows)?)));
        let Some((slots, (scales, nibbles))) = parts.filter(|_| body.len() as u64 == expected) else {
            return Err(wrong);
        };
        let mut checksum = [0; 32];
        checksum.copy_from_slice(&header[HEADER - 32..]);
        Ok(Self {
            dimension: dimension as usize,
            number_scale: scale("the scale of numbers", number_scale)?,
            word_scale: scale("the scale of unknown words", word_scale)?,
            checksum,
            families: families as usize,
            buckets: buckets.into(),
            slots: slots.as_chunks().0,
            scales,
            nibbles,
            body,
        })
    }

    /// Hashes the body.
    pub fn verify(&self) -> Result<(), StaticVectorsError> {
        if *blake3::hash(self.body).as_bytes() == self.checksum { Ok(()) } else { Err(StaticVectorsError::Checksum) }
    }

    /// The row of the form with this hash.
    #[inline]
    pub fn find(&self, hash: u64) -> Option<u16> {
        let count = self.slots.len();
        let print = (hash >> 48) as u16;
        let mut at = (((hash & 0xFFFF_FFFF) * count as u64) >> 32) as usize;
        // The bound matters only for a table without an empty slot.
        for _ in 0..count {
            let [a, b, c, d] = *self.slots.get(at)?;
            let row = u16::from_le_bytes([c, d]);
            if row == EMPTY {
                return None;
            }
            if u16::from_le_bytes([a, b]) == print {
                return Some(row);
            }
            at = if at + 1 < count { at + 1 } else { 0 };
        }
        None
    }

    /// The row of the form whose letters led to `state`.
    #[inline]
    pub fn find_state(&self, state: u64) -> Option<u16> {
        self.find(hash::finish(state))
    }

    /// Scale and nibbles of a row; families first, then n-gram rows.
    #[inline]
    pub fn row(&self, row: usize) -> Option<(u8, &'a [u8])> {
        let half = self.dimension / 2;
        let start = row.checked_mul(half)?;
        Some((*self.scales.get(row)?, self.nibbles.get(start..start + half)?))
    }

    /// The row of an n-gram.
    pub fn bucket(&self, hash: u64) -> Option<usize> {
        let bucket = hash.checked_rem(self.buckets)?;
        Some(self.families + usize::try_from(bucket).ok()?)
    }
}

fn check(
    what: &'static str,
    n: u32,
    fits: impl Fn(u32) -> bool,
    expected: &'static str,
) -> Result<(), StaticVectorsError> {
    if fits(n) { Ok(()) } else { Err(StaticVectorsError::Size { what, found: n.into(), expected }) }
}
