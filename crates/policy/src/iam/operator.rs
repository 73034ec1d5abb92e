//! The operators of conditions.

use std::fmt;

/// A parsed condition operator, such as `ForAnyValue:StringNotLikeIfExists`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Operator {
    /// The part before the colon.
    pub qualifier: Option<Qualifier>,
    pub comparison: Comparison,
    /// Whether the name contains `Not`.
    pub is_negated: bool,
    /// Whether a missing key satisfies it.
    pub if_exists: bool,
}

/// How many of a key's values in the request must satisfy the operator.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Qualifier {
    /// Every value. A key without values satisfies it too.
    ForAllValues,
    /// At least one value.
    ForAnyValue,
}

/// The type of values that an operator compares, and how. Negation is in [`Operator::is_negated`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Comparison {
    /// Texts.
    String(TextComparison),
    /// Numbers.
    Numeric(OrderComparison),
    /// Points in time.
    Date(OrderComparison),
    /// `true` or `false`.
    Bool,
    /// Bytes, in base64.
    Binary,
    /// Addresses in ranges.
    IpAddress,
    /// ARNs, part by part, with wildcards; `ArnEquals` and `ArnLike` are the same.
    Arn,
    /// Whether the key is missing; no values are compared.
    Null,
}

/// How texts are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TextComparison {
    /// Exactly.
    Equals,
    /// Regardless of case.
    EqualsIgnoreCase,
    /// With wildcards.
    Like,
}

/// How the request's value must relate to the policy's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OrderComparison {
    /// The same.
    Equals,
    /// Before.
    LessThan,
    /// Not after.
    LessThanEquals,
    /// After.
    GreaterThan,
    /// Not before.
    GreaterThanEquals,
}

/// Every operator without qualifier and suffix: its name, its comparison, and whether it is negated.
#[rustfmt::skip]
const BASES: [(&str, Comparison, bool); 27] = [
    ("StringEquals", Comparison::String(TextComparison::Equals), false),
    ("StringNotEquals", Comparison::String(TextComparison::Equals), true),
    ("StringEqualsIgnoreCase", Comparison::String(TextComparison::EqualsIgnoreCase), false),
    ("StringNotEqualsIgnoreCase", Comparison::String(TextComparison::EqualsIgnoreCase), true),
    ("StringLike", Comparison::String(TextComparison::Like), false),
    ("StringNotLike", Comparison::String(TextComparison::Like), true),
    ("NumericEquals", Comparison::Numeric(OrderComparison::Equals), false),
    ("NumericNotEquals", Comparison::Numeric(OrderComparison::Equals), true),
    ("NumericLessThan", Comparison::Numeric(OrderComparison::LessThan), false),
    ("NumericLessThanEquals", Comparison::Numeric(OrderComparison::LessThanEquals), false),
    ("NumericGreaterThan", Comparison::Numeric(OrderComparison::GreaterThan), false),
    ("NumericGreaterThanEquals", Comparison::Numeric(OrderComparison::GreaterThanEquals), false),
    ("DateEquals", Comparison::Date(OrderComparison::Equals), false),
    ("DateNotEquals", Comparison::Date(OrderComparison::Equals), true),
    ("DateLessThan", Comparison::Date(OrderComparison::LessThan), false),
    ("DateLessThanEquals", Comparison::Date(OrderComparison::LessThanEquals), false),
    ("DateGreaterThan", Comparison::Date(OrderComparison::GreaterThan), false),
    ("DateGreaterThanEquals", Comparison::Date(OrderComparison::GreaterThanEquals), false),
    ("Bool", Comparison::Bool, false),
    ("BinaryEquals", Comparison::Binary, false),
    ("IpAddress", Comparison::IpAddress, false),
    ("NotIpAddress", Comparison::IpAddress, true),
    ("ArnEquals", Comparison::Arn, false),
    ("ArnNotEquals", Comparison::Arn, true),
    ("ArnLike", Comparison::Arn, false),
    ("ArnNotLike", Comparison::Arn, true),
    ("Null", Comparison::Null, false),
];

const FOR_ALL: &str = "ForAllValues";
const FOR_ANY: &str = "ForAnyValue";
const IF_EXISTS: &str = "IfExists";

impl Operator {
    /// Parses an operator's name, in any case. Returns the name as AWS writes it too, for a warning.
    // Inferred: policies with `stringEquals` are in use, so case does not count. Null has neither qualifier nor suffix,
    // because both concern keys that may be missing.
    pub(super) fn parse(name: &str) -> Option<(Self, String)> {
        let (qualifier, rest) = match name.split_once(':') {
            None => (None, name),
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case(FOR_ALL) => (Some(Qualifier::ForAllValues), rest),
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case(FOR_ANY) => (Some(Qualifier::ForAnyValue), rest),
            Some(_) => return None,
        };
        let without = rest.len().checked_sub(IF_EXISTS.len()).and_then(|start| rest.split_at_checked(start));
        let (base, if_exists) = match without {
            Some((base, suffix)) if suffix.eq_ignore_ascii_case(IF_EXISTS) => (base, true),
            _ => (rest, false),
        };
        let (base, comparison, is_negated) = BASES.into_iter().find(|(known, ..)| known.eq_ignore_ascii_case(base))?;
        if comparison == Comparison::Null && (qualifier.is_some() || if_exists) {
            return None;
        }
        let prefix = match qualifier {
            None => String::new(),
            Some(qualifier) => format!("{qualifier}:"),
        };
        let name = format!("{prefix}{base}{}", if if_exists { IF_EXISTS } else { "" });
        Some((Self { qualifier, comparison, is_negated, if_exists }, name))
    }
}

impl fmt::Display for Qualifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ForAllValues => FOR_ALL,
            Self::ForAnyValue => FOR_ANY,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_every_operator_with_qualifier_and_suffix() {
        for (base, comparison, is_negated) in BASES {
            let name = |name: &str| Operator::parse(name).map(|(operator, _)| operator);
            let plain = Operator { qualifier: None, comparison, is_negated, if_exists: false };
            assert_eq!(name(base), Some(plain), "{base}");
            let full = Operator { qualifier: Some(Qualifier::ForAnyValue), if_exists: true, ..plain };
            let expected = (comparison != Comparison::Null).then_some(full);
            assert_eq!(name(&format!("ForAnyValue:{base}IfExists")), expected, "{base}");
        }
        for unknown in ["", "IfExists", "StringEqual", "ForAnyValue::StringEquals", "ForSome:Bool", "Not", "é"] {
            assert_eq!(Operator::parse(unknown), None, "{unknown}");
        }
        assert_eq!(Operator::parse("forallvalues:stringlikeifexists").unwrap().1, "ForAllValues:StringLikeIfExists");
    }
}
