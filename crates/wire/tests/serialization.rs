//! The messages for members of a wrong type, and unusual input that is accepted.

mod asking;

use asking::{decode, mistyped};
use model::{Request, ds, ds_data, organizations};

#[test]
fn every_pair_of_types_has_its_text() {
    let structure = "Start of structure or map found where not expected";
    for (operation, body, text) in [
        ("organizations:DescribeAccount", r#"{"AccountId":true}"#, "TRUE_VALUE cannot be converted to String"),
        ("organizations:DescribeAccount", r#"{"AccountId":false}"#, "FALSE_VALUE cannot be converted to String"),
        ("organizations:DescribeAccount", r#"{"AccountId":1}"#, "NUMBER_VALUE cannot be converted to String"),
        ("organizations:DescribeAccount", r#"{"AccountId":1.5}"#, "DECIMAL_VALUE cannot be converted to String"),
        ("organizations:DescribeAccount", r#"{"AccountId":{}}"#, structure),
        ("organizations:DescribeAccount", r#"{"AccountId":[]}"#, "Unrecognized collection type class java.lang.String"),
        ("organizations:CreateOrganization", r#"{"FeatureSet":{"ALL":null}}"#, structure),
        ("organizations:CreateOrganization", r#"{"FeatureSet":1}"#, "NUMBER_VALUE cannot be converted to String"),
        ("ds:DescribeDirectories", r#"{"Limit":"1"}"#, "STRING_VALUE cannot be converted to Integer"),
        ("ds:DescribeDirectories", r#"{"Limit":true}"#, "TRUE_VALUE cannot be converted to Integer"),
        ("ds:DescribeDirectories", r#"{"Limit":{}}"#, structure),
        ("ds:DescribeDirectories", r#"{"Limit":[1]}"#, "Unrecognized collection type class java.lang.Integer"),
        ("ds:DescribeDirectories", r#"{"Limit":3000000000}"#, "NUMBER_VALUE cannot be converted to Integer"),
        ("ds:DescribeDirectories", r#"{"Limit":1e300}"#, "DECIMAL_VALUE cannot be converted to Integer"),
        ("ds:DescribeDirectories", r#"{"Limit":18446744073709551616}"#, "DECIMAL_VALUE cannot be converted to Integer"),
        ("ds:DescribeDirectories", r#"{"DirectoryIds":[1]}"#, "NUMBER_VALUE cannot be converted to String"),
        ("ds-data:CreateUser", r#"{"OtherAttributes":{"a":{"N":"5"}}}"#, "STRING_VALUE cannot be converted to Long"),
        ("ds-data:CreateUser", r#"{"OtherAttributes":{"a":{"N":false}}}"#, "FALSE_VALUE cannot be converted to Long"),
        ("ds-data:CreateUser", r#"{"OtherAttributes":[]}"#, "Unrecognized collection type class java.util.Map"),
        ("ds-data:CreateUser", r#"{"OtherAttributes":1}"#, "Unexpected field type"),
        (
            "ds:DeleteTrust",
            r#"{"DeleteAssociatedConditionalForwarder":"true"}"#,
            "Unexpected token received from parser",
        ),
        (
            "ds:DeleteTrust",
            r#"{"DeleteAssociatedConditionalForwarder":1}"#,
            "NUMBER_VALUE cannot be converted to Boolean",
        ),
        ("ds:DeleteTrust", r#"{"DeleteAssociatedConditionalForwarder":{}}"#, structure),
        (
            "ds:DeleteTrust",
            r#"{"DeleteAssociatedConditionalForwarder":[]}"#,
            "Unrecognized collection type class java.lang.Boolean",
        ),
        ("organizations:TagResource", r#"{"Tags":{}}"#, structure),
        ("organizations:TagResource", r#"{"Tags":{"member":{"1":{"Key":"k","Value":"v"}}}}"#, structure),
        ("organizations:TagResource", r#"{"Tags":"x"}"#, "Unexpected field type"),
        ("organizations:TagResource", r#"{"Tags":[1]}"#, "Unexpected value type in payload"),
        (
            "organizations:TagResource",
            r#"{"Tags":[["k","v"]]}"#,
            "Unrecognized collection type class com.amazonaws.organizations.Tag",
        ),
        ("ds:CreateDirectory", r#"{"VpcSettings":"vpc"}"#, "Unexpected field type"),
        (
            "ds:CreateDirectory",
            r#"{"VpcSettings":[]}"#,
            "Unrecognized collection type class com.amazonaws.directoryservice.DirectoryVpcSettings",
        ),
        (
            "organizations:DescribeAccount",
            r#"["111111111111"]"#,
            "Unrecognized collection type class com.amazonaws.organizations.DescribeAccountRequest",
        ),
        (
            "organizations:InviteOrganizationToTransferResponsibility",
            r#"{"StartTimestamp":"2026-11-24T08:00:00Z"}"#,
            "STRING_VALUE cannot be converted to milliseconds since epoch",
        ),
    ] {
        assert_eq!(mistyped(operation, body), text, "{operation} {body}");
    }
}

#[test]
fn types_come_before_limits() {
    assert_eq!(
        mistyped("organizations:CreateAccount", r#"{"Email":"","Tags":1}"#),
        "Unexpected field type",
        "a missing name and a short e-mail are not reported"
    );
}

#[test]
fn unusual_but_understandable_input_is_taken() {
    let body = br#"{"Limit":1.9,"NextToken":null,"Unknown":{"a":[1,{"b":null}]},"DirectoryIds":["d-0000000000"],
    "DirectoryIds":[]}"#;
    let Ok(Request::Directory(ds::Request::DescribeDirectories(input))) = decode("ds:DescribeDirectories", None, body)
    else {
        panic!("it is understandable");
    };
    assert_eq!((input.limit, input.next_token, input.directory_ids), (Some(1), None, Some(vec![])));

    let body = br#"{"SAMAccountName":"joe","OtherAttributes":{"a":{"N":-1.5},"a":{"N":9007199254740993}}}"#;
    let decoded = decode("ds-data:CreateUser", Some("DirectoryId=d-1234567890"), body);
    let Ok(Request::DirectoryData(ds_data::Request::CreateUser(input))) = decoded else { panic!("{decoded:?}") };
    assert_eq!(input.other_attributes.unwrap()["a"].n, Some(9_007_199_254_740_993));

    for number in ["1795431600", "1795431600.0", "1.7954316E9"] {
        let body = format!(
            r#"{{"Type":"BILLING","Target":{{"Id":"111111111111","Type":"ACCOUNT"}},"StartTimestamp":{number},
            "SourceName":"s"}}"#
        );
        let decoded = decode("organizations:InviteOrganizationToTransferResponsibility", None, body.as_bytes());
        let Ok(Request::Organizations(request)) = decoded else { panic!("{decoded:?}") };
        let organizations::Request::InviteOrganizationToTransferResponsibility(input) = request else {
            panic!("another operation")
        };
        assert_eq!(input.start_timestamp.as_millis(), 1_795_431_600_000, "{number}");
    }
}
