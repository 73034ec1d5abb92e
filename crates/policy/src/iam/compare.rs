//! Whether the conditions of a statement hold for a request.

use crate::iam::document::Condition;
use crate::iam::operator::{Comparison, Qualifier};
use crate::iam::request::Context;

pub(super) fn holds(condition: &Condition, context: &Context) -> bool {
    let operator = condition.operator;
    let found = context.values(&condition.key);
    if operator.comparison == Comparison::Null {
        return condition.operands.iter().any(|operand| operand.requires_missing(found.is_none()));
    }
    let Some(found) = found else {
        return holds_without_key(condition);
    };
    let satisfies =
        |found: &String| condition.operands.iter().any(|operand| operand.is_met(found, context)) != operator.is_negated;
    match operator.qualifier {
        Some(Qualifier::ForAllValues) => found.iter().all(satisfies),
        Some(Qualifier::ForAnyValue) => found.iter().any(satisfies),
        // Inferred: AWS does not document keys of several values here. As for one value, the negated operator is the
        // opposite of the plain one.
        None if operator.is_negated => found.iter().all(satisfies),
        None => found.iter().any(satisfies),
    }
}

/// Whether a condition holds whose key is missing: with IfExists, with ForAllValues, and for a negated operator without
/// qualifier.
// Inferred: IfExists prevails over ForAnyValue, because it would have no effect otherwise.
fn holds_without_key(condition: &Condition) -> bool {
    let operator = condition.operator;
    operator.if_exists
        || match operator.qualifier {
            Some(Qualifier::ForAllValues) => true,
            Some(Qualifier::ForAnyValue) => false,
            None => operator.is_negated,
        }
}
