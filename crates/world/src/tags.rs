//! Tags of a resource.

use compact_str::CompactString;
use imbl::OrdMap;

/// Keys and values, ordered by key.
pub type Tags = OrdMap<CompactString, CompactString>;
