//! Accounts and units whose effective policy is invalid. Computed when listed.

use imbl::OrdSet;
use model::ParentId;
use model::organizations::types::PolicyType;
use policy::management::{Inherited, effective_findings};

use crate::organization::Organization;
use crate::organization::invalid_policies::Invalid;
use crate::organization::policy::Target;
use crate::world::World;

impl World {
    /// Where the effective policies of a type are invalid. None where the type is not enabled.
    pub fn invalid_policies<'w>(&self, organization: &'w Organization, kind: PolicyType) -> Option<&'w Invalid> {
        let validity = organization.policies.validity(kind)?;
        Some(validity.now.get_or_init(|| self.recompute(organization, kind, &validity.before, &validity.changed)))
    }

    /// The result from `before`, with the targets that changed and everything below them validated again.
    fn recompute(
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
            // A change above this parent validates it too.
            if !organization.up_from(&parent).skip(1).any(|above| changed.contains(&above)) {
                organization.validate_from(kind, &parent, &mut invalid);
            }
        }
        for account in organization.policies.accounts_with(kind).filter_map(|id| self.account(id)) {
            let path = organization.path_up(account.id, account.member());
            if path.iter().any(|target| changed.contains(target)) {
                let is_valid =
                    organization.policies.inherited(kind, &path).is_none_or(|inherited| has_no_findings(&inherited));
                note(&mut invalid.accounts, account.id, is_valid);
            }
        }
        invalid
    }

    /// Where the kept results differ from new ones, as sentences.
    pub(crate) fn stale_policies(&self, organization: &Organization) -> Vec<String> {
        let mut stale = Vec::new();
        for kind in organization.policies.enabled() {
            let fresh = self.recompute(organization, kind, &Invalid::default(), &OrdSet::unit(Target::Root));
            if self.invalid_policies(organization, kind) != Some(&fresh) {
                stale.push(format!("{} knows something else of invalid policies of {kind:?}", organization.id));
            }
            for account in organization.members.values() {
                let has_own = !organization.policies.own(kind, &Target::Account(*account)).is_empty();
                if has_own != organization.policies.has_own(kind, *account) {
                    stale.push(format!("{account} has policies of {kind:?} of its own: {has_own}"));
                }
            }
        }
        stale
    }
}

impl Organization {
    /// Validates a root or unit and the units below it.
    fn validate_from(&self, kind: PolicyType, parent: &ParentId, invalid: &mut Invalid) {
        let path: Vec<Target> = self.up_from(parent).collect();
        if let Some(inherited) = self.policies.inherited(kind, &path) {
            note(&mut invalid.parents, parent.clone(), has_no_findings(&inherited));
            self.validate_below(kind, parent, &inherited, invalid);
        }
    }

    /// Validates the units below a root or unit that hands down `inherited`.
    fn validate_below(&self, kind: PolicyType, parent: &ParentId, inherited: &Inherited, invalid: &mut Invalid) {
        let parent_is_valid = !invalid.parents.contains(parent);
        for unit in self.children(parent).into_iter().flat_map(|children| children.units.values()) {
            let (parent, own) = (ParentId::from(unit), self.policies.own(kind, &Target::Unit(unit.clone())));
            let inherited = inherited.merge(&own);
            let is_valid = if own.is_empty() { parent_is_valid } else { has_no_findings(&inherited) };
            note(&mut invalid.parents, parent.clone(), is_valid);
            self.validate_below(kind, &parent, &inherited, invalid);
        }
    }
}

fn has_no_findings(inherited: &Inherited) -> bool {
    effective_findings(&inherited.effective()).is_empty()
}

fn note<T: Clone + Ord>(invalid: &mut OrdSet<T>, what: T, is_valid: bool) {
    if is_valid {
        invalid.remove(&what);
    } else {
        invalid.insert(what);
    }
}
