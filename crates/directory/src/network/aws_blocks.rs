//! AWS's own blocks of IP addresses.

use world::Cidr;

/// Some of the largest blocks that AWS announces.
// Inferred: the whole list has thousands of blocks and changes every week. These blocks are stable.
const AWS_BLOCKS: [&str; 23] = [
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

/// Whether a block has addresses of AWS.
pub fn overlaps_aws(block: Cidr) -> bool {
    AWS_BLOCKS.iter().filter_map(|text| text.parse().ok()).any(|aws_block| block.overlaps(aws_block))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Cidr {
        text.parse().unwrap_or_else(|()| panic!("{text} is a block"))
    }

    #[test]
    fn aws_has_blocks_of_its_own() {
        assert!(AWS_BLOCKS.iter().all(|text| block(text).to_block() == *text));
        for text in ["52.1.2.0/24", "3.3.3.3/32", "0.0.0.0/1", "2600:1f18::/36"] {
            assert!(overlaps_aws(block(text)), "{text}");
        }
        for text in ["203.0.113.0/24", "10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12", "2001:db8::/32"] {
            assert!(!overlaps_aws(block(text)), "{text}");
        }
    }
}
