//! Conditions, one operator at a time.

use policy::iam::evaluate::{AppliedPolicy, Level, through_levels};
use policy::iam::{AuthorizationRequest, Context, RequestPrincipal, session};

/// Whether a statement with the condition applies to a request with the condition keys.
fn holds(version: &str, condition: &str, context: &Context) -> bool {
    let statement = format!(r#"{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{condition}}}"#);
    let text = format!(r#"{{"Version":"{version}","Statement":{statement}}}"#);
    let document = session::validate(&text).unwrap_or_else(|findings| panic!("{text}: {findings:?}"));
    let levels = [Level { name: "identity", policies: vec![AppliedPolicy { name: "p", document: &document }] }];
    let request = AuthorizationRequest { caller: RequestPrincipal::Anonymous, action: "a:b", resource: "*", context };
    through_levels(&levels, &request).is_allowed()
}

/// Rows of operator, values in the policy, values in the request (none for a missing key), whether the condition holds.
#[track_caller]
fn check(rows: &[(&str, &str, Option<&[&str]>, bool)]) {
    for (operator, values, found, expected) in rows {
        let context = match found {
            Some(found) => Context::new().with("Test:Key", found.iter().copied()),
            None => Context::new(),
        };
        let condition = format!(r#"{{"{operator}":{{"test:KEY":{values}}}}}"#);
        assert_eq!(holds("2012-10-17", &condition, &context), *expected, "{condition} {found:?}");
    }
}

#[test]
fn texts() {
    check(&[
        ("StringEquals", r#""a""#, Some(&["a"]), true),
        ("StringEquals", r#""a""#, Some(&["A"]), false),
        ("StringEquals", r#"["b","a"]"#, Some(&["a"]), true),
        ("StringEquals", r#""a*""#, Some(&["ab"]), false),
        ("StringEquals", r#""a*""#, Some(&["a*"]), true),
        ("StringEquals", r#""a""#, None, false),
        ("StringEquals", "[]", Some(&["a"]), false),
        ("StringEquals", "5", Some(&["5"]), true),
        ("StringNotEquals", r#"["a","b"]"#, Some(&["b"]), false),
        ("StringNotEquals", r#"["a","b"]"#, Some(&["c"]), true),
        ("StringNotEquals", r#""a""#, None, true),
        ("StringEqualsIgnoreCase", r#""aB""#, Some(&["Ab"]), true),
        ("StringNotEqualsIgnoreCase", r#""aB""#, Some(&["Ab"]), false),
        ("StringLike", r#""a*c?""#, Some(&["abbcd"]), true),
        ("StringLike", r#""a*c?""#, Some(&["abbc"]), false),
        ("StringLike", r#""A*""#, Some(&["ab"]), false),
        ("StringNotLike", r#""a*""#, Some(&["ab"]), false),
        ("StringNotLike", r#""a*""#, Some(&["b"]), true),
    ]);
}

#[test]
fn numbers_dates_and_the_rest() {
    check(&[
        ("NumericEquals", "10", Some(&["10.0"]), true),
        ("NumericNotEquals", "10", Some(&["11"]), true),
        ("NumericLessThan", "10", Some(&["9"]), true),
        ("NumericLessThan", "10", Some(&["10"]), false),
        ("NumericLessThanEquals", "10", Some(&["10"]), true),
        ("NumericGreaterThan", "-1.5", Some(&["-1.4"]), true),
        ("NumericGreaterThanEquals", "[20,10]", Some(&["15"]), true),
        ("NumericLessThan", "10", Some(&["nine"]), false),
        ("DateEquals", r#""2026-01-01""#, Some(&["2026-01-01T00:00:00Z"]), true),
        ("DateNotEquals", r#""2026-01-01""#, Some(&["2026-01-02T00:00:00Z"]), true),
        ("DateLessThan", r#""2026-01-01T00:00:00Z""#, Some(&["2025-12-31T23:59:59Z"]), true),
        ("DateLessThanEquals", r#""2026-01-01T01:00:00+01:00""#, Some(&["2026-01-01T00:00:00Z"]), true),
        ("DateGreaterThan", "1767225600", Some(&["2026-01-01T00:00:01Z"]), true),
        ("DateGreaterThanEquals", "1767225600", Some(&["1767225599"]), false),
        ("Bool", "true", Some(&["true"]), true),
        ("Bool", r#""TRUE""#, Some(&["true"]), true),
        ("Bool", r#""false""#, Some(&["true"]), false),
        ("Bool", r#""false""#, None, false),
        ("BinaryEquals", r#""QQ==""#, Some(&["QQ=="]), true),
        ("BinaryEquals", r#""QQ==""#, Some(&["Qg=="]), false),
        ("IpAddress", r#""203.0.113.0/24""#, Some(&["203.0.113.7"]), true),
        ("IpAddress", r#"["10.0.0.0/8","2001:db8::/32"]"#, Some(&["2001:db8::7"]), true),
        ("NotIpAddress", r#""203.0.113.0/24""#, Some(&["203.0.114.7"]), true),
        ("NotIpAddress", r#""203.0.113.0/24""#, None, true),
        ("ArnEquals", r#""arn:aws:iam::*:role/A*""#, Some(&["arn:aws:iam::111111111111:role/Ab"]), true),
        ("ArnLike", r#""arn:aws:iam::*:role/A*""#, Some(&["arn:aws:iam::111111111111:user/Ab"]), false),
        ("ArnNotLike", r#""arn:aws:iam::*:role/A*""#, Some(&["arn:aws:iam::111111111111:role/B"]), true),
        ("ArnNotEquals", r#""arn:aws:iam::*:role/A*""#, None, true),
        ("ArnLike", r#""*""#, Some(&["arn:aws:iam::111111111111:root"]), true),
    ]);
}

#[test]
fn missing_keys() {
    check(&[
        ("Null", "true", None, true),
        ("Null", r#""true""#, Some(&["x"]), false),
        ("Null", r#""false""#, Some(&["x"]), true),
        ("Null", "false", None, false),
        // A key without values counts as missing.
        ("Null", "true", Some(&[]), true),
        ("StringEqualsIfExists", r#""a""#, None, true),
        ("StringEqualsIfExists", r#""a""#, Some(&["b"]), false),
        ("StringNotEqualsIfExists", r#""a""#, None, true),
        ("BoolIfExists", "true", None, true),
        ("NumericLessThanIfExists", "1", None, true),
    ]);
}

#[test]
fn keys_of_several_values() {
    check(&[
        ("ForAllValues:StringEquals", r#"["a","b"]"#, Some(&["a", "b"]), true),
        ("ForAllValues:StringEquals", r#"["a","b"]"#, Some(&["a", "c"]), false),
        ("ForAllValues:StringEquals", r#""a""#, None, true),
        ("ForAllValues:StringNotEquals", r#"["a","b"]"#, Some(&["c", "d"]), true),
        ("ForAllValues:StringNotEquals", r#"["a","b"]"#, Some(&["c", "a"]), false),
        ("ForAllValues:StringNotLike", r#""key1*""#, Some(&["key1:hr", "key1:personnel"]), false),
        ("ForAllValues:StringNotLike", r#""key1*""#, Some(&["key2:audit"]), true),
        ("ForAllValues:StringNotLike", r#""key1*""#, None, true),
        ("ForAnyValue:StringEquals", r#"["a","b"]"#, Some(&["x", "b"]), true),
        ("ForAnyValue:StringEquals", r#"["a","b"]"#, Some(&["x", "y"]), false),
        ("ForAnyValue:StringEquals", r#""a""#, None, false),
        ("ForAnyValue:StringNotEquals", r#""a""#, Some(&["a", "b"]), true),
        ("ForAnyValue:StringNotEquals", r#""a""#, Some(&["a"]), false),
        ("ForAnyValue:StringNotEquals", r#""a""#, None, false),
        ("ForAnyValue:StringLikeIfExists", r#""a*""#, None, true),
        ("ForAllValues:NumericLessThan", "10", Some(&["1", "11"]), false),
        ("StringEquals", r#""a""#, Some(&["b", "a"]), true),
        ("StringNotEquals", r#""a""#, Some(&["b", "a"]), false),
    ]);
}

#[test]
fn variables() {
    let context =
        Context::new().with("aws:username", ["alice"]).with("s3:prefix", ["home/alice/x"]).with("a", ["${b}"]);
    for (version, condition, expected) in [
        ("2012-10-17", r#"{"StringLike":{"s3:prefix":"home/${aws:username}/*"}}"#, true),
        ("2008-10-17", r#"{"StringLike":{"s3:prefix":"home/${aws:username}/*"}}"#, false),
        ("2008-10-17", r#"{"StringEquals":{"a":"${b}"}}"#, true),
        ("2012-10-17", r#"{"StringEquals":{"s3:prefix":"home/${aws:PrincipalTag/team}/x"}}"#, false),
        // Nothing is equal to a variable without a value, so everything is unequal to it.
        ("2012-10-17", r#"{"StringNotEquals":{"s3:prefix":"home/${aws:PrincipalTag/team}/x"}}"#, true),
        ("2012-10-17", r#"{"StringEquals":{"s3:prefix":"home/${aws:PrincipalTag/team, 'alice'}/x"}}"#, true),
        ("2012-10-17", r#"{"StringEquals":{"a":"${$}{b}"}}"#, true),
    ] {
        assert_eq!(holds(version, condition, &context), expected, "{version} {condition}");
    }
}

#[test]
fn all_keys_and_operators_must_hold() {
    let context = Context::new().with("a", ["1"]).with("b", ["2"]);
    for (condition, expected) in [
        (r#"{"StringEquals":{"a":"1","b":"2"}}"#, true),
        (r#"{"StringEquals":{"a":"1","b":"3"}}"#, false),
        (r#"{"StringEquals":{"a":"1"},"NumericLessThan":{"b":2}}"#, false),
        ("{}", true),
        (r#"{"StringEquals":{}}"#, true),
    ] {
        assert_eq!(holds("2012-10-17", condition, &context), expected, "{condition}");
    }
}
