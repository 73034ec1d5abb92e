//! JSON: reader and writer.

mod read;
mod write;

pub use read::{Bound, read, read_bound, tree};
pub use write::{object, write};
