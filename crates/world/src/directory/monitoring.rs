//! Where a directory's events and logs go.

use compact_str::CompactString;
use imbl::OrdMap;
use model::Timestamp;
use model::ds::types::TopicStatus;

/// The topics and the log group of a directory in one Region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Monitoring {
    /// By the name of the topic.
    pub event_topics: OrdMap<CompactString, EventTopic>,
    /// The log group that the security logs of the domain controllers go to.
    pub log_subscription: Option<LogSubscription>,
}

/// A topic that gets a message when the directory's stage changes.
#[derive(Clone, Debug, PartialEq)]
pub struct EventTopic {
    pub status: TopicStatus,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LogSubscription {
    pub log_group: CompactString,
    pub created_at: Timestamp,
}
