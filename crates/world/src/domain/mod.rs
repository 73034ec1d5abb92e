//! The domain inside a directory, with the users, groups and computers of Directory Service Data.

mod client_tokens;
mod computer;
mod group;
mod invariants;
mod memberships;
#[cfg(test)]
mod simple_model;
mod user;
mod values;

use std::sync::Arc;

use compact_str::CompactString;
use imbl::OrdMap;
use model::DirectoryId;

use values::{MANAGER, Values};

pub use client_tokens::{ClientToken, ClientTokens};
pub use computer::Computer;
pub use group::Group;
pub use memberships::Memberships;
pub use user::User;
pub use values::OtherAttributes;

/// A domain and its objects. Objects of all classes share one set of relative identifiers and one set of names.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    /// The domain's security identifier, `S-1-5-21-…`.
    pub sid: CompactString,
    /// The relative identifier of the next object. None is ever used twice.
    next_rid: u64,
    users: OrdMap<u64, Arc<User>>,
    groups: OrdMap<u64, Arc<Group>>,
    computers: OrdMap<u64, Arc<Computer>>,
    /// Relative identifiers of groups by sequence.
    group_list: OrdMap<u64, u64>,
    /// Relative identifiers by account name in lower case.
    names: OrdMap<CompactString, u64>,
    user_values: Values,
    group_values: Values,
    /// Which objects of this domain are in which group.
    pub members: Memberships<u64>,
    /// Which objects of other domains are in which group: by their directory, and their relative identifier there. Such
    /// a membership ends only when it is removed here or the group goes. own end ends such a membership.
    // Inferred: Active Directory keeps a placeholder object for each of them. It stays when the member, its domain or
    // the trust goes.
    pub foreign_members: Memberships<(DirectoryId, u64)>,
    pub client_tokens: ClientTokens,
}

/// An object of any class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Object<'d> {
    User(&'d User),
    Group(&'d Group),
    Computer(&'d Computer),
}

impl<'d> Object<'d> {
    pub fn rid(self) -> u64 {
        match self {
            Self::User(user) => user.rid,
            Self::Group(group) => group.rid,
            Self::Computer(computer) => computer.rid,
        }
    }

    /// The account name, as given.
    pub fn sam_account_name(self) -> &'d str {
        match self {
            Self::User(user) => &user.sam_account_name,
            Self::Group(group) => &group.sam_account_name,
            Self::Computer(computer) => &computer.sam_account_name,
        }
    }

    /// The container below the domain.
    pub fn container(self) -> &'d str {
        match self {
            Self::User(user) => &user.container,
            Self::Group(group) => &group.container,
            Self::Computer(computer) => &computer.container,
        }
    }

    /// The relative identifier of the primary group. Groups have none.
    pub fn primary_group(self) -> Option<u64> {
        match self {
            Self::User(user) => Some(user.primary_group),
            Self::Group(_) => None,
            Self::Computer(computer) => Some(computer.primary_group),
        }
    }
}

impl Domain {
    /// The domain after `kept`, an earlier state of it, is restored. Relative identifiers used since are not used
    /// again.
    #[must_use]
    pub fn restored(&self, kept: &Self) -> Self {
        Self { next_rid: self.next_rid.max(kept.next_rid), ..kept.clone() }
    }

    /// An empty domain, whose objects get relative identifiers from `next_rid` on.
    pub fn new(sid: CompactString, next_rid: u64) -> Self {
        Self {
            sid,
            next_rid,
            users: OrdMap::new(),
            groups: OrdMap::new(),
            computers: OrdMap::new(),
            group_list: OrdMap::new(),
            names: OrdMap::new(),
            user_values: Values::default(),
            group_values: Values::default(),
            members: Memberships::default(),
            foreign_members: Memberships::default(),
            client_tokens: ClientTokens::default(),
        }
    }

    /// All account names from `from` on, in lower case and in order.
    pub fn names(&self, from: &str) -> impl Iterator<Item = &str> {
        self.names.range(CompactString::from(from)..).map(|(name, _)| name.as_str())
    }

    /// An object by account name. Case does not count.
    pub fn object(&self, name: &str) -> Option<Object<'_>> {
        self.object_of(*self.names.get(name.to_lowercase().as_str())?)
    }

    /// An object by relative identifier.
    pub fn object_of(&self, rid: u64) -> Option<Object<'_>> {
        let user = self.user_of(rid).map(Object::User);
        let group = || self.group_of(rid).map(Object::Group);
        let computer = || self.computers.get(&rid).map(|found| Object::Computer(found));
        user.or_else(group).or_else(computer)
    }

    /// A user by account name. Case does not count.
    pub fn user(&self, name: &str) -> Option<&User> {
        self.user_of(*self.names.get(name.to_lowercase().as_str())?)
    }

    /// A user by relative identifier.
    pub fn user_of(&self, rid: u64) -> Option<&User> {
        self.users.get(&rid).map(Arc::as_ref)
    }

    /// The users after a relative identifier, in the order of identifiers.
    pub fn users(&self, after: Option<u64>) -> impl Iterator<Item = (u64, &User)> {
        self.users.range(next(after)..).map(|(rid, user)| (*rid, user.as_ref()))
    }

    /// The users with a value (in lower case) of one of the attributes, after a relative identifier.
    pub fn users_with(
        &self,
        attributes: &[&str],
        value: &str,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &User)> {
        let rids = self.user_values.having(attributes, value, next(after));
        rids.filter_map(|rid| self.user_of(rid).map(|user| (rid, user)))
    }

    /// Adds a user with the next relative identifier, and answers the identifier. The one in `user` is ignored.
    pub fn add_user(&mut self, user: User) -> u64 {
        let rid = self.take_rid();
        self.put_user(User { rid, ..user })
    }

    /// Adds or replaces the user with this relative identifier, and answers the identifier.
    pub fn put_user(&mut self, user: User) -> u64 {
        let old = self.users.get(&user.rid).map(|old| old.values()).unwrap_or_default();
        self.user_values.replace(user.rid, &old, &user.values());
        self.names.insert(user.sam_account_name.to_lowercase(), user.rid);
        let rid = user.rid;
        self.users.insert(rid, Arc::new(user));
        rid
    }

    /// Removes a user, also from its groups.
    pub fn remove_user(&mut self, rid: u64) {
        let Some(user) = self.users.remove(&rid) else { return };
        self.user_values.replace(rid, &user.values(), &[]);
        self.names.remove(user.sam_account_name.to_lowercase().as_str());
        self.members.forget_member(&rid);
    }

    /// Clears a manager, given by distinguished name, from all users who have this one.
    pub fn forget_manager(&mut self, distinguished_name: &str) {
        let name = distinguished_name.to_lowercase();
        let found = self.user_values.having(&[MANAGER], &name, 0);
        let reports: Vec<User> = found.filter_map(|rid| self.user_of(rid).cloned()).collect();
        for mut user in reports {
            user.other_attributes.clear(MANAGER);
            self.put_user(user);
        }
    }

    /// A group by account name. Case does not count.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.group_of(*self.names.get(name.to_lowercase().as_str())?)
    }

    /// A group by relative identifier.
    pub fn group_of(&self, rid: u64) -> Option<&Group> {
        self.groups.get(&rid).map(Arc::as_ref)
    }

    /// The groups after a sequence.
    pub fn groups(&self, after: Option<u64>) -> impl Iterator<Item = (u64, &Group)> {
        let listed = self.group_list.range(next(after)..);
        listed.filter_map(|(sequence, rid)| Some((*sequence, self.group_of(*rid)?)))
    }

    /// The groups with a value (in lower case) of one of the attributes, after a relative identifier.
    pub fn groups_with(
        &self,
        attributes: &[&str],
        value: &str,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &Group)> {
        let rids = self.group_values.having(attributes, value, next(after));
        rids.filter_map(|rid| self.group_of(rid).map(|group| (rid, group)))
    }

    /// Adds a group with the next relative identifier, which is also its sequence, and answers the identifier. Those in
    /// `group` are ignored.
    pub fn add_group(&mut self, group: Group) -> u64 {
        let rid = self.take_rid();
        self.put_group(Group { rid, sequence: rid, ..group })
    }

    /// Adds or replaces the group with this relative identifier, and answers the identifier.
    pub fn put_group(&mut self, group: Group) -> u64 {
        let old = self.groups.get(&group.rid).map(|old| old.values()).unwrap_or_default();
        self.group_values.replace(group.rid, &old, &group.values());
        self.names.insert(group.sam_account_name.to_lowercase(), group.rid);
        self.group_list.insert(group.sequence, group.rid);
        let rid = group.rid;
        self.groups.insert(rid, Arc::new(group));
        rid
    }

    /// Removes a group, also from the groups that it is in, with all its memberships.
    pub fn remove_group(&mut self, rid: u64) {
        let Some(group) = self.groups.remove(&rid) else { return };
        self.group_values.replace(rid, &group.values(), &[]);
        self.names.remove(group.sam_account_name.to_lowercase().as_str());
        self.group_list.remove(&group.sequence);
        self.members.forget_member(&rid);
        self.members.forget_group(rid);
        self.foreign_members.forget_group(rid);
    }

    /// Adds a computer with the next relative identifier, and answers the identifier. The one in `computer` is ignored.
    pub fn add_computer(&mut self, computer: Computer) -> u64 {
        let rid = self.take_rid();
        self.names.insert(computer.sam_account_name.to_lowercase(), rid);
        self.computers.insert(rid, Arc::new(Computer { rid, ..computer }));
        rid
    }

    fn take_rid(&mut self) -> u64 {
        let rid = self.next_rid;
        self.next_rid += 1;
        rid
    }
}

/// The first key after another.
fn next(after: Option<u64>) -> u64 {
    after.map_or(0, |last| last.saturating_add(1))
}
