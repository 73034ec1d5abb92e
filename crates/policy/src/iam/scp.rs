//! Service control policies: the most that principals of an account may do.

use crate::fault::Fault;
use crate::iam::document::{Document, Effect};
use crate::iam::grammar::{self, Dialect, PrincipalRule, Rules};

struct Scp;

impl Dialect for Scp {
    const RULES: Rules = Rules {
        name: "a service control policy",
        takes_old_versions: false,
        effects: ("\"Allow\" or \"Deny\"", &[Effect::Allow, Effect::Deny]),
        principal: PrincipalRule::Forbidden,
        negated: &["NotAction", "NotResource"],
        // A published sample has neither Resource nor NotResource.
        needs_resource: false,
    };
}

/// The document of a service control policy, or everything that keeps the text from being one. Its length is the
/// caller's concern.
///
/// That is the full language of identity-based policies, as of September 2025: conditions, single resources and
/// NotAction also in statements that allow, wildcards anywhere in an action's name.
///
/// ```
/// let fault = &policy::iam::scp::validate(r#"{"Version": "2012-10-17"}"#).unwrap_err()[0];
/// assert_eq!(fault.to_string(), "In the document: found no Statement, expected a statement or a list of statements.");
/// ```
pub fn validate(text: &str) -> Result<Document, Vec<Fault>> {
    grammar::read(text, &Scp).map_err(|faults| faults.into_iter().map(|(_, fault)| fault).collect())
}
