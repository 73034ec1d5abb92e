//! How an AD Connector reaches the customer's own directory.

use compact_str::CompactString;

/// What an AD Connector knows of the directory that it connects to. The password of its account is not kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Connection {
    /// The account in that directory that it acts as.
    pub user_name: CompactString,
    /// The IPv4 addresses of that directory's DNS servers.
    pub dns_addresses: Vec<CompactString>,
    /// Their IPv6 addresses.
    pub dns_ipv6_addresses: Vec<CompactString>,
}
