//! Computer accounts that were made for a directory whose domain is not kept here.

use compact_str::CompactString;

/// A computer account in a domain whose other objects are not known. Its one-time password is not kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct JoinedComputer {
    /// The name, as given.
    pub name: CompactString,
    pub rid: u64,
    /// The container of the object below the domain, such as `CN=Computers`.
    pub container: CompactString,
}
