//! The language of IAM: service control, resource control, resource-based and session policies.
//!
//! Each type of policy is a dialect of one grammar and has a module with a `validate`: it gives the document, or
//! everything that is wrong with it. What documents decide about a request is in [`evaluate`].

mod apply;
mod arn;
mod compare;
mod document;
pub mod evaluate;
mod grammar;
pub mod log_groups;
mod operand;
mod operator;
mod pattern;
pub mod rcp;
mod request;
pub mod resource_policy;
pub mod scp;
pub mod session;
mod value;
mod version;

pub use document::{Condition, Document, Effect, Listed, Principal, Principals, Statement};
pub use operand::Operand;
pub use operator::{Comparison, Operator, Order, Qualifier, Text};
pub use pattern::Pattern;
pub use request::{Caller, Context, Request};
pub use version::Version;
