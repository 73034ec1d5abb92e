//! AWS's models as Rust types.
//!
//! `generated/` holds the inputs, outputs, errors, limits and operation tables of the services, written by `codegen`.
//! Written by hand are ids, timestamps, secrets, and the few traits by which other crates treat all services alike.
//!
//! Invariant: nothing here reads a socket, a clock or bytes, and nothing depends on the state of a world.
//!
//! ```
//! use model::AccountId;
//! let account: AccountId = "111111111111".parse().unwrap();
//! assert_eq!(account.to_string(), "111111111111");
//! assert_eq!(model::organizations::OPERATIONS.len(), 63);
//! ```

#[allow(missing_docs, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
mod generated;
mod access_key;
mod arn;
mod id;
mod operation;
mod partition;
mod refusal;
mod row;
pub mod schema;
mod secret;
mod timestamp;
mod values;
mod violation;

pub use access_key::AccessKeyId;
pub use arn::{Arn, Owner, arn};
/// A text that needs no memory of its own while it is short.
pub use compact_str::CompactString;
pub use generated::*;
pub use id::{
    AccountId, ChildId, CreateAccountRequestId, DirectoryId, DomainControllerId, HandshakeId, OrganizationId,
    OrganizationalUnitId, ParentId, ParseIdError, PolicyId, ResponsibilityTransferId, RootId, SchemaExtensionId,
    SnapshotId, TrustId,
};
pub use operation::{
    Access, Callers, Decoder, Operation, Protocol, ServiceModel, State, operation_count, operation_named,
};
pub use partition::Partition;
pub use refusal::{FrontEnd, ModeledError, Refusal, ServiceError};
pub use row::Row;
pub use schema::Checked;
pub use secret::Secret;
pub use timestamp::Timestamp;
pub use values::Values;
pub use violation::{Constraint, Entry, Violation};
