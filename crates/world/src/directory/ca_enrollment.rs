//! The policy by which members of a domain get certificates on their own.

use compact_str::CompactString;
use model::Timestamp;
use model::ds::types::CaEnrollmentPolicyStatus;

/// A directory's enrollment policy, once it was enabled.
#[derive(Clone, Debug, PartialEq)]
pub struct CaEnrollment {
    /// The ARN of the connector to the certificate authority; none when the policy is disabled again.
    pub connector: Option<CompactString>,
    pub status: CaEnrollmentPolicyStatus,
    /// Why it is no further, where something went wrong.
    pub reason: Option<String>,
    /// When it got its status.
    pub updated_at: Timestamp,
}
