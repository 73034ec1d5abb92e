//! The values in a policy that conditions compare with, parsed when the policy is read.

use std::cmp::Ordering;

use crate::iam::arn::arn_matches;
use crate::iam::operator::{Comparison, OrderComparison, TextComparison};
use crate::iam::pattern::{PolicyPattern, Special, Symbol, matches};
use crate::iam::request::Context;
use crate::iam::value::{IpRange, Number, binary, boolean, date, number};
use crate::iam::version::Version;

/// One value of a condition, in the form that its operator needs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Operand {
    form: Form,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Form {
    Text(TextComparison, PolicyPattern),
    Arn(PolicyPattern),
    Number(OrderComparison, Number),
    Date(OrderComparison, i128),
    Bool(bool),
    /// A text with variables that expands to a boolean.
    VariableBool(PolicyPattern),
    Binary(Vec<u8>),
    IpAddress(IpRange),
    /// True if the key has to be missing, false if it has to exist.
    Missing(bool),
}

impl Operand {
    /// Parses a value for an operator. An error says what the operator expects.
    // Inferred: IAM is on record for refusing dates that it cannot parse. The same holds here for numbers, booleans,
    // ranges and base64. Only the operators of texts and ARNs, and by one of IAM's pages Bool, allow variables, so a
    // variable is no number.
    pub(super) fn read(comparison: Comparison, text: &str, version: Version) -> Result<Self, &'static str> {
        let pattern = |special| PolicyPattern::read(text, version, special);
        let (form, expected) = match comparison {
            Comparison::String(kind @ (TextComparison::Equals | TextComparison::EqualsIgnoreCase)) => {
                (Some(Form::Text(kind, pattern(Special::Variables))), "")
            }
            Comparison::String(kind @ TextComparison::Like) => {
                (Some(Form::Text(kind, pattern(Special::Wildcards))), "")
            }
            Comparison::Arn => (Some(Form::Arn(pattern(Special::Wildcards))), ""),
            Comparison::Numeric(order) => (number(text).map(|number| Form::Number(order, number)), "a number"),
            Comparison::Date(order) => {
                let form = date(text).map(|date| Form::Date(order, date));
                (form, "a date such as \"2026-01-31T00:00:00Z\", or seconds since 1970")
            }
            Comparison::Bool => {
                let variable = || text.contains("${").then(|| Form::VariableBool(pattern(Special::Variables)));
                (boolean(text).map(Form::Bool).or_else(variable), "true or false")
            }
            Comparison::Null => {
                (boolean(text).map(Form::Missing), "true for a missing key or false for one that is there")
            }
            Comparison::Binary => (binary(text).map(Form::Binary), "bytes in base64"),
            Comparison::IpAddress => {
                (IpRange::parse(text).map(Form::IpAddress), "an address or a range such as \"203.0.113.0/24\"")
            }
        };
        form.map(|form| Self { form }).ok_or(expected)
    }

    /// Whether a request's value satisfies the operator, negation aside. A value that cannot be parsed does not.
    pub(super) fn is_met(&self, found: &str, context: &Context) -> bool {
        match &self.form {
            Form::Text(kind, pattern) => {
                pattern.expand(context).is_some_and(|expanded| is_same_text(*kind, &expanded, found))
            }
            Form::Arn(pattern) => pattern.expand(context).is_some_and(|expanded| arn_matches(&expanded, found)),
            Form::Number(order, value) => {
                let ordering = number(found).and_then(|found| found.partial_cmp(value));
                ordering.is_some_and(|ordering| satisfies_order(ordering, *order))
            }
            Form::Date(order, value) => date(found).is_some_and(|found| satisfies_order(found.cmp(value), *order)),
            Form::Bool(value) => boolean(found) == Some(*value),
            Form::VariableBool(pattern) => {
                let value =
                    pattern.expand(context).and_then(|expanded| boolean(&characters(&expanded).collect::<String>()));
                value.is_some() && value == boolean(found)
            }
            // Inferred: the request's value is in base64 too.
            Form::Binary(value) => binary(found).is_some_and(|found| found == *value),
            Form::IpAddress(range) => IpRange::parse(found).is_some_and(|found| range.contains(found)),
            Form::Missing(_) => false,
        }
    }

    /// Whether this is the operand of Null for a key that is missing, or for one that exists.
    pub(super) fn requires_missing(&self, is_missing: bool) -> bool {
        self.form == Form::Missing(is_missing)
    }
}

fn is_same_text(kind: TextComparison, expanded: &[Symbol], found: &str) -> bool {
    match kind {
        TextComparison::Equals => characters(expanded).eq(found.chars()),
        TextComparison::EqualsIgnoreCase => {
            let lower_case = characters(expanded).flat_map(char::to_lowercase);
            lower_case.eq(found.chars().flat_map(char::to_lowercase))
        }
        TextComparison::Like => matches(expanded, found.chars()),
    }
}

/// The characters of a pattern without wildcards.
fn characters(symbols: &[Symbol]) -> impl Iterator<Item = char> {
    symbols.iter().filter_map(|symbol| match symbol {
        Symbol::Char(char) => Some(*char),
        Symbol::One | Symbol::Many => None,
    })
}

fn satisfies_order(ordering: Ordering, order: OrderComparison) -> bool {
    match order {
        OrderComparison::Equals => ordering.is_eq(),
        OrderComparison::LessThan => ordering.is_lt(),
        OrderComparison::LessThanEquals => ordering.is_le(),
        OrderComparison::GreaterThan => ordering.is_gt(),
        OrderComparison::GreaterThanEquals => ordering.is_ge(),
    }
}
