//! What the conditions of policies can look at.

use model::organizations::Request;
use model::organizations::types::{PolicyType, Tag};
use policy::iam::Context;
use world::Organization;

use crate::authorization::resources;

/// Adds the keys that requests of this service have (Service Authorization Reference).
pub fn with_request(keys: Context, organization: &Organization, request: &Request) -> Context {
    let kind = resources::policy_type(organization, request).map(PolicyType::as_str);
    let principal = request.text("ServicePrincipal");
    let keys = keys.with("organizations:PolicyType", kind).with("organizations:ServicePrincipal", principal);
    let (tags, untagged) = (tags(request), untagged(request));
    let keys =
        keys.with("aws:TagKeys", tags.iter().map(|tag| tag.key.as_str()).chain(untagged.iter().map(String::as_str)));
    tags.iter().fold(keys, |keys, tag| keys.with(&format!("aws:RequestTag/{}", tag.key), [tag.value.as_str()]))
}

/// The tags that a request gives to something.
fn tags(request: &Request) -> &[Tag] {
    let tags = match request {
        Request::CreateAccount(input) => input.tags.as_ref(),
        Request::CreateGovCloudAccount(input) => input.tags.as_ref(),
        Request::CreateOrganizationalUnit(input) => input.tags.as_ref(),
        Request::CreatePolicy(input) => input.tags.as_ref(),
        Request::InviteAccountToOrganization(input) => input.tags.as_ref(),
        Request::InviteOrganizationToTransferResponsibility(input) => input.tags.as_ref(),
        Request::PutResourcePolicy(input) => input.tags.as_ref(),
        Request::TagResource(input) => Some(&input.tags),
        _ => None,
    };
    tags.map(Vec::as_slice).unwrap_or_default()
}

/// The keys of the tags that a request takes away.
fn untagged(request: &Request) -> &[String] {
    match request {
        Request::UntagResource(input) => &input.tag_keys,
        _ => &[],
    }
}
