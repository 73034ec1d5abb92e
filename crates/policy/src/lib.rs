//! What the documents of policies mean: which texts are policies of a type, and what they decide.
//!
//! Everything starts at [`json::read`], which keeps order, duplicates and positions; a rule that a document breaks is a [`Fault`],
//! which says where, what was found there and what was expected.
//!
//! Invariants: nothing here knows a world, a service, an error of AWS or a clock. No text makes this crate panic or recurse
//! without bound. A document is never rewritten: what a caller stores is the text that was sent.

mod facts;
mod fault;
pub mod iam;
pub mod json;
pub mod management;
mod path;

pub use facts::{SizeUnit, TYPES, TypeFacts};
pub use fault::{Fault, Position};
pub use path::Path;
