//! Tags of a resource.

use compact_str::CompactString;
use imbl::OrdMap;

/// Tags by key.
pub type Tags = OrdMap<CompactString, CompactString>;
