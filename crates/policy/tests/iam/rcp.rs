//! Resource control policies.

use policy::iam::Effect;
use policy::iam::rcp::{full_access, validate};

use crate::{check_findings, check_valid, document};

#[test]
fn accepts_denials_of_a_service_to_everyone() {
    for statement in [
        r#"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}"#,
        r#"{"Sid":"Tls","Effect":"Deny","Principal":"*","Action":["s3:*","sts:Assume*"],
        "NotResource":"arn:aws:s3:::public/*",
            "Condition":{"BoolIfExists":{"aws:SecureTransport":"false"}}}"#,
    ] {
        check_valid(validate, &document(statement));
    }
}

#[test]
fn refuses_elements_outside_its_language() {
    for (elements, expected) in [
        (
            r#""Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*""#,
            "At Statement.Effect: found the string \"Allow\", expected \"Deny\", since only RCPFullAWSAccess allows.",
        ),
        (
            r#""Effect":"Deny","Action":"s3:*","Resource":"*""#,
            "At Statement: found no Principal, expected a Principal in each statement.",
        ),
        (
            r#""Effect":"Deny","Principal":{"AWS":"111111111111"},"Action":"s3:*","Resource":"*""#,
            "At Statement.Principal: found an object, expected the string \"*\".",
        ),
        (
            r#""Effect":"Deny","Principal":"111111111111","Action":"s3:*","Resource":"*""#,
            "At Statement.Principal: found the string \"111111111111\", expected the string \"*\".",
        ),
        (
            r#""Effect":"Deny","NotPrincipal":"*","Action":"s3:*","Resource":"*""#,
            "At Statement.NotPrincipal: found the string \"*\", expected Principal, which is all that a resource \
            control policy has.",
        ),
        (
            r#""Effect":"Deny","Principal":"*","NotAction":"s3:*","Resource":"*""#,
            "At Statement.NotAction: found NotAction, expected Action, which is all that a resource control \
             policy has.",
        ),
        (
            r#""Effect":"Deny","Principal":"*","Action":["s3:*","*"],"Resource":"*""#,
            "At Statement.Action[1]: found the string \"*\", expected actions of a service, such as \"s3:*\".",
        ),
        (
            r#""Effect":"Deny","Principal":"*","Action":"s3:*""#,
            "At Statement: found no Resource, expected Resource or NotResource.",
        ),
    ] {
        check_findings(validate, &document(&format!("{{{elements}}}")), &[expected]);
    }
}

#[test]
fn warns_of_services_without_support() {
    let text = document(r#"{"Effect":"Deny","Principal":"*","Action":"organizations:*","Resource":"*"}"#);
    let warnings = validate(&text).unwrap().warnings;
    assert_eq!(
        warnings[0].to_string(),
        "At Statement.Action: found the service \"organizations\", expected a service that supports resource control \
        policies."
    );
}

#[test]
fn full_access_allows_and_is_refused_from_customers() {
    let document = full_access();
    assert_eq!(document.statements[0].effect, Effect::Allow);
}
