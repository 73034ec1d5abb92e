//! The quotas of a policy type.

use model::organizations::types::PolicyType;
use policy::TypeFacts;

/// The quotas of a policy type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PolicyQuotas {
    /// The size of a document as it is sent, in characters; for some types in bytes.
    pub size: usize,
    /// Policies attached to one target, the managed one too. Inherited ones do not count.
    pub attached: usize,
    /// Policies that an organization wrote.
    pub policies: usize,
}

impl PolicyQuotas {
    /// AWS's own.
    pub fn of(kind: PolicyType) -> Self {
        let facts = TypeFacts::of(kind.as_str());
        let quota = |of: fn(&TypeFacts) -> usize| facts.map_or(usize::MAX, of);
        Self {
            size: quota(|facts| facts.size_max),
            attached: quota(|facts| facts.attachments_max),
            policies: quota(|facts| facts.policies_max),
        }
    }
}
