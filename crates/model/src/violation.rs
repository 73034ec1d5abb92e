//! Violations: broken limits of the model, in the words of AWS's front end.

use std::fmt;

use crate::schema::{Limits, Shape};

/// A value that breaks a limit.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The path of the value, such as `vpcSettings.subnetIds`.
    pub path: String,
    /// The shape of the value.
    pub shape: &'static Shape,
    /// The value as messages show it. None for an absent member.
    pub value: Option<String>,
    /// The broken limit.
    pub constraint: Constraint,
}

/// A limit of the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// The member is required.
    Required,
    /// Text must match the pattern.
    Pattern(&'static str),
    /// A word must be one of these.
    Enum(&'static [&'static str]),
    /// A text, list or map has at least this length.
    MinLength(i64),
    /// A text, list or map has at most this length.
    MaxLength(i64),
    /// A number is at least this.
    MinValue(i64),
    /// A number is at most this.
    MaxValue(i64),
    /// The elements of a list have limits.
    Element(Entry),
    /// The keys of a map have limits.
    MapKey(Entry),
    /// The values of a map have limits.
    MapValue(Entry),
}

/// The limits of entries of a list or a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// All limits of an entry. Messages list them.
    pub all: Vec<Constraint>,
    /// The limits that some entry breaks.
    pub broken: Vec<Constraint>,
}

impl Constraint {
    /// The limits that a length breaks.
    pub fn of_length(limits: Limits, len: usize) -> Vec<Self> {
        let len = i64::try_from(len).unwrap_or(i64::MAX);
        let most = limits.max.filter(|max| len > *max).map(Self::MaxLength);
        let least = limits.min.filter(|min| len < *min).map(Self::MinLength);
        most.into_iter().chain(least).collect()
    }

    /// The limits that a number breaks.
    pub fn of_value(limits: Limits, value: i64) -> Vec<Self> {
        let most = limits.max.filter(|max| value > *max).map(Self::MaxValue);
        let least = limits.min.filter(|min| value < *min).map(Self::MinValue);
        most.into_iter().chain(least).collect()
    }
}

/// Writes `Member must …`, as recorded from several services.
impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("Member must not be null"),
            Self::Pattern(pattern) => write!(f, "Member must satisfy regular expression pattern: {pattern}"),
            Self::Enum(values) => write!(f, "Member must satisfy enum value set: [{}]", values.join(", ")),
            Self::MinLength(least) => write!(f, "Member must have length greater than or equal to {least}"),
            Self::MaxLength(most) => write!(f, "Member must have length less than or equal to {most}"),
            Self::MinValue(least) => write!(f, "Member must have value greater than or equal to {least}"),
            Self::MaxValue(most) => write!(f, "Member must have value less than or equal to {most}"),
            Self::Element(entry) => write!(f, "Member must satisfy constraint: [{}]", Joined(&entry.all)),
            Self::MapKey(entry) => write!(f, "Map keys must satisfy constraint: [{}]", Joined(&entry.all)),
            Self::MapValue(entry) => write!(f, "Map value must satisfy constraint: [{}]", Joined(&entry.all)),
        }
    }
}

struct Joined<'a>(&'a [Constraint]);

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, constraint) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{constraint}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            None => f.write_str("Value null")?,
            Some(_) if self.shape.sensitive => f.write_str("Value")?,
            Some(value) => write!(f, "Value '{value}'")?,
        }
        write!(f, " at '{}' failed to satisfy constraint: {}", self.path, self.constraint)
    }
}

/// The number of violations that a message lists.
const LISTED: usize = 10;

impl Violation {
    /// All violations in one sentence.
    pub fn describe(all: &[Self]) -> String {
        let listed: Vec<String> = all.iter().take(LISTED).map(Self::to_string).collect();
        let plural = if listed.len() == 1 { "" } else { "s" };
        format!("{} validation error{plural} detected: {}", listed.len(), listed.join("; "))
    }
}
