//! Directories offered to other accounts, and the trusted access that sharing inside an organization takes.

pub mod organization_sharing;
pub mod shares;
