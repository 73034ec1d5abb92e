//! The error for an input that breaks the model's limits.
//!
//! The Reason shows who refuses an input. AWS's front end puts the member after the word
//! (`MIN_LENGTH_EXCEEDED:NAME`), a handler does not (`INVALID_PARTY_TYPE_TARGET`). Both forms are recorded, and both
//! occur in one operation (captures of radkawar/stackd, 9dc356f: `organizations_inputs.json`,
//! `organizations_handshakes.json`, `organizations_effective_policy.json`, `organizations_policy_validation.json`).

use model::organizations::errors::InvalidInputExceptionReason as Reason;
use model::organizations::schema;
use model::{Constraint, Operation, Refusal, Violation};

use crate::error::Error;

/// The error for violations. It has the reason of one violation, by this priority: missing members, words of no enum,
/// patterns, lengths, numbers; then what a handler refuses. Among equals the first counts.
// Inferred: an ARN in place of an account's id is too long and breaks the pattern, and AWS answers INVALID_PATTERN
// (recorded).
pub fn reject(operation: &Operation, violations: &[Violation]) -> Refusal {
    let errors = violations.iter().map(|violation| match by_handler(operation, violation) {
        Some((priority, reason)) => (priority, Error::from(reason)),
        None => by_front_end(violation),
    });
    let first = errors.min_by_key(|(priority, _)| *priority);
    first.map_or_else(|| Error::from(Reason::InvalidPattern), |(_, error)| error).into()
}

/// The reason of a violation that the front end does not look for, but a handler, after all that the front end refuses.
/// None for all others.
fn by_handler(operation: &Operation, violation: &Violation) -> Option<(u8, Reason)> {
    let missing = violation.constraint == Constraint::Required;
    let unknown_word = matches!(violation.constraint, Constraint::Enum(_));
    match (operation.name, violation.path.as_str()) {
        ("InviteAccountToOrganization" | "InviteOrganizationToTransferResponsibility", "target.type") => {
            Some((6, Reason::InvalidPartyTypeTarget))
        }
        // Recorded: a target that is missing breaks a pattern.
        ("InviteAccountToOrganization" | "InviteOrganizationToTransferResponsibility", "target" | "target.id")
            if missing =>
        {
            Some((7, Reason::InvalidPattern))
        }
        ("ListEffectivePolicyValidationErrors", "accountId") => Some((6, Reason::TargetNotSupported)),
        // Inferred: ListAccountsWithInvalidEffectivePolicy, of which no refusal is recorded, is as the other.
        ("ListEffectivePolicyValidationErrors" | "ListAccountsWithInvalidEffectivePolicy", "policyType")
            if unknown_word =>
        {
            Some((7, Reason::InvalidEnumPolicyType))
        }
        // Recorded: the front end knows this type, a handler refuses it. A resource control policy is no word of it.
        ("DescribeEffectivePolicy", "policyType")
            if unknown_word && violation.value.as_deref() == Some("SERVICE_CONTROL_POLICY") =>
        {
            Some((7, Reason::InvalidEnumPolicyType))
        }
        // Inferred: the API reference has a separate reason for the ids of policy targets, so a handler gives it.
        _ if matches!(violation.constraint, Constraint::Pattern(_))
            && violation.shape.name == schema::POLICY_TARGET_ID.name =>
        {
            Some((7, Reason::InvalidPatternTargetId))
        }
        _ => None,
    }
}

/// The priority of what the front end refuses, lowest first, and its error.
fn by_front_end(violation: &Violation) -> (u8, Error) {
    let (priority, reason) = reason_for(&violation.constraint);
    (priority, Error::of_member(reason, &member(&violation.path)))
}

/// The priority of a broken constraint, lowest first, and its reason.
fn reason_for(constraint: &Constraint) -> (u8, Reason) {
    match constraint {
        Constraint::Required => (0, Reason::InputRequired),
        Constraint::Enum(_) => (1, Reason::InvalidEnum),
        Constraint::Pattern(_) => (2, Reason::InvalidPattern),
        Constraint::MinLength(_) => (3, Reason::MinLengthExceeded),
        Constraint::MaxLength(_) => (3, Reason::MaxLengthExceeded),
        Constraint::MinValue(_) => (4, Reason::MinValueExceeded),
        Constraint::MaxValue(_) => (4, Reason::MaxValueExceeded),
        Constraint::Element(entry) | Constraint::MapKey(entry) | Constraint::MapValue(entry) => {
            let inner = entry.broken.iter().map(reason_for);
            inner.min_by_key(|(priority, _)| *priority).unwrap_or((5, Reason::InvalidListMember))
        }
    }
}

/// A path as reasons name it: `tags.1.member.value` is `TAGS_1_MEMBER_VALUE` (recorded).
// Inferred: a scalar in a list is named by the list, since violations of scalars are reported on the list.
fn member(path: &str) -> String {
    let mut member = String::with_capacity(path.len() + 8);
    for char in path.chars() {
        match char {
            '.' => member.push('_'),
            'A'..='Z' => member.extend(['_', char]),
            _ => member.push(char.to_ascii_uppercase()),
        }
    }
    member
}

#[cfg(test)]
mod tests {
    use model::Entry;
    use model::organizations::OPERATIONS;
    use model::schema::Shape;

    use super::*;

    fn violation(path: &str, shape: &'static Shape, constraint: &Constraint, value: &str) -> Violation {
        Violation { path: path.into(), shape, value: Some(value.into()), constraint: constraint.clone() }
    }

    fn reason(operation: &str, violations: &[Violation]) -> String {
        let operation = OPERATIONS.iter().find(|found| found.name == operation).unwrap();
        match reject(operation, violations) {
            Refusal::Service(error) => error.reason.unwrap().into_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_front_end_names_the_member() {
        for (path, shape, constraint, expected) in [
            ("handshakeId", &schema::HANDSHAKE_ID, Constraint::Required, "INPUT_REQUIRED:HANDSHAKE_ID"),
            ("filter.actionType", &schema::ACTION_TYPE, Constraint::Enum(&[]), "INVALID_ENUM:FILTER_ACTION_TYPE"),
            ("policyType", &schema::POLICY_TYPE, Constraint::Enum(&[]), "INVALID_ENUM:POLICY_TYPE"),
            ("resourceId", &schema::TAGGABLE_RESOURCE_ID, Constraint::Pattern(""), "INVALID_PATTERN:RESOURCE_ID"),
            ("maxResults", &schema::MAX_RESULTS, Constraint::MinValue(1), "MIN_VALUE_EXCEEDED:MAX_RESULTS"),
            ("maxResults", &schema::MAX_RESULTS, Constraint::MaxValue(20), "MAX_VALUE_EXCEEDED:MAX_RESULTS"),
            ("name", &schema::ORGANIZATIONAL_UNIT_NAME, Constraint::MinLength(1), "MIN_LENGTH_EXCEEDED:NAME"),
            ("tags.2.member.key", &schema::TAG_KEY, Constraint::MaxLength(1), "MAX_LENGTH_EXCEEDED:TAGS_2_MEMBER_KEY"),
        ] {
            assert_eq!(reason("TagResource", &[violation(path, shape, &constraint, "value")]), expected);
        }
    }

    #[test]
    fn handlers_do_not() {
        let required = Constraint::Required;
        let word = Constraint::Enum(&[]);
        let kind = &schema::EFFECTIVE_POLICY_TYPE;
        let party = &schema::HANDSHAKE_PARTY_TYPE;
        for (operation, path, shape, constraint, value, expected) in [
            ("InviteAccountToOrganization", "target", party, &required, "", "INVALID_PATTERN"),
            ("InviteAccountToOrganization", "target.type", party, &word, "NONE", "INVALID_PARTY_TYPE_TARGET"),
            ("ListEffectivePolicyValidationErrors", "accountId", kind, &required, "", "TARGET_NOT_SUPPORTED"),
            ("ListEffectivePolicyValidationErrors", "policyType", kind, &word, "NONE", "INVALID_ENUM_POLICY_TYPE"),
            (
                "DescribeEffectivePolicy",
                "policyType",
                kind,
                &word,
                "SERVICE_CONTROL_POLICY",
                "INVALID_ENUM_POLICY_TYPE",
            ),
            ("DescribeEffectivePolicy", "policyType", kind, &word, "NONE", "INVALID_ENUM:POLICY_TYPE"),
        ] {
            assert_eq!(reason(operation, &[violation(path, shape, constraint, value)]), expected, "{operation}");
        }
        let pattern = Constraint::Pattern("");
        let target = violation("targetId", &schema::POLICY_TARGET_ID, &pattern, "value");
        assert_eq!(reason("AttachPolicy", &[target]), "INVALID_PATTERN_TARGET_ID");
    }

    #[test]
    fn an_entry_of_a_list_has_the_reason_of_what_it_breaks() {
        let (longest, odd) = (Constraint::MaxLength(128), Constraint::Pattern(""));
        let entry = Entry { all: vec![longest.clone(), odd], broken: vec![longest] };
        let keys = violation("tagKeys", &schema::TAG_KEYS, &Constraint::Element(entry), "value");
        assert_eq!(reason("UntagResource", &[keys]), "MAX_LENGTH_EXCEEDED:TAG_KEYS");
    }

    #[test]
    fn violations_have_priorities() {
        let long = violation("accountId", &schema::ACCOUNT_ID, &Constraint::MaxLength(12), "value");
        let odd = violation("accountId", &schema::ACCOUNT_ID, &Constraint::Pattern(""), "value");
        let absent = violation("sourceParentId", &schema::PARENT_ID, &Constraint::Required, "");
        let violations = [long, odd, absent];
        assert_eq!(reason("MoveAccount", &violations[..2]), "INVALID_PATTERN:ACCOUNT_ID");
        assert_eq!(reason("MoveAccount", &violations), "INPUT_REQUIRED:SOURCE_PARENT_ID");
        let notes = violation("notes", &schema::HANDSHAKE_NOTES, &Constraint::MaxLength(1024), "value");
        let target = violation("target", &schema::HANDSHAKE_PARTY, &Constraint::Required, "");
        assert_eq!(reason("InviteAccountToOrganization", &[target, notes]), "MAX_LENGTH_EXCEEDED:NOTES");
    }
}
