//! Hashes of letters and the pseudo-random vectors drawn from them. Part of the file format: `models/static/vectors.bin` was
//! written with the same functions.

/// Where the hash of a whole form starts.
pub const EXACT: u64 = 0x5341_5541_4C01;
/// Where the hash of a skeleton starts.
pub const SKELETON: u64 = 0x5341_5541_4C02;
/// Where the hash of an n-gram, and of the seed of a sign vector, starts.
pub const GRAM: u64 = 0x5341_5541_4C03;

/// The state after one more letter.
#[inline]
pub const fn step(state: u64, letter: u32) -> u64 {
    let h = (state ^ letter as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h ^ (h >> 29)
}

/// The hash that a state stands for.
#[inline]
pub const fn finish(state: u64) -> u64 {
    let h = state.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    h ^ (h >> 32)
}

/// The hash of `letters` from the start `from`.
pub fn of(letters: &[u32], from: u64) -> u64 {
    finish(letters.iter().fold(from, |state, letter| step(state, *letter)))
}

/// Fills packed nibbles (low half: the first dimensions, high half: the others) with 8 + 4 or 8 - 4 by the bits of a
/// SplitMix64 stream (Steele, Lea and Flood 2014).
pub fn signs(seed: u64, nibbles: &mut [u8]) {
    let half = nibbles.len();
    let (mut state, mut bits) = (seed, 0);
    for dimension in 0..half * 2 {
        if dimension % 64 == 0 {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            bits = z ^ (z >> 31);
        }
        let nibble = if bits & 1 == 1 { 12 } else { 4 };
        bits >>= 1;
        let (at, shift) = if dimension < half { (dimension, 0) } else { (dimension - half, 4) };
        if let Some(byte) = nibbles.get_mut(at) {
            *byte = if shift == 0 { nibble } else { *byte | nibble << 4 };
        }
    }
}
