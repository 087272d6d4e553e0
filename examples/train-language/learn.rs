//! Multinomial logistic regression over sparse features, where an example may belong to any of a set of classes.
//! Adaptive gradient steps with L2; the most telling features are kept and learned anew. Deterministic.

/// The features of a word, the set of classes (bits) it may be of, and its weight.
pub struct Example {
    pub features: Vec<u32>,
    pub classes: u8,
    pub weight: f32,
    pub pair_weight: f32,
}

/// Weights by feature and class; zero for features that are not `common` or not among the `kept` most telling.
pub fn train(
    examples: &[Example],
    classes: usize,
    common: &[bool],
    fixed: &[Option<[f32; 6]>],
    long: &[bool],
    words: &[f32],
    kept: usize,
) -> Vec<[f32; 6]> {
    let first = pass(examples, classes, common, fixed, long, 8);
    let telling = |id: usize| {
        let w = &first[id][..classes];
        let (low, high) = w.iter().fold((f32::MAX, f32::MIN), |(l, h), x| (l.min(*x), h.max(*x)));
        (high - low) * words[id].sqrt().min(12.0)
    };
    let mut order: Vec<usize> = (0..first.len()).filter(|id| common[*id]).collect();
    order.sort_by(|a, b| telling(*b).total_cmp(&telling(*a)).then(a.cmp(b)));
    let mut keep = vec![false; common.len()];
    order.iter().take(kept).for_each(|id| keep[*id] = true);
    (0..keep.len()).filter(|id| fixed[*id].is_some()).for_each(|id| keep[id] = true);
    pass(examples, classes, &keep, fixed, long, 14)
}

fn pass(
    examples: &[Example],
    classes: usize,
    keep: &[bool],
    fixed: &[Option<[f32; 6]>],
    long: &[bool],
    epochs: usize,
) -> Vec<[f32; 6]> {
    let dropped = 40u64;
    let decay: f32 = if classes == 2 { 6e-3 } else { 2e-3 };
    const RATE: f32 = 0.15;
    let mut weights = vec![[0f32; 6]; keep.len()];
    for (weight, prior) in weights.iter_mut().zip(fixed) {
        *weight = prior.unwrap_or(*weight);
    }
    let mut squares = vec![[1e-2f32; 6]; keep.len()];
    let mut present: Vec<usize> = Vec::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 0x1234_5678_9abc_def1u64;
    for _ in 0..epochs {
        for i in (1..order.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            order.swap(i, (state >> 33) as usize % (i + 1));
        }
        for example in order.iter().map(|i| &examples[*i]) {
            let mut logits = [0f32; 6];
            // A part of the long sequences is left out each time, as it is in words never seen.
            present.clear();
            for id in example.features.iter().map(|id| *id as usize).filter(|id| keep[*id]) {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                if !long[id] || (state >> 40) % 100 >= dropped {
                    present.push(id);
                }
            }
            for id in present.iter().copied() {
                for class in 0..classes {
                    logits[class] += weights[id][class];
                }
            }
            let most = logits[..classes].iter().copied().fold(f32::MIN, f32::max);
            let mut odds = [0f32; 6];
            (0..classes).for_each(|c| odds[c] = (logits[c] - most).exp());
            let all: f32 = odds.iter().sum();
            let right: f32 = (0..classes).filter(|c| example.classes >> c & 1 == 1).map(|c| odds[c]).sum();
            let mut slopes = [0f32; 6];
            for c in 0..classes {
                let target = if example.classes >> c & 1 == 1 { odds[c] / right.max(1e-9) } else { 0.0 };
                slopes[c] = example.weight * (odds[c] / all - target);
            }
            for id in present.iter().copied().filter(|id| fixed[*id].is_none()) {
                for c in 0..classes {
                    let slope = slopes[c] + decay * example.weight * weights[id][c];
                    squares[id][c] += slope * slope;
                    weights[id][c] -= RATE * slope / squares[id][c].sqrt();
                }
            }
        }
    }
    weights
}
