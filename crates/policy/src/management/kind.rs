//! The types of management policies.

use super::grammar;
use super::shape::Block;

/// A type of policy that merges into an effective policy: a value of the model's EffectivePolicyType.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    Tag,
    Backup,
    AiServicesOptOut,
    Chatbot,
    DeclarativeEc2,
    SecurityHub,
    SecurityHubCspm,
    Inspector,
    UpgradeRollout,
    Bedrock,
    S3,
    NetworkSecurityDirector,
    GuardDuty,
}

impl Kind {
    /// Every kind, in the order of the API's model.
    pub const ALL: [Self; 13] = [
        Self::Tag,
        Self::Backup,
        Self::AiServicesOptOut,
        Self::Chatbot,
        Self::DeclarativeEc2,
        Self::SecurityHub,
        Self::SecurityHubCspm,
        Self::Inspector,
        Self::UpgradeRollout,
        Self::Bedrock,
        Self::S3,
        Self::NetworkSecurityDirector,
        Self::GuardDuty,
    ];

    /// The kind of a type, named as in the API. None for the types that authorize.
    pub fn of(policy_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.policy_type() == policy_type)
    }

    /// The type as the API spells it.
    pub const fn policy_type(self) -> &'static str {
        match self {
            Self::Tag => "TAG_POLICY",
            Self::Backup => "BACKUP_POLICY",
            Self::AiServicesOptOut => "AISERVICES_OPT_OUT_POLICY",
            Self::Chatbot => "CHATBOT_POLICY",
            Self::DeclarativeEc2 => "DECLARATIVE_POLICY_EC2",
            Self::SecurityHub => "SECURITYHUB_POLICY",
            Self::SecurityHubCspm => "SECURITYHUB_CSPM_POLICY",
            Self::Inspector => "INSPECTOR_POLICY",
            Self::UpgradeRollout => "UPGRADE_ROLLOUT_POLICY",
            Self::Bedrock => "BEDROCK_POLICY",
            Self::S3 => "S3_POLICY",
            Self::NetworkSecurityDirector => "NETWORK_SECURITY_DIRECTOR_POLICY",
            Self::GuardDuty => "GUARDDUTY_POLICY",
        }
    }

    /// The shape of a whole document.
    pub(super) fn document(self) -> &'static Block {
        match self {
            Self::Tag => &grammar::tag::DOCUMENT,
            Self::Backup => &grammar::backup::DOCUMENT,
            Self::AiServicesOptOut => &grammar::ai_services::DOCUMENT,
            Self::Chatbot => &grammar::chatbot::DOCUMENT,
            Self::DeclarativeEc2 => &grammar::ec2::DOCUMENT,
            Self::SecurityHub => &grammar::security_hub::DOCUMENT,
            Self::SecurityHubCspm => &grammar::security_hub::CSPM_DOCUMENT,
            Self::Inspector => &grammar::inspector::DOCUMENT,
            Self::UpgradeRollout => &grammar::upgrade_rollout::DOCUMENT,
            Self::Bedrock => &grammar::bedrock::DOCUMENT,
            Self::S3 => &grammar::s3::DOCUMENT,
            Self::NetworkSecurityDirector => &grammar::network_security_director::DOCUMENT,
            Self::GuardDuty => &grammar::guard_duty::DOCUMENT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::TypeFacts;

    #[test]
    fn every_kind_has_its_facts() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of(kind.policy_type()), Some(kind));
            assert!(TypeFacts::of(kind.policy_type()).is_some(), "{kind:?}");
        }
        assert_eq!(Kind::of("SERVICE_CONTROL_POLICY"), None);
    }
}
