//! Who is in which group.

use imbl::OrdSet;

/// Memberships, indexed by group and by member. A group is named by its relative identifier, a member by an `M`, whose
/// default comes before every other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memberships<M: Clone + Default + Ord> {
    by_group: OrdSet<(u64, M)>,
    by_member: OrdSet<(M, u64)>,
}

impl<M: Clone + Default + Ord> Memberships<M> {
    pub fn has(&self, group: u64, member: M) -> bool {
        self.by_group.contains(&(group, member))
    }

    /// Adds a member. Does nothing where the group has it.
    pub fn add(&mut self, group: u64, member: M) {
        self.by_group.insert((group, member.clone()));
        self.by_member.insert((member, group));
    }

    /// Removes a member. Does nothing where the group does not have it.
    pub fn remove(&mut self, group: u64, member: M) {
        self.by_group.remove(&(group, member.clone()));
        self.by_member.remove(&(member, group));
    }

    /// The members of a group in order, from a name on.
    pub fn members(&self, group: u64, from: M) -> impl Iterator<Item = &M> {
        let listed = self.by_group.range((group, from)..);
        listed.take_while(move |(listed, _)| *listed == group).map(|(_, member)| member)
    }

    /// The groups that have the member in order, from a relative identifier on.
    pub fn groups(&self, member: M, from: u64) -> impl Iterator<Item = u64> {
        let listed = self.by_member.range((member.clone(), from)..=(member, u64::MAX));
        listed.map(|(_, group)| *group)
    }

    /// Every membership: the group and the member.
    pub fn all(&self) -> impl Iterator<Item = &(u64, M)> {
        self.by_group.iter()
    }

    /// Whether both indices have the same memberships.
    pub(super) fn agree(&self) -> bool {
        let is_known = |(group, member): &(u64, M)| self.by_member.contains(&(member.clone(), *group));
        self.by_group.len() == self.by_member.len() && self.by_group.iter().all(is_known)
    }

    /// Removes a member from all its groups.
    pub(super) fn forget_member(&mut self, member: &M) {
        let groups: Vec<u64> = self.groups(member.clone(), 0).collect();
        for group in groups {
            self.remove(group, member.clone());
        }
    }

    /// Removes all members from a group.
    pub(super) fn forget_group(&mut self, group: u64) {
        let members: Vec<M> = self.members(group, M::default()).cloned().collect();
        for member in members {
            self.remove(group, member);
        }
    }
}
