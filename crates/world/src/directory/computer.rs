//! Computer accounts that CreateComputer makes in directories whose domain is not kept here.

use compact_str::CompactString;

/// A computer account in a domain that is not kept here. Its one-time password is not kept either.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct JoinedComputer {
    /// The name, as given.
    pub name: CompactString,
    pub rid: u64,
    /// The container of the object below the domain, such as `CN=Computers`.
    pub container: CompactString,
}
