//! Computers, as far as they can be members of groups.

use compact_str::CompactString;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Computer {
    pub rid: u64,
    /// The account name, which ends in a dollar sign.
    pub sam_account_name: CompactString,
    /// The container of the object below the domain, such as `OU=Computers,OU=CORP`.
    pub container: CompactString,
    /// The relative identifier of the group that it is in without being listed as a member.
    pub primary_group: u64,
}
