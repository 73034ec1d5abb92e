//! What AWS says of each policy type: the service that it works for, its place in ARNs, and the managed policy of some.

use model::PolicyId;
use model::organizations::types::PolicyType;

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

/// The service that needs trusted access before a type can be enabled, and keeps it as long as the type is.
// Inferred: documented for Security Hub; the other services that act on their policies by themselves are like it.
pub fn service(kind: PolicyType) -> Option<&'static str> {
    match kind {
        PolicyType::SecurityhubPolicy | PolicyType::SecurityhubCspmPolicy => Some("securityhub.amazonaws.com"),
        PolicyType::InspectorPolicy => Some("inspector2.amazonaws.com"),
        PolicyType::GuarddutyPolicy => Some("guardduty.amazonaws.com"),
        PolicyType::NetworkSecurityDirectorPolicy => Some("network-security-director.amazonaws.com"),
        _ => None,
    }
}
