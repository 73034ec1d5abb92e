//! The policies that limit what may be done: service control policies in member accounts, resource control policies on
//! their roles, and the policy of a session.

use model::organizations::types::PolicyType;
use model::{AccountId, Request};
use policy::iam::evaluate::{AppliedPolicy, Level, through_levels};
use world::{ManagedPolicy, Organization, Target, View, World};

use crate::asked::Asked;
use crate::denial::{Denial, PolicyKind};
use crate::{generated, resources};

/// Requires that no policy stands in the way of a request.
///
/// # Errors
/// The first policy, by action, resource and kind of policy, that denies the request or does not allow it.
pub fn require(view: &View<'_>, request: &Request) -> Result<(), Denial> {
    let named = generated::named_resources(request);
    let resource_control = resources::role_owner(&named)
        .and_then(|account| levels(view.world, account, PolicyType::ResourceControlPolicy));
    let service_control = levels(view.world, view.caller.account, PolicyType::ServiceControlPolicy);
    let kinds = [
        (PolicyKind::ResourceControl, resource_control),
        (PolicyKind::ServiceControl, service_control),
        (PolicyKind::Session, session(view)),
    ];
    if kinds.iter().all(|(_, levels)| levels.is_none()) {
        return Ok(());
    }
    let asked = Asked::of(view, request, &named);
    for question in asked.questions() {
        for (kind, levels) in &kinds {
            let decision = levels.as_ref().map(|levels| through_levels(levels, &question));
            if let Some(decision) = decision.filter(|decision| !decision.is_allowed()) {
                return Err(Denial::new(&question, &asked.caller, *kind, &decision));
            }
        }
    }
    Ok(())
}

/// The policy that the caller's session was opened with.
fn session<'w>(view: &View<'w>) -> Option<Vec<Level<'w>>> {
    let policy = view.caller.session_policy.as_deref()?;
    let policies = vec![AppliedPolicy { name: "the session policy", document: &policy.document }];
    Some(vec![Level { name: "the session", policies }])
}

/// The policies of a type that whoever acts in an account, or on a resource of it, has to pass, from the root down to
/// the account. None where there are none: outside organizations, in the management account, and while the type is not
/// enabled.
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
