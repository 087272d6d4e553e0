//! Do the published totals add up?
//!
//! Takes published figures, groups, relations and the project's tables; gives every check with its figures and quoted words.
//! Promises: a finding names both sides and where each stands; what adds up is listed too, never flagged.
//! Knows nothing of: any particular report: relations are data.

pub mod declaration;
pub mod check;

pub use check::{Audit, Check, Figure, Side};
pub use declaration::{Declarations, Group, NamedTerm, Place, Relation, Term};
