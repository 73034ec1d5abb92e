//! Whether policies allow a caller to make a request.
//!
//! The engine calls [`require`] before every call. It evaluates the policies that are in force for the caller, for each
//! action of the operation ([`model::Operation::actions`]) on each resource that the request names, with the condition
//! keys of caller and request. The overlays in `fixtures/model` say which members of a request name resources and which
//! hold values of condition keys. `codegen` writes them as functions of the typed request into `generated/`, so a
//! member that is renamed does not compile.
//!
//! Every caller is the administrator of its account or a role with all permissions, so there are no identity policies.
//!
//! Invariants: nothing here changes a world or knows an error of a service; the service makes its own error of a
//! [`Denial`]. AWS Organizations itself decides which accounts may call an operation; [`is_delegated`] is the part of
//! that rule that depends on a policy.

// A comment says units, forms, meaning and sources; it does not repeat a name.
#![allow(missing_docs)]

mod condition_keys;
mod delegation;
mod denial;
#[allow(clippy::all, clippy::pedantic)]
#[rustfmt::skip]
mod generated;
mod guardrails;
mod request_members;
mod requested_actions;
mod resource_type;
mod resources;

pub use delegation::is_delegated;
pub use denial::Denial;
pub use guardrails::require;
pub use request_members::data_directory;
