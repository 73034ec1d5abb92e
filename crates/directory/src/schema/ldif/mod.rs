//! LDIF, the text form of directory entries and of changes to them (RFC 2849, with the change types that `ldifde` adds
//! for schemas).
//!
//! The whole of a text is read or none of it: the first fault ends the reading, and says on which line it is.

#[cfg(test)]
mod corpus;
mod dn;
mod lines;
mod record;
#[cfg(test)]
mod tests;

pub use dn::{Dn, Rdn};
use lines::Line;

/// What is done to one entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Record {
    /// The line that it starts on; the first line of a text is 1.
    pub line: usize,
    /// The distinguished name of the entry, as given.
    pub dn: String,
    /// What is done.
    pub change: Change,
}

/// What is done to an entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
    /// It is added. A record without a change type means that, too.
    Add(Vec<Attribute>),
    /// It is deleted.
    Delete,
    /// Its attributes are changed, one after the other.
    Modify(Vec<Modification>),
    /// It gets another name.
    Rename(Rename),
}

/// A value of an attribute.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attribute {
    /// The attribute's name with its options, as given.
    pub name: String,
    /// The value, which need not be text.
    pub value: Vec<u8>,
}

/// A change of one attribute.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Modification {
    /// What is done to the values.
    pub kind: ModificationKind,
    /// The attribute's name with its options, as given.
    pub name: String,
    /// The values. None in a deletion or a replacement stand for all there are.
    pub values: Vec<Vec<u8>>,
}

/// What a modification does to the values of its attribute.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ModificationKind {
    /// Adds to them.
    Add,
    /// Takes them away.
    Delete,
    /// Puts them in the place of those that are there.
    Replace,
}

/// Another name for an entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rename {
    /// The new relative name, as given.
    pub new_rdn: String,
    /// Whether the old relative name goes.
    pub deletes_old: bool,
    /// The new entry above, where that changes.
    pub new_superior: Option<String>,
}

/// Where a text is no LDIF.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The line; where a line is folded, the first of its parts.
    pub line: usize,
    /// The first character of that line.
    pub first: char,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wrong {
    /// It goes on from a line that is not there.
    Fold,
    /// It has no colon, or no attribute's name before it.
    Name,
    /// It has a character that no value can have, or begins with one that none can begin with.
    Value,
    /// What should be base64 is not, or is no text where text is wanted.
    Base64,
    /// Its value is in a file, of which there are none here.
    File,
    /// A version other than 1.
    Version,
    /// A record that does not begin with the entry's name.
    NoName,
    /// A control that is not of the form.
    Control,
    /// A change type that is none.
    ChangeType,
    /// It has no place where it stands.
    Unexpected,
    /// The record ends too soon after it.
    Incomplete,
}

/// Reads a text; one without any record is good, too.
pub fn parse(text: &str) -> Result<Vec<Record>, Fault> {
    let lines = lines::unfold(text)?;
    let mut blocks = lines.split(Line::is_empty).filter(|block| !block.is_empty());
    let mut records = Vec::new();
    if let Some(first) = blocks.next() {
        // The version may stand right above the first record.
        let rest = record::skip_version(first)?;
        if !rest.is_empty() {
            records.push(record::read(rest)?);
        }
    }
    for block in blocks {
        records.push(record::read(block)?);
    }
    Ok(records)
}
