//! AWS Directory Service and, in [`data`], Directory Service Data: their operations, one file per resource.
//!
//! Every handler has the same shape: look up, require in AWS's order of precedence, change, answer. Reads get a `View`,
//! writes a `Tx` whose world is dropped when the handler fails. AWS finishes some changes later: they are work, and
//! [`finish`] does it when it is due.
//!
//! Invariants: no clock, no randomness, no untyped trees, no HTTP. The codes of errors are the model's. The refusals of
//! a resource are in its file.

// A comment says units, forms, meaning and sources; it does not repeat a name.
#![allow(missing_docs)]

pub mod data;
pub mod schema;
pub mod security;

mod availability;
mod closed_accounts;
mod directory;
mod error;
mod failures;
#[allow(clippy::pedantic)]
#[rustfmt::skip]
mod generated;
mod hybrid;
mod ids;
mod lookup;
mod maintenance;
mod monitoring;
mod needs;
mod network;
mod rules;
mod sharing;
mod trust;
mod work;

pub use availability::{TypeOrEdition, refusal_by_region, refusal_by_stage, refusal_by_type};
pub use error::{Error, Result};
pub use work::{failures, finish};

/// Directory Service. Implements the trait of every resource, and [`::rules::Rules`].
pub struct Service;

impl generated::api::Handlers for Service {}
