//! Whether a caller may make a request: what policies say, whatever the service, and then what the service itself says.
//!
//! Policies are service control policies in member accounts, resource control policies on their roles, and the policy
//! of a session. Every caller is its account's administrator or a role with all rights, so no identity policy is asked.

use model::{AccountId, Arn, Refusal, Request};
use organizations::authorization::guardrails;
use policy::iam;
use policy::iam::evaluate::{AppliedPolicy, Decision, Level, through_levels};
use rules::{Asked, global_keys};
use world::View;

use crate::dispatch;

/// Requires that the caller may make the request.
pub fn require(view: &View<'_>, request: &Request) -> Result<(), Refusal> {
    require_of_policies(view, request)?;
    dispatch::authorize(view, request)
}

/// Requires that no policy stands in the way.
fn require_of_policies(view: &View<'_>, request: &Request) -> Result<(), Refusal> {
    let caller = view.caller;
    let service_control = guardrails::service_control(view.world, caller.account);
    let session = caller.session_policy.as_deref().map(|document| {
        vec![Level { name: "the session", policies: vec![AppliedPolicy { name: "the session policy", document }] }]
    });
    let resource_control = role_account(request).and_then(|account| guardrails::resource_control(view.world, account));
    let kinds = [("resource control", resource_control), ("service control", service_control), ("session", session)];
    if kinds.iter().all(|(_, levels)| levels.is_none()) {
        return Ok(());
    }
    let arn = caller.arn();
    let Asked { actions, resources, keys } = dispatch::asked(view, request, global_keys(view));
    for action in &actions {
        for resource in &resources {
            let asked = iam::Request { caller: iam::Caller::Aws(&arn), action, resource, context: &keys };
            for (kind, levels) in &kinds {
                let decision = levels.as_ref().map(|levels| through_levels(levels, &asked));
                if let Some(decision) = decision.filter(|decision| !decision.is_allowed()) {
                    let text = denial(&asked, &arn, kind, &decision);
                    return Err(dispatch::denied(view.operation.service.id, text));
                }
            }
        }
    }
    Ok(())
}

/// The account of the role that a request wants to assume.
fn role_account(request: &Request) -> Option<AccountId> {
    Arn::parse(dispatch::role(request)?).ok()?.account
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
