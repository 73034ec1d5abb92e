//! Blocks of IP addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use compact_str::{CompactString, format_compact};

/// A block: all addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Cidr {
    is_ipv6: bool,
    /// The first address. An IPv4 address fills the highest 32 bits.
    first: u128,
    /// How many leading bits all addresses share.
    prefix: u32,
}

impl Cidr {
    /// The block of IPv4 addresses whose first `prefix` bits are those of `address`.
    pub fn v4(address: Ipv4Addr, prefix: u32) -> Self {
        let prefix = prefix.min(32);
        Self { is_ipv6: false, first: u128::from(address.to_bits()) << 96 & mask(prefix), prefix }
    }

    /// The block of IPv6 addresses whose first `prefix` bits are those of `address`.
    pub fn v6(address: Ipv6Addr, prefix: u32) -> Self {
        let prefix = prefix.min(128);
        Self { is_ipv6: true, first: address.to_bits() & mask(prefix), prefix }
    }

    pub fn is_ipv6(self) -> bool {
        self.is_ipv6
    }

    /// How many leading bits all addresses share.
    pub fn prefix(self) -> u32 {
        self.prefix
    }

    /// How many addresses it has. Blocks of 2^64 addresses and more count as `u64::MAX`.
    pub fn n_addresses(self) -> u64 {
        1u64.checked_shl(self.bits() - self.prefix).unwrap_or(u64::MAX)
    }

    /// Its address with that number, from 0 on. Numbers beyond the last address start again at the first.
    pub fn address(self, number: u64) -> IpAddr {
        let within = (u128::from(number) << (128 - self.bits())) & !mask(self.prefix);
        let [a, b, c, d, ..] = (self.first | within).to_be_bytes();
        if self.is_ipv6 { IpAddr::from((self.first | within).to_be_bytes()) } else { IpAddr::from([a, b, c, d]) }
    }

    pub fn has(self, address: IpAddr) -> bool {
        self.contains(match address {
            IpAddr::V4(address) => Self::v4(address, 32),
            IpAddr::V6(address) => Self::v6(address, 128),
        })
    }

    /// Whether it has all addresses of another block.
    pub fn contains(self, other: Self) -> bool {
        self.overlaps(other) && self.prefix <= other.prefix
    }

    /// Whether the two blocks have an address in common.
    pub fn overlaps(self, other: Self) -> bool {
        let mask = mask(self.prefix.min(other.prefix));
        self.is_ipv6 == other.is_ipv6 && self.first & mask == other.first & mask
    }

    /// The block in CIDR notation by its first address, so that each block has one text.
    pub fn to_block(self) -> CompactString {
        format_compact!("{}/{}", self.address(0), self.prefix)
    }

    /// The length of an address in bits: 32 or 128.
    fn bits(self) -> u32 {
        if self.is_ipv6 { 128 } else { 32 }
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

/// A mask of the highest bits.
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
    fn addresses_are_counted_from_the_first() {
        let (small, large, v6) = (cidr("10.1.2.16/28"), cidr("10.0.0.0/8"), cidr("2001:db8::/64"));
        assert_eq!((small.n_addresses(), large.n_addresses(), v6.n_addresses()), (16, 1 << 24, u64::MAX));
        assert_eq!(small.address(4).to_string(), "10.1.2.20");
        assert_eq!(small.address(16), small.address(0));
        assert_eq!(v6.address(0x1_0004).to_string(), "2001:db8::1:4");
        assert!((0..16).all(|number| small.has(small.address(number)) && large.has(small.address(number))));
        assert!(!small.has("10.1.2.15".parse().unwrap()) && !small.has("10.1.2.32".parse().unwrap()));
        assert!(!v6.has("10.1.2.16".parse().unwrap()));
        assert!(large.contains(small) && large.overlaps(small) && small.overlaps(large) && !small.contains(large));
        assert!(cidr("0.0.0.0/0").contains(large) && cidr("::/0").contains(v6) && !cidr("::/0").overlaps(large));
        assert_eq!(cidr("::/0").address(u64::MAX).to_string(), "::ffff:ffff:ffff:ffff");
    }
}
