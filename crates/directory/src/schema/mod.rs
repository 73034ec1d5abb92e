//! Schema extensions, and the import of the LDIF texts that define them.

pub mod import;
pub mod ldif;
pub mod schema_extensions;
