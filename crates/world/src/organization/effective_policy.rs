//! Effective policies: the merge of policies along the path from the root to an account.
//!
//! They are merged when a call asks for them and not kept. A path has seven targets at most. So attaching a policy
//! costs the same wherever it is attached, and no call looks at other branches of the tree.

use std::iter;

use model::organizations::types::PolicyType;
use model::{AccountId, ParentId, Timestamp};
use policy::management::{AttachedPolicy, Effective, Inherited, Kind};

use crate::organization::Organization;
use crate::organization::account::Membership;
use crate::organization::policy::Target;

impl Organization {
    /// The effective policy of a type for a member, and when it last changed. None where no policy applies.
    pub fn effective_policy(
        &self,
        kind: PolicyType,
        account: AccountId,
        membership: &Membership,
    ) -> Option<(Effective, Timestamp)> {
        let path = self.path_up(account, membership);
        let effective = self.inherited(kind, &path)?.effective()?;
        let attached = path.iter().filter_map(|target| self.policies.changed_at(kind, target));
        let written = path
            .iter()
            .flat_map(|target| self.policies.attached_to(kind, target, 0))
            .map(|(_, policy)| policy.changed_at);
        Some((effective, attached.chain(written).fold(membership.placed_at, Timestamp::max)))
    }

    /// A member, and every target above it, the root last.
    pub(crate) fn path_up(&self, account: AccountId, membership: &Membership) -> Vec<Target> {
        iter::once(Target::Account(account)).chain(self.up_from(&membership.parent)).collect()
    }

    /// The merge of the policies of a type along a path to the root. None for types that do not merge.
    pub(crate) fn inherited(&self, kind: PolicyType, path: &[Target]) -> Option<Inherited> {
        let nothing = Inherited::nothing(Kind::of(kind.as_str())?);
        Some(path.iter().rev().fold(nothing, |inherited, target| inherited.merge(&self.own_policies(kind, target))))
    }

    /// The policies of a merging type that are attached to a target.
    pub(crate) fn own_policies(&self, kind: PolicyType, target: &Target) -> Vec<AttachedPolicy> {
        let own = self.policies.attached_to(kind, target, 0);
        own.filter_map(|(_, policy)| Some(AttachedPolicy::new(policy.id.as_str(), policy.merging()?.clone()))).collect()
    }

    /// A root or unit, and every target above it, the root last.
    pub(crate) fn up_from(&self, parent: &ParentId) -> impl Iterator<Item = Target> {
        let units = self.units_above(parent).into_iter().map(|unit| Target::Unit(unit.id.clone()));
        units.chain([Target::Root])
    }
}
