//! Where what policies come to is invalid: a list of accounts that AWS offers, and that nobody need wait for who does
//! not ask for it.
//!
//! A change only notes what it was about. The list is worked out when somebody asks, from the list before and what was
//! noted since: the places that changed, those below them, and the accounts there that have policies of their own. Then
//! it is kept.

use std::sync::OnceLock;

use imbl::OrdSet;
use model::organizations::types::PolicyType;
use model::{AccountId, ParentId};
use policy::management::{Inherited, effective_findings};

use crate::organization::Organization;
use crate::organization::policy::Target;
use crate::world::World;

/// Where the policies of one type come to something invalid.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Invalid {
    /// The root and the units whose accounts have an invalid policy, unless they have policies of their own.
    pub parents: OrdSet<ParentId>,
    /// The accounts that have policies of their own, and an invalid effective policy.
    pub accounts: OrdSet<AccountId>,
}

/// The same, and how it comes to be known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Validity {
    /// What was found when somebody last asked.
    before: Invalid,
    /// What changed since then.
    changed: OrdSet<Target>,
    /// What that comes to, once somebody asks again.
    now: OnceLock<Invalid>,
}

/// It follows from what is attached, which is compared by itself; when it was last worked out makes no difference.
impl PartialEq for Validity {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Validity {}

impl Validity {
    /// Notes that something else may be valid at a target and below it.
    pub(crate) fn changed(&mut self, target: &Target) {
        if let Some(now) = self.now.take() {
            self.before = now;
            self.changed.clear();
        }
        self.changed.insert(target.clone());
    }

    /// Forgets a target that is no more.
    pub(crate) fn forget(&mut self, target: &Target) {
        self.changed.remove(target);
        let invalid = self.now.get_mut().unwrap_or(&mut self.before);
        match target {
            Target::Root => {}
            Target::Unit(id) => _ = invalid.parents.remove(&ParentId::from(id)),
            Target::Account(account) => _ = invalid.accounts.remove(account),
        }
    }
}

impl World {
    /// Where the policies of an enabled type come to something invalid.
    pub fn invalid_policies<'w>(&self, organization: &'w Organization, kind: PolicyType) -> Option<&'w Invalid> {
        let validity = organization.policies.validity(kind)?;
        Some(validity.now.get_or_init(|| self.judged(organization, kind, &validity.before, &validity.changed)))
    }

    /// What was invalid before, with the targets that changed and all below them judged again.
    fn judged(
        &self,
        organization: &Organization,
        kind: PolicyType,
        before: &Invalid,
        changed: &OrdSet<Target>,
    ) -> Invalid {
        let mut invalid = before.clone();
        for target in changed {
            let parent = match target {
                Target::Root => ParentId::from(&organization.root),
                Target::Unit(id) => ParentId::from(id),
                Target::Account(account) => {
                    invalid.accounts.remove(account);
                    continue;
                }
            };
            // What changed above a parent is judged with all that is below it.
            if !organization.up_from(&parent).skip(1).any(|above| changed.contains(&above)) {
                organization.judge_from(kind, &parent, &mut invalid);
            }
        }
        for account in organization.policies.accounts_with(kind).filter_map(|id| self.account(id)) {
            let way = organization.way_up(account.id, account.member());
            if way.iter().any(|target| changed.contains(target)) {
                let is_valid = organization.inherited(kind, &way).is_none_or(|inherited| is_valid(&inherited));
                note(&mut invalid.accounts, account.id, is_valid);
            }
        }
        invalid
    }

    /// What is known of invalid policies, and is not so.
    pub(crate) fn stale_policies(&self, organization: &Organization) -> Vec<String> {
        let mut stale = Vec::new();
        for kind in organization.policies.enabled() {
            let anew = self.judged(organization, kind, &Invalid::default(), &OrdSet::unit(Target::Root));
            if self.invalid_policies(organization, kind) != Some(&anew) {
                stale.push(format!("{} knows something else of invalid policies of {kind:?}", organization.id));
            }
            for account in organization.members.values() {
                let has_own = !organization.own_policies(kind, &Target::Account(*account)).is_empty();
                if has_own != organization.policies.has_own(kind, *account) {
                    stale.push(format!("{account} has policies of {kind:?} of its own: {has_own}"));
                }
            }
        }
        stale
    }
}

impl Organization {
    /// Judges a root or unit and the units below it.
    fn judge_from(&self, kind: PolicyType, parent: &ParentId, invalid: &mut Invalid) {
        let way: Vec<Target> = self.up_from(parent).collect();
        if let Some(inherited) = self.inherited(kind, &way) {
            note(&mut invalid.parents, parent.clone(), is_valid(&inherited));
            self.judge_below(kind, parent, &inherited, invalid);
        }
    }

    /// Judges the units below a root or unit that hands this down.
    fn judge_below(&self, kind: PolicyType, parent: &ParentId, inherited: &Inherited, invalid: &mut Invalid) {
        let holds = !invalid.parents.contains(parent);
        for unit in self.children(parent).into_iter().flat_map(|children| children.units.values()) {
            let (parent, own) = (ParentId::from(unit), self.own_policies(kind, &Target::Unit(unit.clone())));
            let inherited = inherited.merge(&own);
            let holds = if own.is_empty() { holds } else { is_valid(&inherited) };
            note(&mut invalid.parents, parent.clone(), holds);
            self.judge_below(kind, &parent, &inherited, invalid);
        }
    }
}

fn is_valid(inherited: &Inherited) -> bool {
    inherited.effective().is_none_or(|effective| effective_findings(&effective).is_empty())
}

fn note<T: Clone + Ord>(invalid: &mut OrdSet<T>, what: T, is_valid: bool) {
    if is_valid {
        invalid.remove(&what);
    } else {
        invalid.insert(what);
    }
}
