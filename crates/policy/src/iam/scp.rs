//! Service control policies: the most that principals of an account may do.

use crate::finding::Finding;
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
/// let finding = &policy::iam::scp::validate(r#"{"Version": "2012-10-17"}"#).unwrap_err()[0];
/// let expected = "In the document: found no Statement, expected a statement or a list of statements.";
/// assert_eq!(finding.to_string(), expected);
/// ```
pub fn validate(text: &str) -> Result<Document, Vec<Finding>> {
    grammar::read(text, &Scp).map_err(|findings| findings.into_iter().map(|(_, finding)| finding).collect())
}
