//! Throttling: how many requests AWS takes of an account and of an organization. Off, until a world is told to keep to it.

use std::collections::BTreeMap;

use model::organizations::SERVICE;
use model::{AccountId, Operation, OrganizationId, Refusal, Timestamp};
use organizations::Rate;
use world::View;

/// Who has a bucket.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Holder {
    Account(AccountId),
    Organization(OrganizationId),
}

/// A bucket of requests, in millionths of one.
#[derive(Clone, Copy)]
struct Bucket {
    level: u64,
    at: Timestamp,
}

/// One request in a bucket.
const REQUEST: u64 = 1_000_000;

impl Bucket {
    fn full(rate: Rate, at: Timestamp) -> Self {
        Self { level: u64::from(rate.burst) * REQUEST, at }
    }

    /// The same bucket at a later time: a millisecond brings back a millionth for each thousandth of a request a second.
    fn at(self, rate: Rate, now: Timestamp) -> Self {
        let elapsed = u64::try_from(now.since(self.at).as_millis()).unwrap_or(u64::MAX);
        let level = self.level.saturating_add(elapsed.saturating_mul(u64::from(rate.per_1000_s)));
        Self { level: level.min(Self::full(rate, now).level), at: now }
    }
}

/// The buckets of a world.
#[derive(Default)]
pub struct Rates {
    enforced: bool,
    buckets: BTreeMap<(&'static str, Holder), Bucket>,
}

impl Rates {
    /// Whether the world keeps to the rates.
    pub fn is_enforced(&self) -> bool {
        self.enforced
    }

    /// Keeps to the rates from here on, with full buckets, or no longer.
    pub fn enforce(&mut self, enforced: bool) {
        *self = Self { enforced, buckets: BTreeMap::new() };
    }

    /// Takes a request out of the buckets that it comes from, or refuses it, and then takes nothing.
    pub fn take(&mut self, view: &View<'_>, operation: &'static Operation) -> Result<(), Refusal> {
        if !self.enforced || operation.service.id != SERVICE.id {
            return Ok(());
        }
        let Some(row) = organizations::request_rate(operation.name) else { return Ok(()) };
        let organization = view.world.organization_of(view.caller.account);
        let of_organization = row.organization.zip(organization);
        let holders = [
            Some((row.account, Holder::Account(view.caller.account))),
            of_organization.map(|(rate, organization)| (rate, Holder::Organization(organization.id.clone()))),
        ];
        let mut taken = Vec::new();
        for (rate, holder) in holders.into_iter().flatten() {
            let key = (operation.name, holder);
            let bucket = self.buckets.get(&key).copied().unwrap_or(Bucket::full(rate, view.now)).at(rate, view.now);
            let level = bucket.level.checked_sub(REQUEST).ok_or_else(organizations::too_many_requests)?;
            taken.push((key, Bucket { level, ..bucket }));
        }
        self.buckets.extend(taken);
        Ok(())
    }
}
