//! Session policies: the most that a session may do of what its role or user may.

use crate::finding::Finding;
use crate::iam::document::{Document, Effect};
use crate::iam::grammar::{self, Dialect, PrincipalRule, Rules};

struct Session;

impl Dialect for Session {
    const RULES: Rules = Rules {
        name: "a session policy",
        // Inferred: only IAM's own store is on record for refusing them.
        takes_old_versions: true,
        effects: ("\"Allow\" or \"Deny\"", &[Effect::Allow, Effect::Deny]),
        principal: PrincipalRule::Forbidden,
        negated: &["NotAction", "NotResource"],
        needs_resource: true,
    };
}

/// The document of a session policy, or of any other policy that is attached to an identity, or everything that keeps
/// the text from being one. Its length is the caller's concern.
pub fn validate(text: &str) -> Result<Document, Vec<Finding>> {
    grammar::read(text, &Session).map_err(|findings| findings.into_iter().map(|(_, finding)| finding).collect())
}
