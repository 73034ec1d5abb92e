//! Why policies do not let a caller make a request.

use std::fmt;

use policy::iam::Request;
use policy::iam::evaluate::Decision;

/// A kind of policy.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PolicyKind {
    /// Resource control policies.
    ResourceControl,
    /// Service control policies.
    ServiceControl,
    /// The policy of a session.
    Session,
}

impl fmt::Display for PolicyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ResourceControl => "resource control",
            Self::ServiceControl => "service control",
            Self::Session => "session",
        })
    }
}

/// Why policies do not let a caller make a request: AWS's sentence, and then, which AWS leaves out, which statement
/// decided.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Denial(String);

impl Denial {
    pub(crate) fn new(asked: &Request<'_>, caller: &str, kind: PolicyKind, decision: &Decision<'_>) -> Self {
        let Request { action, resource, .. } = asked;
        let why = match decision {
            Decision::Denied(_) => format!("with an explicit deny in a {kind} policy"),
            Decision::NotAllowed(_) | Decision::Allowed(_) => {
                format!("because no {kind} policy allows the {action} action")
            }
        };
        Self(format!("User: {caller} is not authorized to perform: {action} on resource: {resource} {why}. {decision}"))
    }
}

impl From<Denial> for String {
    fn from(denial: Denial) -> Self {
        denial.0
    }
}
