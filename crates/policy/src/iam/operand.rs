//! What conditions compare with, read from a policy once.

use std::cmp::Ordering;

use crate::iam::arn::arn_matches;
use crate::iam::operator::{Comparison, Order, Text};
use crate::iam::pattern::{Pattern, Special, Token, matches};
use crate::iam::request::Context;
use crate::iam::value::{IpRange, Number, binary, boolean, date, number};
use crate::iam::version::Version;

/// One value of a condition, in the form that its operator compares.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Operand {
    form: Form,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Form {
    Text(Text, Pattern),
    Arn(Pattern),
    Number(Order, Number),
    Date(Order, i128),
    Bool(bool),
    /// A text whose variables make it a boolean.
    VariableBool(Pattern),
    Binary(Vec<u8>),
    IpAddress(IpRange),
    /// Whether the key has to be missing.
    Missing(bool),
}

impl Operand {
    /// The operand that a text is to an operator, or what the operator expects in place of a text that it cannot read.
    // Inferred: IAM is on record for refusing dates it cannot read; numbers, booleans, ranges and base64 are taken to
    // fare alike. Only the operators of texts and ARNs, and by one of its pages Bool, take variables, so a variable is
    // no number.
    pub(super) fn read(comparison: Comparison, text: &str, version: Version) -> Result<Self, &'static str> {
        let pattern = |special| Pattern::read(text, version, special);
        let (form, expected) = match comparison {
            Comparison::String(kind @ (Text::Equals | Text::EqualsIgnoreCase)) => {
                (Some(Form::Text(kind, pattern(Special::Variables))), "")
            }
            Comparison::String(kind @ Text::Like) => (Some(Form::Text(kind, pattern(Special::Wildcards))), ""),
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

    /// Whether a request's value stands to this one as the operator without its negation says. A value that cannot be
    /// read does not.
    pub(super) fn is_met(&self, found: &str, context: &Context) -> bool {
        match &self.form {
            Form::Text(kind, pattern) => {
                pattern.expand(context).is_some_and(|expanded| is_same_text(*kind, &expanded, found))
            }
            Form::Arn(pattern) => pattern.expand(context).is_some_and(|expanded| arn_matches(&expanded, found)),
            Form::Number(order, value) => {
                let ordering = number(found).and_then(|found| found.partial_cmp(value));
                ordering.is_some_and(|ordering| stands(ordering, *order))
            }
            Form::Date(order, value) => date(found).is_some_and(|found| stands(found.cmp(value), *order)),
            Form::Bool(value) => boolean(found) == Some(*value),
            Form::VariableBool(pattern) => {
                let value =
                    pattern.expand(context).and_then(|expanded| boolean(&characters(&expanded).collect::<String>()));
                value.is_some() && value == boolean(found)
            }
            // Inferred: a context holds bytes in base64 too.
            Form::Binary(value) => binary(found).is_some_and(|found| found == *value),
            Form::IpAddress(range) => IpRange::parse(found).is_some_and(|found| range.contains(found)),
            Form::Missing(_) => false,
        }
    }

    /// Whether the operand asks that the key is missing, or that it is there.
    pub(super) fn asks_for(&self, is_missing: bool) -> bool {
        self.form == Form::Missing(is_missing)
    }
}

fn is_same_text(kind: Text, expanded: &[Token], found: &str) -> bool {
    match kind {
        Text::Equals => characters(expanded).eq(found.chars()),
        Text::EqualsIgnoreCase => {
            let lower_case = characters(expanded).flat_map(char::to_lowercase);
            lower_case.eq(found.chars().flat_map(char::to_lowercase))
        }
        Text::Like => matches(expanded, found.chars()),
    }
}

/// The characters of tokens among which there are no wildcards.
fn characters(tokens: &[Token]) -> impl Iterator<Item = char> {
    tokens.iter().filter_map(|token| match token {
        Token::Char(char) => Some(*char),
        Token::One | Token::Many => None,
    })
}

fn stands(ordering: Ordering, order: Order) -> bool {
    match order {
        Order::Equals => ordering.is_eq(),
        Order::LessThan => ordering.is_lt(),
        Order::LessThanEquals => ordering.is_le(),
        Order::GreaterThan => ordering.is_gt(),
        Order::GreaterThanEquals => ordering.is_ge(),
    }
}
