//! Which clauses could an inquiry be about?
//!
//! Takes an inquiry's tokens and authors; gives [`Candidate`]s: every clause in scope, and for the scope `all` the best by words.
//! Promises: never drops a clause that is in scope; ties are broken by the clause's place in the list.
//! Knows nothing of: weights, probabilities, evidence.

pub mod lexical;
pub mod scope;

pub use lexical::Lexical;
pub use scope::{Role, Scope, Scopes};

use crate::Result;
use crate::analysis::Token;
use crate::ingest::Inquiry;

/// A clause that an inquiry may be about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The clause's place in the list of clauses.
    pub clause: usize,
    /// Whose clause it is to the inquiry's authors.
    pub scope: Scope,
    /// The part that its owner, or its owner's member, took in the inquiry.
    pub role: Role,
    /// BM25 of the inquiry's words against the clause; 0 where no word is shared.
    pub bm25: f32,
}

/// The candidates of an inquiry, by clause. With `beyond > 0` also the best `beyond` clauses of other owners, by words.
///
/// # Errors
/// [`crate::Error::Index`]
pub fn candidates(
    inquiry: &Inquiry,
    tokens: &[Token],
    lexical: &Lexical<'_>,
    scopes: &Scopes<'_>,
    beyond: usize,
) -> Result<Vec<Candidate>> {
    let scored = lexical.search(tokens)?;
    let bm25 = |clause: &usize| scored.get(clause).copied().unwrap_or(0.0);
    let in_scope = scopes.of(inquiry);
    let mut candidates: Vec<Candidate> = in_scope
        .iter()
        .map(|(clause, (scope, role))| Candidate { clause: *clause, scope: *scope, role: *role, bm25: bm25(clause) })
        .collect();
    let beyond_scope = scopes.promises().filter(|clause| beyond > 0 && !in_scope.contains_key(clause));
    let mut others: Vec<(usize, f32)> = beyond_scope.map(|clause| (clause, bm25(&clause))).collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let others = others.into_iter().take(beyond);
    candidates.extend(others.map(|(clause, bm25)| Candidate { clause, scope: Scope::All, role: Role::None, bm25 }));
    candidates.sort_by_key(|candidate| candidate.clause);
    Ok(candidates)
}
