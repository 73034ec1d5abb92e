//! Guardrails, the policies that limit every caller: service control policies in member accounts, resource control
//! policies on their roles, and session policies.

use model::organizations::types::PolicyType;
use model::{AccountId, Request};
use policy::iam::evaluate::{AppliedPolicy, Level, through_levels};
use world::{ManagedPolicy, Organization, Target, View, World};

use crate::denial::{Denial, Guardrail};
use crate::requested_actions::RequestedActions;
use crate::{generated, resources};

/// Requires that every guardrail allows a request.
///
/// # Errors
/// The first denial, in the order of actions, of resources, and of kinds of guardrails.
pub fn require(view: &View<'_>, request: &Request) -> Result<(), Denial> {
    let named = generated::named_resources(request);
    let resource_control = resources::role_owner(&named)
        .and_then(|account| levels(view.world, account, PolicyType::ResourceControlPolicy));
    let service_control = levels(view.world, view.caller.account, PolicyType::ServiceControlPolicy);
    let guardrails = [
        (Guardrail::ResourceControl, resource_control),
        (Guardrail::ServiceControl, service_control),
        (Guardrail::Session, session_level(view)),
    ];
    if guardrails.iter().all(|(_, levels)| levels.is_none()) {
        return Ok(());
    }
    let requested = RequestedActions::of(view, request, &named);
    for action in requested.authorization_requests() {
        for (guardrail, levels) in &guardrails {
            let decision = levels.as_ref().map(|levels| through_levels(levels, &action));
            if let Some(decision) = decision.filter(|decision| !decision.is_allowed()) {
                return Err(Denial::new(&action, &requested.caller_arn, *guardrail, &decision));
            }
        }
    }
    Ok(())
}

/// The session policy of the caller. None where its session has none.
fn session_level<'w>(view: &View<'w>) -> Option<Vec<Level<'w>>> {
    let policy = view.caller.session_policy.as_deref()?;
    let policies = vec![AppliedPolicy { name: "the session policy", document: &policy.document }];
    Some(vec![Level { name: "the session", policies }])
}

/// The policies of a type that limit an account, from the root down to the account. None where the type does not apply:
/// outside organizations, in the management account, and while the type is not enabled.
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
    let managed = ManagedPolicy::of(kind).filter(|_| policies.has_managed(kind, target));
    let managed = managed.map(|managed| AppliedPolicy { name: managed.id, document: managed.document() });
    let written = policies
        .attached_to(kind, target, 0)
        .filter_map(|(_, policy)| Some(AppliedPolicy { name: policy.id.as_str(), document: policy.authorizing()? }));
    Level { name, policies: managed.into_iter().chain(written).collect() }
}
