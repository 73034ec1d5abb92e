//! Computer accounts that were made for a directory.

use compact_str::CompactString;

/// A computer account. Its one-time password is not kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Computer {
    /// The name, as given.
    pub name: CompactString,
    /// The security identifier.
    pub sid: CompactString,
    /// The distinguished name of what it is in.
    pub container: CompactString,
    /// LDAP attributes, as given.
    pub attributes: Vec<(String, String)>,
}
