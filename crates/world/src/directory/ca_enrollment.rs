//! The CA enrollment policy: members of the domain get certificates automatically.

use compact_str::CompactString;
use model::Timestamp;
use model::ds::types::CaEnrollmentPolicyStatus;

/// A directory's CA enrollment policy, from the first time that it is enabled.
#[derive(Clone, Debug, PartialEq)]
pub struct CaEnrollment {
    /// The ARN of the connector to the certificate authority. None once the policy is disabled again.
    pub connector: Option<CompactString>,
    pub status: CaEnrollmentPolicyStatus,
    /// None unless something went wrong.
    pub reason: Option<String>,
    /// When it got its status.
    pub updated_at: Timestamp,
}
