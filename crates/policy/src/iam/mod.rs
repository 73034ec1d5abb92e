//! The language of IAM: service control, resource control, resource-based and session policies.
//!
//! Each type of policy is a dialect of one grammar. It has a module with a function `validate`, which reads a document
//! or lists all findings. [`evaluate`] decides about a request.

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

pub use document::{Condition, Document, Effect, Listed, PrincipalEntry, Principals, Statement};
pub use operand::Operand;
pub use operator::{Comparison, Operator, OrderComparison, Qualifier, TextComparison};
pub use pattern::PolicyPattern;
pub use request::{AuthorizationRequest, Context, RequestPrincipal};
pub use version::Version;
