//! Which word of one text meets which word of the other: pairs by cosine, each word in one pair at most.

use super::StaticVectors;

/// Words beyond these are not compared, so that two long texts cannot take minutes.
const MOST_WORDS: usize = 2_000;

/// A pair of words that mean nearly the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alignment {
    /// Place in the first list.
    pub first: usize,
    /// Place in the second list.
    pub second: usize,
    /// Cosine of the two vectors, from the floor to 1.
    pub cosine: f32,
    /// What the pair adds to the likeness of the texts: cosine times the weights of both words.
    pub share: f32,
}

impl StaticVectors {
    /// Pairs words (or phrases) of `first` and `second`, best first. A pair has a cosine of at least `floor` and two words that
    /// weigh at least `lightest` (see [`StaticVectors::weight`]; 0 lets function words in). Greedy one-to-one matching: the
    /// highest cosine is taken, its two words are used up, and so on; equals by place.
    pub fn align(&self, first: &[&str], second: &[&str], floor: f32, lightest: f32) -> Vec<Alignment> {
        let (first, second) = (self.vectors(first, lightest), self.vectors(second, lightest));
        let mut pairs = Vec::new();
        for (i, a, weight_a) in &first {
            for (j, b, weight_b) in &second {
                let cosine: f32 = a.iter().zip(b).map(|(x, y)| x * y).sum();
                if cosine >= floor {
                    pairs.push(Alignment { first: *i, second: *j, cosine, share: cosine * weight_a * weight_b });
                }
            }
        }
        pairs.sort_by(|a, b| b.cosine.total_cmp(&a.cosine).then((a.first, a.second).cmp(&(b.first, b.second))));
        let (mut left, mut right) = (vec![false; MOST_WORDS], vec![false; MOST_WORDS]);
        pairs.retain(|pair| match (left.get_mut(pair.first), right.get_mut(pair.second)) {
            (Some(left), Some(right)) if !*left && !*right => {
                (*left, *right) = (true, true);
                true
            }
            _ => false,
        });
        pairs
    }

    /// Place, unit vector and weight of each word that weighs enough.
    fn vectors(&self, words: &[&str], lightest: f32) -> Vec<(usize, Vec<f32>, f32)> {
        let vector = |(place, word): (usize, &&str)| {
            let mut out = vec![0.0; self.table.dimension];
            let weight = self.raw_into(word, &mut out);
            (place, out, weight)
        };
        let weighty = |(_, _, weight): &(usize, Vec<f32>, f32)| *weight > 0.0 && *weight >= lightest;
        words.iter().take(MOST_WORDS).enumerate().map(vector).filter(weighty).collect()
    }
}
