//! IP routes: blocks of public addresses that a directory's servers reach.

use compact_str::CompactString;
use model::Timestamp;
use model::ds::types::IpRouteStatusMsg;

/// A block of addresses.
#[derive(Clone, Debug, PartialEq)]
pub struct IpRoute {
    /// The block, as given.
    pub cidr: CompactString,
    /// Whether it is a block of IPv6 addresses.
    pub is_ipv6: bool,
    pub description: Option<String>,
    pub status: IpRouteStatusMsg,
    /// Why it is in its status, where there is something to say.
    pub reason: Option<String>,
    pub added_at: Timestamp,
}
