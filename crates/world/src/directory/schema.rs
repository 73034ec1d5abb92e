//! Schemas: what extensions made of the one that every new domain has.

use compact_str::CompactString;
use imbl::{OrdMap, OrdSet};
use model::ds::types::SchemaExtensionStatus;
use model::{SchemaExtensionId, Timestamp};

/// What extensions added to a schema and changed in it, by common name in lower case. The schema of a new domain is not
/// in it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Schema {
    /// Classes and attributes that an extension added.
    pub added: OrdMap<CompactString, SchemaObject>,
    /// What extensions added to classes and attributes of every domain.
    pub changed: OrdMap<CompactString, SchemaObject>,
}

/// A class or an attribute: its values by the attribute's name, both in lower case, since neither is told apart by it.
pub type SchemaObject = OrdMap<CompactString, OrdSet<CompactString>>;

#[derive(Clone, Debug, PartialEq)]
pub struct SchemaExtension {
    pub id: SchemaExtensionId,
    pub description: String,
    pub status: SchemaExtensionStatus,
    /// What it will make of the schema, or why it will fail.
    pub outcome: Result<Schema, String>,
    pub started_at: Timestamp,
    /// When it ended, in whatever way.
    pub ended_at: Option<Timestamp>,
}
