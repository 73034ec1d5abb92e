//! Accounts: created, closed, joined, removed.

pub mod accounts;
pub mod creation_failures;
pub mod email;
pub mod membership;
