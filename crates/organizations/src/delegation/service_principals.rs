//! The service principals that can have trusted access (Organizations user guide, "services that you can use with AWS
//! Organizations", and principals that clients are known to enable).

/// Services whose administration can be delegated to a member.
const DELEGABLE: &[&str] = &[
    "access-analyzer.amazonaws.com",
    "account.amazonaws.com",
    "agentless.inspector2.amazonaws.com",
    "auditmanager.amazonaws.com",
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "compute-optimizer.amazonaws.com",
    "config-multiaccountsetup.amazonaws.com",
    "config.amazonaws.com",
    "cost-optimization-hub.bcm.amazonaws.com",
    "detective.amazonaws.com",
    "devops-guru.amazonaws.com",
    "ec2.amazonaws.com",
    "ec2.capacitymanager.amazonaws.com",
    "fms.amazonaws.com",
    "guardduty.amazonaws.com",
    "health.amazonaws.com",
    "iam.amazonaws.com",
    "inspector2.amazonaws.com",
    "ipam.amazonaws.com",
    "license-manager-linux-subscriptions.amazonaws.com",
    "license-manager.amazonaws.com",
    "license-manager.member-account.amazonaws.com",
    "macie.amazonaws.com",
    "malware-protection.guardduty.amazonaws.com",
    "member.org.stacksets.cloudformation.amazonaws.com",
    "mgn.amazonaws.com",
    "network-security-director.amazonaws.com",
    "networkmanager.amazonaws.com",
    "notifications.amazonaws.com",
    "observabilityadmin.amazonaws.com",
    "private-marketplace.marketplace.amazonaws.com",
    "procurement-insights.marketplace.amazonaws.com",
    "reachabilityanalyzer.networkinsights.amazonaws.com",
    "reporting.trustedadvisor.amazonaws.com",
    "resource-explorer-2.amazonaws.com",
    "security-ir.amazonaws.com",
    "securityhub.amazonaws.com",
    "securitylake.amazonaws.com",
    "selfservicereporting.managedservices.amazonaws.com",
    "servicecatalog.amazonaws.com",
    "ssm.amazonaws.com",
    "sso.amazonaws.com",
    "stacksets.cloudformation.amazonaws.com",
    "storage-lens.s3.amazonaws.com",
];

/// Services that only the management account administers.
const NOT_DELEGABLE: &[&str] = &[
    "aws-artifact-account-sync.amazonaws.com",
    "billing-cost-management.amazonaws.com",
    "controltower.amazonaws.com",
    "ds.amazonaws.com",
    "license-management.marketplace.amazonaws.com",
    "q.amazonaws.com",
    "ram.amazonaws.com",
    "servicequotas.amazonaws.com",
    "tagpolicies.tag.amazonaws.com",
    "user-subscriptions.amazonaws.com",
    "wellarchitected.amazonaws.com",
];

/// The maximum number of delegated administrators, for services that can have more than one (the services' guides).
// Inferred: no table of AWS has them all, and some are from memory of the guides.
const ADMINISTRATORS: &[(&str, usize)] = &[
    ("backup.amazonaws.com", 5),
    ("cloudtrail.amazonaws.com", 3),
    ("config-multiaccountsetup.amazonaws.com", 3),
    ("config.amazonaws.com", 3),
    ("health.amazonaws.com", 5),
    ("member.org.stacksets.cloudformation.amazonaws.com", 5),
    ("networkmanager.amazonaws.com", 10),
    ("reporting.trustedadvisor.amazonaws.com", 5),
    ("servicecatalog.amazonaws.com", 50),
    ("ssm.amazonaws.com", 5),
    ("stacksets.cloudformation.amazonaws.com", 5),
];

/// Whether members can administer a service.
pub fn is_delegable(principal: &str) -> bool {
    DELEGABLE.contains(&principal)
}

/// The maximum number of delegated administrators of a service.
pub fn administrators_max(principal: &str) -> usize {
    ADMINISTRATORS.iter().find(|(name, _)| *name == principal).map_or(1, |(_, most)| *most)
}

/// Whether a principal can have trusted access.
pub fn is_known(principal: &str) -> bool {
    DELEGABLE.contains(&principal) || NOT_DELEGABLE.contains(&principal)
}
