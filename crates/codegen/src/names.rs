//! Makes names of Rust items from the model's names.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// `SAMAccountName` to `sam_account_name`. A word that Rust reserves is escaped.
pub fn field(member: &str) -> String {
    let name = member.to_snake_case();
    match name.as_str() {
        "type" => "kind".to_owned(),
        _ => name,
    }
}

/// `One-Way: Outgoing` to `OneWayOutgoing`, `3DES` to `_3Des`.
pub fn variant(value: &str) -> String {
    let name = value.to_upper_camel_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// `arnType` to `ArnType`. Names that are proper already stay.
pub fn structure(shape: &str) -> String {
    let mut letters = shape.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The static that holds a shape's facts: `AccountId` to `ACCOUNT_ID`.
pub fn shape(shape: &str) -> String {
    shape.to_shouty_snake_case()
}

/// A handler or a module: `ShareDirectory` to `share_directory`.
pub fn function(operation: &str) -> String {
    operation.to_snake_case()
}

/// The trait of a resource: `trusted_access` to `TrustedAccess`.
pub fn resource(resource: &str) -> String {
    resource.to_upper_camel_case()
}
