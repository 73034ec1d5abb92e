//! The denial of a request by policies.

use std::fmt;

use policy::iam::AuthorizationRequest;
use policy::iam::evaluate::Decision;

/// The kinds of policies that limit every caller.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Guardrail {
    ResourceControl,
    ServiceControl,
    Session,
}

impl fmt::Display for Guardrail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ResourceControl => "resource control",
            Self::ServiceControl => "service control",
            Self::Session => "session",
        })
    }
}

/// The text of a denial: AWS's sentence, followed by the deciding statement, which AWS leaves out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Denial(String);

impl Denial {
    pub(crate) fn new(
        request: &AuthorizationRequest<'_>,
        caller: &str,
        guardrail: Guardrail,
        decision: &Decision<'_>,
    ) -> Self {
        let AuthorizationRequest { action, resource, .. } = request;
        let why = match decision {
            Decision::Denied(_) => format!("with an explicit deny in a {guardrail} policy"),
            Decision::NotAllowed(_) | Decision::Allowed(_) => {
                format!("because no {guardrail} policy allows the {action} action")
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
