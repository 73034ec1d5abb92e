//! Versions of the policy language.

/// A version of the policy language.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Version {
    /// `2008-10-17`, also for documents without Version. It has no variables.
    V2008,
    /// `2012-10-17`.
    V2012,
}
