//! Extensions of a domain's schema, and the LDIF texts that they are imported from.

pub mod import;
pub mod ldif;
pub mod schema_extensions;
