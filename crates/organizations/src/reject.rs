//! The error for an input that breaks the model's limits.

use model::organizations::errors::InvalidInputExceptionReason;
use model::{Constraint, Refusal, Violation};

use crate::error::Error;

/// The error for violations. It has the reason of one violation, by this priority: missing members, words of no enum,
/// patterns, lengths, numbers. Among equals the first counts.
// Inferred: an ARN in place of an account's id is too long and breaks the pattern, and AWS answers INVALID_PATTERN
// (recorded).
pub fn reject(violations: &[Violation]) -> Refusal {
    let reasons = violations.iter().map(|violation| reason_for(violation.shape.name, &violation.constraint));
    let first = reasons.min_by_key(|(priority, _)| *priority);
    let reason = first.map_or(InvalidInputExceptionReason::InvalidPattern, |(_, reason)| reason);
    Error::from(reason).into()
}

/// The priority of a broken constraint, lowest first, and its reason.
fn reason_for(shape: &str, constraint: &Constraint) -> (u8, InvalidInputExceptionReason) {
    match constraint {
        Constraint::Required => (0, InvalidInputExceptionReason::InputRequired),
        Constraint::Enum(_) if shape.ends_with("PolicyType") => (1, InvalidInputExceptionReason::InvalidEnumPolicyType),
        Constraint::Enum(_) => (1, InvalidInputExceptionReason::InvalidEnum),
        // The API reference has a separate reason for the ids of policy targets.
        Constraint::Pattern(_) if shape == "PolicyTargetId" => (2, InvalidInputExceptionReason::InvalidPatternTargetId),
        Constraint::Pattern(_) => (2, InvalidInputExceptionReason::InvalidPattern),
        Constraint::MinLength(_) => (3, InvalidInputExceptionReason::MinLengthExceeded),
        Constraint::MaxLength(_) => (3, InvalidInputExceptionReason::MaxLengthExceeded),
        Constraint::MinValue(_) => (4, InvalidInputExceptionReason::MinValueExceeded),
        Constraint::MaxValue(_) => (4, InvalidInputExceptionReason::MaxValueExceeded),
        Constraint::Element(entry) | Constraint::MapKey(entry) | Constraint::MapValue(entry) => {
            let inner = entry.broken.iter().map(|constraint| reason_for(shape, constraint));
            inner.min_by_key(|(priority, _)| *priority).unwrap_or((5, InvalidInputExceptionReason::InvalidListMember))
        }
    }
}

#[cfg(test)]
mod tests {
    use model::Entry;
    use model::organizations::schema;
    use model::schema::Shape;

    use super::*;

    fn reason(violations: &[(&'static Shape, Constraint)]) -> Option<&'static str> {
        let violations: Vec<_> = violations
            .iter()
            .map(|(shape, constraint)| Violation {
                path: "path".into(),
                shape,
                value: Some("value".into()),
                constraint: constraint.clone(),
            })
            .collect();
        match reject(&violations) {
            Refusal::Service(error) => error.reason,
            _ => None,
        }
    }

    #[test]
    fn each_constraint_has_its_reason() {
        for (shape, constraint, expected) in [
            (&schema::ACCOUNT_ID, Constraint::Required, "INPUT_REQUIRED"),
            (&schema::CHILD_TYPE, Constraint::Enum(&[]), "INVALID_ENUM"),
            (&schema::POLICY_TYPE, Constraint::Enum(&[]), "INVALID_ENUM_POLICY_TYPE"),
            (&schema::EFFECTIVE_POLICY_TYPE, Constraint::Enum(&[]), "INVALID_ENUM_POLICY_TYPE"),
            (&schema::ACCOUNT_ID, Constraint::Pattern(""), "INVALID_PATTERN"),
            (&schema::POLICY_TARGET_ID, Constraint::Pattern(""), "INVALID_PATTERN_TARGET_ID"),
            (&schema::MAX_RESULTS, Constraint::MinValue(1), "MIN_VALUE_EXCEEDED"),
            (&schema::MAX_RESULTS, Constraint::MaxValue(20), "MAX_VALUE_EXCEEDED"),
            (&schema::ORGANIZATIONAL_UNIT_NAME, Constraint::MinLength(1), "MIN_LENGTH_EXCEEDED"),
        ] {
            assert_eq!(reason(&[(shape, constraint)]), Some(expected));
        }
    }

    #[test]
    fn an_entry_of_a_list_has_the_reason_of_its_violation() {
        let (longest, odd) = (Constraint::MaxLength(128), Constraint::Pattern(""));
        let entry = Entry { all: vec![longest.clone(), odd], broken: vec![longest] };
        assert_eq!(reason(&[(&schema::TAG_KEYS, Constraint::Element(entry))]), Some("MAX_LENGTH_EXCEEDED"));
    }

    #[test]
    fn the_violation_with_the_first_priority_decides() {
        let long = (&schema::ACCOUNT_ID, Constraint::MaxLength(12));
        let odd = (&schema::ACCOUNT_ID, Constraint::Pattern(""));
        let absent = (&schema::PARENT_ID, Constraint::Required);
        assert_eq!(reason(&[long.clone(), odd.clone()]), Some("INVALID_PATTERN"));
        assert_eq!(reason(&[long, odd, absent]), Some("INPUT_REQUIRED"));
    }
}
