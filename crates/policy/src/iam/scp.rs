//! Service control policies: the maximum permissions of the principals of an account.

use crate::finding::Finding;
use crate::iam::document::{Document, Effect};
use crate::iam::grammar::{self, Dialect, DialectRules, PrincipalRule};

struct Scp;

impl Dialect for Scp {
    const RULES: DialectRules = DialectRules {
        name: "a service control policy",
        takes_old_versions: false,
        effects: ("\"Allow\" or \"Deny\"", &[Effect::Allow, Effect::Deny]),
        principal: PrincipalRule::Forbidden,
        negated: &["NotAction", "NotResource"],
        // A published sample has neither Resource nor NotResource.
        needs_resource: false,
    };
}

/// Reads a service control policy. The text's length is not checked.
///
/// The language is that of identity-based policies, as of September 2025: statements that allow may also have
/// conditions, single resources and NotAction, and an action's name may have wildcards anywhere.
///
/// ```
/// let finding = &policy::iam::scp::validate(r#"{"Version": "2012-10-17"}"#).unwrap_err()[0];
/// let expected = "In the document: found no Statement, expected a statement or a list of statements.";
/// assert_eq!(finding.to_string(), expected);
/// ```
pub fn validate(text: &str) -> Result<Document, Vec<Finding>> {
    grammar::read(text, &Scp).map_err(|findings| findings.into_iter().map(|(_, finding)| finding).collect())
}
