//! The customer's domain that an AD Connector connects to. Every address has a server, except those that no server can
//! have.

use model::ds::ErrorCode;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use compact_str::CompactString;
use model::ds::types::{DirectoryConnectSettings, DirectoryVpcSettings, NetworkType};
use world::{Connection, Directory};

use crate::error::{Coded, Result, require};

/// Why the settings of an AD Connector are refused.
#[derive(Clone, Debug, PartialEq)]
pub enum ConnectionError {
    /// The settings have no DNS server with an address of the network type.
    NoDnsServers,
}

impl Coded for ConnectionError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoDnsServers => ErrorCode::InvalidParameterException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::NoDnsServers => {
                "The IP addresses of DNS servers that the network type can reach must be specified.".into()
            }
        }
    }
}

/// Splits the settings of a request into the connector's own network and its connection.
pub fn split_settings(settings: DirectoryConnectSettings) -> (DirectoryVpcSettings, Connection) {
    let list = |texts: Option<Vec<String>>| texts.unwrap_or_default().into_iter().map(CompactString::from).collect();
    let network = DirectoryVpcSettings { subnet_ids: settings.subnet_ids, vpc_id: settings.vpc_id };
    let connection = Connection {
        user_name: settings.customer_user_name.into(),
        dns_addresses: list(settings.customer_dns_ips),
        dns_ipv6_addresses: list(settings.customer_dns_ips_v6),
    };
    (network, connection)
}

/// Requires a DNS server that a network of that type can reach.
// Inferred: the model requires neither list, but the domain cannot be found without a DNS server.
pub fn require_servers(connection: &Connection, network_type: NetworkType) -> Result<()> {
    let (ipv4, ipv6) = (!connection.dns_addresses.is_empty(), !connection.dns_ipv6_addresses.is_empty());
    let has_server = match network_type {
        NetworkType::IPv4 => ipv4,
        NetworkType::IPv6 => ipv6,
        NetworkType::DualStack => ipv4 || ipv6,
    };
    Ok(require(has_server, ConnectionError::NoDnsServers)?)
}

/// Why a connector cannot be created: one line for each DNS server that does not answer (administration guide,
/// troubleshooting AD Connector). None if all answer.
pub fn failure_reason(directory: &Directory) -> Option<String> {
    let connection = directory.global.connection.as_ref()?;
    unreachable(connection, |address| !can_answer(address))
}

/// The same reason, as if none of the servers answered.
pub fn all_unreachable(connection: &Connection) -> Option<String> {
    unreachable(connection, |_| true)
}

fn unreachable(connection: &Connection, is_unreachable: impl Fn(&str) -> bool) -> Option<String> {
    let addresses = connection.dns_addresses.iter().chain(&connection.dns_ipv6_addresses);
    let lines: Vec<String> =
        addresses.filter(|address| is_unreachable(address)).map(|address| dns_unavailable(address)).collect();
    let advice = "Please ensure that the listed ports are available and retry the operation.";
    (!lines.is_empty()).then(|| format!("Connectivity issues detected: {}. {advice}", lines.join("\n")))
}

/// Whether a server in a customer's network can have that address. Addresses for documentation, loopback, multicast and
/// the like have no server: a test uses one of them where no server should be found.
pub fn can_answer(address: &str) -> bool {
    match address.parse() {
        Ok(IpAddr::V4(address)) => can_answer_v4(address),
        Ok(IpAddr::V6(address)) => can_answer_v6(address),
        Err(_) => false,
    }
}

fn can_answer_v4(address: Ipv4Addr) -> bool {
    let is_reserved = address.is_documentation() || address.is_loopback() || address.is_link_local();
    let first = address.octets()[0];
    !is_reserved && first != 0 && first < 224
}

fn can_answer_v6(address: Ipv6Addr) -> bool {
    let is_documentation = address.segments()[..2] == [0x2001, 0xdb8];
    let is_local = address.is_loopback() || address.is_unicast_link_local();
    !is_documentation && !is_local && !address.is_unspecified() && !address.is_multicast()
}

fn dns_unavailable(address: &str) -> String {
    format!("DNS unavailable (TCP port 53) for IP: {address}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_addresses_have_no_server() {
        for address in ["10.0.0.2", "172.16.0.1", "8.8.8.8", "198.18.0.2", "2600:1f18::2", "fd00::1"] {
            assert!(can_answer(address), "{address}");
        }
        let reserved = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "127.0.0.1", "169.254.0.1", "0.0.0.0", "224.0.0.1"];
        for address in reserved.into_iter().chain(["2001:db8::1", "::1", "::", "fe80::1", "ff02::1", "not one"]) {
            assert!(!can_answer(address), "{address}");
        }
    }

    #[test]
    fn the_network_needs_a_server_that_it_can_reach() {
        let connection = |ipv4: &[&str], ipv6: &[&str]| Connection {
            user_name: "Admin".into(),
            dns_addresses: ipv4.iter().map(|address| CompactString::from(*address)).collect(),
            dns_ipv6_addresses: ipv6.iter().map(|address| CompactString::from(*address)).collect(),
        };
        let (ipv4, ipv6) = (connection(&["10.0.0.2"], &[]), connection(&[], &["2600:1f18::2"]));
        for (connection, network_type, expected) in [
            (&ipv4, NetworkType::IPv4, true),
            (&ipv6, NetworkType::IPv4, false),
            (&ipv4, NetworkType::IPv6, false),
            (&ipv6, NetworkType::IPv6, true),
            (&ipv4, NetworkType::DualStack, true),
            (&ipv6, NetworkType::DualStack, true),
            (&connection(&[], &[]), NetworkType::DualStack, false),
        ] {
            assert_eq!(require_servers(connection, network_type).is_ok(), expected, "{connection:?} {network_type:?}");
        }
    }
}
