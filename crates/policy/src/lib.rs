//! What the documents of policies mean: which texts are policies of a type, and what they decide.
//!
//! [`iam`] has the types whose language is IAM's: they decide whether a request may go on. [`management`] has the types
//! that merge on the way from the root to an account. Both start at [`json::read`], which keeps order, duplicates and
//! positions, and both say of a rule that a document breaks where, what was found there and what was expected: a
//! [`Finding`].
//!
//! Invariants: nothing here knows a world, a service, an error of AWS or a clock. No text makes this crate panic or
//! recurse without bound. A document is never rewritten: what a caller stores is the text that was sent.

mod facts;
mod finding;
pub mod iam;
pub mod json;
pub mod management;
mod path;

pub use facts::{SizeUnit, TYPES, TypeFacts};
pub use finding::{Finding, Position};
pub use path::Path;
