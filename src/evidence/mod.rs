//! What evidence is there that a promise was worked on?
//!
//! Takes links, what people decided about them, replies, meetings and outcomes; gives the [`EvidenceMatrix`] and its sums.
//! Promises: no act without its source; no inquiry or reply lifts a promise above `answered`; an empty cell says why.
//! Knows nothing of: how links were scored, how the matrix is shown. Does no I/O.

pub mod status;
pub mod verdict;
pub mod act;
pub mod matrix;
pub mod rollup;
pub mod district;

pub use act::{Act, ActKind};
pub use district::{Basis, InDistrict};
pub use matrix::{Cell, EvidenceMatrix, WithoutPromises};
pub use rollup::{Rollup, Tally};
pub use status::{Empty, Status};
pub use verdict::{Verdict, Verdicts};
