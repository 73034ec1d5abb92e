//! The accounts in the tests, by number.

/// The management account.
pub const M: &str = "111111111111";
/// An account that is invited.
pub const S: &str = "222222222222";
/// An account outside M's organization.
pub const X: &str = "333333333333";
/// A management account with consolidated billing only.
pub const BILLING: &str = "444444444444";
