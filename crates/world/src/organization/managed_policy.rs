//! The policies that AWS wrote and every organization has.

use std::sync::LazyLock;

use model::PolicyId;
use model::organizations::types::PolicyType;
use policy::iam::{Document, rcp};

use crate::organization::Organization;
use crate::organization::policy::Policy;

/// A policy that AWS wrote, and every organization has.
pub struct ManagedPolicy {
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

impl ManagedPolicy {
    /// Its id.
    pub fn id(&self) -> PolicyId {
        PolicyId::from(self.id)
    }

    /// What it says, which is the same for all: everything is allowed.
    pub fn document(&self) -> &'static Document {
        static ALLOWS_EVERYTHING: LazyLock<Document> = LazyLock::new(rcp::full_access);
        &ALLOWS_EVERYTHING
    }

    /// The managed policy of a type, where it has one.
    pub fn of(kind: PolicyType) -> Option<&'static Self> {
        MANAGED.iter().find(|managed| managed.kind == kind)
    }

    /// The managed policy of that id.
    pub fn by_id(id: &PolicyId) -> Option<&'static Self> {
        MANAGED.iter().find(|managed| managed.id == id.as_str())
    }
}

/// Both let everything through (user guide, "SCP syntax" and "RCP syntax").
static MANAGED: [ManagedPolicy; 2] = [
    ManagedPolicy {
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
    ManagedPolicy {
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

/// A policy that an organization has.
#[derive(Clone, Copy)]
pub enum AnyPolicy<'w> {
    /// One that AWS wrote.
    Managed(&'static ManagedPolicy),
    /// One that the organization wrote.
    Written(&'w Policy),
}

impl AnyPolicy<'_> {
    /// What it is about.
    pub fn kind(self) -> PolicyType {
        match self {
            Self::Managed(managed) => managed.kind,
            Self::Written(policy) => policy.kind,
        }
    }
}

impl Organization {
    /// The policy of that id; AWS's own are in every organization.
    pub fn policy(&self, id: &PolicyId) -> Option<AnyPolicy<'_>> {
        let managed = ManagedPolicy::by_id(id).map(AnyPolicy::Managed);
        managed.or_else(|| self.policies.get(id).map(AnyPolicy::Written))
    }
}
