//! Where a directory's security logs and changes of stage are sent.

pub mod event_topics;
pub mod log_subscriptions;
