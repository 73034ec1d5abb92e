//! The texts for members that break the model's limits.

mod asking;

use asking::{decode, violations};
use model::Violation;
use wire::Undecodable;

/// Compares the violations with texts, in which `~` stands for the words that all have.
fn breaks(operation: &str, body: &str, expected: &[&str]) {
    let expected: Vec<String> =
        expected.iter().map(|text| text.replace('~', "failed to satisfy constraint:")).collect();
    assert_eq!(violations(operation, body), expected, "{operation} {body}");
}

#[test]
fn absent_and_null_members() {
    let null = "Value null at 'accountId' ~ Member must not be null";
    breaks("organizations:DescribeAccount", "{}", &[null]);
    breaks("organizations:DescribeAccount", r#"{"AccountId":null}"#, &[null]);
    breaks("sts:GetAccessKeyInfo", "", &["Value null at 'accessKeyId' ~ Member must not be null"]);
}

#[test]
fn scalars() {
    breaks(
        "organizations:DescribeAccount",
        r#"{"AccountId":"1"}"#,
        &[r"Value '1' at 'accountId' ~ Member must satisfy regular expression pattern: ^\d{12}$"],
    );
    let size = r#"{"Name":"corp.example.com","Password":"Passw0rd!","Size":"big"}"#;
    breaks("ds:CreateDirectory", size, &["Value 'big' at 'size' ~ Member must satisfy enum value set: [Small, Large]"]);
    breaks(
        "organizations:ListRoots",
        r#"{"MaxResults":21}"#,
        &["Value '21' at 'maxResults' ~ Member must have value less than or equal to 20"],
    );
    breaks(
        "organizations:ListRoots",
        r#"{"MaxResults":0}"#,
        &["Value '0' at 'maxResults' ~ Member must have value greater than or equal to 1"],
    );
    breaks(
        "sts:AssumeRole",
        "RoleArn=arn:aws:iam::123456789012:role/x&RoleSessionName=a",
        &["Value 'a' at 'roleSessionName' ~ Member must have length greater than or equal to 2"],
    );
}

#[test]
fn the_pattern_comes_before_the_length() {
    let pattern = r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+";
    breaks(
        "sts:AssumeRole",
        "RoleArn=&RoleSessionName=s1",
        &[
            &format!("Value '' at 'roleArn' ~ Member must satisfy regular expression pattern: {pattern}"),
            "Value '' at 'roleArn' ~ Member must have length greater than or equal to 20",
        ],
    );
}

#[test]
fn lists_and_their_elements() {
    let vpc = |subnets: &str| {
        format!(
            r#"{{"Name":"corp.example.com","Password":"Passw0rd!","VpcSettings":{{"VpcId":"vpc-12345678",
            "SubnetIds":{subnets}}}}}"#
        )
    };
    breaks(
        "ds:CreateMicrosoftAD",
        &vpc(r#"["subnet-12345678","x"]"#),
        &["Value '[subnet-12345678, x]' at 'vpcSettings.subnetIds' ~ Member must satisfy constraint: [Member must \
           satisfy regular expression pattern: ^(subnet-[0-9a-f]{8}|subnet-[0-9a-f]{17})$]"],
    );
    breaks(
        "organizations:TagResource",
        r#"{"ResourceId":"111111111111","Tags":[{"Key":"k","Value":"v"},{"Key":"k"}]}"#,
        &["Value null at 'tags.2.member.value' ~ Member must not be null"],
    );
    breaks(
        "organizations:ListCreateAccountStatus",
        r#"{"States":["SUCCEEDED","DONE",null]}"#,
        &["Value '[SUCCEEDED, DONE, null]' at 'states' ~ Member must satisfy constraint: [Member must satisfy enum \
            value set: [IN_PROGRESS, SUCCEEDED, FAILED]]"],
    );
    breaks(
        "sts:GetWebIdentityToken",
        "SigningAlgorithm=RS256&Audience=",
        &["Value '[]' at 'audience' ~ Member must have length greater than or equal to 1"],
    );
    let elements = "Value '[a, ]' at 'transitiveTagKeys' ~ Member must satisfy constraint: [Member must have length \
    less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular \
    expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+]";
    breaks(
        "sts:AssumeRole",
        "RoleArn=arn:aws:iam::123456789012:role/x&RoleSessionName=s1\
         &TransitiveTagKeys.member.1=a&TransitiveTagKeys.member.2=",
        &[elements],
    );
}

#[test]
fn maps_and_their_entries() {
    let hidden = "*** Sensitive Data Redacted ***";
    breaks(
        "ds-data:CreateUser",
        r#"{"SAMAccountName":"joe","OtherAttributes":{"a b":{"S":"secret"},"c":{"S":""}}}"#,
        &[
            "Value at 'otherAttributes.c.member.s' ~ Member must have length greater than or equal to 1",
            &format!(
                "Value '{{a b=AttributeValue(s={hidden}), c=AttributeValue(s={hidden})}}' at 'otherAttributes' ~ Map \
                keys must satisfy constraint: [Member must have length less than or equal to 63, Member must have \
                length greater than or equal to 1, Member must satisfy regular expression pattern: \
                ^[A-Za-z*][A-Za-z-*]*$]"
            ),
        ],
    );
    breaks(
        "ds-data:CreateUser",
        r#"{"SAMAccountName":"joe","OtherAttributes":{"a":null}}"#,
        &["Value '{a=null}' at 'otherAttributes' ~ Map value must satisfy constraint: [Member must not be null]"],
    );
    breaks(
        "ds-data:CreateUser",
        r#"{"SAMAccountName":"joe","OtherAttributes":{}}"#,
        &["Value '{}' at 'otherAttributes' ~ Member must have length greater than or equal to 1"],
    );
}

#[test]
fn sensitive_values_are_not_even_kept() {
    let body =
        r#"{"Name":"corp.example.com","Password":"secret","VpcSettings":{"VpcId":"vpc-12345678","SubnetIds":[]}}"#;
    let texts = violations("ds:CreateMicrosoftAD", body);
    assert!(
        texts.iter().all(|text| text.starts_with("Value at 'password' failed to satisfy constraint: ")),
        "{texts:?}"
    );
    let Err(Undecodable::Violations(all)) = decode("ds:CreateMicrosoftAD", None, body.as_bytes()) else { panic!() };
    assert!(!format!("{all:?}").contains("secret"));
}

#[test]
fn a_message_lists_at_most_ten() {
    let body = format!(r#"{{"ResourceId":"111111111111","Tags":[{}{{}}]}}"#, "{},".repeat(100));
    let Err(Undecodable::Violations(all)) = decode("organizations:TagResource", None, body.as_bytes()) else {
        panic!()
    };
    assert!(Violation::describe(&all).starts_with("10 validation errors detected: Value null at 'tags.1.member.key' "));
}
