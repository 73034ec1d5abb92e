//! What policies are asked about a request.

use model::{Operation, Partition, Timestamp};
use policy::iam::Context;
use world::{Caller, Principal, View};

/// What policies are asked: whether the caller may do each of the actions on each of the resources.
pub struct Asked {
    /// The actions; none where everybody may make the request, whatever a policy says.
    pub actions: Vec<String>,
    /// The ARNs of what the request names, or `*` alone where it names nothing.
    pub resources: Vec<String>,
    /// The condition keys.
    pub keys: Context,
}

/// The action of an operation that has no other.
pub fn action(operation: &Operation) -> String {
    format!("{}:{}", operation.service.id, operation.name)
}

/// The keys that every request of any service has (IAM user guide, global condition keys).
pub fn global_keys(view: &View<'_>) -> Context {
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
