//! The organization itself, and its tree of units and accounts.

pub mod organization;
pub mod tree;
pub mod units;
