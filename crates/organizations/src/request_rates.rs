//! The published request rates (Organizations quotas page, 2026). A world enforces them on demand.

use rules::{OperationRate, Rate};

/// The rates of some operations. Each operation has its own buckets.
#[derive(Debug)]
struct RequestRate {
    operations: &'static [&'static str],
    /// For one account.
    account: Rate,
    /// For all accounts of an organization together.
    organization: Option<Rate>,
}

/// The rates of an operation, if AWS publishes any.
pub fn request_rate(operation: &str) -> Option<OperationRate> {
    all().find(|rate| rate.operation == operation)
}

/// All published rates, one for each operation.
pub fn all() -> impl Iterator<Item = OperationRate> {
    REQUEST_RATES.iter().flat_map(|&RequestRate { operations, account, organization }| {
        operations.iter().map(move |operation| OperationRate { operation, account, organization })
    })
}

const fn rate(per_1000_s: u32, burst: u32) -> Rate {
    Rate { per_1000_s, burst }
}

const fn per_account(operations: &'static [&'static str], account: Rate) -> RequestRate {
    RequestRate { operations, account, organization: None }
}

const fn per_account_and_organization(
    operations: &'static [&'static str],
    account: Rate,
    organization: Rate,
) -> RequestRate {
    RequestRate { operations, account, organization: Some(organization) }
}

/// The published rates.
static REQUEST_RATES: [RequestRate; 22] = [
    per_account(&["CloseAccount"], rate(50, 1)),
    per_account(&["CreateAccount"], rate(100, 3)),
    per_account_and_organization(&["DescribeAccount"], rate(20_000, 30), rate(24_000, 36)),
    per_account_and_organization(&["DescribeCreateAccountStatus"], rate(2_000, 2), rate(2_000, 3)),
    // Inferred: for the organization only the rate is published, five accounts per second. The burst is the same.
    per_account_and_organization(&["LeaveOrganization"], rate(1_000, 1), rate(5_000, 5)),
    per_account_and_organization(
        &[
            "ListAccountsForParent",
            "ListCreateAccountStatus",
            "ListDelegatedAdministrators",
            "ListHandshakesForAccount",
            "ListHandshakesForOrganization",
            "ListOrganizationalUnitsForParent",
            "ListParents",
            "ListPolicies",
            "ListPoliciesForTarget",
            "ListTargetsForPolicy",
        ],
        rate(5_000, 8),
        rate(6_000, 10),
    ),
    per_account_and_organization(&["ListAccounts"], rate(8_000, 12), rate(9_000, 15)),
    per_account_and_organization(&["ListChildren"], rate(6_000, 10), rate(7_000, 12)),
    per_account_and_organization(&["ListTagsForResource"], rate(10_000, 15), rate(12_000, 18)),
    per_account_and_organization(&["ListRoots"], rate(1_000, 2), rate(1_000, 3)),
    per_account_and_organization(&["AcceptHandshake"], rate(1_000, 2), rate(5_000, 5)),
    per_account_and_organization(&["DescribeHandshake"], rate(1_000, 2), rate(6_000, 10)),
    per_account(&["CancelHandshake"], rate(2_000, 3)),
    per_account_and_organization(&["DeclineHandshake"], rate(1_000, 1), rate(5_000, 5)),
    per_account(&["InviteAccountToOrganization"], rate(3_000, 5)),
    per_account(
        &["CreateOrganization", "DeleteOrganization", "DisablePolicyType", "EnableAllFeatures", "EnablePolicyType"],
        rate(1_000, 1),
    ),
    per_account(
        &[
            "CreateOrganizationalUnit",
            "DeregisterDelegatedAdministrator",
            "DescribeOrganization",
            "DisableAWSServiceAccess",
            "EnableAWSServiceAccess",
            "RegisterDelegatedAdministrator",
        ],
        rate(1_000, 2),
    ),
    per_account(
        &[
            "AttachPolicy",
            "CreatePolicy",
            "DeleteOrganizationalUnit",
            "DeletePolicy",
            "DetachPolicy",
            "MoveAccount",
            "UpdateOrganizationalUnit",
            "UpdatePolicy",
        ],
        rate(2_000, 3),
    ),
    per_account_and_organization(&["DescribeOrganizationalUnit", "DescribePolicy"], rate(2_000, 2), rate(2_000, 3)),
    per_account(&["RemoveAccountFromOrganization"], rate(2_000, 2)),
    per_account(&["TagResource", "UntagResource"], rate(4_000, 6)),
    per_account_and_organization(
        &["ListAWSServiceAccessForOrganization", "ListDelegatedServicesForAccount"],
        rate(1_000, 3),
        rate(1_000, 4),
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use model::organizations::SERVICE;

    use super::*;

    #[test]
    fn each_operation_has_at_most_one_row() {
        let mut seen = BTreeSet::new();
        for OperationRate { operation, .. } in all() {
            let found = SERVICE.operation(operation).unwrap_or_else(|| panic!("there is no {operation}"));
            assert!(found.errors.contains(&"TooManyRequestsException"), "{operation} is not throttled");
            assert!(seen.insert(operation), "{operation} has two rates");
        }
    }
}
