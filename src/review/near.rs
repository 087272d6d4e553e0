//! Inquiries that say nearly the same: MinHash signatures of their words, banded so that only likely pairs are compared
//! (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3).

use std::collections::{HashMap, HashSet};

const BANDS: usize = 32;
const ROWS: usize = 4;
/// The least share of common shingles (Jaccard) of two inquiries of one group.
pub const SIMILAR: f64 = 0.8;

/// Groups of `texts` (each its stems in order), as lists of places; texts that are alone have no group.
pub fn groups(texts: &[Vec<&str>]) -> Vec<Vec<usize>> {
    let shingles: Vec<HashSet<u64>> = texts.iter().map(|stems| shingles(stems)).collect();
    let mut buckets: HashMap<(usize, [u64; ROWS]), Vec<usize>> = HashMap::new();
    for (place, shingles) in shingles.iter().enumerate().filter(|(_, shingles)| !shingles.is_empty()) {
        let signature = signature(shingles);
        for (band, rows) in signature.chunks_exact(ROWS).enumerate() {
            buckets.entry((band, std::array::from_fn(|row| rows[row]))).or_default().push(place);
        }
    }
    let mut parent: Vec<usize> = (0..texts.len()).collect();
    for members in buckets.values() {
        // Members are held against the first and their neighbour: enough for near-equality, and never quadratic.
        for pair in members.windows(2).chain(
            members.iter().skip(2).map(|last| [members[0], *last]).collect::<Vec<_>>().iter().map(|pair| &pair[..]),
        ) {
            let (a, b) = (root(&mut parent, pair[0]), root(&mut parent, pair[1]));
            if a != b && jaccard(&shingles[pair[0]], &shingles[pair[1]]) >= SIMILAR {
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
    for place in 0..texts.len() {
        groups.entry(root(&mut parent, place)).or_default().push(place);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    groups
}

/// Pairs of neighbouring stems, hashed.
fn shingles(stems: &[&str]) -> HashSet<u64> {
    let one = |words: &[&str]| {
        let mut hash = blake3::Hasher::new();
        for word in words {
            hash.update(word.as_bytes());
            hash.update(&[0]);
        }
        hash.finalize().as_bytes()[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    };
    stems.windows(2).map(one).collect()
}

fn signature(shingles: &HashSet<u64>) -> Vec<u64> {
    let mixed = |seed: u64| {
        let mix = |shingle: &u64| {
            let mut z = (shingle ^ seed).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        shingles.iter().map(mix).min().unwrap_or(0)
    };
    (1..=(BANDS * ROWS) as u64).map(|row| mixed(row.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn jaccard(a: &HashSet<u64>, b: &HashSet<u64>) -> f64 {
    let common = a.intersection(b).count();
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}

fn root(parent: &mut [usize], mut place: usize) -> usize {
    while parent[place] != place {
        parent[place] = parent[parent[place]];
        place = parent[place];
    }
    place
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn copies_with_a_changed_word_stand_together() {
        let text = "ауыл тұрғын ауыз су мәселе көтер құбыр ескір жылда жөнде қаржы бөл сұра министр жауап бер мерзім ай соң есеп жібер";
        let words: Vec<&str> = text.split(' ').collect();
        let mut changed = words.clone();
        changed[20] = "қараша";
        let other: Vec<&str> = text.split(' ').rev().collect();
        assert_eq!(groups(&[words.clone(), other, changed, Vec::new(), Vec::new()]), vec![vec![0, 2]]);
    }
}
