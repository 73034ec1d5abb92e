//! Effective policies: the merge of policies along the path from the root to an account.
//!
//! They are merged when a call asks for them and not kept. A path has seven targets at most. So attaching a policy
//! costs the same wherever it is attached, and no call looks at other branches of the tree.

use std::iter;
use std::time::Duration;

use model::organizations::types::PolicyType;
use model::{AccountId, ParentId, Timestamp};
use policy::management::{AttachedPolicy, Effective, EffectiveFinding, Inherited, Kind, effective_findings};

use crate::organization::Organization;
use crate::organization::account::Membership;
use crate::organization::policy::{Policies, Target};
use crate::world::World;

/// So long AWS takes until an effective policy shows a change.
// Recorded: captures of radkawar/stackd, 9dc356f, organizations_policy_publication: from 0.4 to 3.9 seconds.
const PUBLICATION: Duration = Duration::from_millis(2500);

/// What is published of the policies of a type for an account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EffectivePolicy {
    /// The latest effective policy that is valid. It is empty where none ever was.
    pub valid: Effective,
    /// Why the latest effective policy is invalid.
    pub findings: Vec<EffectiveFinding>,
    /// When the latest effective policy was published.
    pub changed_at: Timestamp,
}

impl World {
    /// What is published of the policies of a type for a member. None where the type is not enabled.
    // Recorded: captures of radkawar/stackd, 9dc356f, organizations_policy_publication and organizations_policy_limits.
    // An invalid policy is withheld and the one before it stays, but the time of the last update advances. Inferred:
    // what an account inherits from a new parent is published at once.
    pub fn effective_policy(
        &self,
        organization: &Organization,
        kind: PolicyType,
        account: AccountId,
        membership: &Membership,
        now: Timestamp,
    ) -> Option<EffectivePolicy> {
        if !organization.policies.is_enabled(kind) {
            return None;
        }
        let delay = self.settings.pace.scale(PUBLICATION);
        let path = organization.path_up(account, membership);
        let versions = organization.earlier_policies.published(kind, &organization.policies, delay, now);
        let mut versions = versions.into_iter().filter(|policies| policies.is_enabled(kind));
        let latest = versions.next()?;
        let changed_at = latest.changed_along(kind, &path)?.after(delay).max(membership.placed_at);
        let effective = |policies: &Policies| policies.inherited(kind, &path).map(|inherited| inherited.effective());
        let latest = effective(latest)?;
        let findings = effective_findings(&latest);
        if findings.is_empty() {
            return Some(EffectivePolicy { valid: latest, findings, changed_at });
        }
        let valid = versions.filter_map(effective).find(|effective| effective_findings(effective).is_empty());
        let nothing = Inherited::nothing(latest.kind()).effective();
        Some(EffectivePolicy { valid: valid.unwrap_or(nothing), findings, changed_at })
    }
}

impl Policies {
    /// The merge of the policies of a type along a path to the root. None for types that do not merge.
    pub(crate) fn inherited(&self, kind: PolicyType, path: &[Target]) -> Option<Inherited> {
        let nothing = Inherited::nothing(Kind::of(kind.as_str())?);
        Some(path.iter().rev().fold(nothing, |inherited, target| inherited.merge(&self.own(kind, target))))
    }

    /// The policies of a merging type that are attached to a target.
    pub(crate) fn own(&self, kind: PolicyType, target: &Target) -> Vec<AttachedPolicy> {
        let own = self.attached_to(kind, target, 0);
        own.filter_map(|(_, policy)| Some(AttachedPolicy::new(policy.id.as_str(), policy.merging()?.clone()))).collect()
    }

    /// When something last changed along a path: the type was enabled, a policy was attached or detached, or an
    /// attached policy was updated. None where the type is not enabled.
    fn changed_along(&self, kind: PolicyType, path: &[Target]) -> Option<Timestamp> {
        let attached = path.iter().filter_map(|target| self.changed_at(kind, target));
        let written = path.iter().flat_map(|target| self.attached_to(kind, target, 0));
        let written = written.map(|(_, policy)| policy.changed_at);
        Some(attached.chain(written).fold(self.enabled_at(kind)?, Timestamp::max))
    }
}

impl Organization {
    /// A member, and every target above it, the root last.
    pub(crate) fn path_up(&self, account: AccountId, membership: &Membership) -> Vec<Target> {
        iter::once(Target::Account(account)).chain(self.up_from(&membership.parent)).collect()
    }

    /// A root or unit, and every target above it, the root last.
    pub(crate) fn up_from(&self, parent: &ParentId) -> impl Iterator<Item = Target> {
        let units = self.units_above(parent).into_iter().map(|unit| Target::Unit(unit.id.clone()));
        units.chain([Target::Root])
    }
}
