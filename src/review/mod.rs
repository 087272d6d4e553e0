//! What do people decide about links and topics, and how is it asked, kept and weighed?
//!
//! Takes a [`crate::run::Run`] and the decisions of reviewers; keeps them in `decisions.sqlite` ([`store`]).
//! Promises: a decision once acknowledged is never lost, altered or deleted; merging is a set union.
//! Knows nothing of: how links were scored.

pub mod decision;
pub mod store;
pub mod exchange;
pub mod pack;
pub mod state;
pub mod near;
pub mod queue;
pub mod stopping;
pub mod agreement;
pub mod ask;
pub mod desk;
pub mod card;
pub mod server;

pub use agreement::Agreement;
pub use ask::{Ask, Refusal};
pub use decision::{Decision, Draft, Kind, Role};
pub use desk::{Desk, Reviewer};
pub use queue::{Blind, Deal, Filter, Queue, Terms};
pub use state::{Standing, State};
pub use store::{Store, StoreError};
