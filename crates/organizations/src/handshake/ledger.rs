//! What happened lately, in order of time: what quotas over a stretch of time count.

use std::time::Duration;

use imbl::OrdMap;
use model::Timestamp;

/// Drops what lies further back than `window`.
pub fn forget_before<K: Clone + Ord, V: Clone>(
    ledger: &mut OrdMap<(Timestamp, K), V>,
    now: Timestamp,
    window: Duration,
) {
    let oldest = |ledger: &OrdMap<(Timestamp, K), V>| {
        ledger.get_min().map(|(key, _)| key.clone()).filter(|(at, _)| now.since(*at) >= window)
    };
    while let Some(key) = oldest(ledger) {
        ledger.remove(&key);
    }
}
