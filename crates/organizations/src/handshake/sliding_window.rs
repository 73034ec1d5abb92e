//! Sliding windows: the recent events that a quota over a time counts.

use std::time::Duration;

use imbl::OrdMap;
use model::Timestamp;

/// Drops the events that are older than `window`.
pub fn drop_before<K: Clone + Ord, V: Clone>(events: &mut OrdMap<(Timestamp, K), V>, now: Timestamp, window: Duration) {
    let oldest = |events: &OrdMap<(Timestamp, K), V>| {
        events.get_min().map(|(key, _)| key.clone()).filter(|(at, _)| now.since(*at) >= window)
    };
    while let Some(key) = oldest(events) {
        events.remove(&key);
    }
}
