//! AWS Directory Service and, in [`data`], Directory Service Data: their operations, one file per resource.
//!
//! Every handler has the same shape: look up, require in AWS's order of precedence, change, answer. Reads get a `View`, writes a
//! `Tx` whose world is dropped when the handler fails. What AWS finishes later is a timer, and comes back through [`fire`].
//!
//! Invariants: no clock, no randomness, no untyped trees, no HTTP. Errors are the model's; their texts stand in `messages.rs`.

pub mod data;
pub mod ldif;
pub mod needs;
pub mod x509;

mod assessments;
mod aws_blocks;
mod ca_enrollment;
mod certificates;
mod client_authentication;
mod computers;
mod conditional_forwarders;
mod connection;
mod credentials;
mod data_access;
mod directories;
mod domain_controllers;
mod error;
mod event_topics;
mod failures;
#[allow(clippy::pedantic)]
#[rustfmt::skip]
mod generated;
mod hybrid;
mod ids;
mod ip_routes;
mod ldaps;
mod limits;
mod log_subscriptions;
mod lookup;
mod messages;
mod names;
mod network;
mod organization_sharing;
mod passwords;
mod radius;
mod regions;
mod reject;
mod reports;
mod schema;
mod schema_extensions;
mod security_error;
mod setting_table;
mod settings;
mod shares;
mod snapshots;
mod support;
mod tags;
mod timers;
mod trusts;
mod updates;
mod view;

pub use error::{Error, Result};
pub use failures::{endings, fail_later, tells_reason};
pub use generated::api::{read, write};
pub use reject::reject;
pub use support::{Kind, refusal_by_kind, refusal_by_region, refusal_by_stage};
pub use timers::fire;

/// The service: what implements the trait of every resource.
pub struct Service;

impl generated::api::DirectoryService for Service {}
