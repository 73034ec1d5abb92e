//! Whether the conditions of a statement hold for a request.

use std::cmp::Ordering;

use crate::iam::arn::arn_matches;
use crate::iam::document::{Condition, Version};
use crate::iam::operator::{Comparison, Order, Qualifier, Text};
use crate::iam::request::Context;
use crate::iam::value::{IpRange, binary, boolean, date, number};
use crate::iam::wildcard::{Token, expand, literal, matches};

/// Whether a condition holds.
pub(super) fn holds(condition: &Condition, version: Version, context: &Context) -> bool {
    let operator = condition.operator;
    let found = context.get(&condition.key);
    if operator.comparison == Comparison::Null {
        return condition.values.iter().any(|value| boolean(value) == Some(found.is_none()));
    }
    let Some(found) = found else {
        return holds_without_key(condition);
    };
    let satisfies = |found: &String| {
        let is_same = |value: &String| compare(operator.comparison, value, found, version, context);
        condition.values.iter().any(is_same) != operator.is_negated
    };
    match operator.qualifier {
        Some(Qualifier::ForAllValues) => found.iter().all(satisfies),
        Some(Qualifier::ForAnyValue) => found.iter().any(satisfies),
        // Inferred: AWS leaves open what a key of several values does here. As with one value, the negated operator is
        // the opposite of the other.
        None if operator.is_negated => found.iter().all(satisfies),
        None => found.iter().any(satisfies),
    }
}

/// A missing key satisfies IfExists, what is asked of all its values, and, without a qualifier, what must not be.
// Inferred: where IfExists and ForAnyValue disagree, IfExists prevails, since it could not do anything otherwise.
fn holds_without_key(condition: &Condition) -> bool {
    let operator = condition.operator;
    operator.if_exists
        || match operator.qualifier {
            Some(Qualifier::ForAllValues) => true,
            Some(Qualifier::ForAnyValue) => false,
            None => operator.is_negated,
        }
}

/// Whether the request's value stands to the policy's as the operator without its negation says. What cannot be read
/// does not.
fn compare(comparison: Comparison, value: &str, found: &str, version: Version, context: &Context) -> bool {
    match comparison {
        Comparison::String(Text::Equals) => {
            expand(value, version, false, context).is_some_and(|value| value == literal(found))
        }
        Comparison::String(Text::EqualsIgnoreCase) => {
            expand(value, version, false, context).is_some_and(|value| lower_case(&value) == found.to_lowercase())
        }
        Comparison::String(Text::Like) => {
            expand(value, version, true, context).is_some_and(|pattern| matches(&pattern, found))
        }
        Comparison::Arn => expand(value, version, true, context).is_some_and(|pattern| arn_matches(&pattern, found)),
        Comparison::Numeric(order) => {
            let ordering = number(found).zip(number(value)).and_then(|(found, value)| found.partial_cmp(&value));
            ordering.is_some_and(|ordering| stands(ordering, order))
        }
        Comparison::Date(order) => {
            let ordering = date(found).zip(date(value)).map(|(found, value)| found.cmp(&value));
            ordering.is_some_and(|ordering| stands(ordering, order))
        }
        Comparison::Bool => expand(value, version, false, context).is_some_and(|value| {
            let value = boolean(&lower_case(&value));
            value.is_some() && value == boolean(found)
        }),
        // Inferred: a context holds bytes in base64 too.
        Comparison::Binary => binary(value).is_some_and(|value| binary(found) == Some(value)),
        Comparison::IpAddress => {
            IpRange::parse(value).zip(IpRange::parse(found)).is_some_and(|(range, found)| range.contains(found))
        }
        Comparison::Null => false,
    }
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

/// The text of tokens among which there are no wildcards.
fn lower_case(tokens: &[Token]) -> String {
    let char = |token: &Token| if let Token::Char(char) = token { Some(*char) } else { None };
    tokens.iter().filter_map(char).collect::<String>().to_lowercase()
}
