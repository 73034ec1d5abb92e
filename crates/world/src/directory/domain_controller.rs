//! Domain controllers beyond the first two. Every Managed Microsoft AD has two in each of its Regions; these follow
//! from the directory and are not kept.

use std::net::IpAddr;

use compact_str::{CompactString, format_compact};
use model::ds::types::DomainControllerStatus;
use model::{DomainControllerId, Timestamp};

use crate::directory::{Regional, Vpc};

#[derive(Clone, Debug, PartialEq)]
pub struct DomainController {
    pub id: DomainControllerId,
    /// The index of its subnet: 0 or 1.
    pub subnet: usize,
    /// Its number in the subnet. Its addresses end with it.
    pub host: u64,
    pub status: DomainControllerStatus,
    /// Why it has its status. None where AWS gives no reason.
    pub reason: Option<String>,
    pub launched_at: Timestamp,
    /// When it got its status.
    pub status_updated_at: Timestamp,
}

impl DomainController {
    /// Whether it is being deleted.
    pub fn is_leaving(&self) -> bool {
        self.status == DomainControllerStatus::Deleting
    }

    /// Its IPv4 address. None where the network is IPv6 only.
    pub fn dns_address(&self, vpc: &Vpc) -> Option<CompactString> {
        vpc.dns_addresses.get(self.subnet)?;
        let address = vpc.subnets.get(self.subnet)?.ipv4?.address(self.host);
        Some(format_compact!("{address}"))
    }

    /// Its IPv6 address. None where the network is IPv4 only. The first two domain controllers have shorter ones.
    pub fn dns_ipv6_address(&self, vpc: &Vpc) -> Option<CompactString> {
        vpc.dns_ipv6_addresses.get(self.subnet)?;
        let address = vpc.subnets.get(self.subnet)?.ipv6?.address(0x1_0000 | self.host);
        Some(format_compact!("{address}"))
    }
}

impl Regional {
    /// How many domain controllers every Managed Microsoft AD has in each of its Regions, one in each of two subnets.
    pub const FIRST_DOMAIN_CONTROLLERS: usize = 2;

    /// How many domain controllers there are or are being added.
    pub fn n_domain_controllers(&self) -> usize {
        Self::FIRST_DOMAIN_CONTROLLERS + self.staying_domain_controllers().count()
    }

    /// The domain controllers beyond the first two, without those that are being deleted.
    pub fn staying_domain_controllers(&self) -> impl Iterator<Item = (u64, &DomainController)> {
        self.domain_controllers
            .iter()
            .filter(|(_, found)| !found.is_leaving())
            .map(|(sequence, found)| (*sequence, found))
    }

    /// The IPv4 addresses at which DNS answers: those of the first two domain controllers and of each active one beyond
    /// them.
    pub fn dns_addresses(&self) -> Vec<CompactString> {
        let added = self.active_domain_controllers().filter_map(|found| found.dns_address(&self.vpc));
        self.vpc.dns_addresses.iter().cloned().chain(added).collect()
    }

    /// The IPv6 addresses of the same domain controllers.
    pub fn dns_ipv6_addresses(&self) -> Vec<CompactString> {
        let added = self.active_domain_controllers().filter_map(|found| found.dns_ipv6_address(&self.vpc));
        self.vpc.dns_ipv6_addresses.iter().cloned().chain(added).collect()
    }

    /// Whether a domain controller in a subnet has that number already.
    pub fn has_host(&self, subnet: usize, host: u64) -> bool {
        let block = self.vpc.subnets.get(subnet).and_then(|found| found.ipv4);
        let first = self.vpc.dns_addresses.get(subnet).and_then(|address| address.parse::<IpAddr>().ok());
        let is_first = first.is_some() && first == block.map(|block| block.address(host));
        is_first || self.domain_controllers.values().any(|found| (found.subnet, found.host) == (subnet, host))
    }

    fn active_domain_controllers(&self) -> impl Iterator<Item = &DomainController> {
        self.domain_controllers.values().filter(|found| found.status == DomainControllerStatus::Active)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surroundings::Subnet;

    #[test]
    fn addresses_are_in_the_subnet_of_the_first_two() {
        let subnet = |ipv4: &str, ipv6: &str| Subnet {
            id: "subnet-11111111".into(),
            availability_zone: "us-east-1a".into(),
            ipv4: ipv4.parse().ok(),
            ipv6: ipv6.parse().ok(),
        };
        let vpc = |ipv4: &[&str], ipv6: &[&str]| Vpc {
            id: "vpc-12345678".into(),
            cidr: None,
            subnets: vec![subnet("10.1.2.0/24", "2600:1f18:1:2::/64"), subnet("10.1.3.0/24", "2600:1f18:1:3::/64")],
            security_group: "sg-12345678".into(),
            dns_addresses: ipv4.iter().copied().map(CompactString::from).collect(),
            dns_ipv6_addresses: ipv6.iter().copied().map(CompactString::from).collect(),
        };
        let added = DomainController {
            id: "dc-9067000001".into(),
            subnet: 1,
            host: 77,
            status: DomainControllerStatus::Active,
            reason: None,
            launched_at: Timestamp::default(),
            status_updated_at: Timestamp::default(),
        };
        let dual = vpc(&["10.1.2.9", "10.1.3.9"], &["2600:1f18:1:2::9", "2600:1f18:1:3::9"]);
        assert_eq!(added.dns_address(&dual).as_deref(), Some("10.1.3.77"));
        assert_eq!(added.dns_ipv6_address(&dual).as_deref(), Some("2600:1f18:1:3::1:4d"));
        assert_eq!(added.dns_ipv6_address(&vpc(&["10.1.2.9", "10.1.3.9"], &[])), None);
        assert_eq!(added.dns_address(&vpc(&[], &["2600:1f18:1:2::9", "2600:1f18:1:3::9"])), None);
    }
}
