//! Where a directory's events and logs go.

use compact_str::CompactString;
use imbl::OrdMap;
use model::Timestamp;

/// Where a directory's events and logs go in one Region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Monitoring {
    /// When each topic was registered, by the topic's name.
    pub event_topics: OrdMap<CompactString, Timestamp>,
    /// The log group that the controllers' security logs go to.
    pub log_subscription: Option<LogSubscription>,
}

/// A subscription of a log group.
#[derive(Clone, Debug, PartialEq)]
pub struct LogSubscription {
    /// The name of the log group.
    pub log_group: CompactString,
    /// When it was subscribed.
    pub created_at: Timestamp,
}
