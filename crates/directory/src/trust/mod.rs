//! Trusts with other domains, and conditional forwarders that resolve names of other domains.

pub mod conditional_forwarders;
pub mod trusts;
