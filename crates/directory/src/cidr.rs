//! Blocks of IP addresses.

use std::net::IpAddr;
use std::str::FromStr;

use compact_str::{CompactString, format_compact};

/// A block: addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Cidr {
    is_ipv6: bool,
    /// The first address, as a number whose highest bits are the address's.
    first: u128,
    /// How many bits all its addresses have in common.
    prefix: u32,
}

/// Some of the largest blocks that AWS announces.
// Inferred: the whole list is thousands of blocks that change every week; these are the ones that stay.
const OF_AWS: [&str; 23] = [
    "3.0.0.0/8",
    "13.32.0.0/12",
    "13.48.0.0/13",
    "13.56.0.0/14",
    "18.128.0.0/9",
    "34.192.0.0/10",
    "44.192.0.0/10",
    "50.16.0.0/14",
    "52.0.0.0/10",
    "52.64.0.0/12",
    "54.64.0.0/11",
    "54.144.0.0/12",
    "54.160.0.0/11",
    "54.192.0.0/12",
    "54.208.0.0/13",
    "54.216.0.0/14",
    "54.220.0.0/15",
    "54.224.0.0/11",
    "107.20.0.0/14",
    "184.72.0.0/15",
    "2406:da00::/24",
    "2600:1f00::/24",
    "2a05:d000::/25",
];

impl Cidr {
    /// Whether AWS has some of its addresses.
    pub fn is_of_aws(self) -> bool {
        OF_AWS.iter().filter_map(|text| text.parse().ok()).any(|of_aws| self.overlaps(of_aws))
    }

    /// The block by its first address: one text for each block.
    pub fn to_block(self) -> CompactString {
        let address = if self.is_ipv6 {
            IpAddr::from(self.first.to_be_bytes())
        } else {
            let [a, b, c, d, ..] = self.first.to_be_bytes();
            IpAddr::from([a, b, c, d])
        };
        format_compact!("{address}/{}", self.prefix)
    }

    fn overlaps(self, other: Self) -> bool {
        let mask = mask(self.prefix.min(other.prefix));
        self.is_ipv6 == other.is_ipv6 && self.first & mask == other.first & mask
    }
}

impl FromStr for Cidr {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, prefix) = text.split_once('/').ok_or(())?;
        let prefix: u32 = prefix.parse().map_err(|_| ())?;
        let (is_ipv6, bits, number) = match address.parse().map_err(|_| ())? {
            IpAddr::V4(address) => (false, 32, u128::from(address.to_bits()) << 96),
            IpAddr::V6(address) => (true, 128, address.to_bits()),
        };
        if prefix <= bits { Ok(Self { is_ipv6, first: number & mask(prefix), prefix }) } else { Err(()) }
    }
}

/// So many highest bits.
fn mask(prefix: u32) -> u128 {
    u128::MAX.checked_shl(128 - prefix).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cidr(text: &str) -> Cidr {
        text.parse().unwrap_or_else(|()| panic!("{text} is a block"))
    }

    #[test]
    fn blocks_are_written_by_their_first_address() {
        for (text, block) in [
            ("203.0.113.0/24", "203.0.113.0/24"),
            ("203.0.113.77/24", "203.0.113.0/24"),
            ("255.255.255.255/32", "255.255.255.255/32"),
            ("129.0.0.1/1", "128.0.0.0/1"),
            ("2001:DB8::1/32", "2001:db8::/32"),
            ("2001:db8:0:0::/64", "2001:db8::/64"),
            ("::1/128", "::1/128"),
            ("::1/0", "::/0"),
        ] {
            assert_eq!(cidr(text).to_block(), block);
        }
        for text in ["", "203.0.113.0", "203.0.113.0/33", "203.0.113/24", "::/129", "::/x"] {
            assert_eq!(text.parse::<Cidr>(), Err(()), "{text}");
        }
    }

    #[test]
    fn aws_has_blocks_of_its_own() {
        assert!(OF_AWS.iter().all(|text| cidr(text).to_block() == *text));
        for text in ["52.1.2.0/24", "3.3.3.3/32", "0.0.0.0/1", "2600:1f18::/36"] {
            assert!(cidr(text).is_of_aws(), "{text}");
        }
        for text in ["203.0.113.0/24", "10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12", "2001:db8::/32"] {
            assert!(!cidr(text).is_of_aws(), "{text}");
        }
    }
}
