//! Policies as they were before their last changes.
//!
//! AWS shows a change of effective policies after a while, and never shows an invalid one. So earlier policies count. A
//! version shares with the next one what did not change.

use std::time::Duration;

use imbl::{OrdMap, Vector};
use model::Timestamp;
use model::organizations::types::PolicyType;
use policy::management::Kind;

use crate::organization::policy::Policies;

/// So many earlier versions are kept of each type.
const VERSIONS_MAX: usize = 64;

/// The policies of an organization before each change, by the type that changed, the oldest first. Of types that merge.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct EarlierPolicies(OrdMap<PolicyType, Vector<Version>>);

/// The policies until a change.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Version {
    policies: Policies,
    until: Timestamp,
}

impl EarlierPolicies {
    /// Keeps the policies as they are before a change of one type.
    pub(crate) fn keep(&mut self, kind: PolicyType, policies: &Policies, now: Timestamp) {
        if Kind::of(kind.as_str()).is_none() {
            return;
        }
        let versions = self.0.entry(kind).or_default();
        versions.push_back(Version { policies: policies.clone(), until: now });
        if versions.len() > VERSIONS_MAX {
            versions.pop_front();
        }
    }

    /// The versions that were published until now, `current` among them, the latest first. A version is published if
    /// nothing of the type changes until a delay is over.
    pub(crate) fn published<'p>(
        &'p self,
        kind: PolicyType,
        current: &'p Policies,
        delay: Duration,
        now: Timestamp,
    ) -> Vec<&'p Policies> {
        let mut published = Vec::new();
        let mut since = None;
        let earlier = self.0.get(&kind).into_iter().flatten();
        let earlier = earlier.map(|version| (&version.policies, version.until));
        for (policies, until) in earlier.chain([(current, now)]) {
            if since.is_none_or(|since: Timestamp| since.after(delay) <= until) {
                published.push(policies);
            }
            since = Some(until);
        }
        published.reverse();
        published
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_of_fast_changes_is_published() {
        let kind = PolicyType::TagPolicy;
        let (at, delay) = (Timestamp::from_millis, Duration::from_millis(100));
        let mut earlier = EarlierPolicies::default();
        let mut policies = Policies::default();
        for millis in [1000, 1050, 1060] {
            earlier.keep(kind, &policies, at(millis));
            policies.enable(kind, at(millis));
        }
        let enabled = |now: i64| -> Vec<Option<Timestamp>> {
            let published = earlier.published(kind, &policies, delay, at(now));
            published.into_iter().map(|policies| policies.enabled_at(kind)).collect()
        };
        assert_eq!(enabled(1159), [None]);
        assert_eq!(enabled(1160), [Some(at(1060)), None]);
    }

    #[test]
    fn so_many_are_kept() {
        let mut earlier = EarlierPolicies::default();
        for millis in 0..100 {
            earlier.keep(PolicyType::TagPolicy, &Policies::default(), Timestamp::from_millis(millis));
            earlier.keep(PolicyType::ServiceControlPolicy, &Policies::default(), Timestamp::from_millis(millis));
        }
        let count = |kind| {
            let now = Timestamp::from_millis(100);
            earlier.published(kind, &Policies::default(), Duration::ZERO, now).len()
        };
        assert_eq!(count(PolicyType::TagPolicy), VERSIONS_MAX + 1);
        assert_eq!(count(PolicyType::ServiceControlPolicy), 1);
    }
}
