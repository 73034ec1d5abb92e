//! Who plays in the tests, by account number.

/// The management account.
pub const M: &str = "111111111111";
/// One that is invited.
pub const S: &str = "222222222222";
/// One that stays outside.
pub const X: &str = "333333333333";
/// One that bills only.
pub const BILLING: &str = "444444444444";
