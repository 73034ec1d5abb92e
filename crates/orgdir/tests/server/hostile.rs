//! Bad input. Each gets the answer of AWS's front end in its protocol, and the world does not change.

use serde_json::Value;

use crate::serving::{ACCOUNT, Answer, Connection, PATIENCE, Process, Request};

const IDENTITY: &str = "Action=GetCallerIdentity&Version=2011-06-15";
const LIST_USERS: &str = "/Users/ListUsers?DirectoryId=d-1234567890";
const DEEP: usize = 100_000;

/// A server whose world must not change.
struct Hostile {
    server: Process,
    before: String,
}

impl Hostile {
    fn start() -> Self {
        let server = Process::start();
        Request::new("POST", "/_orgdir/clock/freeze", "").to(server.address).ok();
        Request::json("organizations:CreateOrganization", "{}").to(server.address).ok();
        let vpc = r#"{"VpcId":"vpc-12345678","SubnetIds":["subnet-11111111","subnet-22222222"]}"#;
        let directory = format!(r#"{{"Name":"corp.example.com","Password":"Sup3rSecret!","VpcSettings":{vpc}}}"#);
        Request::json("ds:CreateMicrosoftAD", directory).to(server.address).ok();
        let before = seen(&server);
        Self { server, before }
    }

    /// Sends a request, and checks the status and a part of the text of the answer.
    fn refuses(&self, request: &Request, status: u16, part: &str) -> Answer {
        let answer = request.to(self.server.address);
        let text = answer.text();
        let context = format!(
            "{} {:?} {}",
            request.path,
            request.headers,
            String::from_utf8_lossy(&request.body[..request.body.len().min(80)])
        );
        assert!(answer.status == status && text.contains(part), "{context}: {} {text}", answer.status);
        assert!(answer.header("x-amzn-requestid").is_some() && answer.header("date").is_some(), "{context}");
        answer
    }

    fn unchanged(self) {
        assert_eq!(seen(&self.server), self.before);
        self.server.signal("TERM");
        let ended = self.server.ended();
        assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    }
}

/// The caller's view of the world, as text.
fn seen(server: &Process) -> String {
    let lists = ["organizations:DescribeOrganization", "organizations:ListAccounts", "organizations:ListRoots"];
    let lists =
        lists.into_iter().chain(["organizations:ListAWSServiceAccessForOrganization", "ds:DescribeDirectories"]);
    lists.map(|operation| Request::json(operation, "{}").to(server.address).ok().to_string()).collect()
}

/// An error in CBOR: its code after the front end's namespace.
fn coral(code: &str) -> String {
    format!("com.amazon.coral.service#{code}")
}

#[test]
fn what_cannot_be_read() {
    let hostile = Hostile::start();
    let exactly = r#"{"__type":"SerializationException"}"#;
    let nested = "[".repeat(DEEP);
    let closed = format!(r#"{{"Unknown":{}{}}}"#, "[".repeat(DEEP), "]".repeat(DEEP));
    for body in ["", "{", "nul", "{\"a\":}", "{}x", "\u{feff}{}", "null", "\"x\"", "7", &nested] {
        for operation in ["organizations:DescribeAccount", "ds:DescribeDirectories"] {
            let answer = hostile.refuses(&Request::json(operation, body), 400, "");
            assert_eq!(answer.text(), exactly, "{}", &body[..body.len().min(40)]);
            assert_eq!(answer.header("content-type"), Some("application/x-amz-json-1.1"));
        }
    }
    hostile.refuses(&Request::json("organizations:DescribeAccount", b"{\"AccountId\":\"\xff\"}"), 400, exactly);
    hostile.refuses(&Request::json("organizations:DescribeAccount", r#"{"AccountId":"\ud800"}"#), 400, exactly);
    let deep_member = format!(r#"{{"DirectoryIds":{nested}"#);
    hostile.refuses(&Request::json("ds:DescribeDirectories", deep_member), 400, exactly);
    for body in ["{", "x", "\u{0}", &nested, r#"{"MaxResults":"\udfff"}"#] {
        let answer = hostile.refuses(&Request::rest(LIST_USERS, body), 400, "");
        assert_eq!((answer.header("x-amzn-errortype"), &*answer.text()), (Some("SerializationException"), "{}"));
    }
    let unknown = hostile.refuses(&Request::json("organizations:DescribeOrganization", closed), 200, "");
    assert_eq!(unknown.header("content-type"), Some("application/x-amz-json-1.1"), "an unknown member may be anything");
    let code = coral("SerializationException");
    let tags = [0xc1].repeat(DEEP);
    for body in [
        &b""[..],
        b"\xa1",
        b"\xff",
        b"\xa0\x00",
        b"\x80\x80",
        b"{}",
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x7b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x6cDirectoryIds\x9b\xff\xff\xff\xff\xff\xff\xff\xff\x61",
        b"\xa1\x6cDirectoryIds\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x65Limit",
        b"\xa1\x69NextToken\x63\xed\xa0\x80",
        &[0x81].repeat(DEEP),
        &[0x9f].repeat(DEEP),
        &[&b"\xa1\x61x"[..], &tags].concat(),
    ] {
        let answer = hostile.refuses(&Request::cbor("DescribeDirectories", body), 400, &code);
        assert_eq!(answer.header("content-type"), Some("application/cbor"));
        assert_eq!(answer.header("smithy-protocol"), Some("rpc-v2-cbor"));
    }
    for (form, part) in [
        (format!("{IDENTITY}&a=%"), "Incomplete trailing escape % sequence"),
        (format!("{IDENTITY}&a=%zz"), "Illegal hex character in escape % pattern: %zz"),
    ] {
        let answer = hostile.refuses(&Request::query(form), 400, "<Code>MalformedQueryString</Code>");
        assert!(answer.text().contains(part), "{}", answer.text());
    }
    hostile.unchanged();
}

#[test]
fn what_has_a_wrong_type() {
    let hostile = Hostile::start();
    for (operation, body, text) in [
        ("organizations:DescribeAccount", r#"{"AccountId":1}"#, "NUMBER_VALUE cannot be converted to String"),
        ("organizations:ListAccounts", r#"{"MaxResults":"1"}"#, "STRING_VALUE cannot be converted to Integer"),
        ("organizations:TagResource", r#"{"Tags":"x"}"#, "Unexpected field type"),
        (
            "organizations:ListAccounts",
            "[]",
            "Unrecognized collection type class com.amazonaws.organizations.ListAccountsRequest",
        ),
        ("ds:DescribeDirectories", r#"{"DirectoryIds":{}}"#, "Start of structure or map found where not expected"),
    ] {
        let body = Request::json(operation, body);
        let answer = hostile.refuses(&body, 400, "");
        assert_eq!(answer.json(), serde_json::json!({"__type": "SerializationException", "Message": text}));
    }
    let answer = hostile.refuses(&Request::rest(LIST_USERS, r#"{"MaxResults":"1"}"#), 400, "");
    assert_eq!(answer.header("x-amzn-errortype"), Some("SerializationException"));
    assert_eq!(answer.text(), r#"{"Message":"STRING_VALUE cannot be converted to Integer"}"#);
    let cbor = Request::cbor("DescribeDirectories", *b"\xa1\x65Limit\x61x");
    let answer = hostile.refuses(&cbor, 400, &coral("SerializationException"));
    assert!(answer.text().contains("STRING_VALUE cannot be converted to Integer"), "{}", answer.text());
    let form = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111111111111:role/x&RoleSessionName=s1\
                &DurationSeconds=soon";
    hostile.refuses(&Request::query(form), 400, "STRING_VALUE cannot be converted to Integer");
    hostile.unchanged();
}

#[test]
fn what_breaks_a_limit() {
    let hostile = Hostile::start();
    let answer = hostile.refuses(&Request::json("organizations:DescribeAccount", r#"{"AccountId":"1"}"#), 400, "");
    let text = "You provided a value that does not match the required pattern.";
    let json = answer.json();
    assert_eq!((&json["__type"], &json["Message"]), (&"InvalidInputException".into(), &Value::from(text)));
    let request = Request::json("ds:CreateMicrosoftAD", r#"{"Name":"x","Password":"hush"}"#);
    let answer = hostile.refuses(&request, 400, r#""__type":"ValidationException""#);
    assert!(
        answer.text().contains("validation errors detected: ") && !answer.text().contains("hush"),
        "{}",
        answer.text()
    );
    let answer = hostile.refuses(&Request::rest("/Users/CreateUser?DirectoryId=d-1", "{}"), 400, "");
    assert_eq!(answer.header("x-amzn-errortype"), Some("ValidationException"));
    hostile.refuses(&Request::cbor("DeleteDirectory", [0xa0]), 400, "ValidationException");
    let form = "Action=AssumeRole&Version=2011-06-15&RoleArn=&RoleSessionName=a";
    hostile.refuses(&Request::query(form), 400, "<Code>ValidationError</Code>");
    hostile.unchanged();
}

#[test]
fn what_names_no_operation() {
    let hostile = Hostile::start();
    let json = Request::json("organizations:ListRoots", "{}");
    let exactly = r#"{"__type":"UnknownOperationException"}"#;
    let targets =
        ["", "x", "AWSOrganizationsV20161128", "AWSOrganizationsV20161128.", "AWSOrganizationsV20161128.Unknown"];
    for target in targets.into_iter().chain(["Nobody.ListRoots", "DirectoryService_20150416.ListRoots", "\u{e9}.x"]) {
        let answer = hostile.refuses(&json.clone().with("X-Amz-Target", target), 400, "");
        assert_eq!(answer.text(), exactly, "{target:?}");
    }
    assert_eq!(hostile.refuses(&json.clone().without("X-Amz-Target"), 400, "").text(), exactly);
    let unsigned = json.without("Authorization").with("X-Amz-Target", "AWSOrganizationsV20161128.Unknown");
    assert_eq!(hostile.refuses(&unsigned, 400, "").text(), exactly, "before anybody asks who it is");
    let code = coral("UnknownOperationException");
    for path in ["Unknown", "", "DescribeDirectories/x"] {
        hostile.refuses(&Request::cbor(path, [0xa0]), 400, &code);
    }
    let both = Request::cbor("DescribeDirectories", [0xa0])
        .with("X-Amz-Target", "DirectoryService_20150416.DescribeDirectories");
    hostile.refuses(&both, 400, &code);
    hostile.refuses(
        &Request::rest("/Users/Unknown?DirectoryId=d-1234567890", "{}"),
        404,
        "<UnknownOperationException/>",
    );
    for (form, code) in [
        ("Action=Unknown&Version=2011-06-15", "InvalidAction"),
        ("Action=GetCallerIdentity&Version=2000-01-01", "InvalidAction"),
        ("Action=GetCallerIdentity", "InvalidAction"),
        ("Action=&Version=2011-06-15", "MissingAction"),
        ("Version=2011-06-15", "MissingAction"),
        ("", "MissingAction"),
    ] {
        hostile.refuses(&Request::query(form), 400, &format!("<Code>{code}</Code>"));
    }
    hostile.unchanged();
}

/// A call in each protocol, and the status of an answer to bad credentials.
fn calls() -> [(Request, u16); 4] {
    [
        (Request::json("organizations:LeaveOrganization", "{}"), 400),
        (Request::cbor("DescribeDirectories", [0xa0]), 400),
        (Request::rest(LIST_USERS, "{}"), 403),
        (Request::query(IDENTITY), 403),
    ]
}

/// The request with another text in its path.
fn changed(request: &Request, from: &str, to: &str) -> Request {
    request.clone().at(&request.path.replace(from, to))
}

#[test]
fn who_signed_badly_or_not_at_all() {
    let hostile = Hostile::start();
    for (call, status) in calls() {
        let is_query = call.headers.iter().any(|(_, value)| value.contains("urlencoded"));
        let refused = |request: &Request, status: u16, name: &str| {
            let name = if is_query && name == "InvalidSignature" { "SignatureDoesNotMatch" } else { name };
            let code = if is_query { format!("<Code>{name}</Code>") } else { format!("{name}Exception") };
            let answer = request.to(hostile.server.address);
            let error = format!("{}{}", answer.header("x-amzn-errortype").unwrap_or(""), answer.text());
            assert!(answer.status == status && error.contains(&code), "{request:?}: {} {error}", answer.status);
        };
        refused(&call.clone().without("Authorization"), status, "MissingAuthenticationToken");
        let incomplete = if is_query { 400 } else { status };
        let good = call.headers.iter().find(|(name, _)| *name == "Authorization").unwrap().1.clone();
        let damaged = |header: &str| call.clone().with("Authorization", header);
        for header in ["", "X", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential", "AWS4-HMAC-SHA256 Credential=a, ,=,"]
        {
            refused(&damaged(header), incomplete, "IncompleteSignature");
        }
        for (from, to) in
            [("Signature=00", "TEXT"), ("Credential=", "Credentia="), ("SignedHeaders=", "X="), ("/us-east-1", "")]
        {
            refused(&damaged(&good.replacen(from, to, 1)), incomplete, "IncompleteSignature");
        }
        for (from, to) in
            [("us-east-1/", "us-east-1/x"), ("aws4_request", "aws5"), ("20261123", "20261124"), ("host;", "")]
        {
            refused(&damaged(&good.replacen(from, to, 1)), status, "InvalidSignature");
        }
        refused(&call.clone().without("X-Amz-Date"), incomplete, "IncompleteSignature");
        for date in ["", "now", "2026-11-23T10:55:17Z", "99999999T999999Z", &"2".repeat(9000)] {
            refused(&call.clone().with("X-Amz-Date", date), incomplete, "IncompleteSignature");
        }
        let path =
            format!("{}{}X-Amz-Algorithm=AWS4-HMAC-SHA256", call.path, if call.path.contains('?') { "&" } else { "?" });
        refused(&call.clone().at(&path), status, "InvalidSignature");
        let mut expired = call.clone().without("Authorization").without("X-Amz-Date");
        let scope = good.split_once("Credential=").unwrap().1.split_once(',').unwrap().0.replace('/', "%2F");
        expired.path = format!(
            "{path}&X-Amz-Credential={scope}&X-Amz-Date=20261123T105517Z&X-Amz-Expires=1\
             &X-Amz-SignedHeaders=host&X-Amz-Signature=00"
        );
        refused(&changed(&expired, "20261123", "20200101"), status, "InvalidSignature");
        refused(&changed(&expired, "X-Amz-Expires=1", "X-Amz-Expires=soon"), incomplete, "IncompleteSignature");
        refused(&changed(&expired, "&X-Amz-Signature=00", ""), incomplete, "IncompleteSignature");
    }
    hostile.unchanged();
}

#[test]
fn whose_session_is_not_theirs() {
    let server = Process::start();
    Request::json("organizations:CreateOrganization", "{}").to(server.address).ok();
    Request::json("organizations:CreateAccount", r#"{"AccountName":"dev","Email":"dev@example.com"}"#)
        .to(server.address)
        .ok();
    let accounts = Request::json("organizations:ListAccounts", "{}").to(server.address).ok();
    let ids = accounts["Accounts"].as_array().unwrap().iter().filter_map(|account| account["Id"].as_str());
    let member = ids.clone().find(|id| *id != ACCOUNT).unwrap();
    let arn = format!("arn:aws:iam::{member}:role/OrganizationAccountAccessRole");
    let form = format!("Action=AssumeRole&Version=2011-06-15&RoleArn={arn}&RoleSessionName=s1");
    let session = Request::query(form).to(server.address).text();
    let inside = |name: &str| session.split_once(&format!("<{name}>")).unwrap().1.split_once('<').unwrap().0.to_owned();
    let (key, token) = (inside("AccessKeyId"), inside("SessionToken"));
    for (call, status) in calls() {
        let service = ["organizations", "ds-data", "ds", "sts"]
            .into_iter()
            .find(|service| call.headers.iter().any(|(_, value)| value.contains(&format!("/{service}/aws4_request"))));
        let call = call.signed(&key, service.unwrap());
        for token in [None, Some("x"), Some(""), Some(&token[1..])] {
            let request = token.map_or(call.clone(), |token| call.clone().with("X-Amz-Security-Token", token));
            let answer = request.to(server.address);
            let error = format!("{}{}", answer.header("x-amzn-errortype").unwrap_or(""), answer.text());
            let named =
                error.contains("UnrecognizedClientException") || error.contains("<Code>InvalidClientTokenId</Code>");
            assert!(answer.status == status && named, "{} {error}", answer.status);
        }
        let good = call.with("X-Amz-Security-Token", &token);
        let answer = good.to(server.address);
        assert!(!answer.text().contains("security token"), "{}", answer.text());
    }
    Request::new("POST", "/_orgdir/clock/advance", r#"{"by":"1h"}"#).to(server.address).ok();
    let late = Request::query(IDENTITY).signed(&key, "sts").with("X-Amz-Security-Token", &token).to(server.address);
    assert!(late.status == 403 && late.text().contains("<Code>ExpiredToken</Code>"), "{}", late.text());
}

#[test]
fn tokens_of_other_lists_and_endless_texts() {
    let hostile = Hostile::start();
    let address = hostile.server.address;
    let call = |operation: &str, body: &str| Request::json(operation, body).to(address);
    for n in 1..=3 {
        call("organizations:CreateAccount", &format!(r#"{{"AccountName":"a{n}","Email":"a{n}@example.com"}}"#)).ok();
    }
    let page = call("organizations:ListAccounts", r#"{"MaxResults":1}"#).ok();
    let token = page["NextToken"].as_str().unwrap();
    let directories = call("ds:DescribeDirectories", "{}").ok();
    let id = directories["DirectoryDescriptions"][0]["DirectoryId"].as_str().unwrap();
    call("ds:EnableDirectoryDataAccess", &format!(r#"{{"DirectoryId":"{id}"}}"#)).ok();
    let hostile = Hostile { before: seen(&hostile.server), ..hostile };
    let users = format!("/Users/ListUsers?DirectoryId={id}");
    Request::rest(&users, "{}").to(address).ok();
    for token in [token, "", "garbage", "\u{e9}"] {
        let answer = hostile.refuses(&Request::rest(&users, format!(r#"{{"NextToken":"{token}"}}"#)), 400, "Message");
        assert_eq!(answer.header("x-amzn-errortype"), Some("ValidationException"), "{token}");
    }
    for other in
        ["organizations:ListRoots", "organizations:ListCreateAccountStatus", "organizations:ListHandshakesForAccount"]
    {
        let request = Request::json(other, format!(r#"{{"NextToken":"{token}"}}"#));
        let answer = hostile.refuses(&request, 400, "InvalidInputException");
        assert_eq!(answer.json()["Reason"], "INVALID_NEXT_TOKEN", "{other}");
    }
    for operation in ["DescribeDirectories", "DescribeSharedDirectories"] {
        let body = format!(r#"{{"OwnerDirectoryId":"d-1234567890","NextToken":"{token}"}}"#);
        assert_eq!(call(&format!("ds:{operation}"), &body).status, 400);
    }
    let long = "x".repeat(1_000_000);
    let begun = std::time::Instant::now();
    let member = |name: &str| format!(r#"{{"{name}":"{long}"}}"#);
    hostile.refuses(&Request::json("organizations:DescribeAccount", member("AccountId")), 400, "InvalidInputException");
    hostile.refuses(&Request::json("organizations:ListAccounts", member("NextToken")), 400, "InvalidInputException");
    hostile.refuses(&Request::json("ds:DeleteDirectory", member("DirectoryId")), 400, "ValidationException");
    hostile.refuses(&Request::json("ds:DescribeDirectories", member("NextToken")), 400, "NextToken");
    hostile.refuses(&Request::rest(LIST_USERS, member("Realm")), 400, "");
    let text = [&b"\xa1\x6bDirectoryId\x7a\x00\x0f\x42\x40"[..], long.as_bytes()].concat();
    hostile.refuses(&Request::cbor("DeleteDirectory", text), 400, "ValidationException");
    let form = format!("Action=AssumeRole&Version=2011-06-15&RoleArn={long}&RoleSessionName={long}");
    hostile.refuses(&Request::query(form), 400, "<Code>ValidationError</Code>");
    hostile.refuses(&Request::query("a.".repeat(500_000)), 400, "<Code>MissingAction</Code>");
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    hostile.unchanged();
}

#[test]
fn a_connection_survives_its_refusals() {
    let hostile = Hostile::start();
    let mut connection = Connection::to(hostile.server.address);
    for (call, status) in calls() {
        let unsigned = call.clone().without("Authorization");
        assert_eq!(connection.send(unsigned.bytes()).answer().status, status);
        let mut nonsense = call;
        nonsense.body = vec![0xff; 100];
        assert_eq!(connection.send(nonsense.bytes()).answer().status, 400);
    }
    drop(connection);
    hostile.unchanged();
}
