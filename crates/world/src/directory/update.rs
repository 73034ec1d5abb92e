//! Updates of a directory's setup: operating system, size and network type.

use compact_str::CompactString;
use imbl::OrdMap;
use model::Timestamp;
use model::ds::types::{DirectorySize, NetworkType, OSVersion, UpdateStatus};

/// The operating system of a directory's servers in one Region, and all updates there.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    pub os_version: OSVersion,
    /// By sequence.
    pub updates: OrdMap<u64, Update>,
}

impl Default for Setup {
    fn default() -> Self {
        Self { os_version: OSVersion::Server2019, updates: OrdMap::new() }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    pub change: Change,
    pub status: UpdateStatus,
    pub reason: Option<String>,
    pub started_at: Timestamp,
    /// When it got its status.
    pub updated_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The operating system: the version before and the version after.
    Os(OSVersion, OSVersion),
    /// The size. It decides the edition.
    Size(DirectorySize),
    /// The IP versions. For an AD Connector also the addresses of the customer's DNS servers.
    Network(NetworkType, Vec<CompactString>),
}
