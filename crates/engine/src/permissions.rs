//! What policies let a caller do, whatever the service: service control policies in member accounts, resource control
//! policies on their roles, and the policy of a session.
//!
//! Every caller is its account's administrator or a role with all rights, so no identity policy is asked.

use model::{AccountId, Arn, FrontEnd, Partition, Refusal, Request, SnapshotId};
use organizations::policy::guardrails;
use organizations::{condition_keys, resources};
use policy::iam::evaluate::{AppliedPolicy, Decision, Level, through_levels};
use policy::iam::{self, Context};
use world::View;

/// Requires that no policy stands in the way of a request.
pub fn require(view: &View<'_>, request: &Request) -> Result<(), Refusal> {
    let caller = view.caller;
    let service_control = guardrails::service_control(view.world, caller.account);
    let session = caller.session_policy.as_deref().map(|document| {
        vec![Level { name: "the session", policies: vec![AppliedPolicy { name: "the session policy", document }] }]
    });
    let resource_control = role_account(request).and_then(|account| guardrails::resource_control(view.world, account));
    let kinds = [("resource control", resource_control), ("service control", service_control), ("session", session)];
    if kinds.iter().all(|(_, levels)| levels.is_none()) || needs_no_permission(request) {
        return Ok(());
    }
    let context = context(view, request);
    let (arn, named) = (caller.arn(), resources_of(view, request));
    for action in actions(request) {
        for resource in &named {
            let asked = iam::Request { caller: iam::Caller::Aws(&arn), action: &action, resource, context: &context };
            for (kind, levels) in &kinds {
                let decision = levels.as_ref().map(|levels| through_levels(levels, &asked));
                if let Some(decision) = decision.filter(|decision| !decision.is_allowed()) {
                    let text = denial(&asked, &arn, kind, &decision);
                    return Err(refusal(request, text));
                }
            }
        }
    }
    Ok(())
}

/// Everybody may ask who he is, even where a policy denies it (API reference, `GetCallerIdentity`).
fn needs_no_permission(request: &Request) -> bool {
    request.operation().name == "GetCallerIdentity"
}

/// The actions that a request needs. Directory Service Data needs the right to the directory's data too (authorization
/// reference).
fn actions(request: &Request) -> Vec<String> {
    let operation = request.operation();
    let own = format!("{}:{}", operation.service.id, operation.name);
    match request {
        Request::DirectoryData(_) => vec![own, "ds:AccessDSData".to_owned()],
        _ => vec![own],
    }
}

/// The account of the role that a request wants to assume: its policies protect the role.
fn role_account(request: &Request) -> Option<AccountId> {
    Arn::parse(&request.text("RoleArn")?).ok()?.account
}

/// The ARNs of what a request names, or `*`.
fn resources_of(view: &View<'_>, request: &Request) -> Vec<String> {
    let (caller, everything) = (view.caller, || vec!["*".to_owned()]);
    match request {
        Request::Organizations(request) => {
            let organization = view.world.organization_of(caller.account);
            organization.map_or_else(everything, |organization| resources::of(organization, request))
        }
        Request::Directory(_) | Request::DirectoryData(_) => {
            let named = ["DirectoryId", "OwnerDirectoryId", "SharedDirectoryId", "ResourceId"];
            let told = named.iter().find_map(|member| request.text(member));
            let id = told.or_else(|| directory_of_trust(view, request)).or_else(|| snapshot_of(view, request));
            let (region, partition) = (caller.region.as_str(), Partition::of_region(caller.region.as_str()));
            let arn = |id: String| model::arn(partition, "ds", region, caller.account, &["directory", &id]);
            id.map_or_else(everything, |id| vec![arn(id)])
        }
        Request::Sts(_) => request.text("RoleArn").map_or_else(everything, |arn| vec![arn]),
    }
}

/// The directory of a trust of the caller that a request names: trusts have no ARN of their own (authorization
/// reference).
fn directory_of_trust(view: &View<'_>, request: &Request) -> Option<String> {
    let trust = view.world.trust(&request.text("TrustId")?.into())?;
    (trust.owner == view.caller.account).then(|| trust.directory.to_string())
}

/// The caller's directory whose snapshot a request names: snapshots are no resources of their own (authorization
/// reference).
fn snapshot_of(view: &View<'_>, request: &Request) -> Option<String> {
    let id = SnapshotId::from(request.text("SnapshotId")?);
    let directory = view.world.snapshot(&id).and_then(|snapshot| view.world.directory(&snapshot.directory))?;
    (directory.owner == view.caller.account).then(|| directory.id.to_string())
}

/// The condition keys that every request has, and those of its service.
fn context(view: &View<'_>, request: &Request) -> Context {
    let keys = condition_keys::of_caller(view);
    match (request, view.world.organization_of(view.caller.account)) {
        (Request::Organizations(request), Some(organization)) => {
            condition_keys::with_request(keys, organization, request)
        }
        (Request::DirectoryData(_), _) => with_data(keys, view, request),
        _ => keys,
    }
}

/// The condition keys of Directory Service Data (administration guide). Policies compare them whatever their case.
// Inferred: the realm of a request that names none, or that can name none, is the directory's own.
fn with_data(keys: Context, view: &View<'_>, request: &Request) -> Context {
    let named = request.text("SAMAccountName").or_else(|| request.text("GroupName"));
    let directory = request.text("DirectoryId").and_then(|id| view.world.directory(&id.as_str().into()));
    let own = directory.map(|found| found.name.to_lowercase().to_string());
    [
        ("ds-data:Identifier", named.as_ref().map(|_| "SAMAccountName".to_owned())),
        ("ds-data:SAMAccountName", named),
        ("ds-data:MemberName", request.text("MemberName")),
        ("ds-data:MemberRealm", request.text("MemberRealm")),
        ("ds-data:Realm", request.text("Realm").or(own)),
    ]
    .into_iter()
    .fold(keys, |context, (key, value)| context.with(key, value))
}

/// Directory Service Data gives a reason with its code; the others have the front end refuse.
fn refusal(request: &Request, text: String) -> Refusal {
    match request {
        Request::DirectoryData(_) => directory::data::denied(text),
        _ => Refusal::FrontEnd(FrontEnd::AccessDenied, text.into()),
    }
}

/// AWS's sentence, and then, which AWS leaves out, which statement decided.
fn denial(asked: &iam::Request<'_>, caller: &str, kind: &str, decision: &Decision<'_>) -> String {
    let iam::Request { action, resource, .. } = asked;
    let why = match decision {
        Decision::Denied(_) => format!("with an explicit deny in a {kind} policy"),
        _ => format!("because no {kind} policy allows the {action} action"),
    };
    format!("User: {caller} is not authorized to perform: {action} on resource: {resource} {why}. {decision}")
}
