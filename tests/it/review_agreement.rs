//! Agreement beside reference implementations, and with what is not defined.

use crate::repository;
use saual::review::agreement::{Metric, Undefined, alpha, kappa, raw};

#[derive(serde::Deserialize)]
struct Case {
    table: Vec<String>,
    nominal: Option<f64>,
    ordinal: Option<f64>,
    kappa: Option<f64>,
}

/// `tests/fixtures/agreement/reference.py` made the file with PyPI `krippendorff` 0.9.0 and scikit-learn 1.9.1.
#[test]
fn a_thousand_random_tables_agree_with_the_references() {
    let text = std::fs::read_to_string(repository("tests/fixtures/agreement/tables.jsonl")).expect("the tables");
    let mut defined = 0;
    for (number, line) in text.lines().enumerate() {
        let case: Case = serde_json::from_str(line).expect("a table");
        let rows: Vec<Vec<Option<u8>>> = case
            .table
            .iter()
            .map(|row| row.chars().map(|value| value.to_digit(10).and_then(|digit| u8::try_from(digit).ok())).collect())
            .collect();
        let units: Vec<Vec<u8>> =
            (0..rows[0].len()).map(|unit| rows.iter().filter_map(|row| row[unit]).collect()).collect();
        let both: Vec<(u8, u8)> = rows[0].iter().zip(&rows[1]).filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
        let of = |metric| alpha(units.iter().map(Vec::as_slice), metric);
        let pairs = [
            ("nominal", of(Metric::Nominal), case.nominal),
            ("ordinal", of(Metric::Ordinal), case.ordinal),
            ("kappa", kappa(&both), case.kappa),
        ];
        for (name, ours, theirs) in pairs {
            match (ours, theirs) {
                (Ok(ours), Some(theirs)) => {
                    assert!((ours - theirs).abs() < 1e-9, "table {number}, {name}: {ours} against {theirs}");
                    defined += 1;
                }
                (Err(_), None) => {}
                // With one value alone the package says 1; we say that nothing can be said.
                (Err(Undefined::OneValue), Some(theirs)) => assert_eq!(theirs, 1.0, "table {number}, {name}"),
                (ours, theirs) => panic!("table {number}, {name}: {ours:?} against {theirs:?}"),
            }
        }
    }
    assert!(defined > 1900, "{defined}");
}

#[test]
fn what_is_not_defined_says_why() {
    let none: [&[u8]; 2] = [&[1], &[]];
    assert_eq!(alpha(none.into_iter(), Metric::Nominal), Err(Undefined::NoPairs));
    assert_eq!(raw(none.into_iter()), Err(Undefined::NoPairs));
    let same: [&[u8]; 2] = [&[1, 1], &[1, 1, 1]];
    assert_eq!(alpha(same.into_iter(), Metric::Ordinal), Err(Undefined::OneValue));
    assert_eq!((kappa(&[]), kappa(&[(2, 2)])), (Err(Undefined::NoPairs), Err(Undefined::OneValue)));
}
