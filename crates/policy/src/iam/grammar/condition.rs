//! The element Condition.

use crate::iam::document::Condition;
use crate::iam::grammar::{Dialect, Findings, Subject};
use crate::iam::operator::{Comparison, Operator};
use crate::iam::value::{IpRange, binary, boolean, date, number};
use crate::json::{Value, quoted};
use crate::path::Path;

/// Operators without keys and keys without values stand, as IAM is on record for taking them.
pub(super) fn conditions<D: Dialect>(
    value: &Value,
    path: &Path<'_>,
    dialect: &D,
    findings: &mut Findings,
) -> Vec<Condition> {
    let Value::Object(entries) = value else {
        findings.unexpected(value, path, "an object of operators");
        return Vec::new();
    };
    let mut conditions = Vec::new();
    for (name, keys) in entries {
        let path = path.key(name);
        let Value::Object(keys) = keys else {
            findings.unexpected(keys, &path, "an object of condition keys");
            continue;
        };
        let Some(operator) = operator(name, keys.is_empty(), &path, findings) else {
            continue;
        };
        for (key, value) in keys {
            let path = path.key(key);
            let values = values(value, operator.comparison, &path, findings);
            let condition = Condition { operator, key: key.clone(), values };
            dialect.check_condition(&path, &condition, findings);
            conditions.push(condition);
        }
    }
    conditions
}

fn operator(name: &str, is_empty: bool, path: &Path<'_>, findings: &mut Findings) -> Option<Operator> {
    let found = format!("the operator {}", quoted(name));
    match Operator::parse(name) {
        Some((operator, known)) => {
            if known != name {
                findings.warn(crate::Finding::new(path, found, known));
            }
            Some(operator)
        }
        // IAM is on record for looking at an operator only once it has a key.
        None if is_empty => {
            findings.warn(crate::Finding::new(path, found, "a condition operator, such as StringEquals"));
            None
        }
        None => {
            findings.document(path, found, "a condition operator, such as StringEquals");
            None
        }
    }
}

/// The values of a key as text, each checked at its own path.
fn values(value: &Value, comparison: Comparison, path: &Path<'_>, findings: &mut Findings) -> Vec<String> {
    let Value::Array(items) = value else {
        return scalar(value, comparison, path, findings).into_iter().collect();
    };
    let read = |(index, item)| scalar(item, comparison, &path.index(index), findings);
    items.iter().enumerate().filter_map(read).collect()
}

fn scalar(value: &Value, comparison: Comparison, path: &Path<'_>, findings: &mut Findings) -> Option<String> {
    let text = match value {
        Value::String(text) | Value::Number(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            findings.unexpected(value, path, "a string, a number, a boolean or a list of them");
            return None;
        }
    };
    if let Some(expected) = expected_of(comparison, &text) {
        findings.refuse(Subject::Document, value.unexpected(path, expected));
    }
    Some(text)
}

/// What an operator expects instead of a value it cannot read.
// Inferred: IAM is on record for refusing dates it cannot read; numbers, booleans, ranges and base64 are taken to fare
// alike. Only the operators of texts and ARNs, and by one of its pages Bool, take variables, so a variable is no
// number.
fn expected_of(comparison: Comparison, text: &str) -> Option<&'static str> {
    let (reads, expected) = match comparison {
        Comparison::String(_) | Comparison::Arn => (true, ""),
        Comparison::Numeric(_) => (number(text).is_some(), "a number"),
        Comparison::Date(_) => (date(text).is_some(), "a date such as \"2026-01-31T00:00:00Z\", or seconds since 1970"),
        Comparison::Bool => (boolean(text).is_some() || text.contains("${"), "true or false"),
        Comparison::Null => (boolean(text).is_some(), "true for a missing key or false for one that is there"),
        Comparison::Binary => (binary(text).is_some(), "bytes in base64"),
        Comparison::IpAddress => (IpRange::parse(text).is_some(), "an address or a range such as \"203.0.113.0/24\""),
    };
    (!reads).then_some(expected)
}
