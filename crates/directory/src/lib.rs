//! AWS Directory Service and, in [`data`], Directory Service Data: their operations, one file per resource.
//!
//! Every handler has the same shape: look up, require in AWS's order of precedence, change, answer. Reads get a `View`,
//! writes a `Tx` whose world is dropped when the handler fails. What AWS finishes later is work, and comes back through
//! [`finish`].
//!
//! Invariants: no clock, no randomness, no untyped trees, no HTTP. Errors are the model's; each resource's file has its
//! refusals.

pub mod data;
pub mod schema;
pub mod security;

mod availability;
mod closed_accounts;
mod directory;
mod endings;
mod error;
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

pub use availability::{Kind, refusal_by_kind, refusal_by_region, refusal_by_stage};
pub use error::{Error, Result};
pub use work::{endings, finish};

/// The service: what implements the trait of every resource, and [`::rules::Rules`].
pub struct Service;

impl generated::api::Handlers for Service {}
