//! The network of a directory. Well-formed ids of VPCs and subnets are believed; what AWS would look up about them is derived
//! from the ids, so that the same ids always mean the same network.

use compact_str::{CompactString, format_compact};
use model::DirectoryId;
use model::ds::types::{DirectoryVpcSettings, NetworkType};
use world::{Entropy, Region, Stream, Vpc};

use crate::error::{Error, Result, require};

/// Requires two different subnets. Two are always in different availability zones, and always in the VPC.
pub fn require_subnets(settings: &DirectoryVpcSettings) -> Result<()> {
    require(matches!(settings.subnet_ids.as_slice(), [one, other] if one != other), Error::Subnets)
}

/// The network of a directory in two different subnets.
pub fn vpc(
    entropy: &Entropy,
    region: &Region,
    directory: &DirectoryId,
    settings: DirectoryVpcSettings,
    network_type: NetworkType,
) -> Vpc {
    let of = |id: &str| entropy.derive(Stream::Network, id);
    let (vpc, own) = (of(&settings.vpc_id), of(directory.as_str()));
    let subnets: Vec<CompactString> = settings.subnet_ids.into_iter().map(CompactString::from).collect();
    let zones = apart(&subnets, |id| of(id) % 3, 3);
    let blocks = apart(&subnets, |id| of(id) >> 8 & 0xff, 256);
    // AWS keeps the first four addresses of a subnet and the last.
    let (network, host) = (vpc & 0xff, 4 + own % 251);
    let ipv4 = |block| format_compact!("10.{network}.{block}.{host}");
    let ipv6 = |block| format_compact!("2600:1f18:{:x}:{block:x}::{:x}", vpc >> 8 & 0xffff, own >> 16 & 0xffff | 0x10);
    let (has_ipv4, has_ipv6) = (network_type != NetworkType::IPv6, network_type != NetworkType::IPv4);
    Vpc {
        id: settings.vpc_id.into(),
        availability_zones: zones.iter().map(|zone| format_compact!("{region}{}", letter(*zone))).collect(),
        security_group: format_compact!("sg-0{own:016x}"),
        dns_addresses: blocks.iter().copied().filter(|_| has_ipv4).map(ipv4).collect(),
        dns_ipv6_addresses: blocks.iter().copied().filter(|_| has_ipv6).map(ipv6).collect(),
        subnets,
    }
}

/// A number for each of two subnets, never the same: the greater id gives way.
fn apart(subnets: &[CompactString], number: impl Fn(&str) -> u64, count: u64) -> Vec<u64> {
    let numbers: Vec<u64> = subnets.iter().map(|id| number(id)).collect();
    let same = numbers.iter().all(|of| *of == numbers[0]);
    let last = subnets.iter().max();
    let gives_way = |id: &CompactString| same && Some(id) == last;
    subnets.iter().zip(&numbers).map(|(id, of)| if gives_way(id) { (of + 1) % count } else { *of }).collect()
}

fn letter(zone: u64) -> char {
    match zone {
        0 => 'a',
        1 => 'b',
        _ => 'c',
    }
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
        vpc(&Entropy::new(7), &region, &"d-9367000001".into(), settings(subnets), network_type)
    }

    #[test]
    fn wants_two_different_subnets() {
        let refused: [&[&str]; 4] =
            [&[], &["subnet-1"], &["subnet-1", "subnet-1"], &["subnet-1", "subnet-2", "subnet-3"]];
        for subnets in refused {
            assert_eq!(require_subnets(&settings(subnets)), Err(Error::Subnets));
        }
        assert_eq!(require_subnets(&settings(&["subnet-1", "subnet-2"])), Ok(()));
    }

    #[test]
    fn zones_and_addresses_differ_and_follow_the_subnet() {
        for n in 0..200 {
            let (one, other) = (format!("subnet-{n:08x}"), format!("subnet-{:08x}", n + 1));
            let found = network(&[&one, &other], NetworkType::IPv4);
            assert_ne!(found.availability_zones[0], found.availability_zones[1]);
            assert_ne!(found.dns_addresses[0], found.dns_addresses[1]);
            let mut turned = network(&[&other, &one], NetworkType::IPv4);
            turned.availability_zones.reverse();
            turned.dns_addresses.reverse();
            assert_eq!(
                (turned.availability_zones, turned.dns_addresses),
                (found.availability_zones, found.dns_addresses)
            );
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
