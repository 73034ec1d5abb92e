//! What AWS says of each policy type: the service that it works for, and the managed policy of some.

use std::sync::LazyLock;

use model::PolicyId;
use model::organizations::types::{EffectivePolicyType, PolicyType};
use policy::TypeFacts;
use policy::iam::{Document, rcp};

/// A policy that AWS wrote, and every organization has.
pub struct Managed {
    /// Its type.
    pub kind: PolicyType,
    /// Its id, which is its name too.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// AWS's words.
    pub description: &'static str,
    /// The document, laid out as AWS does it.
    pub content: &'static str,
}

impl Managed {
    /// Its id.
    pub fn id(&self) -> PolicyId {
        PolicyId::from(self.id)
    }
}

/// What the managed policies say, which is the same for both.
pub fn managed_document() -> &'static Document {
    static ALLOWS_EVERYTHING: LazyLock<Document> = LazyLock::new(rcp::full_access);
    &ALLOWS_EVERYTHING
}

/// Both let everything through (user guide, "SCP syntax" and "RCP syntax").
static MANAGED: [Managed; 2] = [
    Managed {
        kind: PolicyType::ServiceControlPolicy,
        id: "p-FullAWSAccess",
        name: "FullAWSAccess",
        description: "Allows access to every operation",
        content: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}"#,
    },
    Managed {
        kind: PolicyType::ResourceControlPolicy,
        id: "p-RCPFullAWSAccess",
        name: "RCPFullAWSAccess",
        description: "Allows access to every resource",
        content: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "*",
      "Resource": "*"
    }
  ]
}"#,
    },
];

/// The managed policy of a type, where it has one.
pub fn managed(kind: PolicyType) -> Option<&'static Managed> {
    MANAGED.iter().find(|managed| managed.kind == kind)
}

/// The managed policy of that id.
pub fn managed_by_id(id: &PolicyId) -> Option<&'static Managed> {
    MANAGED.iter().find(|managed| managed.id == id.as_str())
}

/// A type that merges, as a type of policies.
pub fn merging(kind: EffectivePolicyType) -> PolicyType {
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

/// The service that needs trusted access before a type can be enabled, and keeps it as long as the type is.
pub fn service(kind: PolicyType) -> Option<&'static str> {
    TypeFacts::of(kind.as_str()).and_then(|facts| facts.trusted_service)
}

/// How many policies of a type stay on every target, as long as it is enabled.
pub fn attachments_min(kind: PolicyType) -> usize {
    TypeFacts::of(kind.as_str()).map_or(0, |facts| facts.attachments_min)
}
