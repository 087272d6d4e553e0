//! Another system's links: a run in the format of TREC, `inquiry Q0 promise rank score name`, parted by blanks.

use crate::{Error, Result};
use std::collections::HashMap;

/// A system's scores by inquiry and promise.
#[derive(Debug, Clone, Default)]
pub struct TrecRun {
    /// Its name, of the first line.
    pub name: String,
    scores: HashMap<(String, String), f64>,
    lowest: f64,
}

impl TrecRun {
    /// Reads a run.
    ///
    /// # Errors
    /// [`Error::Model`] with the line that is not six cells with a finite score in the fifth, or for a file without a line.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let mut run = Self { lowest: f64::INFINITY, ..Self::default() };
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let cells: Vec<&str> = line.split_whitespace().collect();
            if cells.is_empty() {
                continue;
            }
            let wrong =
                || Error::model(format!("{file}:{}", number + 1), "expected `inquiry Q0 promise rank score name`");
            let [inquiry, _, promise, _, score, name] = cells[..] else { return Err(wrong()) };
            let score: f64 = score.parse().ok().filter(|score: &f64| score.is_finite()).ok_or_else(wrong)?;
            if run.name.is_empty() {
                name.clone_into(&mut run.name);
            }
            run.lowest = run.lowest.min(score);
            run.scores.insert((inquiry.to_owned(), promise.to_owned()), score);
        }
        if run.scores.is_empty() {
            return Err(Error::model(file, "no line of a run"));
        }
        Ok(run)
    }

    /// The score of a pair; one that the run does not list comes after all others.
    pub fn score(&self, inquiry: &str, promise: &str) -> f64 {
        self.scores.get(&(inquiry.to_owned(), promise.to_owned())).copied().unwrap_or(self.lowest - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_and_what_it_lacks_comes_last() {
        let run = TrecRun::parse("q1 Q0 p1 1 0.9 mine\n\nq1 Q0 p2 2 -3 mine\n", "run.txt").expect("a run");
        assert_eq!((run.name.as_str(), run.score("q1", "p1"), run.score("q1", "p3")), ("mine", 0.9, -4.0));
        for wrong in ["q1 Q0 p1 1 mine", "q1 Q0 p1 1 nan mine", ""] {
            assert!(TrecRun::parse(wrong, "run.txt").expect_err(wrong).to_string().contains("run.txt"));
        }
    }
}
