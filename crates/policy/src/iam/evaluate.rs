//! Evaluation: what policies decide about a request, and which statement decides it.
//!
//! The code that calls this chooses the policies. It leaves out types that are not enabled, and it exempts the
//! management account, service-linked roles and resources of AWS.

use std::fmt;

use crate::iam::apply::{PrincipalMatch, applies, match_principals};
use crate::iam::document::{Document, Effect, Statement};
use crate::iam::request::AuthorizationRequest;

/// A policy that is in force.
#[derive(Clone, Copy, Debug)]
pub struct AppliedPolicy<'a> {
    /// The name in decisions: `p-…`, or a description.
    pub name: &'a str,
    pub document: &'a Document,
}

/// Policies that are in force together: those attached to a root, an OU or an account, or those of an identity.
#[derive(Clone, Debug)]
pub struct Level<'a> {
    /// The name in decisions: `r-…`, `ou-…`, an account's id, or a description.
    pub name: &'a str,
    /// In any order.
    pub policies: Vec<AppliedPolicy<'a>>,
}

/// The decision about a request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Decision<'a> {
    /// Allowed by these statements, one of each level.
    Allowed(Vec<StatementLocation<'a>>),
    /// Denied by this statement.
    Denied(StatementLocation<'a>),
    /// Denied because no statement of the level with this name allows it.
    NotAllowed(&'a str),
}

/// The location of a statement.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct StatementLocation<'a> {
    pub level: &'a str,
    pub policy: &'a str,
    /// The statement's index in the document, from 0.
    pub statement: usize,
    pub sid: Option<&'a str>,
}

impl Decision<'_> {
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed(locations) if locations.is_empty() => write!(f, "Allowed, since no policy is in force."),
            Self::Allowed(locations) => {
                let locations: Vec<_> = locations.iter().map(ToString::to_string).collect();
                write!(f, "Allowed by {}.", locations.join(" and by "))
            }
            Self::Denied(location) => write!(f, "Denied by {location}."),
            Self::NotAllowed(level) => write!(f, "Denied, since no statement at {level} allows it."),
        }
    }
}

impl fmt::Display for StatementLocation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Statement[{}]", self.statement)?;
        if let Some(sid) = self.sid {
            write!(f, " ({sid})")?;
        }
        write!(f, " of {} at {}", self.policy, self.level)
    }
}

/// The decision of service control or resource control policies. `levels` are those of the root, of each unit along the
/// path, and of the account. Every level has to allow the request, and none may deny it. Without levels everything is
/// allowed. The levels of resource control policies include RCPFullAWSAccess.
pub fn through_levels<'a>(levels: &[Level<'a>], request: &AuthorizationRequest<'_>) -> Decision<'a> {
    if let Some(location) = levels.iter().find_map(|level| first_statement(level, Effect::Deny, request)) {
        return Decision::Denied(location);
    }
    let mut locations = Vec::with_capacity(levels.len());
    for level in levels {
        match first_statement(level, Effect::Allow, request) {
            Some(location) => locations.push(location),
            None => return Decision::NotAllowed(level.name),
        }
    }
    Decision::Allowed(locations)
}

/// The policies that apply to a request, by kind.
#[derive(Clone, Debug)]
pub struct PoliciesByKind<'a> {
    /// Of the caller's account, from the root down. Empty if they are not enabled or do not apply.
    pub service_control: Vec<Level<'a>>,
    /// Of the resource's account, from the root down. Empty if they are not enabled or do not apply.
    pub resource_control: Vec<Level<'a>>,
    /// The resource-based policy.
    pub resource: Option<Level<'a>>,
    /// The policies of the user or role and of its groups.
    pub identity: Level<'a>,
    /// The permissions boundary: the maximum permissions of the user or role.
    pub boundary: Option<Level<'a>>,
    /// The session policy: the maximum permissions of the session.
    pub session: Option<Level<'a>>,
    /// Whether the caller and the resource belong to one account. If so, either the resource's policy or the identity's
    /// policies must allow; if not, both must.
    pub is_same_account: bool,
}

/// The kinds of policies, in the order of evaluation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PolicyKind {
    ResourceControl,
    ServiceControl,
    Resource,
    Identity,
    Boundary,
    Session,
}

impl<'a> PoliciesByKind<'a> {
    /// The decision of all policies together, and the kind that decides. A denial of any kind comes first. Then the
    /// organization's policies have to allow, then the resource's and the identity's, then the boundary and the session
    /// policy.
    pub fn decide(&self, request: &AuthorizationRequest<'_>) -> (PolicyKind, Decision<'a>) {
        if let Some(denied) = self.denial(request) {
            return denied;
        }
        for (kind, levels) in
            [(PolicyKind::ResourceControl, &self.resource_control), (PolicyKind::ServiceControl, &self.service_control)]
        {
            let decision = through_levels(levels, request);
            if !decision.is_allowed() {
                return (kind, decision);
            }
        }
        let granted = self.resource.as_ref().and_then(|level| first_statement(level, Effect::Allow, request));
        if let Some(location) = &granted
            && self.is_same_account
            && self.names_caller_itself(request)
        {
            // The boundary and the session policy do not limit what a resource's policy allows to the ARN of the user
            // or session.
            return (PolicyKind::Resource, Decision::Allowed(vec![*location]));
        }
        let (kind, location) = match (first_statement(&self.identity, Effect::Allow, request), granted) {
            (Some(_), None) if !self.is_same_account => {
                let name = self.resource.as_ref().map_or("the resource", |level| level.name);
                return (PolicyKind::Resource, Decision::NotAllowed(name));
            }
            (Some(location), _) => (PolicyKind::Identity, location),
            (None, Some(location)) if self.is_same_account => (PolicyKind::Resource, location),
            (None, _) => return (PolicyKind::Identity, Decision::NotAllowed(self.identity.name)),
        };
        for (kind, level) in [(PolicyKind::Boundary, &self.boundary), (PolicyKind::Session, &self.session)] {
            if let Some(level) = level
                && first_statement(level, Effect::Allow, request).is_none()
            {
                return (kind, Decision::NotAllowed(level.name));
            }
        }
        (kind, Decision::Allowed(vec![location]))
    }

    fn denial(&self, request: &AuthorizationRequest<'_>) -> Option<(PolicyKind, Decision<'a>)> {
        let kinds: [(PolicyKind, &[Level<'a>]); 6] = [
            (PolicyKind::ResourceControl, &self.resource_control),
            (PolicyKind::ServiceControl, &self.service_control),
            (PolicyKind::Resource, self.resource.as_slice()),
            (PolicyKind::Identity, std::slice::from_ref(&self.identity)),
            (PolicyKind::Boundary, self.boundary.as_slice()),
            (PolicyKind::Session, self.session.as_slice()),
        ];
        kinds.into_iter().find_map(|(kind, levels)| {
            let location = levels.iter().find_map(|level| first_statement(level, Effect::Deny, request))?;
            Some((kind, Decision::Denied(location)))
        })
    }

    /// Whether a statement of the resource's policy allows the request to the caller's own ARN. Denials are checked
    /// before.
    fn names_caller_itself(&self, request: &AuthorizationRequest<'_>) -> bool {
        let names_itself = |statement: &Statement| {
            statement
                .principal
                .as_ref()
                .is_some_and(|principal| match_principals(principal, request.caller) == PrincipalMatch::Exact)
        };
        let mut documents = self.resource.iter().flat_map(|level| &level.policies).map(|policy| policy.document);
        documents.any(|document| {
            let matches = |statement: &Statement| names_itself(statement) && applies(statement, request);
            document.statements.iter().any(matches)
        })
    }
}

/// The first statement of a level that has the effect and applies to the request.
fn first_statement<'a>(
    level: &Level<'a>,
    effect: Effect,
    request: &AuthorizationRequest<'_>,
) -> Option<StatementLocation<'a>> {
    level.policies.iter().find_map(|policy| {
        let matches = |statement: &&Statement| statement.effect == effect && applies(statement, request);
        let mut statements = policy.document.statements.iter().enumerate();
        let (index, statement) = statements.find(|(_, statement)| matches(statement))?;
        Some(StatementLocation {
            level: level.name,
            policy: policy.name,
            statement: index,
            sid: statement.sid.as_deref(),
        })
    })
}
