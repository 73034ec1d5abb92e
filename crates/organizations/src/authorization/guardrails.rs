//! The policies that say what may be done in member accounts at all: service control and resource control policies.

use model::AccountId;
use model::organizations::types::PolicyType;
use policy::iam::evaluate::{AppliedPolicy, Level};
use world::{Organization, Target, World};

use crate::policy::policy_types;

/// The service control policies that whoever acts in an account has to pass, from the root down to the account. None
/// where there are none: outside organizations, in the management account, and while the type is not enabled.
pub fn service_control(world: &World, account: AccountId) -> Option<Vec<Level<'_>>> {
    levels(world, account, PolicyType::ServiceControlPolicy)
}

/// The resource control policies that a request for a resource of an account has to pass, likewise.
pub fn resource_control(world: &World, account: AccountId) -> Option<Vec<Level<'_>>> {
    levels(world, account, PolicyType::ResourceControlPolicy)
}

fn levels(world: &World, account: AccountId, kind: PolicyType) -> Option<Vec<Level<'_>>> {
    let membership = world.account(account)?.membership.as_ref()?;
    let organization = world.organization(&membership.organization)?;
    if organization.management == account || !organization.policies.is_enabled(kind) {
        return None;
    }
    let root = level(organization, kind, organization.root.as_str(), &Target::Root);
    let units = organization.units_above(&membership.parent).into_iter().rev();
    let units = units.map(|unit| level(organization, kind, unit.id.as_str(), &Target::Unit(unit.id.clone())));
    let account = level(organization, kind, "the account", &Target::Account(account));
    Some([root].into_iter().chain(units).chain([account]).collect())
}

fn level<'w>(organization: &'w Organization, kind: PolicyType, name: &'w str, target: &Target) -> Level<'w> {
    let policies = &organization.policies;
    let managed = policy_types::managed(kind).filter(|_| policies.has_managed(kind, target));
    let managed = managed.map(|managed| AppliedPolicy { name: managed.id, document: policy_types::managed_document() });
    let written = policies
        .attached_to(kind, target, 0)
        .filter_map(|(_, policy)| Some(AppliedPolicy { name: policy.id.as_str(), document: policy.authorizing()? }));
    Level { name, policies: managed.into_iter().chain(written).collect() }
}
