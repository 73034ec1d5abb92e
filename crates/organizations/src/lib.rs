//! AWS Organizations: its operations, one file per resource.
//!
//! Every handler has the same shape: look up, require in AWS's order of precedence, change, answer. Reads get a `View`,
//! writes a `Tx` whose world is dropped when the handler fails. `callers.rs` checks which accounts may call an
//! operation.
//!
//! Invariants: no clock, no randomness, no untyped trees, no HTTP. Errors are the model's; their texts are in
//! `messages.rs`.

// A comment says units, forms, meaning and sources; it does not repeat a name.
#![allow(missing_docs)]

mod account;
mod callers;
mod delegation;
mod error;
mod fault_messages;
mod free_text;
#[allow(clippy::pedantic)]
#[rustfmt::skip]
mod generated;
mod handshake;
mod ids;
mod lookup;
mod messages;
mod policy;
mod reject;
mod request_rates;
mod rules;
mod structure;
mod tags;
mod transfer;
mod view;
mod work;

pub use error::{Error, Result};
pub use work::finish;

/// AWS Organizations. Implements the trait of every resource, and [`::rules::Rules`].
pub struct Service;

impl generated::api::Handlers for Service {}
