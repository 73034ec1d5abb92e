//! Sessions that `AssumeRole` opened.

use std::sync::Arc;

use compact_str::CompactString;
use model::{AccountId, Timestamp};
use policy::iam::Document;

/// A session of a role. It stays known after it expired, so that its key is told apart from an unknown one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Session {
    /// The account that the session acts in.
    pub account: AccountId,
    /// The role's name.
    pub role: CompactString,
    /// The role's id.
    pub role_id: CompactString,
    /// The session's name.
    pub name: CompactString,
    /// The token that must come with the key.
    pub token: String,
    /// When it ends.
    pub expires: Timestamp,
    /// The most that it may do; none where only the role limits it.
    pub policy: Option<Arc<SessionPolicy>>,
}

/// The policy that a session was opened with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SessionPolicy {
    /// The document, byte for byte as it was sent.
    pub content: String,
    /// What it says.
    pub document: Document,
}
