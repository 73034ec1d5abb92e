//! How many requests AWS takes, as data (Organizations quotas page, 2026). A world keeps to them where it is told to.

use rules::{OperationRate, Rate};

/// The rates of some operations; each operation has buckets of its own.
#[derive(Debug)]
struct RequestRate {
    /// The operations.
    operations: &'static [&'static str],
    /// Of one account.
    account: Rate,
    /// Of all accounts of an organization together.
    organization: Option<Rate>,
}

/// The rates of an operation, if AWS publishes any.
pub fn request_rate(operation: &str) -> Option<OperationRate> {
    all().find(|rate| rate.operation == operation)
}

/// The rates of all operations of which AWS publishes any.
pub fn all() -> impl Iterator<Item = OperationRate> {
    REQUEST_RATES.iter().flat_map(|&RequestRate { operations, account, organization }| {
        operations.iter().map(move |operation| OperationRate { operation, account, organization })
    })
}

const fn rate(per_1000_s: u32, burst: u32) -> Rate {
    Rate { per_1000_s, burst }
}

const fn of_account(operations: &'static [&'static str], account: Rate) -> RequestRate {
    RequestRate { operations, account, organization: None }
}

const fn of_both(operations: &'static [&'static str], account: Rate, organization: Rate) -> RequestRate {
    RequestRate { operations, account, organization: Some(organization) }
}

/// The published rates.
static REQUEST_RATES: [RequestRate; 22] = [
    of_account(&["CloseAccount"], rate(50, 1)),
    of_account(&["CreateAccount"], rate(100, 3)),
    of_both(&["DescribeAccount"], rate(20_000, 30), rate(24_000, 36)),
    of_both(&["DescribeCreateAccountStatus"], rate(2_000, 2), rate(2_000, 3)),
    // Inferred: of the organization only the rate is published, five accounts a second; the burst is taken to be the
    // same.
    of_both(&["LeaveOrganization"], rate(1_000, 1), rate(5_000, 5)),
    of_both(
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
    of_both(&["ListAccounts"], rate(8_000, 12), rate(9_000, 15)),
    of_both(&["ListChildren"], rate(6_000, 10), rate(7_000, 12)),
    of_both(&["ListTagsForResource"], rate(10_000, 15), rate(12_000, 18)),
    of_both(&["ListRoots"], rate(1_000, 2), rate(1_000, 3)),
    of_both(&["AcceptHandshake"], rate(1_000, 2), rate(5_000, 5)),
    of_both(&["DescribeHandshake"], rate(1_000, 2), rate(6_000, 10)),
    of_account(&["CancelHandshake"], rate(2_000, 3)),
    of_both(&["DeclineHandshake"], rate(1_000, 1), rate(5_000, 5)),
    of_account(&["InviteAccountToOrganization"], rate(3_000, 5)),
    of_account(
        &["CreateOrganization", "DeleteOrganization", "DisablePolicyType", "EnableAllFeatures", "EnablePolicyType"],
        rate(1_000, 1),
    ),
    of_account(
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
    of_account(
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
    of_both(&["DescribeOrganizationalUnit", "DescribePolicy"], rate(2_000, 2), rate(2_000, 3)),
    of_account(&["RemoveAccountFromOrganization"], rate(2_000, 2)),
    of_account(&["TagResource", "UntagResource"], rate(4_000, 6)),
    of_both(
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
    fn each_row_is_about_operations_that_are_in_no_other() {
        let mut seen = BTreeSet::new();
        for OperationRate { operation, .. } in all() {
            let found = SERVICE.operation(operation).unwrap_or_else(|| panic!("there is no {operation}"));
            assert!(found.errors.contains(&"TooManyRequestsException"), "{operation} is not throttled");
            assert!(seen.insert(operation), "{operation} has two rates");
        }
    }
}
