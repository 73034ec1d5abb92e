//! The network of a directory. Where no networks are declared, well-formed ids of VPCs and subnets are assumed to
//! exist. Their availability zones and addresses are derived from the ids, so the same ids always mean the same
//! network.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use compact_str::{CompactString, format_compact};
use model::DirectoryId;
use model::ds::ErrorCode;
use model::ds::types::{DirectoryVpcSettings, NetworkType};
use world::{Cidr, Directory, DirectoryKind, Entropy, Network, Region, Stream, Subnet, Tx, Vpc};

use crate::error::{Coded, Result, require};

/// The number of the first address of a subnet that a server can have. AWS reserves the four before it, and the last.
pub const FIRST_HOST: u64 = 4;

/// Why a network is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum NetworkError {
    /// The subnets are not two, are the same, or do not exist.
    Subnets,
    /// Both subnets are in one availability zone.
    SameZone,
    /// The VPC does not exist, or does not have the subnets.
    Vpc,
    /// The tenancy of the VPC is dedicated.
    Tenancy,
    /// The VPC is in the block that the service reserves for itself.
    Reserved,
    /// A subnet lacks the addresses that the network type needs.
    Family(NetworkType),
    /// The VPC overlaps the directory's VPC in another Region.
    Overlap(Region),
}

impl Coded for NetworkError {
    // Inferred: the errors from `Tenancy` on have the code of a wrong VPC id.
    fn code(&self) -> ErrorCode {
        match self {
            Self::Subnets => ErrorCode::InvalidParameterException,
            _ => ErrorCode::ClientException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Recorded.
            Self::Subnets => {
                "Invalid subnet ID(s). They must correspond to two subnets in different Availability Zones.".into()
            }
            // Known.
            Self::SameZone => "Invalid subnet ID(s). The two subnets must be in different Availability Zones.".into(),
            // Known.
            Self::Vpc => "Invalid VPC ID.".into(),
            Self::Tenancy => "Invalid VPC. The VPC must have default hardware tenancy.".into(),
            Self::Reserved => "Invalid VPC. Its CIDR block must not be in 198.18.0.0/15.".into(),
            Self::Family(network_type) => format!(
                "Invalid subnet ID(s). The network type {} needs CIDR blocks that they do not have.",
                network_type.as_str()
            )
            .into(),
            Self::Overlap(region) => {
                format!("Invalid VPC. Its CIDR block overlaps that of the directory's VPC in the Region {region}.")
                    .into()
            }
        }
    }
}

/// The network that a request names, in one of the caller's Regions. It has no addresses of servers yet. Without a
/// network type, it is looked up for the one that the subnets can do.
pub fn find(
    tx: &Tx<'_>,
    region: &Region,
    settings: &DirectoryVpcSettings,
    network_type: Option<NetworkType>,
) -> Result<Vpc> {
    require(matches!(settings.subnet_ids.as_slice(), [one, other] if one != other), NetworkError::Subnets)?;
    let Some(networks) = tx.known(|surroundings| &surroundings.networks).listed()? else {
        return Ok(assumed_vpc(&tx.world.entropy, region, settings));
    };
    let first = (tx.caller.account, region.clone(), CompactString::default());
    let here =
        networks.range(first..).take_while(|((account, name, _), _)| (*account, name) == (tx.caller.account, region));
    let here: Vec<(&str, &Network)> = here.map(|((.., id), network)| (id.as_str(), network)).collect();
    let vpc = declared_vpc(&here, settings)?;
    require_blocks(&vpc.subnets, network_type.unwrap_or_else(|| default_type(&vpc.subnets)))?;
    Ok(vpc)
}

/// The network type of a request without one: IPv4, or IPv6 where the subnets can do only that (the model's words about
/// CreateMicrosoftAD and ConnectDirectory).
pub fn default_type(subnets: &[Subnet]) -> NetworkType {
    let have_ipv4 = subnets.iter().all(|subnet| subnet.ipv4.is_some());
    let have_ipv6 = subnets.iter().all(|subnet| subnet.ipv6.is_some());
    if have_ipv6 && !have_ipv4 { NetworkType::IPv6 } else { NetworkType::IPv4 }
}

/// Looks a directory's network in the caller's Region up once more, for another network type. The servers keep their
/// addresses.
pub fn find_for_type(tx: &Tx<'_>, vpc: &Vpc, network_type: NetworkType) -> Result<Vpc> {
    let subnet_ids = vpc.subnets.iter().map(|subnet| subnet.id.to_string()).collect();
    let settings = DirectoryVpcSettings { vpc_id: vpc.id.to_string(), subnet_ids };
    let Vpc { cidr, subnets, .. } = find(tx, &tx.caller.region, &settings, Some(network_type))?;
    Ok(Vpc { cidr, subnets, ..vpc.clone() })
}

/// The network that settings name, from the declared networks. The subnets are checked first, then the VPC.
fn declared_vpc(here: &[(&str, &Network)], settings: &DirectoryVpcSettings) -> Result<Vpc> {
    let find = |id: &String| {
        let subnets = here.iter().flat_map(|(vpc, network)| network.subnets.iter().map(|subnet| (*vpc, subnet)));
        subnets.into_iter().find(|(_, subnet)| subnet.id == *id)
    };
    let found: Option<Vec<(&str, &Subnet)>> = settings.subnet_ids.iter().map(find).collect();
    let found = found.ok_or(NetworkError::Subnets)?;
    let zones: BTreeSet<&str> = found.iter().map(|(_, subnet)| subnet.availability_zone.as_str()).collect();
    require(zones.len() == found.len(), NetworkError::SameZone)?;
    let network = here.iter().find(|(id, _)| *id == settings.vpc_id).ok_or(NetworkError::Vpc)?.1;
    require(found.iter().all(|(vpc, _)| *vpc == settings.vpc_id), NetworkError::Vpc)?;
    require(!network.is_dedicated, NetworkError::Tenancy)?;
    let subnets = found.into_iter().map(|(_, subnet)| subnet.clone()).collect();
    Ok(Vpc { cidr: Some(network.cidr), ..vpc(&settings.vpc_id, subnets) })
}

/// The network that settings name, derived from the ids.
fn assumed_vpc(entropy: &Entropy, region: &Region, settings: &DirectoryVpcSettings) -> Vpc {
    let derived = |id: &str| entropy.derive(Stream::Network, id);
    let number = derived(&settings.vpc_id);
    let zones = distinct_numbers(&settings.subnet_ids, |id| derived(id) % 3, 3);
    let blocks = distinct_numbers(&settings.subnet_ids, |id| derived(id) >> 8 & 0xff, 256);
    let subnet = |((id, zone), block): ((&String, u64), u64)| Subnet {
        id: id.as_str().into(),
        availability_zone: format_compact!("{region}{}", letter(zone)),
        ipv4: Some(Cidr::v4(Ipv4Addr::new(10, low_byte(number), low_byte(block), 0), 24)),
        ipv6: Some(Cidr::v6(Ipv6Addr::new(0x2600, 0x1f18, low_bits(number >> 8), low_bits(block), 0, 0, 0, 0), 64)),
    };
    vpc(&settings.vpc_id, settings.subnet_ids.iter().zip(zones).zip(blocks).map(subnet).collect())
}

fn vpc(id: &str, subnets: Vec<Subnet>) -> Vpc {
    let none = Vec::new;
    Vpc {
        id: id.into(),
        cidr: None,
        subnets,
        security_group: CompactString::default(),
        dns_addresses: none(),
        dns_ipv6_addresses: none(),
    }
}

/// Sets the addresses of a directory's servers, one in each subnet, and their security group.
pub fn give_addresses(vpc: &mut Vpc, entropy: &Entropy, directory: &DirectoryId, network_type: NetworkType) {
    let own = entropy.derive(Stream::Network, directory.as_str());
    let ipv4 = |subnet: &Subnet| Some(subnet.ipv4?.address(FIRST_HOST + own % n_hosts(subnet)));
    let ipv6 = |subnet: &Subnet| Some(subnet.ipv6?.address(own >> 16 & 0xffff | 0x10));
    let (has_ipv4, has_ipv6) = (network_type != NetworkType::IPv6, network_type != NetworkType::IPv4);
    let text = |address: IpAddr| format_compact!("{address}");
    // Inferred: a security group belongs to one VPC, so that each Region of a directory has another one.
    let group = entropy.derive(Stream::Network, &format!("{directory} {}", vpc.id));
    vpc.security_group = format_compact!("sg-0{group:016x}");
    vpc.dns_addresses = vpc.subnets.iter().filter(|_| has_ipv4).filter_map(ipv4).map(text).collect();
    vpc.dns_ipv6_addresses = vpc.subnets.iter().filter(|_| has_ipv6).filter_map(ipv6).map(text).collect();
}

/// How many servers a subnet can have.
pub fn n_hosts(subnet: &Subnet) -> u64 {
    subnet.ipv4.map_or(1, |block| block.n_addresses().saturating_sub(FIRST_HOST + 1).max(1))
}

/// Requires that the subnets have the addresses that a network type needs.
fn require_blocks(subnets: &[Subnet], network_type: NetworkType) -> Result<()> {
    let ipv4 = network_type == NetworkType::IPv6 || subnets.iter().all(|subnet| subnet.ipv4.is_some());
    let ipv6 = network_type == NetworkType::IPv4 || subnets.iter().all(|subnet| subnet.ipv6.is_some());
    require(ipv4 && ipv6, NetworkError::Family(network_type).into())
}

/// Requires a VPC outside of the block that the service reserves behind each VPC of a Managed Microsoft AD
/// (administration guide, prerequisites).
pub fn require_unreserved(vpc: &Vpc, kind: DirectoryKind) -> Result<()> {
    let reserved = Cidr::v4(Ipv4Addr::new(198, 18, 0, 0), 15);
    let is_inside = vpc.cidr.is_some_and(|cidr| reserved.contains(cidr));
    require(!is_inside || !matches!(kind, DirectoryKind::MicrosoftAd(_)), NetworkError::Reserved.into())
}

/// Requires a VPC that does not overlap the directory's VPC in another Region (administration guide, multi-Region
/// replication). An assumed VPC has no known addresses, and so passes.
pub fn require_no_overlap(directory: &Directory, vpc: &Vpc) -> Result<()> {
    let overlaps = |other: &Vpc| vpc.cidr.zip(other.cidr).is_some_and(|(cidr, other)| cidr.overlaps(other));
    let found = directory.regions.iter().find(|(_, regional)| overlaps(&regional.vpc));
    found.map_or(Ok(()), |(region, _)| Err(NetworkError::Overlap(region.clone()).into()))
}

/// A number for each of two subnets. If both have the same number, the subnet with the greater id takes the next one.
fn distinct_numbers(subnets: &[String], number: impl Fn(&str) -> u64, count: u64) -> Vec<u64> {
    let numbers: Vec<u64> = subnets.iter().map(|id| number(id)).collect();
    let same = numbers.iter().all(|number| *number == numbers[0]);
    let greatest = subnets.iter().max();
    let takes_next = |id: &String| same && Some(id) == greatest;
    let pairs = subnets.iter().zip(&numbers);
    pairs.map(|(id, number)| if takes_next(id) { (number + 1) % count } else { *number }).collect()
}

fn letter(zone: u64) -> char {
    match zone {
        0 => 'a',
        1 => 'b',
        _ => 'c',
    }
}

fn low_byte(number: u64) -> u8 {
    number.to_le_bytes()[0]
}

fn low_bits(number: u64) -> u16 {
    let [low, high, ..] = number.to_le_bytes();
    u16::from_le_bytes([low, high])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(subnets: &[&str]) -> DirectoryVpcSettings {
        let subnet_ids = subnets.iter().map(ToString::to_string).collect();
        DirectoryVpcSettings { vpc_id: "vpc-12345678".into(), subnet_ids }
    }

    fn network(subnets: &[&str], network_type: NetworkType) -> Vpc {
        let region = Region::from("eu-west-1");
        let mut found = assumed_vpc(&Entropy::new(7), &region, &settings(subnets));
        give_addresses(&mut found, &Entropy::new(7), &"d-9367000001".into(), network_type);
        found
    }

    fn subnet(id: &str, zone: &str, ipv4: &str) -> Subnet {
        Subnet { id: id.into(), availability_zone: zone.into(), ipv4: ipv4.parse().ok(), ipv6: None }
    }

    #[test]
    fn servers_have_addresses_of_declared_subnets() {
        let subnets =
            vec![subnet("subnet-1", "eu-west-1a", "10.1.0.0/16"), subnet("subnet-2", "eu-west-1b", "10.2.0.16/28")];
        let network = Network { cidr: Cidr::v4(Ipv4Addr::new(10, 0, 0, 0), 8), is_dedicated: false, subnets };
        let blocks: Vec<Cidr> = network.subnets.iter().filter_map(|subnet| subnet.ipv4).collect();
        for n in 0..200 {
            let mut found = declared_vpc(&[("vpc-12345678", &network)], &settings(&["subnet-1", "subnet-2"])).unwrap();
            give_addresses(&mut found, &Entropy::new(n), &"d-9367000001".into(), NetworkType::IPv4);
            for (address, block) in found.dns_addresses.iter().zip(&blocks) {
                let address: IpAddr = address.parse().unwrap();
                let reserved =
                    (0..FIRST_HOST).chain([block.n_addresses() - 1]).any(|number| block.address(number) == address);
                assert!(block.has(address) && !reserved, "{address}");
            }
        }
    }

    #[test]
    fn zones_and_addresses_differ_and_follow_from_the_subnet() {
        for n in 0..200 {
            let (one, other) = (format!("subnet-{n:08x}"), format!("subnet-{:08x}", n + 1));
            let found = network(&[&one, &other], NetworkType::IPv4);
            assert_ne!(found.subnets[0].availability_zone, found.subnets[1].availability_zone);
            assert_ne!(found.dns_addresses[0], found.dns_addresses[1]);
            let mut reversed = network(&[&other, &one], NetworkType::IPv4);
            reversed.subnets.reverse();
            reversed.dns_addresses.reverse();
            assert_eq!((reversed.subnets, reversed.dns_addresses), (found.subnets, found.dns_addresses));
        }
    }

    #[test]
    fn addresses_are_of_the_network_type() {
        for (network_type, ipv4, ipv6) in
            [(NetworkType::IPv4, 2, 0), (NetworkType::DualStack, 2, 2), (NetworkType::IPv6, 0, 2)]
        {
            let found = network(&["subnet-1", "subnet-2"], network_type);
            assert_eq!((found.dns_addresses.len(), found.dns_ipv6_addresses.len()), (ipv4, ipv6));
            let parsed = found.dns_addresses.iter().chain(&found.dns_ipv6_addresses);
            assert!(parsed.into_iter().all(|address| address.parse::<std::net::IpAddr>().is_ok()));
        }
    }
}
