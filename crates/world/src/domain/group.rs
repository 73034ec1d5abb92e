//! Groups, and which members they may have.

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
    pub scope: GroupScope,
    /// Security (for access) or distribution (for mail).
    pub kind: GroupType,
    /// The container below the domain, such as `OU=Users,OU=CORP`.
    pub container: CompactString,
    pub other_attributes: OtherAttributes,
    /// None where it came with the directory.
    pub created_at: Option<Timestamp>,
    /// None where it did not change since the directory was created.
    pub changed_at: Option<Timestamp>,
}

impl Group {
    /// The values that it is found by in searches.
    pub(super) fn values(&self) -> Vec<Value> {
        let own = [
            ("samaccountname", self.sam_account_name.as_str()),
            ("grouptype", self.scope.as_str()),
            ("grouptype", self.kind.as_str()),
        ];
        let own = own.into_iter().filter_map(|(attribute, text)| Value::new(attribute, text));
        own.chain(self.other_attributes.values()).collect()
    }

    /// Whether Active Directory allows an object of the same domain as a member.
    pub fn may_hold(&self, member: Object<'_>) -> bool {
        let Object::Group(member) = member else { return true };
        self.rid != member.rid && scope_may_hold(self.scope, member.scope)
    }

    /// Whether Active Directory allows an object of a trusted domain as a member.
    pub fn may_hold_foreign(&self, member: Object<'_>) -> bool {
        let may_leave_domain = match member {
            Object::Group(member) => matches!(member.scope, GroupScope::Global | GroupScope::Universal),
            Object::User(_) | Object::Computer(_) => true,
        };
        matches!(self.scope, GroupScope::DomainLocal | GroupScope::BuiltinLocal) && may_leave_domain
    }
}

/// Whether a group may have a group of the same domain as a member, by the scopes of the two.
fn scope_may_hold(group: GroupScope, member: GroupScope) -> bool {
    match group {
        GroupScope::Global => member == GroupScope::Global,
        GroupScope::Universal => matches!(member, GroupScope::Global | GroupScope::Universal),
        GroupScope::DomainLocal | GroupScope::BuiltinLocal => member != GroupScope::BuiltinLocal,
    }
}

impl Domain {
    /// Whether a group may change its scope: Active Directory must allow the change, and the members of the group and
    /// the groups that it is in must suit the new scope.
    pub fn may_rescope(&self, group: &Group, scope: GroupScope) -> bool {
        use GroupScope::{DomainLocal, Global, Universal};
        let is_allowed =
            matches!((group.scope, scope), (Global | DomainLocal, Universal) | (Universal, Global | DomainLocal));
        let scope_of = |rid: u64| self.group_of(rid).map(|found| found.scope);
        let holds = |member: u64| scope_of(member).is_none_or(|member| scope_may_hold(scope, member));
        let fits = |within: u64| scope_of(within).is_none_or(|within| scope_may_hold(within, scope));
        let foreign_members_fit = scope == DomainLocal
            || self.foreign_members.members(group.rid, (DirectoryId::default(), 0)).next().is_none();
        group.scope == scope
            || is_allowed
                && foreign_members_fit
                && self.members.members(group.rid, 0).all(|member| holds(*member))
                && self.members.groups(group.rid, 0).all(fits)
    }
}
