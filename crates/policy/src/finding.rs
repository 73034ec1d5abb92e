//! Findings of the validation of documents.

use std::fmt;

use crate::path::Path;

/// One rule that a document breaks. It prints as a sentence.
///
/// ```
/// use policy::{Finding, Path};
/// let finding = Finding::new(&Path::ROOT.key("Version"), "the number 1", "the string \"2012-10-17\"");
/// assert_eq!(finding.to_string(), "At Version: found the number 1, expected the string \"2012-10-17\".");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The path, as [`Path`] prints it. Empty for the document as a whole.
    pub path: String,
    /// The position in the text. Only for texts that are not JSON.
    pub position: Option<Position>,
    /// The value there, such as `the number 1` or `no Effect`.
    pub found: String,
    /// The allowed values, such as `"Allow" or "Deny"`.
    pub expected: String,
}

/// A position in a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Position {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
}

impl Finding {
    /// A finding in a text that is JSON.
    pub fn new(path: &Path<'_>, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { path: path.to_string(), position: None, found: found.into(), expected: expected.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, position, found, expected } = self;
        match position {
            Some(Position { line, column }) if path.is_empty() => write!(f, "At line {line}, column {column}")?,
            Some(Position { line, column }) => write!(f, "At line {line}, column {column}, in {path}")?,
            None if path.is_empty() => write!(f, "In the document")?,
            None => write!(f, "At {path}")?,
        }
        write!(f, ": found {found}, expected {expected}.")
    }
}

impl std::error::Error for Finding {}
