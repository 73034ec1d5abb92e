//! Reads form parameters into a tree.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::tree::Tree;

/// The deepest nesting of any input. A name with more dots names no member.
const DEPTH_MAX: usize = 16;

/// Builds the tree that names such as `Tags.member.1.Key` spell out. Of equal names the first counts, because a form's
/// body comes before the query string.
pub fn tree<'a>(parameters: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Tree {
    let mut root = BTreeMap::new();
    for (name, value) in parameters {
        if name.split('.').count() <= DEPTH_MAX {
            insert(&mut root, &name, value);
        }
    }
    with_lists(root)
}

/// The name before the numbers of a list's items.
const ITEMS: &str = "member";

/// Turns numbered entries into lists. Numbers may have gaps; only their order counts.
fn with_lists(level: BTreeMap<String, Tree>) -> Tree {
    let inner = |value| if let Tree::Map(inner) = value { with_lists(inner) } else { value };
    let mut level: BTreeMap<String, Tree> = level.into_iter().map(|(key, value)| (key, inner(value))).collect();
    if level.len() == 1
        && let Some(Tree::Map(items)) = level.get_mut(ITEMS)
        && let Some(order) = items.keys().map(|key| key.parse::<u32>().ok()).collect::<Option<Vec<u32>>>()
    {
        let mut items: Vec<(u32, Tree)> = order.into_iter().zip(std::mem::take(items).into_values()).collect();
        items.sort_by_key(|(number, _)| *number);
        return Tree::List(items.into_iter().map(|(_, item)| item).collect());
    }
    Tree::Map(level)
}

fn insert(level: &mut BTreeMap<String, Tree>, name: &str, value: Cow<'_, str>) {
    match name.split_once('.') {
        None => {
            level.entry(name.to_owned()).or_insert_with(|| Tree::Word(value.into_owned()));
        }
        Some((first, rest)) => {
            let inner = level.entry(first.to_owned()).or_insert_with(|| Tree::Map(BTreeMap::new()));
            // A name may also be the beginning of another one. It keeps its value.
            if let Tree::Map(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// The error for the first `%` that begins no escape.
pub fn broken_escape(text: &[u8]) -> Option<String> {
    let mut rest = text;
    while let Some(index) = rest.iter().position(|byte| *byte == b'%') {
        let Some((escape, after)) = rest[index + 1..].split_at_checked(2) else {
            return Some("Incomplete trailing escape % sequence".to_owned());
        };
        if !escape.iter().all(u8::is_ascii_hexdigit) {
            return Some(format!("Illegal hex character in escape % pattern: %{}", String::from_utf8_lossy(escape)));
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Value {
        l: Vec<String>,
    }

    #[test]
    fn lists_are_in_the_order_of_their_numbers() {
        let list = |form: &str| Value::deserialize(tree(form_urlencoded::parse(form.as_bytes()))).map(|value| value.l);
        assert_eq!(list("l.member.10=c&l.member.2=b&l.member.1=a").unwrap(), ["a", "b", "c"]);
        assert_eq!(list("l.member.4000000000=z&l.member.1=a").unwrap(), ["a", "z"]);
        assert_eq!(list("l=").unwrap(), [""; 0]);
        for wrong in ["l=a", "l.member.x=a", "l.member.99999999999=a", "l.1=a", "l.member=a", "l.member.1.x=a"] {
            assert!(list(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_may_be_absurd() {
        let deep = format!("{}=1", "a.".repeat(100_000));
        assert_eq!(tree(form_urlencoded::parse(deep.as_bytes())), Tree::Map(BTreeMap::new()));
        let clash = tree(form_urlencoded::parse(b"a=1&a.b=2&a=3"));
        assert_eq!(clash, Tree::Map([("a".to_owned(), Tree::Word("1".to_owned()))].into()));
    }

    #[test]
    fn escapes_are_checked() {
        assert_eq!(broken_escape(b"a=%20%C3%a9"), None);
        assert_eq!(broken_escape(b"a=%2").as_deref(), Some("Incomplete trailing escape % sequence"));
        assert_eq!(broken_escape(b"%4x").as_deref(), Some("Illegal hex character in escape % pattern: %4x"));
    }
}
