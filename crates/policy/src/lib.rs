//! Policy documents: reading, validation, evaluation and merge.
//!
//! [`iam`] has the types in IAM's language. They decide whether a request is allowed. [`management`] has the types that
//! merge along the path from the root to an account. Both start at [`json::read`], which keeps order,
//! duplicates and positions. Both return a [`Finding`] for each rule that a document breaks: the path, what was found
//! there, and what was expected.
//!
//! Invariants: nothing here depends on a world, a service, an error of AWS or a clock. No text makes this crate panic
//! or recurse without bound. A document is never rewritten: callers store the text as it was sent.

// A comment says units, forms, meaning and sources; it does not repeat a name.
#![allow(missing_docs)]

mod facts;
mod finding;
pub mod iam;
pub mod json;
pub mod management;
mod path;

pub use facts::{SizeUnit, TYPES, TypeFacts};
pub use finding::{Finding, Position};
pub use path::Path;
