//! What the organization's resource policy lets a member do.

use model::organizations::Request;
use policy::iam::evaluate::{AppliedPolicy, Level, through_levels};
use world::{Organization, View};

use crate::asked::Asked;

/// Whether the organization's resource policy allows the caller, a member of it, exactly this request.
pub fn is_delegated(view: &View<'_>, organization: &Organization, request: &Request) -> bool {
    let Some(policy) = &organization.resource_policy else { return false };
    let level = Level {
        name: organization.id.as_str(),
        policies: vec![AppliedPolicy { name: &policy.id, document: &policy.document }],
    };
    let asked = Asked::of_organizations(view, request);
    asked.questions().all(|question| through_levels(std::slice::from_ref(&level), &question).is_allowed())
}
