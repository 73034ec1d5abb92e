//! Whether a statement applies to a request.

use crate::iam::arn::arn_matches;
use crate::iam::compare::holds;
use crate::iam::document::{Listed, PrincipalEntry, Principals, Statement};
use crate::iam::pattern::PolicyPattern;
use crate::iam::request::{AuthorizationRequest, RequestPrincipal};

/// Whether the principal, the action, the resource and every condition of the statement match the request.
pub(super) fn applies(statement: &Statement, request: &AuthorizationRequest<'_>) -> bool {
    let matches = |pattern: &PolicyPattern| {
        pattern.expand(request.context).is_some_and(|pattern| arn_matches(&pattern, request.resource))
    };
    statement
        .principal
        .as_ref()
        .is_none_or(|principal| match_principals(principal, request.caller) != PrincipalMatch::None)
        && lists(&statement.action, |pattern| pattern.matches_action(request.action))
        && statement.resource.as_ref().is_none_or(|resource| lists(resource, matches))
        && statement.conditions.iter().all(|condition| holds(condition, request.context))
}

fn lists(listed: &Listed<Vec<PolicyPattern>>, matches: impl Fn(&PolicyPattern) -> bool) -> bool {
    listed.items.iter().any(matches) != listed.is_negated
}

/// How a Principal element matches the caller, from the loosest to the closest match.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum PrincipalMatch {
    None,
    /// As a principal of an account, as a session of a role, or as anyone.
    Group,
    /// By the ARN of the caller.
    Exact,
}

pub(super) fn match_principals(principals: &Principals, caller: RequestPrincipal<'_>) -> PrincipalMatch {
    match principals {
        Principals::Everyone => PrincipalMatch::Group,
        Principals::Only(principals) => {
            principals.iter().map(|principal| match_entry(principal, caller)).max().unwrap_or(PrincipalMatch::None)
        }
    }
}

fn match_entry(principal: &PrincipalEntry, caller: RequestPrincipal<'_>) -> PrincipalMatch {
    let is_same = match (principal, caller) {
        (PrincipalEntry::Aws(text), _) if text == "*" => return PrincipalMatch::Group,
        (PrincipalEntry::Aws(text), RequestPrincipal::Aws(arn)) if text == arn => return PrincipalMatch::Exact,
        (PrincipalEntry::Aws(text), RequestPrincipal::Aws(arn)) => is_account_of(text, arn) || is_role_of(text, arn),
        (PrincipalEntry::Service(text), RequestPrincipal::Service(name)) => text == name,
        (PrincipalEntry::Federated(text), RequestPrincipal::Federated(name)) => text == name,
        _ => false,
    };
    if is_same { PrincipalMatch::Group } else { PrincipalMatch::None }
}

fn account_in(arn: &str) -> Option<&str> {
    arn.split(':').nth(4)
}

/// Whether the text is the id of the caller's account, or the ARN of its root user.
fn is_account_of(text: &str, arn: &str) -> bool {
    let id = if text.starts_with("arn:") && text.ends_with(":root") { account_in(text) } else { Some(text) };
    id.is_some_and(|id| !id.is_empty()) && id == account_in(arn)
}

/// Whether the text is the ARN of the role of the caller's session. A session's ARN has no path.
fn is_role_of(text: &str, arn: &str) -> bool {
    let role = text.split_once(":role/").map(|(_, role)| role.rsplit('/').next().unwrap_or(role));
    let session = arn.split_once(":assumed-role/").and_then(|(_, session)| session.split('/').next());
    role.is_some() && role == session && account_in(text) == account_in(arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_callers_of_each_kind() {
        let (aws, service) =
            (|text: &str| PrincipalEntry::Aws(text.to_owned()), |text: &str| PrincipalEntry::Service(text.to_owned()));
        let federated = |text: &str| PrincipalEntry::Federated(text.to_owned());
        let user = RequestPrincipal::Aws("arn:aws:iam::111111111111:user/alice");
        for (principal, caller, expected) in [
            (aws("*"), RequestPrincipal::Anonymous, PrincipalMatch::Group),
            (aws("*"), user, PrincipalMatch::Group),
            (aws("111111111111"), user, PrincipalMatch::Group),
            (aws("arn:aws:iam::111111111111:user/alice"), user, PrincipalMatch::Exact),
            (aws("arn:aws:iam::111111111111:user/alic"), user, PrincipalMatch::None),
            (aws("arn:aws:iam::222222222222:root"), user, PrincipalMatch::None),
            (aws(""), RequestPrincipal::Aws("alice"), PrincipalMatch::None),
            (aws("111111111111"), RequestPrincipal::Anonymous, PrincipalMatch::None),
            (service("ds.amazonaws.com"), RequestPrincipal::Service("ds.amazonaws.com"), PrincipalMatch::Group),
            (service("ds.amazonaws.com"), RequestPrincipal::Service("sso.amazonaws.com"), PrincipalMatch::None),
            (service("ds.amazonaws.com"), RequestPrincipal::Federated("ds.amazonaws.com"), PrincipalMatch::None),
            (
                federated("accounts.google.com"),
                RequestPrincipal::Federated("accounts.google.com"),
                PrincipalMatch::Group,
            ),
            (PrincipalEntry::CanonicalUser("79a5".to_owned()), user, PrincipalMatch::None),
        ] {
            let found = match_principals(&Principals::Only(vec![service("other"), principal.clone()]), caller);
            assert_eq!(found, expected, "{principal:?} {caller:?}");
        }
    }
}
