//! The quotas of a policy type.

use model::organizations::types::PolicyType;
use policy::TypeFacts;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PolicyQuotas {
    /// The longest document, in characters; for upgrade rollout policies in bytes.
    pub size: usize,
    /// Policies attached to one target, the AWS-managed one included. Inherited policies do not count.
    pub attached: usize,
    /// Policies of the type that an organization wrote.
    pub policies: usize,
}

impl PolicyQuotas {
    /// AWS's quotas of a type.
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
