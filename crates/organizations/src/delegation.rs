//! What the organization's resource policy lets a member do.

use model::organizations::Request;
use model::organizations::types::PolicyType;
use policy::iam::evaluate::{Attached, Level, through_levels};
use policy::iam::{self, Context};
use world::{Organization, View};

use crate::resources;

/// Whether the organization's resource policy allows the caller, a member, exactly this request.
pub fn allows(view: &View<'_>, organization: &Organization, request: &Request) -> bool {
    let Some(policy) = &organization.resource_policy else { return false };
    let level = Level {
        name: organization.id.as_str(),
        policies: vec![Attached { name: &policy.id, document: &policy.document }],
    };
    let (caller, action) = (view.caller.arn(), format!("organizations:{}", request.operation().name));
    let context = condition_keys(organization, request);
    // Every resource that a request is about has to be allowed.
    resources::of(organization, request).iter().all(|resource| {
        let request = iam::Request { caller: iam::Caller::Aws(&caller), action: &action, resource, context: &context };
        through_levels(std::slice::from_ref(&level), &request).is_allowed()
    })
}

/// The condition keys that this service has (Service Authorization Reference).
pub fn condition_keys(organization: &Organization, request: &Request) -> Context {
    let kind = resources::policy_type(organization, request).map(PolicyType::as_str);
    let principal = request.text("ServicePrincipal");
    Context::new().with("organizations:PolicyType", kind).with("organizations:ServicePrincipal", principal)
}
