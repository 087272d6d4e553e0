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
    let in_scope = scopes.of(inquiry);
    let near =
        |(clause, (scope, role)): (&usize, &(Scope, Role))| Candidate { clause: *clause, scope: *scope, role: *role };
    let mut candidates: Vec<Candidate> = in_scope.iter().map(near).collect();
    if beyond > 0 {
        let is_other = |clause: usize| scopes.is_promise(clause) && !in_scope.contains_key(&clause);
        let others = lexical.best(tokens, beyond, is_other)?.into_iter();
        candidates.extend(others.map(|clause| Candidate { clause, scope: Scope::All, role: Role::None }));
    }
    candidates.sort_by_key(|candidate| candidate.clause);
    Ok(candidates)
}
