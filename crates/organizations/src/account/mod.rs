//! Accounts of an organization.

pub mod accounts;
pub mod creation_failures;
pub mod email;
pub mod membership;
