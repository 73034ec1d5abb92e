//! Who may do what in an organization: which accounts may call an operation, what policies are asked, and what they
//! say.

pub mod callers;
pub mod condition_keys;
pub mod grants;
pub mod guardrails;
pub mod resources;
