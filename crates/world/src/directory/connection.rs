//! How an AD Connector reaches the customer's own directory.

use compact_str::CompactString;

/// How an AD Connector reaches the customer's directory. The password of its account is not kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Connection {
    /// The account in the customer's directory that the connector acts as.
    pub user_name: CompactString,
    /// IPv4 addresses of the customer's DNS servers.
    pub dns_addresses: Vec<CompactString>,
    /// IPv6 addresses of the same servers.
    pub dns_ipv6_addresses: Vec<CompactString>,
}
