//! What a request is about, as policies name it.

use model::PolicyId;
use model::organizations::Request;
use model::organizations::types::PolicyType;
use world::Organization;

use crate::lookup::{
    AnyPolicy, {self},
};
use crate::policy::policy_types;
use crate::view;

/// The members of inputs that name something with an ARN.
const NAMED: [&str; 11] = [
    "AccountId",
    "ChildId",
    "DestinationParentId",
    "Id",
    "OrganizationalUnitId",
    "ParentId",
    "PolicyId",
    "ResourceId",
    "RootId",
    "SourceParentId",
    "TargetId",
];

/// The ARNs of everything that a request names, or `*` where it names nothing.
pub fn of(organization: &Organization, request: &Request) -> Vec<String> {
    let named = NAMED.iter().filter_map(|member| request.text(member));
    let arns: Vec<String> = named.filter_map(|id| arn(organization, &id)).collect();
    if arns.is_empty() { vec!["*".to_owned()] } else { arns }
}

/// The type of the policies that a request is about.
pub fn policy_type(organization: &Organization, request: &Request) -> Option<PolicyType> {
    match request {
        Request::CreatePolicy(input) => Some(input.kind),
        Request::EnablePolicyType(input) => Some(input.policy_type),
        Request::DisablePolicyType(input) => Some(input.policy_type),
        Request::ListPolicies(input) => Some(input.filter),
        Request::ListPoliciesForTarget(input) => Some(input.filter),
        Request::DescribeEffectivePolicy(input) => Some(policy_types::merging(input.policy_type)),
        Request::ListAccountsWithInvalidEffectivePolicy(input) => Some(policy_types::merging(input.policy_type)),
        Request::ListEffectivePolicyValidationErrors(input) => Some(policy_types::merging(input.policy_type)),
        _ => {
            let named = request.text("PolicyId").map(PolicyId::from);
            named.and_then(|id| lookup::policy(organization, &id).ok()).map(AnyPolicy::kind)
        }
    }
}

/// The ARN of what an id names, whether it is there or not: policies are asked before anything is looked up.
fn arn(organization: &Organization, id: &str) -> Option<String> {
    let policy = PolicyId::from(id);
    if let Ok(policy) = lookup::policy(organization, &policy) {
        return view::policy_summary(organization, policy).arn;
    }
    let own = organization.id.as_str();
    let resource = match id.split('-').next() {
        Some("ou") => vec!["ou", own, id],
        Some("r") if id == organization.root.as_str() => vec!["root", own, id],
        Some("rp") => vec!["resourcepolicy", own, id],
        Some("rt") => {
            let outbound = organization.transfers.is_outbound(id);
            vec!["transfer", own, "billing", if outbound { "outbound" } else { "inbound" }, id]
        }
        Some(number) if number.parse::<model::AccountId>().is_ok() => vec!["account", own, number],
        _ => return None,
    };
    Some(view::arn(organization.management, &resource))
}
