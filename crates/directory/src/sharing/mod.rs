//! Shares of directories with other accounts, and the trusted access that sharing inside an organization needs.

pub mod organization_sharing;
pub mod shares;
