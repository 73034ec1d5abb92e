//! Relationships with other domains: trusts, and the conditional forwarders by which names are found there.

pub mod conditional_forwarders;
pub mod trusts;
