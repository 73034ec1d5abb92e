//! What the organization's resource policy decides.

use model::organizations::Request;
use policy::iam::evaluate::{AppliedPolicy, Decision, Level, through_levels};
use world::{Organization, View};

use crate::requested_actions::RequestedActions;

/// What the organization's resource policy decides about a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Delegation {
    /// A statement denies it.
    Denied,
    /// Statements allow all of it.
    Allowed,
    /// No statement concerns all of it.
    Silent,
}

/// What the organization's resource policy says of this request to the caller, which is in the organization. It says
/// nothing to the management account.
pub fn delegation(view: &View<'_>, organization: &Organization, request: &Request) -> Delegation {
    let policy = organization.resource_policy.as_ref().filter(|_| organization.management != view.caller.account);
    let Some(policy) = policy else { return Delegation::Silent };
    let level = Level {
        name: organization.id.as_str(),
        policies: vec![AppliedPolicy { name: &policy.id, document: &policy.document }],
    };
    let requested = RequestedActions::of_organizations(view, request);
    let mut delegation = Delegation::Allowed;
    for action in requested.authorization_requests() {
        match through_levels(std::slice::from_ref(&level), &action) {
            Decision::Denied(_) => return Delegation::Denied,
            Decision::NotAllowed(_) => delegation = Delegation::Silent,
            Decision::Allowed(_) => {}
        }
    }
    delegation
}
