//! The customer's side of a hybrid directory.

use compact_str::CompactString;
use imbl::OrdMap;
use model::Timestamp;
use model::ds::types::{HybridUpdateType, UpdateStatus};

/// The customer's own domain, as a hybrid directory knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hybrid {
    pub servers: SelfManaged,
    /// Every update, by sequence.
    pub updates: OrdMap<u64, HybridUpdate>,
}

/// Two domain controllers of the customer's. Address and instance with the same index belong together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SelfManaged {
    pub dns_addresses: Vec<CompactString>,
    /// Systems Manager nodes.
    pub instances: Vec<CompactString>,
}

/// An update of a hybrid directory.
#[derive(Clone, Debug, PartialEq)]
pub struct HybridUpdate {
    pub kind: HybridUpdateType,
    /// The assessment that it starts with.
    pub assessment: CompactString,
    pub status: UpdateStatus,
    pub reason: Option<String>,
    /// The servers before the update. None where it does not change them.
    pub previous: Option<SelfManaged>,
    /// The servers after the update. None where it does not change them.
    pub new: Option<SelfManaged>,
    pub started_at: Timestamp,
    pub updated_at: Timestamp,
}
