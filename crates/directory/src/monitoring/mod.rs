//! The receivers of a directory's security logs and changes of stage.

pub mod event_topics;
pub mod log_subscriptions;
