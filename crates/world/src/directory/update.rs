//! Updates of a directory's setup.

use compact_str::CompactString;
use imbl::OrdMap;
use model::Timestamp;
use model::ds::types::{DirectorySize, NetworkType, OSVersion, UpdateStatus};

/// What a directory's servers run on in one Region, and how that came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    pub os_version: OSVersion,
    /// Every update that was asked for in the Region, by its place in lists.
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

/// What an update changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The operating system, from one version to another.
    Os(OSVersion, OSVersion),
    /// The size, and with it the edition.
    Size(DirectorySize),
    /// The IP versions; for an AD Connector with the customer's name servers.
    Network(NetworkType, Vec<CompactString>),
}
