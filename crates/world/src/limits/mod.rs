//! AWS's quotas.

pub mod policy_quotas;
pub mod quota_table;
pub mod quotas;
