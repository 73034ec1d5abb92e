//! AWS STS, and from credentials to a caller.
//!
//! [`identify()`] says who stands behind an access key id; the operations of STS are here too, one file per resource.
//!
//! Invariants: no clock, no randomness, no HTTP, no signatures: whoever names a key is believed.
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

/// The service: what implements the trait of every resource, and [`::rules::Rules`].
pub struct Service;

impl generated::api::Handlers for Service {}
