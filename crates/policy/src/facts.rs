//! Facts about each type of policy: sizes, quotas, and the service that needs trusted access.

/// One type of policy.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TypeFacts {
    /// The type as the API spells it.
    pub policy_type: &'static str,
    /// The size of the longest document, in [`Self::size_unit`].
    pub size_max: usize,
    /// The unit of [`Self::size_max`].
    pub size_unit: SizeUnit,
    /// The most policies attached to one root, unit or account. Inherited ones do not count.
    pub attachments_max: usize,
    /// The fewest policies attached to each root, unit and account while the type is enabled.
    pub attachments_min: usize,
    /// The most policies of the type in one organization.
    pub policies_max: usize,
    /// The service that needs trusted access before the type can be enabled.
    pub trusted_service: Option<&'static str>,
}

/// The unit in which a type's documents are measured.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SizeUnit {
    /// Unicode characters, white space included.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
}

/// All types, in the order of the API's model.
// Inferred: the types since Security Hub CSPM have no published quotas; they get those of Security Hub policies. The
// size of upgrade rollout policies is published, and only theirs counts bytes.
pub const TYPES: [TypeFacts; 15] = [
    TypeFacts { size_max: 10_240, attachments_min: 1, policies_max: 10_000, ..row("SERVICE_CONTROL_POLICY") },
    TypeFacts {
        size_max: 5_120,
        attachments_max: 5,
        attachments_min: 1,
        policies_max: 2_000,
        ..row("RESOURCE_CONTROL_POLICY")
    },
    row("TAG_POLICY"),
    row("BACKUP_POLICY"),
    TypeFacts { size_max: 2_500, attachments_max: 5, ..row("AISERVICES_OPT_OUT_POLICY") },
    TypeFacts { attachments_max: 5, ..row("CHATBOT_POLICY") },
    row("DECLARATIVE_POLICY_EC2"),
    trusting("securityhub.amazonaws.com", row("SECURITYHUB_POLICY")),
    trusting("securityhub.amazonaws.com", row("SECURITYHUB_CSPM_POLICY")),
    trusting("inspector2.amazonaws.com", row("INSPECTOR_POLICY")),
    TypeFacts { size_max: 5_120, size_unit: SizeUnit::Bytes, ..row("UPGRADE_ROLLOUT_POLICY") },
    row("BEDROCK_POLICY"),
    row("S3_POLICY"),
    trusting("network-security-director.amazonaws.com", row("NETWORK_SECURITY_DIRECTOR_POLICY")),
    trusting("guardduty.amazonaws.com", row("GUARDDUTY_POLICY")),
];

/// A row with the values that most types share.
const fn row(policy_type: &'static str) -> TypeFacts {
    TypeFacts {
        policy_type,
        size_max: 10_000,
        size_unit: SizeUnit::Characters,
        attachments_max: 10,
        attachments_min: 0,
        policies_max: 1_000,
        trusted_service: None,
    }
}

const fn trusting(service: &'static str, row: TypeFacts) -> TypeFacts {
    TypeFacts { trusted_service: Some(service), ..row }
}

impl TypeFacts {
    /// The facts of a type, named as in the API.
    pub fn of(policy_type: &str) -> Option<&'static Self> {
        TYPES.iter().find(|facts| facts.policy_type == policy_type)
    }

    /// The size of a document of this type, in [`Self::size_unit`].
    pub fn size(&self, text: &str) -> usize {
        match self.size_unit {
            SizeUnit::Characters => text.chars().count(),
            SizeUnit::Bytes => text.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_those_of_the_quota_pages() {
        let (hub, inspector) = (Some("securityhub.amazonaws.com"), Some("inspector2.amazonaws.com"));
        let (director, guard_duty) = (Some("network-security-director.amazonaws.com"), Some("guardduty.amazonaws.com"));
        // The type, its size, how many are attached to one target at most and at least, how many an organization has,
        // and the trusted service.
        let expected = [
            ("SERVICE_CONTROL_POLICY", 10_240, 10, 1, 10_000, None),
            ("RESOURCE_CONTROL_POLICY", 5_120, 5, 1, 2_000, None),
            ("TAG_POLICY", 10_000, 10, 0, 1_000, None),
            ("BACKUP_POLICY", 10_000, 10, 0, 1_000, None),
            ("AISERVICES_OPT_OUT_POLICY", 2_500, 5, 0, 1_000, None),
            ("CHATBOT_POLICY", 10_000, 5, 0, 1_000, None),
            ("DECLARATIVE_POLICY_EC2", 10_000, 10, 0, 1_000, None),
            ("SECURITYHUB_POLICY", 10_000, 10, 0, 1_000, hub),
            ("SECURITYHUB_CSPM_POLICY", 10_000, 10, 0, 1_000, hub),
            ("INSPECTOR_POLICY", 10_000, 10, 0, 1_000, inspector),
            ("UPGRADE_ROLLOUT_POLICY", 5_120, 10, 0, 1_000, None),
            ("BEDROCK_POLICY", 10_000, 10, 0, 1_000, None),
            ("S3_POLICY", 10_000, 10, 0, 1_000, None),
            ("NETWORK_SECURITY_DIRECTOR_POLICY", 10_000, 10, 0, 1_000, director),
            ("GUARDDUTY_POLICY", 10_000, 10, 0, 1_000, guard_duty),
        ];
        let row = |facts: TypeFacts| {
            let TypeFacts { policy_type, size_max, attachments_max, attachments_min, policies_max, .. } = facts;
            (policy_type, size_max, attachments_max, attachments_min, policies_max, facts.trusted_service)
        };
        assert_eq!(TYPES.map(row), expected);
    }

    #[test]
    fn sizes_count_what_the_type_counts() {
        let [tag, rollout] = ["TAG_POLICY", "UPGRADE_ROLLOUT_POLICY"].map(|name| TypeFacts::of(name).unwrap());
        assert_eq!((tag.size("é€"), rollout.size("é€")), (2, 5));
        assert_eq!(TypeFacts::of("FOO"), None);
    }
}
