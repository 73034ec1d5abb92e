//! AWS's quotas of each policy type, as data.

use model::organizations::types::PolicyType;

/// The quotas of a policy type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PolicyQuotas {
    /// Characters of a document, as it is sent.
    pub characters: usize,
    /// Policies attached to one target, the managed one too. Inherited ones do not count.
    pub attached: usize,
    /// Policies that an organization wrote.
    pub policies: usize,
}

impl PolicyQuotas {
    /// AWS's own (Organizations quotas page, 2026).
    // Inferred: of the newest types no quota is published; they have what most of the others have.
    pub fn of(kind: PolicyType) -> Self {
        let (characters, attached, policies) = match kind {
            PolicyType::ServiceControlPolicy => (10_240, 10, 10_000),
            PolicyType::ResourceControlPolicy => (5_120, 5, 2_000),
            PolicyType::ChatbotPolicy => (10_000, 5, 1_000),
            PolicyType::AiservicesOptOutPolicy => (2_500, 5, 1_000),
            PolicyType::UpgradeRolloutPolicy => (5_120, 10, 1_000),
            PolicyType::TagPolicy
            | PolicyType::BackupPolicy
            | PolicyType::DeclarativePolicyEc2
            | PolicyType::SecurityhubPolicy
            | PolicyType::SecurityhubCspmPolicy
            | PolicyType::InspectorPolicy
            | PolicyType::BedrockPolicy
            | PolicyType::S3Policy
            | PolicyType::NetworkSecurityDirectorPolicy
            | PolicyType::GuarddutyPolicy => (10_000, 10, 1_000),
        };
        Self { characters, attached, policies }
    }
}
