//! AWS STS, and the identification of callers.
//!
//! [`identify()`] finds the caller behind an access key id. The operations of STS have one file per resource.
//!
//! Invariants: no clock, no randomness, no HTTP, no check of signatures: every request with a key comes from the key's
//! account.
//!
//! ```
//! use identity::identify;
//! use model::Timestamp;
//! use world::{Settings, World};
//!
//! let world = World::new(Settings::default());
//! let caller = identify(&world, "111111111111", None, "us-east-1", Timestamp::default()).unwrap();
//! assert_eq!(caller.arn(), "arn:aws:iam::111111111111:user/admin");
//! ```

// A comment says units, forms, meaning and sources; it does not repeat a name.
#![allow(missing_docs)]

mod authorization_message;
mod caller_identity;
mod error;
#[allow(clippy::pedantic)]
#[rustfmt::skip]
mod generated;
mod identify;
mod rules;
mod sessions;

pub use error::{Error, Result};
pub use identify::identify;

/// AWS STS. Implements the trait of every resource, and [`::rules::Rules`].
pub struct Service;

impl generated::api::Handlers for Service {}
