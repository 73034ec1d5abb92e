//! Throttling: how many requests AWS takes of an account, of an organization and for a resource. Off, until a world is
//! told to keep to it.

use std::collections::BTreeMap;

use model::{Refusal, Request, SERVICES, ServiceId, Timestamp};
use rules::{Holder, OperationRate, Rate};
use world::View;

use crate::dispatch;

/// The request rates of all operations of which AWS publishes any, in the order of the services.
pub fn operation_rates() -> Vec<OperationRate> {
    SERVICES.iter().flat_map(|service| dispatch::rates(service.id)).collect()
}

/// Which bucket: of which service, for what, and whose.
type Key = (ServiceId, &'static str, Holder);

/// How full a bucket is, in millionths of a request.
#[derive(Clone, Copy)]
struct Level {
    level: u64,
    at: Timestamp,
}

/// One request in a bucket.
const REQUEST: u64 = 1_000_000;

impl Level {
    fn full(rate: Rate, at: Timestamp) -> Self {
        Self { level: u64::from(rate.burst) * REQUEST, at }
    }

    /// The same bucket at a later time: a millisecond brings back a millionth for each thousandth of a request a
    /// second.
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
    levels: BTreeMap<Key, Level>,
}

impl Rates {
    /// Whether the world keeps to the rates.
    pub fn is_enforced(&self) -> bool {
        self.enforced
    }

    /// Keeps to the rates from here on, with full buckets, or no longer.
    pub fn enforce(&mut self, enforced: bool) {
        *self = Self { enforced, levels: BTreeMap::new() };
    }

    /// Takes a request out of the buckets that it comes from, or refuses it, and then takes nothing.
    pub fn take(&mut self, view: &View<'_>, request: &Request) -> Result<(), Refusal> {
        if !self.enforced {
            return Ok(());
        }
        let Some(throttle) = dispatch::throttle(view, request) else { return Ok(()) };
        let mut taken = Vec::new();
        for bucket in throttle.buckets {
            let key = (view.operation.service.id, bucket.what, bucket.holder);
            let full = Level::full(bucket.rate, view.now);
            let before = self.levels.get(&key).copied().unwrap_or(full).at(bucket.rate, view.now);
            let Some(level) = before.level.checked_sub(REQUEST) else { return Err(throttle.refusal) };
            taken.push((key, Level { level, ..before }));
        }
        self.levels.extend(taken);
        Ok(())
    }
}
