//! Session policies: the maximum permissions of a session.

use crate::finding::Finding;
use crate::iam::document::{Document, Effect};
use crate::iam::grammar::{self, Dialect, DialectRules, PrincipalRule};

struct SessionDialect;

impl Dialect for SessionDialect {
    const RULES: DialectRules = DialectRules {
        name: "a session policy",
        // Inferred: only policies that are stored in IAM are on record as refused for their version.
        takes_old_versions: true,
        effects: ("\"Allow\" or \"Deny\"", &[Effect::Allow, Effect::Deny]),
        principal: PrincipalRule::Forbidden,
        negated: &["NotAction", "NotResource"],
        needs_resource: true,
    };
}

/// Reads a session policy, or any other policy of an identity. The text's length is not checked.
pub fn validate(text: &str) -> Result<Document, Vec<Finding>> {
    grammar::read(text, &SessionDialect).map_err(|findings| findings.into_iter().map(|(_, finding)| finding).collect())
}
