//! The language of the grammars: blocks of keys, which end in leaves with operators.

use super::operators::Operators;

/// What may stand at a path of a document.
pub(super) enum Shape {
    /// An object of settings.
    Block(Block),
    /// A setting: an object of operators.
    Leaf(Leaf),
    /// Anything that uses the operators correctly. For parts of a grammar of which no public record says the keys.
    Open,
}

/// An object of settings: fixed keys, keys that the author chooses, or both.
pub(super) struct Block {
    pub(super) fields: &'static [Field],
    pub(super) named: Option<Named>,
}

/// A fixed key.
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) shape: &'static Shape,
    /// Whether an effective policy that has the block needs the key. A single document never does: the key may come
    /// from policies above or below.
    pub(super) is_required: bool,
}

/// Keys that the author chooses.
pub(super) struct Named {
    pub(super) key: Text,
    pub(super) folding: Folding,
    pub(super) shape: &'static Shape,
    /// The field in the block that repeats the key. Case does not count.
    pub(super) echo: Option<&'static str>,
    /// How many such keys an effective policy may have.
    pub(super) count_max: Option<usize>,
}

/// What the case of a chosen key means.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Folding {
    /// None: keys that differ in case are one key. Effective policies have it in lower case.
    LowerCase,
    /// Keys that differ in case are different keys.
    Kept,
}

/// A setting.
pub(super) struct Leaf {
    pub(super) text: Text,
    pub(super) list: Option<ListRule>,
}

/// The rules for a setting of many values.
#[derive(Clone, Copy)]
pub(super) struct ListRule {
    /// The fewest and the most values in an effective policy.
    pub(super) count_min: usize,
    pub(super) count_max: Option<usize>,
    /// Whether the setting stays, as an empty list, when its last value is removed.
    pub(super) stays_empty: bool,
}

/// Which texts are allowed as values or keys.
#[derive(Clone, Copy)]
pub(super) enum Text {
    /// Any text with a number of characters from the first to the second.
    Length(usize, usize),
    OneOf(&'static [&'static str]),
    /// Decimal integers of this range. Both ends are included.
    Integer(i64, i64),
    /// Texts of a form, which the string describes.
    Form(fn(&str) -> bool, &'static str),
}

impl Text {
    pub(super) fn admits(self, text: &str) -> bool {
        match self {
            Self::Length(min, max) => (min..=max).contains(&text.chars().count()),
            Self::OneOf(texts) => texts.contains(&text),
            Self::Integer(min, max) => {
                let digits = text.strip_prefix('-').unwrap_or(text);
                !digits.is_empty()
                    && digits.bytes().all(|byte| byte.is_ascii_digit())
                    && text.parse().is_ok_and(|number: i64| (min..=max).contains(&number))
            }
            Self::Form(admits, _) => admits(text),
        }
    }

    /// The allowed texts, for a finding.
    pub(super) fn expected(self) -> String {
        match self {
            Self::Length(min, max) => format!("a string of {min} to {max} characters"),
            Self::OneOf(texts) => either(texts.iter().map(|text| format!("{text:?}"))),
            Self::Integer(min, i64::MAX) => format!("an integer from {min} on"),
            Self::Integer(min, max) => format!("an integer from {min} to {max}"),
            Self::Form(_, words) => words.to_owned(),
        }
    }
}

/// Joins names: `a`, `a or b`, `a, b or c`.
pub(super) fn either(names: impl IntoIterator<Item = String>) -> String {
    let mut names: Vec<_> = names.into_iter().collect();
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} or {last}", names.join(", ")),
        None => "nothing".to_owned(),
    }
}

impl Leaf {
    /// The operators that a document may use here.
    pub(super) const fn operators(&self) -> Operators {
        if self.list.is_some() { Operators::ALL } else { Operators::ASSIGN }
    }
}

/// A setting of one value.
pub(super) const fn one(text: Text) -> Shape {
    Shape::Leaf(Leaf { text, list: None })
}

/// A setting of many values.
pub(super) const fn many(text: Text) -> Shape {
    Shape::Leaf(Leaf { text, list: Some(ListRule { count_min: 0, count_max: None, stays_empty: false }) })
}

/// A setting with a number of values from `count_min` to `count_max`.
pub(super) const fn counted(text: Text, count_min: usize, count_max: Option<usize>) -> Shape {
    Shape::Leaf(Leaf { text, list: Some(ListRule { count_min, count_max, stays_empty: false }) })
}

/// A setting of many values that may also be set to no value at all.
pub(super) const fn many_or_none(text: Text) -> Shape {
    Shape::Leaf(Leaf { text, list: Some(ListRule { count_min: 0, count_max: None, stays_empty: true }) })
}

/// An object with fixed keys.
pub(super) const fn fixed(fields: &'static [Field]) -> Block {
    Block { fields, named: None }
}

/// An object with keys that the author chooses.
pub(super) const fn named(key: Text, shape: &'static Shape) -> Block {
    Block { fields: &[], named: Some(author_keys(key, shape)) }
}

/// Keys that the author chooses, with the folding of most of them: case does not count.
pub(super) const fn author_keys(key: Text, shape: &'static Shape) -> Named {
    Named { key, folding: Folding::LowerCase, shape, echo: None, count_max: None }
}

/// Keys that the author chooses, at most `count_max` of them in an effective policy.
pub(super) const fn at_most(count_max: usize, key: Text, shape: &'static Shape) -> Shape {
    Shape::Block(Block { fields: &[], named: Some(Named { count_max: Some(count_max), ..author_keys(key, shape) }) })
}

/// A key that may be missing.
pub(super) const fn optional(key: &'static str, shape: &'static Shape) -> Field {
    Field { key, shape, is_required: false }
}

/// A key that an effective policy needs.
pub(super) const fn required(key: &'static str, shape: &'static Shape) -> Field {
    Field { key, shape, is_required: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_written_plainly() {
        let minutes = Text::Integer(60, i64::MAX);
        for (text, is_minutes) in
            [("60", true), ("0060", true), ("59", false), ("60.0", false), ("+60", false), ("", false)]
        {
            assert_eq!(minutes.admits(text), is_minutes, "{text:?}");
        }
        assert!(Text::Integer(-1, 64).admits("-1"));
        assert!(!Text::Integer(-1, 64).admits("--1"));
        assert!(!minutes.admits("99999999999999999999"));
    }
}
