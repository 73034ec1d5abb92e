//! What the organization's resource policy lets a member do.

use model::organizations::Request;
use policy::iam;
use policy::iam::evaluate::{AppliedPolicy, Level, through_levels};
use world::{Organization, View};

use crate::authorization::{condition_keys, resources};

/// Whether the organization's resource policy allows the caller, a member, exactly this request.
pub fn allows(view: &View<'_>, organization: &Organization, request: &Request) -> bool {
    let Some(policy) = &organization.resource_policy else { return false };
    let level = Level {
        name: organization.id.as_str(),
        policies: vec![AppliedPolicy { name: &policy.id, document: &policy.document }],
    };
    let (caller, action) = (view.caller.arn(), format!("organizations:{}", request.operation().name));
    let context = condition_keys::with_request(rules::global_keys(view), organization, request);
    // Every resource that a request is about has to be allowed.
    resources::of(organization, request).iter().all(|resource| {
        let request = iam::Request { caller: iam::Caller::Aws(&caller), action: &action, resource, context: &context };
        through_levels(std::slice::from_ref(&level), &request).is_allowed()
    })
}
