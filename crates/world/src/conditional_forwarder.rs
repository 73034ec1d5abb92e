//! Conditional forwarders: where a directory's DNS servers ask about another domain.

use compact_str::CompactString;

/// A conditional forwarder.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConditionalForwarder {
    /// The other domain, without a dot at the end.
    pub remote_domain_name: CompactString,
    /// IPv4 addresses of its DNS servers.
    pub dns_addresses: Vec<CompactString>,
    /// IPv6 addresses of its DNS servers.
    pub dns_ipv6_addresses: Vec<CompactString>,
}
