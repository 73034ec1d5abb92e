//! Conditional forwarders: which DNS servers a directory asks about another domain.

use compact_str::CompactString;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConditionalForwarder {
    /// Without a dot at the end.
    pub remote_domain_name: CompactString,
    pub dns_addresses: Vec<CompactString>,
    pub dns_ipv6_addresses: Vec<CompactString>,
}
