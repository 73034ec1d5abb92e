//! Groups, and which members a group may have.

use compact_str::CompactString;
use model::ds_data::types::{GroupScope, GroupType};
use model::{DirectoryId, Timestamp};

use super::values::{OtherAttributes, Value};
use super::{Domain, Object};

#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub rid: u64,
    pub sequence: u64,
    /// The account name, as given.
    pub sam_account_name: CompactString,
    /// Where it can be used, and what it can hold.
    pub scope: GroupScope,
    /// Whether it is for access or for mail.
    pub kind: GroupType,
    /// The container of the object below the domain, such as `OU=Users,OU=CORP`.
    pub container: CompactString,
    pub other_attributes: OtherAttributes,
    /// When it was created; none where it came with the directory.
    pub created_at: Option<Timestamp>,
    /// When it last changed; none where it never did since the directory was made.
    pub changed_at: Option<Timestamp>,
}

impl Group {
    /// What it can be searched for by, with attributes by LDAP display name in lower case.
    pub(super) fn values(&self) -> Vec<Value> {
        let name = Value::new("samaccountname", &self.sam_account_name);
        name.into_iter().chain(self.other_attributes.values()).collect()
    }

    /// Whether Active Directory lets it have an object of its own domain as a member.
    pub fn may_hold(&self, member: Object<'_>) -> bool {
        let Object::Group(member) = member else { return true };
        self.rid != member.rid && scope_may_hold(self.scope, member.scope)
    }

    /// Whether Active Directory lets it have an object of a trusted domain as a member.
    pub fn may_hold_foreign(&self, member: Object<'_>) -> bool {
        let goes_abroad = match member {
            Object::Group(member) => matches!(member.scope, GroupScope::Global | GroupScope::Universal),
            Object::User(_) | Object::Computer(_) => true,
        };
        matches!(self.scope, GroupScope::DomainLocal | GroupScope::BuiltinLocal) && goes_abroad
    }
}

/// Whether groups of a scope may hold groups of another, or of the same, in their own domain.
fn scope_may_hold(group: GroupScope, member: GroupScope) -> bool {
    match group {
        GroupScope::Global => member == GroupScope::Global,
        GroupScope::Universal => matches!(member, GroupScope::Global | GroupScope::Universal),
        GroupScope::DomainLocal | GroupScope::BuiltinLocal => member != GroupScope::BuiltinLocal,
    }
}

impl Domain {
    /// Whether a group may get another scope: Active Directory has no way from every scope to every other, and what the
    /// group holds and is in must suit the new one.
    pub fn may_rescope(&self, group: &Group, scope: GroupScope) -> bool {
        use GroupScope::{DomainLocal, Global, Universal};
        let has_way =
            matches!((group.scope, scope), (Global | DomainLocal, Universal) | (Universal, Global | DomainLocal));
        let scope_of = |rid: u64| self.group_of(rid).map(|found| found.scope);
        let holds = |member: u64| scope_of(member).is_none_or(|member| scope_may_hold(scope, member));
        let fits = |within: u64| scope_of(within).is_none_or(|within| scope_may_hold(within, scope));
        let is_home_only = scope == DomainLocal
            || self.foreign_members.members(group.rid, (DirectoryId::default(), 0)).next().is_none();
        group.scope == scope
            || has_way
                && is_home_only
                && self.members.members(group.rid, 0).all(|member| holds(*member))
                && self.members.groups(group.rid, 0).all(fits)
    }
}
