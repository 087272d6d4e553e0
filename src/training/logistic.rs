//! Logistic regression with a quadratic penalty and bounds on the coefficients, by cyclic coordinate descent
//! (one Newton step a coordinate, projected on its bound; Genkin, Lewis & Madigan 2007).

/// What a coefficient may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// Anything.
    Free,
    /// Not below this.
    NotBelow(f64),
    /// Not above this.
    NotAbove(f64),
}

impl Bound {
    fn project(self, value: f64) -> f64 {
        match self {
            Self::Free => value,
            Self::NotBelow(least) => value.max(least),
            Self::NotAbove(most) => value.min(most),
        }
    }
}

const SWEEPS: usize = 300;
const SMALL_STEP: f64 = 1e-6;
/// The longest step of one coordinate, against overshooting where the curve is flat.
const LONGEST_STEP: f64 = 1.0;

/// Coefficients that minimise the log-loss of `rows` plus `penalty / 2` times the sum of their squares. The first coefficient
/// is not penalised. Deterministic.
pub fn fit(rows: &[&[f64]], links: &[bool], bounds: &[Bound], penalty: f64) -> Vec<f64> {
    fit_weighted(rows, links, &vec![1.0; rows.len()], bounds, penalty)
}

/// As [`fit`], the log-loss of each row counted as often as its case weight says.
pub fn fit_weighted(rows: &[&[f64]], links: &[bool], cases: &[f64], bounds: &[Bound], penalty: f64) -> Vec<f64> {
    let mut penalties = vec![penalty; bounds.len()];
    penalties.first_mut().into_iter().for_each(|first| *first = 0.0);
    descend_weighted(rows, links, cases, bounds, &penalties, &vec![0.0; bounds.len()])
}

/// Coefficients that minimise the log-loss of `rows` plus `penalty / 2` times the sum of the squares of their distances from `known` ones: few rows
/// move them little. Deterministic.
pub fn fit_near(rows: &[&[f64]], links: &[bool], bounds: &[Bound], penalty: f64, known: &[f64]) -> Vec<f64> {
    descend(rows, links, bounds, &vec![penalty; bounds.len()], known)
}

/// As [`fit_near`], each coefficient with a penalty of its own.
pub fn descend(rows: &[&[f64]], links: &[bool], bounds: &[Bound], penalties: &[f64], known: &[f64]) -> Vec<f64> {
    descend_weighted(rows, links, &vec![1.0; rows.len()], bounds, penalties, known)
}

fn descend_weighted(
    rows: &[&[f64]],
    links: &[bool],
    cases: &[f64],
    bounds: &[Bound],
    penalties: &[f64],
    known: &[f64],
) -> Vec<f64> {
    let mut weights: Vec<f64> = bounds.iter().zip(known).map(|(bound, known)| bound.project(*known)).collect();
    let mut scores: Vec<f64> = rows.iter().map(|row| score(&weights, row)).collect();
    let columns: Vec<Vec<(usize, f64)>> = (0..bounds.len())
        .map(|place| rows.iter().enumerate().map(|(row, x)| (row, x[place])).filter(|(_, x)| *x != 0.0).collect())
        .collect();
    for _ in 0..SWEEPS {
        let mut largest: f64 = 0.0;
        for place in 0..bounds.len() {
            let strength = penalties[place];
            let (mut slope, mut curve) = (strength * (weights[place] - known[place]), strength + 1e-9);
            for (row, x) in &columns[place] {
                let p = 1.0 / (1.0 + (-scores[*row]).exp());
                slope += cases[*row] * x * (p - f64::from(u8::from(links[*row])));
                curve += cases[*row] * x * x * p * (1.0 - p);
            }
            let wanted = weights[place] - (slope / curve).clamp(-LONGEST_STEP, LONGEST_STEP);
            let step = bounds[place].project(wanted) - weights[place];
            if step != 0.0 {
                weights[place] += step;
                for (row, x) in &columns[place] {
                    scores[*row] += step * x;
                }
            }
            largest = largest.max(step.abs());
        }
        if largest < SMALL_STEP {
            break;
        }
    }
    weights
}

/// The score of a row.
pub fn score(weights: &[f64], row: &[f64]) -> f64 {
    weights.iter().zip(row).map(|(w, x)| w * x).sum()
}

/// The mean log-loss of scores.
#[expect(clippy::cast_precision_loss, reason = "a count")]
pub fn loss(scores: &[f64], links: &[bool]) -> f64 {
    let one = |(score, link): (&f64, &bool)| {
        let signed = if *link { *score } else { -score };
        // ln(1 + e^-s) without overflow.
        if signed > 0.0 { (-signed).exp().ln_1p() } else { -signed + signed.exp().ln_1p() }
    };
    scores.iter().zip(links).map(one).sum::<f64>() / scores.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_coefficients_are_found_again() {
        // A full table of x in {0, 1}: 100 rows each, links in proportion to the logistic of -1 and 1.
        let (mut rows, mut links) = (Vec::new(), Vec::new());
        for (x, linked) in [(0.0, 269), (1.0, 731)] {
            for row in 0..1000 {
                rows.push([1.0, x]);
                links.push(row < linked);
            }
        }
        let rows: Vec<&[f64]> = rows.iter().map(<[f64; 2]>::as_slice).collect();
        let free = fit(&rows, &links, &[Bound::Free, Bound::Free], 0.0);
        assert!((free[0] + 1.0).abs() < 0.01 && (free[1] - 2.0).abs() < 0.01, "{free:?}");
        let bound = fit(&rows, &links, &[Bound::Free, Bound::NotAbove(0.5)], 0.0);
        assert_eq!(bound[1], 0.5);
        assert!(fit(&rows, &links, &[Bound::Free, Bound::Free], 1000.0)[1] < free[1]);
        let twice: Vec<f64> = links.iter().map(|link| if *link { 2.0 } else { 1.0 }).collect();
        let weighted = fit_weighted(&rows, &links, &twice, &[Bound::Free, Bound::Free], 0.0);
        assert!(
            (weighted[0] - free[0] - 2.0_f64.ln()).abs() < 0.01 && (weighted[1] - free[1]).abs() < 0.01,
            "{weighted:?}"
        );
        let near = fit_near(&rows[990..1010], &links[990..1010], &[Bound::Free, Bound::Free], 1e6, &[3.0, 5.0]);
        assert!((near[0] - 3.0).abs() < 0.01 && (near[1] - 5.0).abs() < 0.01, "{near:?}");
    }
}
