//! AWS's quotas. They are data, since users may change them.

use std::time::Duration;

use imbl::OrdMap;
use model::organizations::types::PolicyType;

use crate::limits::policy_quotas::PolicyQuotas;

/// The quotas of a world; the defaults are AWS's (Organizations and Directory Service quota pages, as of 2026).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Quotas {
    /// Accounts of an organization, with open invitations and closed accounts. AWS starts at 10 and raises it to 50,000
    /// on request; a world for tests starts where AWS ends.
    pub accounts: usize,
    /// Organizational units of an organization.
    pub units: usize,
    /// Levels of organizational units below the root.
    pub unit_depth: usize,
    /// Accounts in creation at the same time.
    pub creations_at_once: usize,
    /// Accounts in closure at the same time.
    pub closures_at_once: usize,
    /// Closures within 30 days, or a fifth of the member accounts if that is more.
    pub closures: usize,
    /// The upper limit of closures within 30 days.
    pub closures_max: usize,
    /// Accounts of an organization that may start to enable all features.
    pub migration_accounts: usize,
    /// Invitations within 24 hours, or the quota of accounts if that is more.
    pub invitations: usize,
    /// Organizations whose bills an organization pays, with open invitations. AWS starts at 0 and raises it to 1,000 on
    /// request; a world for tests starts where AWS ends.
    pub transfers_inbound: usize,
    /// Organizations that pay the bill of one organization.
    pub transfers_outbound: usize,
    /// Transfers from an organization at the bottom of a chain to the one at its top. AWS starts at 1 and raises it to
    /// 2.
    pub transfer_levels: usize,
    /// Transfers that lead to one organization, directly or through other organizations.
    pub transfers: usize,
    /// How long a created account has to stay before it may leave.
    pub minimum_age: Duration,
    pub tags: usize,
    /// The quotas of policy types where they differ from AWS's.
    pub policy_types: OrdMap<PolicyType, PolicyQuotas>,
    /// Simple AD directories of an account in a Region.
    pub simple_directories: usize,
    /// Managed Microsoft AD directories of an account in a Region.
    pub microsoft_directories: usize,
    /// Hybrid directories of an account in a Region.
    pub hybrid_directories: usize,
    /// Assessments of customers that an account has in a Region.
    pub assessments: usize,
    /// AD Connectors of an account in a Region.
    pub connected_directories: usize,
    /// Regions of a directory, the primary one included.
    pub regions: usize,
    /// Accounts with which a Standard directory may be shared.
    pub shares_standard: usize,
    /// Accounts with which an Enterprise directory may be shared.
    pub shares_enterprise: usize,
    /// Accounts with which a Hybrid directory may be shared.
    pub shares_hybrid: usize,

    /// IP routes of a directory in a Region.
    pub ip_routes: usize,
    /// Domain controllers of a directory in a Region.
    pub domain_controllers: usize,
    /// Certificates of a directory for LDAP over TLS.
    pub ldaps_certificates: usize,
    /// Certificates of a directory for client authentication.
    pub client_certificates: usize,
}

impl Quotas {
    pub fn policy_type(&self, kind: PolicyType) -> PolicyQuotas {
        self.policy_types.get(&kind).copied().unwrap_or_else(|| PolicyQuotas::of(kind))
    }
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            accounts: 50_000,
            units: 2_000,
            unit_depth: 5,
            creations_at_once: 5,
            closures_at_once: 3,
            closures: 250,
            closures_max: 1_000,
            migration_accounts: 5_000,
            invitations: 20,
            transfers_inbound: 1_000,
            transfers_outbound: 1,
            transfer_levels: 2,
            transfers: 1_000,
            minimum_age: Duration::from_hours(4 * 24),
            tags: 50,
            policy_types: OrdMap::new(),
            simple_directories: 10,
            microsoft_directories: 20,
            hybrid_directories: 5,
            assessments: 100,
            connected_directories: 10,
            regions: 5,
            shares_standard: 25,
            shares_enterprise: 500,
            shares_hybrid: 125,

            ip_routes: 100,
            domain_controllers: 20,
            ldaps_certificates: 5,
            client_certificates: 100,
        }
    }
}
