//! Domain controllers beyond the two that every Managed Microsoft AD has in each of its Regions. Those two follow from the directory.

use compact_str::CompactString;
use model::ds::types::DomainControllerStatus;
use model::{DomainControllerId, Timestamp};

use crate::directory::Regional;

/// An additional domain controller.
#[derive(Clone, Debug, PartialEq)]
pub struct DomainController {
    /// Its id.
    pub id: DomainControllerId,
    /// Which of the two subnets it is in.
    pub subnet: usize,
    /// Its IPv4 address; none where the network is IPv6 only.
    pub dns_address: Option<CompactString>,
    /// Its IPv6 address; none where the network is IPv4 only.
    pub dns_ipv6_address: Option<CompactString>,
    /// How far it is.
    pub status: DomainControllerStatus,
    /// When it was launched.
    pub launched_at: Timestamp,
    /// When it got its status.
    pub status_updated_at: Timestamp,
}

impl Regional {
    /// The IPv4 addresses of the servers that answer: those of the first two, and of each that was added and is active.
    pub fn dns_addresses(&self) -> impl Iterator<Item = &CompactString> {
        self.vpc.dns_addresses.iter().chain(self.active().filter_map(|found| found.dns_address.as_ref()))
    }

    /// The IPv6 addresses of the same servers.
    pub fn dns_ipv6_addresses(&self) -> impl Iterator<Item = &CompactString> {
        self.vpc.dns_ipv6_addresses.iter().chain(self.active().filter_map(|found| found.dns_ipv6_address.as_ref()))
    }

    fn active(&self) -> impl Iterator<Item = &DomainController> {
        self.domain_controllers.values().filter(|found| found.status == DomainControllerStatus::Active)
    }

    /// How many domain controllers beyond the first two are wanted: those that are there, and not on their way out.
    pub fn n_additional_domain_controllers(&self) -> usize {
        let stays = |found: &&DomainController| found.status != DomainControllerStatus::Deleting;
        self.domain_controllers.values().filter(stays).count()
    }
}
