//! Broken copies of sound files: bits flipped, parts cut, doubled, moved or replaced, also within the members of archives.

use std::io::{Cursor, Read, Write};

/// A small generator of numbers, the same everywhere (SplitMix64, Steele et al. 2014).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { usize::try_from(self.next() % end as u64).unwrap_or(0) }
    }
}

/// The `seed`-th broken copy of `bytes`.
pub fn mutated(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    if bytes.starts_with(b"PK") && chance.below(3) > 0 {
        return repacked(bytes, &mut chance).unwrap_or_else(|| broken(bytes, &mut chance));
    }
    broken(bytes, &mut chance)
}

/// The archive with one member broken.
fn repacked(bytes: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = chance.below(archive.len());
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for place in 0..archive.len() {
        let mut member = archive.by_index(place).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content).ok()?;
        out.start_file(name, options).ok()?;
        let content = if place == chosen { broken(&content, chance) } else { content };
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

fn broken(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    const NUMBERS: [&str; 6] = ["0", "-1", "65536", "2147483647", "4294967296", "99999999999999999999"];
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len());
        let end = (at + 1 + chance.below(200)).min(bytes.len());
        match chance.below(8) {
            0 | 1 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
            2 if !bytes.is_empty() => bytes[at..end].iter_mut().for_each(|byte| *byte = chance.next().to_le_bytes()[0]),
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(at..end)),
            5 => {
                let part = bytes[at..end].repeat(1 + chance.below(300));
                let place = chance.below(bytes.len());
                bytes.splice(place..place, part);
            }
            // A number of the file, replaced by one at the edge of what numbers can be.
            _ => {
                let digits = bytes.iter().enumerate().skip(at).find(|(_, byte)| byte.is_ascii_digit());
                if let Some((first, _)) = digits {
                    let length = bytes[first..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    let number = NUMBERS[chance.below(NUMBERS.len())];
                    bytes.splice(first..first + length, number.bytes());
                }
            }
        }
    }
    bytes
}
