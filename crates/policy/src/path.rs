//! Paths of values in a document.

use std::fmt;

/// The path of a value, printed like `Statement[0].Action`. The path of the whole document prints as nothing.
///
/// A path borrows the path that it extends, so a walk makes paths without allocating.
///
/// ```
/// use policy::Path;
/// let statement = Path::ROOT.key("Statement");
/// let first = statement.index(0);
/// assert_eq!(first.key("Action").to_string(), "Statement[0].Action");
/// assert_eq!(first.key("a.b").to_string(), r#"Statement[0]["a.b"]"#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl Path<'static> {
    /// The document itself.
    pub const ROOT: Path<'static> = Path { parent: None, step: Step::Root };
}

impl<'a> Path<'a> {
    /// The value of an object's key.
    #[must_use]
    pub fn key(&'a self, name: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Step::Key(name) }
    }

    /// An item of a list, counted from 0.
    #[must_use]
    pub fn index(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        let is_first = self.parent.is_none_or(|parent| parent.parent.is_none());
        match self.step {
            Step::Root => Ok(()),
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Key(name) if !is_plain_key(name) => write!(f, "[{name:?}]"),
            Step::Key(name) if is_first => f.write_str(name),
            Step::Key(name) => write!(f, ".{name}"),
        }
    }
}

/// Whether a key can follow a dot without quotation marks.
fn is_plain_key(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|char| !char.is_whitespace() && !char.is_control() && !matches!(char, '.' | '[' | ']' | '"'))
}
