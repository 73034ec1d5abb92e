//! How AWS gives back a document that it rewrites: the organization's resource policy and resource control policies.
//! Other documents come back byte for byte.

use crate::json::{self, Value};

/// The version that AWS writes into a document without one (captures of radkawar/stackd, 9dc356f:
/// `organizations_delegation_writes.json`, `resource_controls.json`).
const VERSION: &str = "2008-10-17";

/// The elements of a document, in the order in which they are written.
// Inferred: the captures sent documents in this order, so whether AWS sorts them is not recorded. It writes the version
// first where there was none, as a writer of its own order would.
const DOCUMENT: [&str; 3] = ["Version", "Id", "Statement"];
const STATEMENT: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/// A valid document as AWS writes it: without white space, with a version, with a list of statements, and with the ARN
/// of an account's root in place of the account's id. Everything else stays as it was sent, lists of one text too.
pub fn rewrite(text: &str, partition: &str) -> String {
    let Ok(parsed) = json::read(text) else { return text.to_owned() };
    let Value::Object(mut entries) = parsed.root else { return text.to_owned() };
    if !entries.iter().any(|(key, _)| key == "Version") {
        entries.push(("Version".to_owned(), Value::String(VERSION.to_owned())));
    }
    for (key, value) in &mut entries {
        if key == "Statement" {
            statements(value, partition);
        }
    }
    sort(&mut entries, &DOCUMENT);
    Value::Object(entries).to_string()
}

fn statements(value: &mut Value, partition: &str) {
    if let Value::Object(_) = value {
        *value = Value::Array(vec![std::mem::replace(value, Value::Null)]);
    }
    let Value::Array(items) = value else { return };
    for item in items {
        let Value::Object(entries) = item else { continue };
        for (_, principal) in entries.iter_mut().filter(|(key, _)| key == "Principal") {
            principals(principal, partition);
        }
        sort(entries, &STATEMENT);
    }
}

fn principals(principal: &mut Value, partition: &str) {
    let Value::Object(entries) = principal else { return };
    for (_, accounts) in entries.iter_mut().filter(|(key, _)| key == "AWS") {
        match accounts {
            Value::String(account) => root_of(account, partition),
            Value::Array(items) => {
                for item in items {
                    if let Value::String(account) = item {
                        root_of(account, partition);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
        }
    }
}

fn root_of(account: &mut String, partition: &str) {
    if account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()) {
        *account = format!("arn:{partition}:iam::{account}:root");
    }
}

fn sort(entries: &mut [(String, Value)], order: &[&str]) {
    entries.sort_by_key(|(key, _)| order.iter().position(|known| known == key));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_back_as_aws_writes_them() {
        for (sent, expected) in [
            (
                r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Resource": "*"}}"#,
                r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Resource":"*"}]}"#,
            ),
            (
                r#"{"Statement": [{"Principal": {"AWS": ["111111111111", "*"]}, "Action": ["a:b"]}]}"#,
                concat!(
                    r#"{"Version":"2008-10-17","Statement":[{"Principal":"#,
                    r#"{"AWS":["arn:aws:iam::111111111111:root","*"]},"Action":["a:b"]}]}"#
                ),
            ),
            (
                r#"{"Statement": [{"Condition": {"b": {"z": "1"}, "a": {}}, "Effect": "Deny"}], "Id": "i"}"#,
                concat!(
                    r#"{"Version":"2008-10-17","Id":"i","Statement":[{"Effect":"Deny","#,
                    r#""Condition":{"b":{"z":"1"},"a":{}}}]}"#
                ),
            ),
        ] {
            assert_eq!(rewrite(sent, "aws"), expected);
            assert_eq!(rewrite(expected, "aws"), expected);
        }
    }
}
