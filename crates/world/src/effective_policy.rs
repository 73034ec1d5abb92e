//! What policies that merge come to, on the way from the root to an account.
//!
//! The root and each unit with policies of its own keep what they hand down, and a change works out again what it touches: the
//! place that changed, and the places below it that have policies too. All others hand down what is handed to them, and an account's own
//! policies are merged in when somebody asks. So no change looks at accounts, and no question at other branches of the tree.

use model::organizations::types::PolicyType;
use model::{AccountId, ParentId, Timestamp};
use policy::management::{Attached, Effective, Inherited, Kind, effective_faults};

use crate::organization::Organization;
use crate::policy::Target;

/// What a root or unit with policies of its own hands down.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HandedDown {
    /// The merge of all policies from the root to here.
    pub inherited: Inherited,
    /// Whether accounts that get just this have a valid policy.
    pub is_valid: bool,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl Organization {
    /// Works out again what policies of a type come to at a place where they changed, and below it.
    pub fn evaluate_policies(&mut self, kind: PolicyType, changed: &Target, now: Timestamp) {
        let Some(merging) = Kind::of(kind.as_str()) else { return };
        match changed {
            Target::Account(account) => self.policies.keep_account(kind, *account, now),
            Target::Root => self.evaluate_below(kind, &ParentId::from(&self.root), &Inherited::nothing(merging), now),
            Target::Unit(id) => {
                let above = self.unit(id).and_then(|unit| self.handed_to(kind, &unit.parent));
                let above = above.map_or_else(|| Inherited::nothing(merging), |handed| handed.inherited.clone());
                self.evaluate_below(kind, &ParentId::from(id), &above, now);
            }
        }
    }

    /// `above` is what is handed to the place.
    fn evaluate_below(&mut self, kind: PolicyType, place: &ParentId, above: &Inherited, now: Timestamp) {
        let target = self.target_of(place);
        let own = self.own_policies(kind, &target);
        let here = above.merge(&own);
        let handed = (!own.is_empty()).then(|| HandedDown {
            is_valid: here.effective().is_none_or(|effective| effective_faults(&effective).is_empty()),
            inherited: here.clone(),
            changed_at: now,
        });
        self.policies.keep_handed_down(kind, &target, handed);
        for unit in
            self.children(place).into_iter().flat_map(|children| children.units.values().cloned()).collect::<Vec<_>>()
        {
            self.evaluate_below(kind, &ParentId::from(&unit), &here, now);
        }
    }

    /// What is handed to whatever is directly in a root or unit: by itself, or by the nearest place above that has policies.
    pub fn handed_to(&self, kind: PolicyType, place: &ParentId) -> Option<&HandedDown> {
        let above = self.units_above(place).into_iter().map(|unit| Target::Unit(unit.id.clone()));
        above.chain([Target::Root]).find_map(|target| self.policies.handed_down(kind, &target))
    }

    /// The policy of a type that an account directly in `place` gets, and when that last changed. None where no policy applies.
    pub fn effective_policy(
        &self,
        kind: PolicyType,
        account: AccountId,
        place: &ParentId,
    ) -> Option<(Effective, Timestamp)> {
        let merging = Kind::of(kind.as_str())?;
        let handed = self.handed_to(kind, place);
        let own = self.own_policies(kind, &Target::Account(account));
        let inherited = handed.map_or_else(|| Inherited::nothing(merging), |handed| handed.inherited.clone());
        let changed_at = handed.map(|handed| handed.changed_at).max(self.policies.account_changed_at(kind, account))?;
        Some((inherited.merge(&own).effective()?, changed_at))
    }

    fn own_policies(&self, kind: PolicyType, target: &Target) -> Vec<Attached> {
        let own = self.policies.attached_to(kind, target, 0);
        own.filter_map(|(_, policy)| Some(Attached::new(policy.id.as_str(), policy.merging()?.clone()))).collect()
    }

    /// The root or unit as a target.
    pub fn target_of(&self, place: &ParentId) -> Target {
        if *place == ParentId::from(&self.root) { Target::Root } else { Target::Unit(place.as_unit()) }
    }
}
