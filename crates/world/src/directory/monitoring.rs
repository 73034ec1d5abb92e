//! Where a directory's events and logs go.

use compact_str::CompactString;
use imbl::OrdMap;
use model::Timestamp;
use model::ds::types::TopicStatus;

/// Where a directory's events and logs go in one Region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Monitoring {
    /// The topics, by name.
    pub event_topics: OrdMap<CompactString, EventTopic>,
    /// The log group that the controllers' security logs go to.
    pub log_subscription: Option<LogSubscription>,
}

/// A topic that is told of a directory's stages.
#[derive(Clone, Debug, PartialEq)]
pub struct EventTopic {
    /// Whether it can be told.
    pub status: TopicStatus,
    pub created_at: Timestamp,
}

/// A subscription of a log group.
#[derive(Clone, Debug, PartialEq)]
pub struct LogSubscription {
    pub log_group: CompactString,
    pub created_at: Timestamp,
}
