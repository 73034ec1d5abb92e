//! Tests of the IAM language: valid documents, findings, and decisions.

#![allow(clippy::unwrap_used)]

mod conditions;
mod evaluation;
mod properties;
mod rcp;
mod resource_policy;
mod scp;
mod session;

use policy::Finding;
use policy::iam::Document;

/// A way to read a document.
type Validate = fn(&str) -> Result<Document, Vec<Finding>>;

/// Checks that a text is a document, without findings and warnings.
#[track_caller]
fn check_valid(validate: Validate, text: &str) {
    match validate(text) {
        Ok(document) => assert_eq!(document.warnings, [], "{text}"),
        Err(findings) => panic!("{text}: {findings:?}"),
    }
}

/// Checks the printed findings of a text.
#[track_caller]
fn check_findings(validate: Validate, text: &str, expected: &[&str]) {
    let findings = validate(text).expect_err(text);
    let printed: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(printed, expected, "{text}");
}

/// A document of version 2012 with a statement or a list of statements.
fn document(statement: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#)
}
