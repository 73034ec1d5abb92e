//! Whether policies let a caller make a request.
//!
//! The engine asks [`require`] before every call. What it looks at is put together here, and nowhere else: the actions
//! of the operation ([`model::Operation::actions`]), the resources that the request names, as ARNs ([`resource_arns`]),
//! the condition keys of caller and request, and the policies that are in force for the caller. Which members of a
//! request name resources and hold values of condition keys are facts of the overlays in `fixtures/model`; `codegen`
//! writes them as functions of the typed request into `generated/`, so a member that gets another name does not
//! compile.
//!
//! Every caller is its account's administrator or a role with all rights, so no identity policy is asked.
//!
//! Invariants: nothing here changes a world or knows an error of a service: a [`Denial`] becomes the service's own. Who
//! may call an operation of AWS Organizations at all is that service's rule; [`is_delegated`] is the part of it that a
//! policy decides.

mod asked;
mod condition_keys;
mod delegation;
mod denial;
#[allow(clippy::all, clippy::pedantic)]
#[rustfmt::skip]
mod generated;
mod guardrails;
mod request_facts;
mod resource_type;
mod resources;

pub use delegation::is_delegated;
pub use denial::Denial;
pub use guardrails::require;
pub use request_facts::data_directory;
