//! Invariants of a domain.

use model::DirectoryId;

use super::{Domain, Object};

impl Domain {
    /// Checks that what a directory's domain keeps twice agrees, and that every member may be in its group.
    pub(crate) fn invariants(&self, id: &DirectoryId, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        let rids = self.users.keys().chain(self.groups.keys()).chain(self.computers.keys());
        let mut n_objects = 0;
        for rid in rids {
            n_objects += 1;
            let object = self.object_of(*rid);
            let named = object.is_some_and(|found| {
                found.rid() == *rid && self.names.get(found.sam_account_name().to_lowercase().as_str()) == Some(rid)
            });
            hold(named, &|| format!("{rid} of {id} is not found by its name"));
            hold(*rid < self.next_rid, &|| format!("{rid} of {id} would be given again"));
        }
        hold(n_objects == self.names.len(), &|| format!("{id} has {n_objects} objects, and not as many names"));
        let mut n_values = (0, 0);
        for user in self.users.values() {
            let values = unique(user.values());
            n_values.0 += values.len();
            let listed = values.iter().all(|value| self.user_values.has(value, user.rid));
            hold(listed, &|| format!("{} of {id} is not found by all its values", user.rid));
        }
        for group in self.groups.values() {
            let values = unique(group.values());
            n_values.1 += values.len();
            let listed = values.iter().all(|value| self.group_values.has(value, group.rid));
            hold(listed, &|| format!("{} of {id} is not found by all its values", group.rid));
            let placed = self.group_list.get(&group.sequence) == Some(&group.rid);
            hold(placed, &|| format!("{} of {id} is not listed", group.rid));
        }
        hold(self.group_list.len() == self.groups.len(), &|| format!("{id} lists unknown groups"));
        let counted = (self.user_values.count(), self.group_values.count());
        hold(counted == n_values, &|| format!("{id} is searched for {counted:?} values and has {n_values:?}"));
        hold(self.client_tokens.agree(), &|| format!("{id} forgets a client token at the wrong time"));
        self.membership_invariants(id, hold);
    }

    fn membership_invariants(&self, id: &DirectoryId, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        let agree = self.members.agree() && self.foreign_members.agree();
        hold(agree, &|| format!("members and groups of {id} do not agree"));
        for (group, member) in self.members.all() {
            let (found, object) = (self.group_of(*group), self.object_of(*member));
            let allowed = found.zip(object).is_some_and(|(group, member)| group.may_hold(member));
            hold(allowed, &|| format!("{group} of {id} may not have the member {member}"));
            let is_primary = object.and_then(Object::primary_group) == Some(*group);
            hold(!is_primary, &|| format!("{member} of {id} is twice in {group}"));
        }
        for (group, _) in self.foreign_members.all() {
            hold(self.groups.contains_key(group), &|| format!("{group} of {id} is gone and has members"));
        }
    }
}

/// The values without duplicates.
fn unique<V: PartialEq>(values: Vec<V>) -> Vec<V> {
    let mut found: Vec<V> = Vec::with_capacity(values.len());
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}
