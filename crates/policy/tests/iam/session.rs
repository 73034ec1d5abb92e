//! Session policies.

use policy::iam::session::validate;
use policy::iam::{Version, scp};

use crate::{check_findings, check_valid, document};

#[test]
fn accepts_the_language_of_identity_policies() {
    check_valid(
        validate,
        &document(r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}/*"}"#),
    );
    let text = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    assert_eq!(validate(text).unwrap().version, Version::V2008);
    assert!(scp::validate(text).is_err());
}

#[test]
fn needs_a_resource() {
    check_findings(
        validate,
        &document(r#"{"Effect":"Allow","Action":"*"}"#),
        &["At Statement: found no Resource, expected Resource or NotResource."],
    );
}
