//! ARNs of what organizations have. They always name the management account, and never a Region.

use model::{AccountId, Owner, Partition, arn};

use crate::organization::Organization;
use crate::organization::managed_policy::AnyPolicy;

/// The service's name in ARNs.
const SERVICE: &str = "organizations";

/// The ARN of something of the organization that a management account has; the resource is given in its parts.
pub fn organizations_arn(partition: Partition, management: AccountId, resource: &[&str]) -> String {
    arn(partition, SERVICE, "", management, resource)
}

impl Organization {
    /// The partition that the organization is in: the commercial one, whatever Region it is asked in.
    pub fn partition(&self) -> Partition {
        Partition::Aws
    }

    /// The ARN of something of the organization, which is given in its parts.
    pub fn arn(&self, resource: &[&str]) -> String {
        organizations_arn(self.partition(), self.management, resource)
    }

    /// The ARN of an account.
    pub fn account_arn(&self, account: AccountId) -> String {
        self.arn(&["account", self.id.as_str(), account.digits().as_str()])
    }

    /// The ARN of a policy. AWS's own belong to no organization.
    pub fn policy_arn(&self, policy: AnyPolicy<'_>) -> String {
        let kind = policy.kind().as_str().to_lowercase();
        match policy {
            AnyPolicy::Managed(policy) => arn(self.partition(), SERVICE, "", Owner::Aws, &["policy", &kind, policy.id]),
            AnyPolicy::Written(policy) => self.arn(&["policy", self.id.as_str(), &kind, policy.id.as_str()]),
        }
    }
}
