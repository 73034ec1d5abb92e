//! What the conditions of policies can look at.

use model::organizations::Request;
use model::organizations::types::{PolicyType, Tag};
use model::{Partition, Timestamp};
use policy::iam::Context;
use world::{Caller, Organization, Principal, View};

use crate::resources;

/// The keys that every request of any service has (IAM user guide, global condition keys).
pub fn of_caller(view: &View<'_>) -> Context {
    let caller = view.caller;
    let kind = match caller.principal {
        Principal::Administrator => "User",
        Principal::AssumedRole { .. } => "AssumedRole",
    };
    let keys = Context::new()
        .with("aws:CurrentTime", [view.now.to_string()])
        .with("aws:EpochTime", [seconds(view.now)])
        .with("aws:PrincipalAccount", [caller.account.to_string()])
        .with("aws:PrincipalArn", [principal_arn(caller)])
        .with("aws:PrincipalType", [kind])
        .with("aws:RequestedRegion", [caller.region.as_str()])
        .with("aws:SecureTransport", ["false"])
        .with("aws:userid", [caller.user_id().as_str()]);
    let Some(organization) = view.world.organization_of(caller.account) else { return keys };
    let member = view.world.account_or_standalone(caller.account);
    keys.with("aws:PrincipalOrgID", [organization.id.as_str()])
        .with("aws:PrincipalOrgMasterAccountId", [organization.management.to_string()])
        .with("aws:PrincipalOrgPaths", [organization.path(&member.member().parent)])
}

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

/// Of a session, conditions see the role (IAM user guide, `aws:PrincipalArn`).
fn principal_arn(caller: &Caller) -> String {
    match &caller.principal {
        Principal::Administrator => caller.arn(),
        Principal::AssumedRole { role, .. } => model::arn(Partition::Aws, "iam", "", caller.account, &["role", role]),
    }
}

fn seconds(now: Timestamp) -> String {
    (now.as_millis() / 1000).to_string()
}
