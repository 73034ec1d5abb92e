//! What policies decide about a request, and which statement did.
//!
//! Who is exempt is the caller's concern: the management account, service-linked roles, resources of AWS. So is which
//! policies are in force: a type that is not enabled has no levels.

use std::fmt;

use crate::iam::apply::{Naming, applies, names};
use crate::iam::document::{Document, Effect, Statement};
use crate::iam::request::Request;

/// A policy that is in force, under the name that decisions call it by.
#[derive(Clone, Copy, Debug)]
pub struct AppliedPolicy<'a> {
    /// `p-…`, or whatever the caller calls it.
    pub name: &'a str,
    /// What it says.
    pub document: &'a Document,
}

/// Policies that are in force together: those attached to a root, an OU or an account, or those of an identity.
#[derive(Clone, Debug)]
pub struct Level<'a> {
    /// `r-…`, `ou-…`, an account's id, or whatever the caller calls it.
    pub name: &'a str,
    /// In any order.
    pub policies: Vec<AppliedPolicy<'a>>,
}

/// What was decided.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Decision<'a> {
    /// The statements that allow it, one of each level.
    Allowed(Vec<StatementPlace<'a>>),
    /// The statement that denies it.
    Denied(StatementPlace<'a>),
    /// The name of the first level of which no statement allows it.
    NotAllowed(&'a str),
}

/// Where a statement stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct StatementPlace<'a> {
    /// The level's name.
    pub level: &'a str,
    /// The policy's name.
    pub policy: &'a str,
    /// Its place in the document, counted from 0.
    pub statement: usize,
    /// Its name, if it has one.
    pub sid: Option<&'a str>,
}

impl Decision<'_> {
    /// Whether the request may go on.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed(places) if places.is_empty() => write!(f, "Allowed, since no policy is in force."),
            Self::Allowed(places) => {
                let places: Vec<_> = places.iter().map(ToString::to_string).collect();
                write!(f, "Allowed by {}.", places.join(" and by "))
            }
            Self::Denied(place) => write!(f, "Denied by {place}."),
            Self::NotAllowed(level) => write!(f, "Denied, since no statement at {level} allows it."),
        }
    }
}

impl fmt::Display for StatementPlace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Statement[{}]", self.statement)?;
        if let Some(sid) = self.sid {
            write!(f, " ({sid})")?;
        }
        write!(f, " of {} at {}", self.policy, self.level)
    }
}

/// What service control or resource control policies decide. Every level, from the root down to the account, must
/// allow, and none may deny; without levels everything is allowed. A level's policies of an account's resources include
/// RCPFullAWSAccess.
pub fn through_levels<'a>(levels: &[Level<'a>], request: &Request<'_>) -> Decision<'a> {
    if let Some(place) = levels.iter().find_map(|level| first(level, Effect::Deny, request)) {
        return Decision::Denied(place);
    }
    let mut places = Vec::with_capacity(levels.len());
    for level in levels {
        match first(level, Effect::Allow, request) {
            Some(place) => places.push(place),
            None => return Decision::NotAllowed(level.name),
        }
    }
    Decision::Allowed(places)
}

/// The policies that bear on a request, by kind.
#[derive(Clone, Debug)]
pub struct Policies<'a> {
    /// The service control policies of the caller's account, from the root down; empty if they are not enabled or do
    /// not apply.
    pub service_control: Vec<Level<'a>>,
    /// The resource control policies of the resource's account, likewise.
    pub resource_control: Vec<Level<'a>>,
    /// The resource's own policy.
    pub resource: Option<Level<'a>>,
    /// The policies of the user or role and of its groups.
    pub identity: Level<'a>,
    /// The most that the user or role may be given.
    pub boundary: Option<Level<'a>>,
    /// The most that the session may do.
    pub session: Option<Level<'a>>,
    /// Whether the caller and the resource are of one account: if so, either side can allow; if not, both must.
    pub is_same_account: bool,
}

/// A kind of policy, in the order in which they are asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Resource control policies.
    ResourceControl,
    /// Service control policies.
    ServiceControl,
    /// The resource's policy.
    Resource,
    /// The identity's policies.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// The session policy.
    Session,
}

impl<'a> Policies<'a> {
    /// What all policies together decide, and the kind that decided: a denial of any kind first, then what the
    /// organization does not allow, then what the resource and the identity do not, then what boundary and session do
    /// not.
    pub fn decide(&self, request: &Request<'_>) -> (Kind, Decision<'a>) {
        if let Some(denied) = self.denial(request) {
            return denied;
        }
        for (kind, levels) in
            [(Kind::ResourceControl, &self.resource_control), (Kind::ServiceControl, &self.service_control)]
        {
            let decision = through_levels(levels, request);
            if !decision.is_allowed() {
                return (kind, decision);
            }
        }
        let granted = self.resource.as_ref().and_then(|level| first(level, Effect::Allow, request));
        if let Some(place) = &granted
            && self.is_same_account
            && self.names_caller_itself(request)
        {
            // A resource's policy that names the very user or session is not held back by its boundary or session
            // policy.
            return (Kind::Resource, Decision::Allowed(vec![*place]));
        }
        let (kind, place) = match (first(&self.identity, Effect::Allow, request), granted) {
            (Some(_), None) if !self.is_same_account => {
                let name = self.resource.as_ref().map_or("the resource", |level| level.name);
                return (Kind::Resource, Decision::NotAllowed(name));
            }
            (Some(place), _) => (Kind::Identity, place),
            (None, Some(place)) if self.is_same_account => (Kind::Resource, place),
            (None, _) => return (Kind::Identity, Decision::NotAllowed(self.identity.name)),
        };
        for (kind, level) in [(Kind::Boundary, &self.boundary), (Kind::Session, &self.session)] {
            if let Some(level) = level
                && first(level, Effect::Allow, request).is_none()
            {
                return (kind, Decision::NotAllowed(level.name));
            }
        }
        (kind, Decision::Allowed(vec![place]))
    }

    fn denial(&self, request: &Request<'_>) -> Option<(Kind, Decision<'a>)> {
        let kinds: [(Kind, &[Level<'a>]); 6] = [
            (Kind::ResourceControl, &self.resource_control),
            (Kind::ServiceControl, &self.service_control),
            (Kind::Resource, self.resource.as_slice()),
            (Kind::Identity, std::slice::from_ref(&self.identity)),
            (Kind::Boundary, self.boundary.as_slice()),
            (Kind::Session, self.session.as_slice()),
        ];
        kinds.into_iter().find_map(|(kind, levels)| {
            let place = levels.iter().find_map(|level| first(level, Effect::Deny, request))?;
            Some((kind, Decision::Denied(place)))
        })
    }

    /// Whether a statement of the resource's policy that applies means the caller alone. None denies: that is asked
    /// before.
    fn names_caller_itself(&self, request: &Request<'_>) -> bool {
        let names_itself = |statement: &Statement| {
            statement.principal.as_ref().is_some_and(|principal| names(principal, request.caller) == Naming::Itself)
        };
        let mut documents = self.resource.iter().flat_map(|level| &level.policies).map(|policy| policy.document);
        documents.any(|document| {
            let is_it = |statement: &Statement| names_itself(statement) && applies(statement, request);
            document.statements.iter().any(is_it)
        })
    }
}

/// The first statement of a level with an effect that applies to a request.
fn first<'a>(level: &Level<'a>, effect: Effect, request: &Request<'_>) -> Option<StatementPlace<'a>> {
    level.policies.iter().find_map(|policy| {
        let is_it = |statement: &&Statement| statement.effect == effect && applies(statement, request);
        let mut statements = policy.document.statements.iter().enumerate();
        let (index, statement) = statements.find(|(_, statement)| is_it(statement))?;
        Some(StatementPlace { level: level.name, policy: policy.name, statement: index, sid: statement.sid.as_deref() })
    })
}
