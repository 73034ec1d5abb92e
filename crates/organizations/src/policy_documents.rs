//! What each policy type takes as a document.

use model::organizations::types::PolicyType;

use crate::error::Result;

/// Requires a document that the type takes.
pub fn require_valid(_kind: PolicyType, _content: &str) -> Result<()> {
    Ok(())
}
