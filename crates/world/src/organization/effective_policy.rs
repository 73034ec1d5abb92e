//! What policies that merge come to, on the way from the root to an account.
//!
//! Nothing of it is kept: at most seven places are on the way, and they are merged when somebody asks. So attaching a
//! policy costs the same wherever it is attached, and no question looks at other branches of the tree.

use std::iter;

use model::organizations::types::PolicyType;
use model::{AccountId, ParentId, Timestamp};
use policy::management::{AttachedPolicy, Effective, Inherited, Kind};

use crate::organization::Organization;
use crate::organization::account::Membership;
use crate::organization::policy::Target;

impl Organization {
    /// The policy of a type that a member gets, and when that last changed. None where no policy applies.
    pub fn effective_policy(
        &self,
        kind: PolicyType,
        account: AccountId,
        membership: &Membership,
    ) -> Option<(Effective, Timestamp)> {
        let way = self.way_up(account, membership);
        let effective = self.inherited(kind, &way)?.effective()?;
        let attached = way.iter().filter_map(|target| self.policies.changed_at(kind, target));
        let written = way
            .iter()
            .flat_map(|target| self.policies.attached_to(kind, target, 0))
            .map(|(_, policy)| policy.changed_at);
        Some((effective, attached.chain(written).fold(membership.placed_at, Timestamp::max)))
    }

    /// A member and all that is above it.
    pub(crate) fn way_up(&self, account: AccountId, membership: &Membership) -> Vec<Target> {
        iter::once(Target::Account(account)).chain(self.up_from(&membership.parent)).collect()
    }

    /// The merge of the policies on a way up to the root; none of types that do not merge.
    pub(crate) fn inherited(&self, kind: PolicyType, way: &[Target]) -> Option<Inherited> {
        let nothing = Inherited::nothing(Kind::of(kind.as_str())?);
        Some(way.iter().rev().fold(nothing, |inherited, target| inherited.merge(&self.own_policies(kind, target))))
    }

    /// The policies of a type that are attached to one place and merge.
    pub(crate) fn own_policies(&self, kind: PolicyType, target: &Target) -> Vec<AttachedPolicy> {
        let own = self.policies.attached_to(kind, target, 0);
        own.filter_map(|(_, policy)| Some(AttachedPolicy::new(policy.id.as_str(), policy.merging()?.clone()))).collect()
    }

    /// A root or unit and all that is above it, the root last.
    pub(crate) fn up_from(&self, parent: &ParentId) -> impl Iterator<Item = Target> {
        let units = self.units_above(parent).into_iter().map(|unit| Target::Unit(unit.id.clone()));
        units.chain([Target::Root])
    }
}
