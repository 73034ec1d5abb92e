//! JSON that keeps the order of keys, duplicate keys and the position of an error. serde's values lose them.

mod read;

use std::fmt;

use crate::finding::Finding;
use crate::path::Path;

/// How deep objects and lists may nest.
// Inferred: AWS's limit is not published; no policy type's grammar comes near this one.
pub const DEPTH_MAX: usize = 128;

/// Any JSON value. Keys are in the order of the text, with duplicates.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written. Policies compare it as text or by rules of their own.
    Number(String),
    /// A string, its escapes resolved.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object. [`Parsed::duplicates`] names duplicate keys.
    Object(Vec<(String, Value)>),
}

/// The value in a text that is JSON, and its duplicate keys.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Parsed {
    pub root: Value,
    /// A finding for each duplicate key, in the order of the text. Case counts.
    pub duplicates: Vec<Finding>,
}

/// Reads a text strictly by RFC 8259: nothing before or after the value, no comments, no trailing commas, no lone
/// surrogates. The finding says where the text stops being JSON.
pub fn read(text: &str) -> Result<Parsed, Finding> {
    read::document(text)
}

impl Value {
    /// The value of an object's key: the first one of duplicates. None also where this is not an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.iter().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The items of a list.
    pub fn as_array(&self) -> Option<&[Value]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The entries of an object.
    pub fn as_object(&self) -> Option<&[(String, Value)]> {
        if let Self::Object(entries) = self { Some(entries) } else { None }
    }

    /// The value in words, for a [`Finding`]: `the string "x"`, `an empty list`.
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(text) => format!("the number {}", shortened(text)),
            Self::String(text) => format!("the string {}", quoted(text)),
            Self::Array(items) if items.is_empty() => "an empty list".to_owned(),
            Self::Array(_) => "a list".to_owned(),
            Self::Object(entries) if entries.is_empty() => "an empty object".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }

    /// The finding for this value at a path where something else was expected.
    pub fn unexpected(&self, path: &Path<'_>, expected: impl Into<String>) -> Finding {
        Finding::new(path, self.describe(), expected)
    }
}

/// A text in quotation marks, cut short where it is long, for use in a [`Finding`].
pub fn quoted(text: &str) -> String {
    format!("{:?}", shortened(text))
}

fn shortened(text: &str) -> String {
    const SHOWN_MAX: usize = 64;
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Writes the value as JSON without white space.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(text) => f.write_str(text),
            Self::String(text) => write_string(f, text),
            Self::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    item.fmt(f)?;
                }
                f.write_str("]")
            }
            Self::Object(entries) => {
                f.write_str("{")?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    write_string(f, key)?;
                    f.write_str(":")?;
                    value.fmt(f)?;
                }
                f.write_str("}")
            }
        }
    }
}

fn write_string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for char in text.chars() {
        match char {
            '"' | '\\' => write!(f, "\\{char}")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '\0'..'\x20' => write!(f, "\\u{:04x}", u32::from(char))?,
            _ => write!(f, "{char}")?,
        }
    }
    f.write_str("\"")
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_finding(text: &str, expected: &str) {
        assert_eq!(read(text).unwrap_err().to_string(), expected, "{text}");
    }

    #[test]
    fn says_where_a_text_stops_being_json() {
        for (text, expected) in [
            ("", "At line 1, column 1: found the end of the text, expected a value."),
            ("{", "At line 1, column 2: found the end of the text, expected a key in quotation marks or '}'."),
            ("{\n  \"a\": [1,\n 2 3]}", "At line 3, column 4, in a[1]: found '3', expected ',' or ']'."),
            ("{\"a\":1,}", "At line 1, column 8: found '}', expected a key in quotation marks."),
            ("{\"é\" 1}", "At line 1, column 6, in é: found '1', expected ':'."),
            ("[1,]", "At line 1, column 4, in [1]: found ']', expected a value."),
            ("{} x", "At line 1, column 4: found 'x', expected the end of the text."),
            ("01", "At line 1, column 2: found '1', expected the end of the text."),
            ("-", "At line 1, column 2: found the end of the text, expected a digit."),
            ("1.e5", "At line 1, column 3: found 'e', expected a digit."),
            ("tru", "At line 1, column 1: found 't', expected a value."),
            ("\"a\nb\"", "At line 1, column 3: found a control character, expected its escape, such as \\n."),
            (r#""\x""#, "At line 1, column 3: found 'x', expected one of \" \\ / b f n r t u after the backslash."),
            (r#""\u12g4""#, "At line 1, column 6: found 'g', expected four hexadecimal digits after \\u."),
            (r#""\ud800""#, "At line 1, column 8: found half of a surrogate pair, expected its other half."),
            ("\"a", "At line 1, column 3: found the end of the text, expected '\"' at the end of the string."),
            ("\u{feff}{}", "At line 1, column 1: found '\\u{feff}', expected a value."),
        ] {
            check_finding(text, expected);
        }
    }

    #[test]
    fn bounds_the_depth() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&nested(DEPTH_MAX)).is_ok());
        let finding = read(&nested(DEPTH_MAX + 1)).unwrap_err();
        assert_eq!(
            (finding.found.as_str(), finding.expected.as_str()),
            ("'['", "at most 128 levels of objects and lists")
        );
    }

    #[test]
    fn names_keys_given_twice() {
        let document = read(r#"{"a":1,"b":{"c":[{"d":1,"d":2}]},"a":3,"A":4}"#).unwrap();
        let printed: Vec<_> = document.duplicates.iter().map(ToString::to_string).collect();
        assert_eq!(
            printed,
            [
                "At b.c[0].d: found the key \"d\" a second time, expected each key once.",
                "At a: found the key \"a\" a second time, expected each key once.",
            ]
        );
        assert_eq!(document.root.get("a"), Some(&Value::Number("1".to_owned())));
    }

    #[test]
    fn resolves_escapes() {
        let document = read(r#" "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00" "#).unwrap();
        assert_eq!(document.root.as_str(), Some("\"\\/\u{8}\u{c}\n\r\té😀"));
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?".prop_map(Value::Number),
            any::<String>().prop_map(Value::String),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::Array),
                vec((any::<String>(), inner), 0..4).prop_map(Value::Object),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_reads_the_same(value in value()) {
            prop_assert_eq!(read(&value.to_string()).unwrap().root, value);
        }

        #[test]
        fn no_text_panics(text in any::<String>(), json_like in "[\\[\\]{}:,\"\\\\u0-9a-e.+ \n-]{0,40}") {
            let _ = read(&text);
            let _ = read(&json_like);
        }
    }
}
