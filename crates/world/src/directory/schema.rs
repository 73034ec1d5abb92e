//! Schemas: how extensions changed the schema that every new domain has.

use compact_str::CompactString;
use imbl::{OrdMap, OrdSet};
use model::ds::types::SchemaExtensionStatus;
use model::{SchemaExtensionId, Timestamp};

/// What extensions added and changed, by common name in lower case. The schema of a new domain is not kept.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Schema {
    /// Classes and attributes that extensions added.
    pub added: OrdMap<CompactString, SchemaObject>,
    /// Values that extensions added to classes and attributes that every new domain has.
    pub changed: OrdMap<CompactString, SchemaObject>,
}

/// A class or an attribute: its values by the name of the attribute that has them, both in lower case. Schemas do not
/// distinguish case.
pub type SchemaObject = OrdMap<CompactString, OrdSet<CompactString>>;

#[derive(Clone, Debug, PartialEq)]
pub struct SchemaExtension {
    pub id: SchemaExtensionId,
    pub description: String,
    pub status: SchemaExtensionStatus,
    /// The schema after the extension, or why the extension fails. Decided when it starts.
    pub outcome: Result<Schema, String>,
    pub started_at: Timestamp,
    /// When it ended, well or not.
    pub ended_at: Option<Timestamp>,
}
