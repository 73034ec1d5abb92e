//! IP routes: blocks of public addresses that a directory's domain controllers may reach.

use compact_str::CompactString;
use model::Timestamp;
use model::ds::types::IpRouteStatusMsg;

#[derive(Clone, Debug, PartialEq)]
pub struct IpRoute {
    /// The block, as given.
    pub cidr: CompactString,
    pub is_ipv6: bool,
    pub description: Option<String>,
    pub status: IpRouteStatusMsg,
    /// Why it has its status. None where AWS gives no reason.
    pub reason: Option<String>,
    pub added_at: Timestamp,
}
