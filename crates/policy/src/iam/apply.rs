//! Whether a statement is about a request at all.

use crate::iam::arn::arn_matches;
use crate::iam::compare::holds;
use crate::iam::document::{Listed, Principal, Principals, Statement};
use crate::iam::pattern::Pattern;
use crate::iam::request::{Caller, Request};

/// Whether the statement applies: its principal, action, resource and every condition.
pub(super) fn applies(statement: &Statement, request: &Request<'_>) -> bool {
    let is_meant = |pattern: &Pattern| {
        pattern.expand(request.context).is_some_and(|pattern| arn_matches(&pattern, request.resource))
    };
    statement.principal.as_ref().is_none_or(|principal| names(principal, request.caller) != Naming::No)
        && lists(&statement.action, |pattern| pattern.matches_action(request.action))
        && statement.resource.as_ref().is_none_or(|resource| lists(resource, is_meant))
        && statement.conditions.iter().all(|condition| holds(condition, request.context))
}

fn lists(listed: &Listed<Vec<Pattern>>, is_meant: impl Fn(&Pattern) -> bool) -> bool {
    listed.items.iter().any(is_meant) != listed.is_negated
}

/// How closely a Principal means a caller, from not at all to closest.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Naming {
    /// Not at all.
    No,
    /// As one of an account, of a role's sessions, or of everyone.
    Among,
    /// By the caller's own ARN.
    Itself,
}

pub(super) fn names(principals: &Principals, caller: Caller<'_>) -> Naming {
    match principals {
        Principals::Everyone => Naming::Among,
        Principals::Only(principals) => {
            principals.iter().map(|principal| name(principal, caller)).max().unwrap_or(Naming::No)
        }
    }
}

fn name(principal: &Principal, caller: Caller<'_>) -> Naming {
    let is_same = match (principal, caller) {
        (Principal::Aws(text), _) if text == "*" => return Naming::Among,
        (Principal::Aws(text), Caller::Aws(arn)) if text == arn => return Naming::Itself,
        (Principal::Aws(text), Caller::Aws(arn)) => is_account_of(text, arn) || is_role_of(text, arn),
        (Principal::Service(text), Caller::Service(name)) => text == name,
        (Principal::Federated(text), Caller::Federated(name)) => text == name,
        _ => false,
    };
    if is_same { Naming::Among } else { Naming::No }
}

fn account(arn: &str) -> Option<&str> {
    arn.split(':').nth(4)
}

/// Whether the text is the id, or the root's ARN, of the account that the caller is in.
fn is_account_of(text: &str, arn: &str) -> bool {
    let id = if text.starts_with("arn:") && text.ends_with(":root") { account(text) } else { Some(text) };
    id.is_some_and(|id| !id.is_empty()) && id == account(arn)
}

/// Whether the text is the ARN of the role that the caller is a session of. A session's ARN has no path.
fn is_role_of(text: &str, arn: &str) -> bool {
    let role = text.split_once(":role/").map(|(_, role)| role.rsplit('/').next().unwrap_or(role));
    let session = arn.split_once(":assumed-role/").and_then(|(_, session)| session.split('/').next());
    role.is_some() && role == session && account(text) == account(arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_callers_of_each_kind() {
        let (aws, service) =
            (|text: &str| Principal::Aws(text.to_owned()), |text: &str| Principal::Service(text.to_owned()));
        let federated = |text: &str| Principal::Federated(text.to_owned());
        let user = Caller::Aws("arn:aws:iam::111111111111:user/alice");
        for (principal, caller, expected) in [
            (aws("*"), Caller::Anonymous, Naming::Among),
            (aws("*"), user, Naming::Among),
            (aws("111111111111"), user, Naming::Among),
            (aws("arn:aws:iam::111111111111:user/alice"), user, Naming::Itself),
            (aws("arn:aws:iam::111111111111:user/alic"), user, Naming::No),
            (aws("arn:aws:iam::222222222222:root"), user, Naming::No),
            (aws(""), Caller::Aws("alice"), Naming::No),
            (aws("111111111111"), Caller::Anonymous, Naming::No),
            (service("ds.amazonaws.com"), Caller::Service("ds.amazonaws.com"), Naming::Among),
            (service("ds.amazonaws.com"), Caller::Service("sso.amazonaws.com"), Naming::No),
            (service("ds.amazonaws.com"), Caller::Federated("ds.amazonaws.com"), Naming::No),
            (federated("accounts.google.com"), Caller::Federated("accounts.google.com"), Naming::Among),
            (Principal::CanonicalUser("79a5".to_owned()), user, Naming::No),
        ] {
            let found = names(&Principals::Only(vec![service("other"), principal.clone()]), caller);
            assert_eq!(found, expected, "{principal:?} {caller:?}");
        }
    }
}
