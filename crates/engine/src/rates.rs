//! Throttling: how many requests AWS accepts from an account, from an organization and for a resource. Off by default.

use std::collections::BTreeMap;

use model::{Refusal, Request, SERVICES, ServiceId, Timestamp};
use rules::{Holder, OperationRate, Rate};
use world::View;

use crate::dispatch;

/// The published request rates of all operations, in the order of the services.
pub fn operation_rates() -> Vec<OperationRate> {
    SERVICES.iter().flat_map(|service| dispatch::rates(service.id)).collect()
}

/// The service, operations and holder of a bucket.
type BucketKey = (ServiceId, &'static str, Holder);

/// How full a bucket was at a time.
#[derive(Clone, Copy)]
struct BucketLevel {
    /// In millionths of a request.
    level: u64,
    at: Timestamp,
}

/// One request, in the unit of [`BucketLevel::level`].
const REQUEST: u64 = 1_000_000;

impl BucketLevel {
    fn full(rate: Rate, at: Timestamp) -> Self {
        Self { level: u64::from(rate.burst) * REQUEST, at }
    }

    /// The level of the same bucket at a later time. A thousandth of a request per second is a millionth of a request
    /// per millisecond.
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
    levels: BTreeMap<BucketKey, BucketLevel>,
}

impl Rates {
    pub fn is_enforced(&self) -> bool {
        self.enforced
    }

    /// Turns the rates on, with full buckets, or off.
    pub fn enforce(&mut self, enforced: bool) {
        *self = Self { enforced, levels: BTreeMap::new() };
    }

    /// Takes a request from each of its buckets. Where one is empty, refuses the request and takes nothing.
    pub fn take(&mut self, view: &View<'_>, request: &Request) -> Result<(), Refusal> {
        if !self.enforced {
            return Ok(());
        }
        let Some(throttle) = dispatch::throttle(view, request) else { return Ok(()) };
        let mut taken = Vec::new();
        for bucket in throttle.buckets {
            let key = (view.operation.service.id, bucket.operations, bucket.holder);
            let full = BucketLevel::full(bucket.rate, view.now);
            let before = self.levels.get(&key).copied().unwrap_or(full).at(bucket.rate, view.now);
            let Some(level) = before.level.checked_sub(REQUEST) else { return Err(throttle.refusal) };
            taken.push((key, BucketLevel { level, ..before }));
        }
        self.levels.extend(taken);
        Ok(())
    }
}
