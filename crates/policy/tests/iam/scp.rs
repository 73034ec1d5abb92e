//! Service control policies.

use policy::iam::scp::validate;

use crate::{check_findings, check_valid, document};

#[test]
fn accepts_the_full_language() {
    for statement in [
        r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#,
        // A published sample has no Resource.
        r#"{"Effect":"Deny","Action":"s3:*"}"#,
        r#"[{"Sid":"A1","Effect":"Deny","Action":["s3:Get*","s3:*Object"],"Resource":["arn:aws:s3:::b/*"]}]"#,
        r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#,
        r#"{"Effect":"Allow","NotAction":["iam:*","organizations:*"],"NotResource":"arn:aws:s3:::secret"}"#,
        r#"{"Effect":"Allow","Action":"ec2:*Instances","Resource":"arn:aws:ec2:*:*:instance/*"}"#,
        r#"{"Effect":"Allow","Action":"*","Resource":"*",
        "Condition":{"StringEquals":{"aws:RequestedRegion":["eu-west-1"]}}}"#,
        r#"{"Effect":"Deny","Action":"*","Resource":"*",
        "Condition":{"ArnNotLikeIfExists":{"aws:PrincipalARN":"arn:*:iam::*:role/A*"}}}"#,
        r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false},
        "NumericLessThan":{"a":1.5}}}"#,
        r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"aws:TokenIssueTime":"true"}}}"#,
        r#"{"Effect":"Deny","Action":"*","Resource":"*",
        "Condition":{"ForAnyValue:StringLike":{"aws:TagKeys":["a*",""]}}}"#,
        // IAM accepts conditions that are empty at any depth, two empty Sids and any name for an action.
        r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{}}"#,
        r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateGreaterThan":{}}}"#,
        r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateGreaterThan":{"a":[]}}}"#,
        r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateGreaterThan":{"a":"01T"}}}"#,
        r#"[{"Sid":"","Effect":"Deny","Action":"a:b"},{"Sid":"","Effect":"Deny","Action":"a:b"}]"#,
        r#"{"Effect":"Allow","Action":"iam: asdf safdsf af ","Resource":"arn:aws:fdsasf"}"#,
        r#"{"Effect":"Allow","Action":"s3.s-x:ListBucket","Resource":"arn:aws-us-gov:s3:::b"}"#,
    ] {
        check_valid(validate, &document(statement));
    }
    check_valid(validate, r#"{"Id":"any name","Statement":[{"Action":"*","Effect":"Deny"}],"Version":"2012-10-17"}"#);
    check_valid(
        validate,
        "\n{ \"Version\" : \"2012-10-17\",\t\"Statement\" : { \"Effect\":\"Deny\", \"Action\":\"*\"}}\r\n",
    );
}

#[test]
fn finds_errors_in_the_document() {
    for (text, expected) in [
        ("{", "At line 1, column 2: found the end of the text, expected a key in quotation marks or '}'."),
        ("[]", "In the document: found an empty list, expected an object with Version and Statement."),
        (
            r#"{"Version":"2012-10-17"}"#,
            "In the document: found no Statement, expected a statement or a list of statements.",
        ),
        (
            r#"{"Statement":{"Effect":"Deny","Action":"*"}}"#,
            "In the document: found no Version, expected the language's version, \"2012-10-17\".",
        ),
        (
            r#"{"Version":"2008-10-17","Statement":{"Effect":"Deny","Action":"*"}}"#,
            "At Version: found the string \"2008-10-17\", expected the language's version, \"2012-10-17\".",
        ),
        (
            r#"{"Version":20121017,"Statement":{"Effect":"Deny","Action":"*"}}"#,
            "At Version: found the number 20121017, expected the language's version, \"2012-10-17\".",
        ),
        (
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*"},"statement":1}"#,
            "At statement: found the key \"statement\", expected only Version, Id and Statement.",
        ),
        (
            r#"{"Version":"2012-10-17","Id":["x"],"Statement":{"Effect":"Deny","Action":"*"}}"#,
            "At Id: found a list, expected a string.",
        ),
    ] {
        check_findings(validate, text, &[expected]);
    }
}

#[test]
fn finds_errors_in_a_statement() {
    for (statement, expected) in [
        ("[]", "At Statement: found an empty list, expected a statement or a list of at least one."),
        ("\"*\"", "At Statement: found the string \"*\", expected a statement or a list of at least one."),
        (
            r#"[{"Effect":"Deny","Action":"*"},"afd"]"#,
            "At Statement[1]: found the string \"afd\", expected a statement, which is an object.",
        ),
        (r#"{"Action":"*"}"#, "At Statement: found no Effect, expected \"Allow\" or \"Deny\"."),
        (
            r#"{"Effect":"denY","Action":"*"}"#,
            "At Statement.Effect: found the string \"denY\", expected \"Allow\" or \"Deny\".",
        ),
        (
            r#"[{"Effect":"Deny","Action":"*","Principal":"*"}]"#,
            "At Statement[0].Principal: found the string \"*\", expected no Principal in a service control policy.",
        ),
        (
            r#"{"Effect":"Deny","Action":"*","NotPrincipal":{"AWS":"*"}}"#,
            "At Statement.NotPrincipal: found an object, expected no NotPrincipal in a service control policy.",
        ),
        (
            r#"{"Effect":"Deny","Action":"*","Sid":"not one"}"#,
            "At Statement.Sid: found the string \"not one\", expected a Sid of letters A-Z, a-z and digits only.",
        ),
        (
            r#"[{"Effect":"Deny","Action":"*","Sid":"A"},{"Effect":"Deny","Action":"*","Sid":"A"}]"#,
            "At Statement[1].Sid: found the Sid \"A\" a second time, expected a Sid of its own for each statement.",
        ),
        (
            r#"{"Effect":"Deny","Action":"*","Effect":"Deny"}"#,
            "At Statement.Effect: found the key \"Effect\" a second time, expected each key once.",
        ),
        (
            r#"{"Effect":"Deny","Action":"*","action":"*"}"#,
            "At Statement.action: found the key \"action\", expected only the elements Sid, Effect, Principal, \
            NotPrincipal, Action, NotAction, Resource, NotResource, Condition.",
        ),
    ] {
        check_findings(validate, &document(statement), &[expected]);
    }
}

#[test]
fn finds_errors_in_actions_and_resources() {
    for (elements, expected) in [
        (r#""Resource":"*""#, "At Statement: found no Action, expected Action or NotAction."),
        (
            r#""Action":"*","NotAction":"a:b""#,
            "At Statement: found both Action and NotAction, expected one of the two.",
        ),
        (
            r#""Action":"*","Resource":"*","NotResource":"*""#,
            "At Statement: found both Resource and NotResource, expected one of the two.",
        ),
        (r#""Action":[]"#, "At Statement.Action: found an empty list, expected a string or a list of at least one."),
        (r#""Action":["a:b",[]]"#, "At Statement.Action[1]: found an empty list, expected a string."),
        (
            r#""NotAction":"s3*""#,
            "At Statement.NotAction: found the string \"s3*\", expected \"*\" or an action with its service's prefix, \
            such as \"s3:GetObject\".",
        ),
        (
            r#""Action":["s3:List:Bucket"]"#,
            "At Statement.Action[0]: found the string \"s3:List:Bucket\", expected an action with one colon, such as \
             \"s3:GetObject\".",
        ),
        (
            r#""Action":"a a:ListBucket""#,
            "At Statement.Action: found the string \"a a:ListBucket\", expected a service's prefix before the colon, \
            without wildcards or spaces.",
        ),
        (
            r#""Action":"*:*""#,
            "At Statement.Action: found the string \"*:*\", expected a service's prefix before the colon, without \
            wildcards or spaces.",
        ),
        (
            r#""Action":"*","Resource":"bucket""#,
            "At Statement.Resource: found the string \"bucket\", expected \"*\" or an ARN, \
             arn:partition:service:region:account:resource.",
        ),
        (
            r#""Action":"*","Resource":["*","arn:error:s3:::b"]"#,
            "At Statement.Resource[1]: found the string \"arn:error:s3:::b\", expected an ARN in one of the partitions \
            aws, aws-cn, aws-us-gov, aws-iso…, aws-eusc.",
        ),
        (
            r#""Action":"*","NotResource":"arn:aws:*:::b""#,
            "At Statement.NotResource: found the string \"arn:aws:*:::b\", expected an ARN that names its service in \
            full, without wildcards.",
        ),
        (
            r#""Action":"*","Resource":"arn:aws:s3::b""#,
            "At Statement.Resource: found the string \"arn:aws:s3::b\", expected an ARN of six parts, \
             arn:partition:service:region:account:resource.",
        ),
    ] {
        check_findings(validate, &document(&format!(r#"{{"Effect":"Allow",{elements}}}"#)), &[expected]);
    }
}

#[test]
fn finds_errors_in_conditions() {
    for (condition, expected) in [
        ("[]", "At Statement.Condition: found an empty list, expected an object of operators."),
        (
            r#"{"Bool":"b"}"#,
            "At Statement.Condition.Bool: found the string \"b\", expected an object of condition keys.",
        ),
        (
            r#"{"StringIs":{"a":"1"}}"#,
            "At Statement.Condition.StringIs: found the operator \"StringIs\", expected a condition operator, such as \
            StringEquals.",
        ),
        (
            r#"{"ForAnyValue::StringEquals":{"a":"1"}}"#,
            "At Statement.Condition.ForAnyValue::StringEquals: found the operator \"ForAnyValue::StringEquals\", \
            expected a condition operator, such as StringEquals.",
        ),
        (
            r#"{"NullIfExists":{"a":"true"}}"#,
            "At Statement.Condition.NullIfExists: found the operator \"NullIfExists\", expected a condition operator, \
            such as StringEquals.",
        ),
        (
            r#"{"StringEquals":{"aws:x":{}}}"#,
            "At Statement.Condition.StringEquals.aws:x: found an empty object, expected a string, a number, a boolean \
            or a list of them.",
        ),
        (
            r#"{"NumericEquals":{"a":["1","one"]}}"#,
            "At Statement.Condition.NumericEquals.a[1]: found the string \"one\", expected a number.",
        ),
        (
            r#"{"DateLessThan":{"a":"sdfdsf"}}"#,
            "At Statement.Condition.DateLessThan.a: found the string \"sdfdsf\", expected a date such as \
             \"2026-01-31T00:00:00Z\", or seconds since 1970.",
        ),
        (r#"{"Bool":{"a":"yes"}}"#, "At Statement.Condition.Bool.a: found the string \"yes\", expected true or false."),
        (
            r#"{"Null":{"a":1}}"#,
            "At Statement.Condition.Null.a: found the number 1, expected true for a missing key or false for one that \
            is there.",
        ),
        (
            r#"{"IpAddress":{"aws:SourceIp":"203.0.113.0/33"}}"#,
            "At Statement.Condition.IpAddress.aws:SourceIp: found the string \"203.0.113.0/33\", expected an address \
            or a range such as \"203.0.113.0/24\".",
        ),
        (
            r#"{"BinaryEquals":{"a":"?"}}"#,
            "At Statement.Condition.BinaryEquals.a: found the string \"?\", expected bytes in base64.",
        ),
    ] {
        let statement = format!(r#"{{"Effect":"Deny","Action":"*","Condition":{condition}}}"#);
        check_findings(validate, &document(&statement), &[expected]);
    }
}

#[test]
fn returns_all_findings() {
    let text =
        document(r#"[{"Effect":"deny","Action":"s3","Principal":"*"},{"Effect":"Deny","Action":"*","Resource":[1]}]"#);
    check_findings(
        validate,
        &text,
        &[
            "At Statement[0].Effect: found the string \"deny\", expected \"Allow\" or \"Deny\".",
            "At Statement[0].Principal: found the string \"*\", expected no Principal in a service control policy.",
            "At Statement[0].Action: found the string \"s3\", expected \"*\" or an action with its service's prefix, \
            such as \"s3:GetObject\".",
            "At Statement[1].Resource[0]: found the number 1, expected a string.",
        ],
    );
}

#[test]
fn warns_of_accepted_parts_that_look_wrong() {
    let condition = r#"{"stringequals":{"a":"b"},"Nonsense":{}}"#;
    let text = document(&format!(r#"{{"Effect":"Deny","Action":"*","Condition":{condition}}}"#));
    let document = validate(&text).unwrap();
    let printed: Vec<_> = document.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        printed,
        [
            "At Statement.Condition.stringequals: found the operator \"stringequals\", expected StringEquals.",
            "At Statement.Condition.Nonsense: found the operator \"Nonsense\", expected a condition operator, such as \
            StringEquals.",
        ]
    );
    assert_eq!(document.statements[0].conditions.len(), 1);
}
