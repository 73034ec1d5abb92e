//! The customer's side of a hybrid directory.

use compact_str::CompactString;
use imbl::OrdMap;
use model::Timestamp;
use model::ds::types::{HybridUpdateType, UpdateStatus};

/// What a hybrid directory knows of the customer's own domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Hybrid {
    /// The customer's domain controllers that it uses.
    pub servers: SelfManaged,
    /// Every update, by place in lists.
    pub updates: OrdMap<u64, HybridUpdate>,
}

/// Two domain controllers of the customer's: the first address is that of the first node.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SelfManaged {
    /// Their addresses.
    pub dns_addresses: Vec<CompactString>,
    /// Their Systems Manager nodes.
    pub instances: Vec<CompactString>,
}

/// A change of a hybrid directory's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct HybridUpdate {
    pub kind: HybridUpdateType,
    /// The assessment that it begins with.
    pub assessment: CompactString,
    pub status: UpdateStatus,
    pub reason: Option<String>,
    /// The servers before, where it changes them.
    pub previous: Option<SelfManaged>,
    /// The servers after, where it changes them.
    pub new: Option<SelfManaged>,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// When its status last changed.
    pub updated_at: Timestamp,
}
