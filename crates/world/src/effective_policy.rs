//! What policies that merge come to, on the way from the root to an account.
//!
//! The root and each unit with policies of its own keep what they hand down, and a change works out again what it touches: the
//! places that changed, and the places below them that have policies too. All others hand down what is handed to them, and an account's own
//! policies are merged in when somebody asks. So no change looks at accounts, and no question at other branches of the tree.

use std::collections::BTreeSet;

use model::organizations::types::PolicyType;
use model::{AccountId, ParentId, Timestamp};
use policy::management::{Attached, Effective, Inherited, Kind, effective_faults};

use crate::account::Membership;
use crate::organization::Organization;
use crate::policy::{Policy, Target};

/// What a root or unit with policies of its own hands down.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HandedDown {
    /// The merge of all policies from the root to here.
    pub inherited: Inherited,
    /// Whether accounts that get just this have a valid policy.
    pub is_valid: bool,
}

impl Organization {
    /// Works out again what policies of a type come to where one was attached or detached, and below it.
    pub fn attachments_changed(&mut self, kind: PolicyType, target: &Target, now: Timestamp) {
        let Some(merging) = Kind::of(kind.as_str()) else { return };
        self.policies.keep_change(kind, target, now);
        if !matches!(target, Target::Account(_)) {
            self.evaluate(kind, merging, &BTreeSet::from([target.clone()]));
        }
    }

    /// Works out again what policies of a type come to where one of them is attached which says something else now, and below.
    pub fn policy_changed(&mut self, policy: &Policy) {
        let Some(merging) = Kind::of(policy.kind.as_str()) else { return };
        let places = self.policies.all_handed_down(policy.kind).map(|(place, _)| place);
        let changed = places.filter(|place| self.policies.is_attached(policy, place)).cloned().collect();
        self.evaluate(policy.kind, merging, &changed);
    }

    /// From the top down, so that each place finds above it what is handed down already.
    fn evaluate(&mut self, kind: PolicyType, merging: Kind, changed: &BTreeSet<Target>) {
        let places = self.policies.all_handed_down(kind).map(|(place, _)| place);
        let below = places.filter(|place| self.above(place).iter().any(|above| changed.contains(above)));
        let stale: BTreeSet<(usize, Target)> =
            changed.iter().chain(below).map(|place| (self.above(place).len(), place.clone())).collect();
        for (_, place) in stale {
            let handed = self.evaluated(kind, merging, &place);
            self.policies.keep_handed_down(kind, &place, handed);
        }
    }

    /// What a root or unit hands down; none where it has no policies of its own.
    fn evaluated(&self, kind: PolicyType, merging: Kind, place: &Target) -> Option<HandedDown> {
        let own = self.own_policies(kind, place);
        let above = self.above(place).into_iter().find_map(|above| self.policies.handed_down(kind, &above));
        let inherited = match above {
            Some(handed) => handed.inherited.merge(&own),
            None => Inherited::nothing(merging).merge(&own),
        };
        let is_valid = inherited.effective().is_none_or(|effective| effective_faults(&effective).is_empty());
        (!own.is_empty()).then_some(HandedDown { inherited, is_valid })
    }

    /// The units above a unit, the nearest first, and then the root; nothing above the root.
    fn above(&self, place: &Target) -> Vec<Target> {
        match place {
            Target::Unit(id) => self.unit(id).map(|unit| self.up_from(&unit.parent)).unwrap_or_default(),
            Target::Root | Target::Account(_) => Vec::new(),
        }
    }

    /// A root or unit and all that is above it, the root last.
    fn up_from(&self, place: &ParentId) -> Vec<Target> {
        let units = self.units_above(place).into_iter().map(|unit| Target::Unit(unit.id.clone()));
        units.chain([Target::Root]).collect()
    }

    /// The policy of a type that a member gets, and when that last changed. None where no policy applies.
    pub fn effective_policy(
        &self,
        kind: PolicyType,
        account: AccountId,
        membership: &Membership,
    ) -> Option<(Effective, Timestamp)> {
        let merging = Kind::of(kind.as_str())?;
        let mut way = self.up_from(&membership.parent);
        let handed = way.iter().find_map(|place| self.policies.handed_down(kind, place));
        let own = self.own_policies(kind, &Target::Account(account));
        let inherited = handed.map_or_else(|| Inherited::nothing(merging), |handed| handed.inherited.clone());
        let effective = inherited.merge(&own).effective()?;
        way.push(Target::Account(account));
        let attached = way.iter().filter_map(|target| self.policies.changed_at(kind, target));
        let written = way
            .iter()
            .flat_map(|target| self.policies.attached_to(kind, target, 0))
            .map(|(_, policy)| policy.changed_at);
        Some((effective, attached.chain(written).fold(membership.placed_at, Timestamp::max)))
    }

    fn own_policies(&self, kind: PolicyType, target: &Target) -> Vec<Attached> {
        let own = self.policies.attached_to(kind, target, 0);
        own.filter_map(|(_, policy)| Some(Attached::new(policy.id.as_str(), policy.merging()?.clone()))).collect()
    }

    /// What is kept of policies that merge, and is not what they come to.
    pub(crate) fn stale_policies(&self) -> Vec<String> {
        let mut stale = Vec::new();
        for kind in self.policies.enabled() {
            let Some(merging) = Kind::of(kind.as_str()) else { continue };
            let units = self.units.keys().cloned().map(Target::Unit);
            for place in units.chain([Target::Root]) {
                if self.policies.handed_down(kind, &place) != self.evaluated(kind, merging, &place).as_ref() {
                    stale.push(format!("{place:?} hands down something else of {kind:?}"));
                }
            }
            for account in self.members.values() {
                let has_own = self.policies.attached_to(kind, &Target::Account(*account), 0).next().is_some();
                if has_own != self.policies.has_own(kind, *account) {
                    stale.push(format!("{account} has policies of {kind:?} of its own: {has_own}"));
                }
            }
        }
        stale
    }
}
