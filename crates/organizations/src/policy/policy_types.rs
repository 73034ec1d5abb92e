//! Facts about each policy type.

use model::organizations::types::{EffectivePolicyType, PolicyType};
use policy::TypeFacts;

/// The policy type of an effective policy type.
pub fn to_policy_type(kind: EffectivePolicyType) -> PolicyType {
    match kind {
        EffectivePolicyType::TagPolicy => PolicyType::TagPolicy,
        EffectivePolicyType::BackupPolicy => PolicyType::BackupPolicy,
        EffectivePolicyType::AiservicesOptOutPolicy => PolicyType::AiservicesOptOutPolicy,
        EffectivePolicyType::ChatbotPolicy => PolicyType::ChatbotPolicy,
        EffectivePolicyType::DeclarativePolicyEc2 => PolicyType::DeclarativePolicyEc2,
        EffectivePolicyType::SecurityhubPolicy => PolicyType::SecurityhubPolicy,
        EffectivePolicyType::SecurityhubCspmPolicy => PolicyType::SecurityhubCspmPolicy,
        EffectivePolicyType::InspectorPolicy => PolicyType::InspectorPolicy,
        EffectivePolicyType::UpgradeRolloutPolicy => PolicyType::UpgradeRolloutPolicy,
        EffectivePolicyType::BedrockPolicy => PolicyType::BedrockPolicy,
        EffectivePolicyType::S3Policy => PolicyType::S3Policy,
        EffectivePolicyType::NetworkSecurityDirectorPolicy => PolicyType::NetworkSecurityDirectorPolicy,
        EffectivePolicyType::GuarddutyPolicy => PolicyType::GuarddutyPolicy,
    }
}

/// The service that needs trusted access before a type can be enabled, and while it is enabled.
pub fn trusted_service(kind: PolicyType) -> Option<&'static str> {
    TypeFacts::of(kind.as_str()).and_then(|facts| facts.trusted_service)
}

/// The minimum number of policies of a type on every target while the type is enabled.
pub fn attachments_min(kind: PolicyType) -> usize {
    TypeFacts::of(kind.as_str()).map_or(0, |facts| facts.attachments_min)
}
