//! AWS Organizations: its operations, one file per resource.
//!
//! Every handler has the same shape: look up, require in AWS's order of precedence, change, answer. Reads get a `View`,
//! writes a `Tx` whose world is dropped when the handler fails. Who may call an operation at all is decided once, in
//! [`authorize()`].
//!
//! Invariants: no clock, no randomness, no untyped trees, no HTTP. Errors are the model's; their texts stand in
//! `messages.rs`.

pub mod condition_keys;
pub mod policy;
pub mod resources;

mod account;
mod authorize;
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
mod reject;
mod request_rates;
mod structure;
mod tags;
mod transfer;
mod view;
mod work;

pub use account::creation_failures::{creates_account, fail_creation};
pub use authorize::authorize;
pub use error::{Error, Result, too_many_requests};
pub use generated::api::{read, write};
pub use messages::text as error_text;
pub use reject::reject;
pub use request_rates::{REQUEST_RATES, Rate, RequestRate, request_rate};
pub use work::finish;

/// The service: what implements the trait of every resource.
pub struct Service;

impl generated::api::Organizations for Service {}
