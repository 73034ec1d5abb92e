//! LDIF, the text form of directory entries and of changes to them (RFC 2849, with the change types that `ldifde` adds
//! for schemas).
//!
//! A text is parsed as a whole: its first error is the result.

#[cfg(test)]
mod corpus;
mod dn;
mod lines;
mod record;
#[cfg(test)]
mod tests;

pub use dn::{Dn, Rdn};
use lines::Line;

/// A record: the change of one entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Record {
    /// The number of its first line. The first line of a text is 1.
    pub line: usize,
    /// The distinguished name of the entry, as in the text.
    pub dn: String,
    pub change: EntryChange,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum EntryChange {
    /// Also the meaning of a record without a change type.
    Add(Vec<AddedValue>),
    Delete,
    /// The modifications apply one after the other.
    Modify(Vec<Modification>),
    Rename(Rename),
}

/// A value of an attribute.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AddedValue {
    /// The attribute's name with its options, as in the text.
    pub name: String,
    /// The value, which need not be text.
    pub value: Vec<u8>,
}

/// A change of one attribute.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Modification {
    pub kind: ModificationKind,
    /// The attribute's name with its options, as in the text.
    pub name: String,
    /// No values in a deletion or a replacement stand for all values of the attribute.
    pub values: Vec<Vec<u8>>,
}

/// What a modification does to the values of its attribute.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ModificationKind {
    Add,
    Delete,
    /// Replaces all values.
    Replace,
}

/// A new name of an entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rename {
    /// The new relative name, as in the text.
    pub new_rdn: String,
    /// Whether the old relative name is deleted.
    pub deletes_old: bool,
    /// The new parent, if that changes.
    pub new_superior: Option<String>,
}

/// The first error of a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LdifError {
    /// The number of the line. For a folded line, the number of its first part.
    pub line: usize,
    /// The first character of that line.
    pub first: char,
    pub kind: LdifErrorKind,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LdifErrorKind {
    /// The line continues a line that does not exist.
    Fold,
    /// The line has no colon, or no attribute's name before the colon.
    Name,
    /// The value has a character that is not allowed, or not allowed at its beginning.
    Value,
    /// The value is not base64, or its contents are not text where text is required.
    Base64,
    /// The value is the URL of a file. Files are not supported.
    File,
    /// The version is not 1.
    Version,
    /// The record does not begin with the entry's name.
    NoName,
    /// The control is malformed.
    Control,
    /// The change type is unknown.
    ChangeType,
    /// The line is not allowed here.
    Unexpected,
    /// The record ends too soon after the line.
    Incomplete,
}

/// Parses a text. A text may have no record.
///
/// # Errors
/// The first error of the text.
pub fn parse(text: &str) -> Result<Vec<Record>, LdifError> {
    let lines = lines::unfold(text)?;
    let mut blocks = lines.split(Line::is_empty).filter(|block| !block.is_empty());
    let mut records = Vec::new();
    if let Some(first) = blocks.next() {
        // The version may be directly above the first record.
        let rest = record::skip_version(first)?;
        if !rest.is_empty() {
            records.push(record::parse(rest)?);
        }
    }
    for block in blocks {
        records.push(record::parse(block)?);
    }
    Ok(records)
}
