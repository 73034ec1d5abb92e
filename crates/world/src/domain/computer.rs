//! Computers. Only what membership in groups needs is kept of them.

use compact_str::CompactString;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Computer {
    pub rid: u64,
    /// It ends in a dollar sign.
    pub sam_account_name: CompactString,
    /// The container below the domain, such as `OU=Computers,OU=CORP`.
    pub container: CompactString,
    /// The relative identifier of the primary group. The object is in it without being listed as a member.
    pub primary_group: u64,
}
