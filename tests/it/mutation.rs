//! Broken copies of sound files: bits flipped, parts cut, doubled, moved or replaced, also within the members of archives.

use saual::evaluation::random::Random;
use std::io::{Cursor, Read, Write};

/// The `seed`-th broken copy of `bytes`.
pub fn mutated(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Random(seed);
    if bytes.starts_with(b"PK") && chance.below(3) > 0 {
        return repacked(bytes, &mut chance).unwrap_or_else(|| broken(bytes, &mut chance));
    }
    broken(bytes, &mut chance)
}

/// The archive with one member broken.
fn repacked(bytes: &[u8], chance: &mut Random) -> Option<Vec<u8>> {
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

fn broken(bytes: &[u8], chance: &mut Random) -> Vec<u8> {
    const NUMBERS: [&str; 6] = ["0", "-1", "65536", "2147483647", "4294967296", "99999999999999999999"];
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len());
        let end = (at + 1 + chance.below(200)).min(bytes.len());
        match chance.below(8) {
            0 | 1 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
            2 if !bytes.is_empty() => bytes[at..end].iter_mut().for_each(|byte| *byte = chance.bits().to_le_bytes()[0]),
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
