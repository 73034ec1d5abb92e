//! Directory settings that were changed.

use compact_str::CompactString;
use model::Timestamp;
use model::ds::types::DirectoryConfigurationStatus;

/// A setting that was changed at least once. A setting that was never changed has its default and is not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The value in force.
    pub applied: CompactString,
    /// The value last requested.
    pub requested: CompactString,
    /// The status of the last change.
    pub status: DirectoryConfigurationStatus,
    /// Why the last change failed.
    pub reason: Option<String>,
    pub requested_at: Timestamp,
    /// When it got its status.
    pub updated_at: Timestamp,
}
