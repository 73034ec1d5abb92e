//! Whether the conditions of a statement hold for a request.

use crate::iam::document::Condition;
use crate::iam::operator::{Comparison, Qualifier};
use crate::iam::request::Context;

/// Whether a condition holds.
pub(super) fn holds(condition: &Condition, context: &Context) -> bool {
    let operator = condition.operator;
    let found = context.values(&condition.key);
    if operator.comparison == Comparison::Null {
        return condition.operands.iter().any(|operand| operand.asks_for(found.is_none()));
    }
    let Some(found) = found else {
        return holds_without_key(condition);
    };
    let satisfies =
        |found: &String| condition.operands.iter().any(|operand| operand.is_met(found, context)) != operator.is_negated;
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
