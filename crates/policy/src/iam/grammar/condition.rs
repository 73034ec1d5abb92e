//! The element Condition.

use crate::iam::document::Condition;
use crate::iam::grammar::{Dialect, Findings, Part};
use crate::iam::operand::Operand;
use crate::iam::operator::{Comparison, Operator};
use crate::iam::version::Version;
use crate::json::{Value, quoted};
use crate::path::Path;

/// Accepts operators without keys and keys without values. IAM is on record for accepting both.
pub(super) fn conditions<D: Dialect>(
    value: &Value,
    path: &Path<'_>,
    version: Version,
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
            let read = values(value, operator.comparison, version, &path, findings);
            let (texts, operands): (Vec<_>, Vec<_>) = read.into_iter().unzip();
            dialect.check_condition(&path, key, &texts, findings);
            let operands = operands.into_iter().flatten().collect();
            conditions.push(Condition { operator, key: key.to_lowercase(), operands });
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
        // IAM is on record for checking an operator only if it has a key.
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

/// The values of a key, as text and as operands. A value that cannot be parsed has no operand.
fn values(
    value: &Value,
    comparison: Comparison,
    version: Version,
    path: &Path<'_>,
    findings: &mut Findings,
) -> Vec<(String, Option<Operand>)> {
    let Value::Array(items) = value else {
        return scalar(value, comparison, version, path, findings).into_iter().collect();
    };
    let read = |(index, item)| scalar(item, comparison, version, &path.index(index), findings);
    items.iter().enumerate().filter_map(read).collect()
}

fn scalar(
    value: &Value,
    comparison: Comparison,
    version: Version,
    path: &Path<'_>,
    findings: &mut Findings,
) -> Option<(String, Option<Operand>)> {
    let text = match value {
        Value::String(text) | Value::Number(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            findings.unexpected(value, path, "a string, a number, a boolean or a list of them");
            return None;
        }
    };
    let operand = Operand::read(comparison, &text, version);
    if let Err(expected) = operand {
        findings.refuse(Part::Document, value.unexpected(path, expected));
    }
    Some((text, operand.ok()))
}
