//! Delegation by the organization's resource policy.

use model::organizations::Request;
use policy::iam::evaluate::{AppliedPolicy, Level, through_levels};
use world::{Organization, View};

use crate::requested_actions::RequestedActions;

/// Whether the organization's resource policy allows this request to the caller, which is a member account.
pub fn is_delegated(view: &View<'_>, organization: &Organization, request: &Request) -> bool {
    let Some(policy) = &organization.resource_policy else { return false };
    let level = Level {
        name: organization.id.as_str(),
        policies: vec![AppliedPolicy { name: &policy.id, document: &policy.document }],
    };
    let requested = RequestedActions::of_organizations(view, request);
    let is_allowed = |request| through_levels(std::slice::from_ref(&level), &request).is_allowed();
    requested.authorization_requests().all(is_allowed)
}
