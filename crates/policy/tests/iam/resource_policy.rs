//! The resource policy of an organization.

use policy::iam::Document;
use policy::iam::resource_policy::{DelegatingOrganization, Part, PartFinding, validate};

use crate::document;

const MANAGEMENT: &str = "999999999999";
const MEMBER: &str = "111111111111";

fn read(text: &str) -> Result<Document, Vec<PartFinding>> {
    let is_member = |id: &str| [MEMBER, MANAGEMENT].contains(&id);
    validate(
        text,
        DelegatingOrganization { id: "o-exampleorg", management_account_id: MANAGEMENT, is_member: &is_member },
    )
}

fn statement(principal: &str, action: &str, resource: &str, condition: &str) -> String {
    document(&format!(
        r#"{{"Effect":"Allow","Principal":{principal},"Action":{action},"Resource":{resource},
        "Condition":{condition}}}"#
    ))
}

const TO_MEMBER: &str = r#"{"AWS":"111111111111"}"#;

#[test]
fn delegates_to_members() {
    for (principal, action, resource, condition) in [
        (TO_MEMBER, r#""organizations:ListRoots""#, r#""*""#, "{}"),
        (
            r#"{"AWS":"arn:aws:iam::111111111111:root"}"#,
            r#"["organizations:Describe*","organizations:List*"]"#,
            r#""*""#,
            "{}",
        ),
        (
            r#"{"AWS":["arn:aws:iam::111111111111:role/path/Backup","111111111111"]}"#,
            r#"["organizations:CreatePolicy","organizations:*tachPolicy","organizations:EnablePolicyType",
            "organizations:TagResource"]"#,
            r#"["arn:aws:organizations::999999999999:root/o-exampleorg/r-ab12",
            "arn:aws:organizations::999999999999:policy/*/backup_policy/*",
                "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
                "arn:aws:organizations::*:ou/o-*/ou-*"]"#,
            r#"{"StringEquals":{"organizations:PolicyType":["BACKUP_POLICY","TAG_POLICY"]}}"#,
        ),
        (
            TO_MEMBER,
            r#""organizations:UpdatePolicy""#,
            r#""*""#,
            r#"{"StringLike":{"organizations:policytype":"*_POLICY"}}"#,
        ),
    ] {
        let text = statement(principal, action, resource, condition);
        assert!(read(&text).is_ok(), "{text}: {:?}", read(&text));
    }
}

#[test]
fn findings_have_their_part() {
    let principal = "member accounts of the organization or their principals, but not the management account";
    let action = "an action of Organizations that reads or manages policies";
    let resource = "\"*\" or an ARN of the organization";
    let list = r#""organizations:ListRoots""#;
    let arn = |rest: &str| format!("\"arn:aws:organizations::{rest}\"");
    let to = |who: &str| statement(who, list, r#""*""#, "{}");
    let on = |what: &str| statement(TO_MEMBER, list, what, "{}");
    let may = |what: &str| statement(TO_MEMBER, what, r#""*""#, "{}");
    for (text, part, path, expected) in [
        ("not json".to_owned(), Part::Document, "", "a value"),
        (to(r#""*""#), Part::Principal, "Statement.Principal", principal),
        (to(r#"{"AWS":"*"}"#), Part::Principal, "Statement.Principal.AWS", principal),
        (to(r#"{"AWS":["999999999999"]}"#), Part::Principal, "Statement.Principal.AWS[0]", principal),
        (to(r#"{"AWS":"222222222222"}"#), Part::Principal, "Statement.Principal.AWS", principal),
        (to(r#"{"Service":"ds.amazonaws.com"}"#), Part::Principal, "Statement.Principal.Service", principal),
        (may(r#""organizations:CloseAccount""#), Part::Action, "Statement.Action", action),
        (may(r#"["organizations:*"]"#), Part::Action, "Statement.Action[0]", action),
        (may(r#""s3:ListBuckets""#), Part::Action, "Statement.Action", action),
        (may(r#""*""#), Part::Action, "Statement.Action", action),
        (may(r#""organizations:Frob""#), Part::Action, "Statement.Action", action),
        (on(r#""arn:aws:s3:::b""#), Part::Resource, "Statement.Resource", resource),
        (on(&arn("222222222222:root/o-exampleorg/r-ab12")), Part::Resource, "Statement.Resource", resource),
        (on(&arn("999999999999:root/o-other/r-ab12")), Part::Resource, "Statement.Resource", resource),
        (on(&arn("999999999999:bucket/o-exampleorg")), Part::Resource, "Statement.Resource", resource),
        (
            statement(TO_MEMBER, list, r#""*""#, r#"{"StringEquals":{"organizations:PolicyType":"FOO"}}"#),
            Part::PolicyType,
            "Statement.Condition.StringEquals.organizations:PolicyType",
            "a policy type, such as BACKUP_POLICY",
        ),
    ] {
        let refused = read(&text).expect_err(&text);
        assert_eq!(refused.len(), 1, "{text}: {refused:?}");
        let PartFinding { part: found, finding } = &refused[0];
        assert_eq!((*found, finding.path.as_str(), finding.expected.as_str()), (part, path, expected), "{text}");
    }
}

#[test]
fn refuses_negated_elements_and_deny() {
    for (elements, path) in [
        (r#""Effect":"Deny","Action":"organizations:List*","Resource":"*""#, "Statement.Effect"),
        (r#""Effect":"Allow","NotAction":"organizations:List*","Resource":"*""#, "Statement.NotAction"),
        (r#""Effect":"Allow","Action":"organizations:List*","NotResource":"*""#, "Statement.NotResource"),
        (r#""Effect":"Allow","Action":"organizations:List*""#, "Statement"),
    ] {
        let refused = read(&document(&format!(r#"{{"Principal":{TO_MEMBER},{elements}}}"#))).unwrap_err();
        assert_eq!((refused[0].part, refused[0].finding.path.as_str()), (Part::Document, path));
    }
}

#[test]
fn findings_are_sorted_by_part() {
    let text = statement(r#""*""#, r#""s3:Get*""#, r#""arn:aws:s3:::b""#, r#"{"Frob":{"a":1}}"#);
    let parts: Vec<_> = read(&text).unwrap_err().into_iter().map(|refused| refused.part).collect();
    assert_eq!(parts, [Part::Document, Part::Principal, Part::Action, Part::Resource]);
}
