//! The table of limits for all protocols. Typed decoding asks it whether a value is within its limits. The walk in
//! `wire` asks it which limit a value breaks.

use std::sync::OnceLock;

use fancy_regex::Regex;

/// A shape of the model.
#[derive(Debug)]
pub struct Shape {
    /// The model's name.
    pub name: &'static str,
    /// Whether values are kept out of messages and logs.
    pub sensitive: bool,
    /// The type and its limits.
    pub kind: Kind,
}

/// The type of a shape, and its limits.
#[derive(Debug)]
pub enum Kind {
    /// Text. Its length counts code points, and the pattern must match all of it.
    Text(Limits, Option<&'static Pattern>),
    /// One word of a set.
    Enum(&'static [&'static str]),
    /// A 32-bit number.
    Integer(Limits),
    /// A 64-bit number.
    Long(Limits),
    /// True or false.
    Boolean,
    /// A point in time.
    Timestamp,
    /// A list with the shape of its elements.
    List(Limits, &'static Shape),
    /// A map with the shapes of its keys and values.
    Map(Limits, &'static Shape, &'static Shape),
    /// Named members, in alphabetical order.
    Structure(&'static [Member]),
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// The model's name.
    pub name: &'static str,
    /// Whether the member is required.
    pub required: bool,
    /// The name in the query string, for members that come there.
    pub query: Option<&'static str>,
    /// The shape.
    pub shape: &'static Shape,
}

/// Inclusive limits of a length, a count or a value.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The minimum.
    pub min: Option<i64>,
    /// The maximum.
    pub max: Option<i64>,
}

impl Limits {
    /// No limits.
    pub const NONE: Self = Self { min: None, max: None };

    /// Whether `value` is within the limits.
    pub fn hold(&self, value: i64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }

    /// Whether a length is within the limits.
    pub fn hold_len(&self, len: usize) -> bool {
        self.hold(i64::try_from(len).unwrap_or(i64::MAX))
    }
}

impl Shape {
    /// Whether a text has an allowed length and matches the pattern.
    pub fn text(&self, value: &str) -> bool {
        match &self.kind {
            Kind::Text(limits, pattern) => {
                limits.hold_len(value.chars().count()) && pattern.is_none_or(|pattern| pattern.matches(value))
            }
            _ => false,
        }
    }

    /// Whether a number is within the limits.
    pub fn number(&self, value: i64) -> bool {
        matches!(&self.kind, Kind::Integer(limits) | Kind::Long(limits) if limits.hold(value))
    }

    /// Whether a list or map may have `len` entries.
    pub fn count(&self, len: usize) -> bool {
        matches!(&self.kind, Kind::List(limits, _) | Kind::Map(limits, ..) if limits.hold_len(len))
    }
}

/// A typed value that can be checked against the table of limits.
pub trait Checked {
    /// Whether all members are within their limits.
    fn holds(&self) -> bool;
}

/// A pattern of the model: a Java regular expression that must match the whole value.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern. The first match compiles it.
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// The model's text. Messages repeat it unchanged.
    pub fn as_str(&self) -> &'static str {
        self.source
    }

    /// Whether all of `value` matches.
    pub fn matches(&self, value: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| {
            // The test `every_pattern_compiles` compiles all patterns of the model.
            Regex::new(&translate(self.source)).expect("a pattern of the model compiles")
        });
        // A value does not match when the pattern needs too many steps for it.
        compiled.is_match(value).unwrap_or(false)
    }
}

// The model writes U+10000 to U+10FFFF with five and six digits after \u, and means these code points.
const REPLACED: [(&str, &str); 11] = [
    (r"\u10FFFF", r"\x{10FFFF}"),
    (r"\u10000", r"\x{10000}"),
    (r"\uD7FF", r"\x{D7FF}"),
    (r"[\s\S]", r"[\s\S]"),
    (r"\p{LD}", r"[\p{L}\p{Nd}]"),
    (r"\p{Punct}", r"[!-/:-@\[-`{-~]"),
    (r"\d", "0-9"),
    (r"\w", "a-zA-Z0-9_"),
    (r"\s", r" \t\n\x0B\f\r"),
    (r"\\", r"\\"),
    (r"\/", "/"),
];

/// Translates a Java pattern for this crate's engine. Java's classes are ASCII, and its `\uXXXX` are code units. The
/// pattern must match the whole value, so every branch of an alternation is anchored.
fn translate(java: &str) -> String {
    let mut rust = String::with_capacity(java.len() + 16);
    rust.push_str(r"\A(?s:");
    let mut rest = java;
    let mut in_class = false;
    'next: while let Some(first) = rest.chars().next() {
        for (from, to) in REPLACED {
            if let Some(after) = rest.strip_prefix(from) {
                let is_class = matches!(from, r"\d" | r"\w" | r"\s") && !in_class;
                if is_class {
                    rust.push('[');
                }
                rust.push_str(to);
                if is_class {
                    rust.push(']');
                }
                rest = after;
                continue 'next;
            }
        }
        if let Some(hex) = rest.strip_prefix(r"\u").and_then(|after| after.get(..4)) {
            rust.push_str(r"\x{");
            rust.push_str(hex);
            rust.push('}');
            rest = &rest[6..];
            continue;
        }
        if first == '\\' {
            let escaped = rest.chars().nth(1).map_or(1, |c| 1 + c.len_utf8());
            rust.push_str(&rest[..escaped]);
            rest = &rest[escaped..];
            continue;
        }
        match first {
            '[' if in_class => rust.push('\\'),
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        rust.push(first);
        rest = &rest[first.len_utf8()..];
    }
    rust.push_str(r")\z");
    rust
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(shape: &'static Shape, seen: &mut Vec<*const Shape>, found: &mut Vec<&'static Pattern>) {
        if seen.contains(&std::ptr::from_ref(shape)) {
            return;
        }
        seen.push(shape);
        match &shape.kind {
            Kind::Text(_, pattern) => found.extend(pattern),
            Kind::List(_, item) => patterns(item, seen, found),
            Kind::Map(_, key, value) => {
                patterns(key, seen, found);
                patterns(value, seen, found);
            }
            Kind::Structure(members) => members.iter().for_each(|member| patterns(member.shape, seen, found)),
            _ => {}
        }
    }

    #[test]
    fn every_pattern_compiles() {
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        for service in crate::SERVICES {
            for operation in service.operations {
                patterns(operation.input, &mut seen, &mut found);
            }
        }
        assert!(found.len() > 60, "the model has many patterns, found {}", found.len());
        for pattern in found {
            pattern.matches("value");
        }
    }

    #[test]
    fn patterns_match_the_whole_value() {
        use crate::{ds, ds_data, organizations, sts};
        for (shape, value, expected) in [
            (&organizations::schema::PARENT_ID, "r-abcd", true),
            (&organizations::schema::PARENT_ID, "ou-abcd-12345678", true),
            (&organizations::schema::PARENT_ID, "r-abcd and more", false),
            (&organizations::schema::CREATE_ACCOUNT_NAME, "plain", true),
            (&organizations::schema::CREATE_ACCOUNT_NAME, "é", false),
            (&organizations::schema::TAG_VALUE, "Zürich/1", true),
            (&organizations::schema::TAG_VALUE, "50%", false),
            (&organizations::schema::HANDSHAKE_NOTES, "two\nlines", true),
            (&ds::schema::PASSWORD, "Sup3rSecret!", true),
            (&ds::schema::PASSWORD, "lowercase", false),
            (&ds::schema::PASSWORD, "Short1!", false),
            (&ds::schema::DIRECTORY_NAME, "corp.example.com", true),
            (&ds::schema::DIRECTORY_NAME, "corp", false),
            (&ds::schema::DIRECTORY_SHORT_NAME, "CORP", true),
            (&ds::schema::DIRECTORY_SHORT_NAME, ".CORP", false),
            (&ds::schema::DESCRIPTION, "a plain description", true),
            (&ds::schema::DESCRIPTION, "(no)", false),
            (&ds::schema::ALIAS_NAME, "d-alias", false),
            (&ds::schema::ALIAS_NAME, "my-alias", true),
            (&ds::schema::CUSTOMER_USER_NAME, "admin", true),
            (&ds::schema::CUSTOMER_USER_NAME, "ad@min", false),
            (&ds::schema::CIDR_IP, "203.0.113.0/24", true),
            (&ds::schema::CIDR_IP, "0.0.0.0/0", false),
            (&ds::schema::RADIUS_SHARED_SECRET, "Secret-123 ~", true),
            (&ds_data::schema::LDAP_DISPLAY_NAME, "extensionAttribute1", false),
            (&ds_data::schema::GROUP_NAME, "AWS Delegated Administrators", true),
            (&ds_data::schema::GROUP_NAME, "a[b", false),
            (&sts::schema::ROLE_SESSION_NAME_TYPE, "a:b", false),
            (&sts::schema::ARN_TYPE, "arn:aws:iam::111111111111:role/x", true),
        ] {
            assert_eq!(shape.text(value), expected, "{} {value:?}", shape.name);
        }
    }
}
