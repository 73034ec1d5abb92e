//! The parts that all answers share, and the paths of calls.

use crate::serving::{Answer, Connection, Process, Request};

const IDENTITY: &str = "Action=GetCallerIdentity&Version=2011-06-15";

/// A call in each protocol, and its path at an endpoint without a prefix.
fn calls() -> [Request; 4] {
    [
        Request::json("organizations:CreateOrganization", "{}"),
        Request::cbor("DescribeDirectories", [0xa0]),
        Request::rest("/Users/ListUsers?DirectoryId=d-1234567890", "{}"),
        Request::query(IDENTITY),
    ]
}

/// Checks the parts that all answers of AWS's services share.
fn assert_complete(answer: &Answer) {
    let id = answer.header("x-amzn-requestid").unwrap_or_else(|| panic!("no id: {answer:?}"));
    let groups: Vec<usize> = id.split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12], "{id}");
    assert!(id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-')), "{id}");
    let date = answer.header("date").unwrap_or_else(|| panic!("no date: {answer:?}"));
    assert!(date.len() == 29 && date.ends_with(" GMT"), "{date}");
    assert_eq!(answer.header("content-encoding"), None);
    assert_eq!(answer.header("x-amzn-query-error"), None);
}

#[test]
fn a_connection_serves_many_calls() {
    let server = Process::start();
    let mut connection = Connection::to(server.address);
    let mut ids = Vec::new();
    for _ in 0..50 {
        for call in calls() {
            let answer = connection.send(call.bytes()).answer();
            assert_complete(&answer);
            ids.push(answer.header("x-amzn-requestid").unwrap().to_owned());
        }
    }
    let first = Request::query(IDENTITY).bytes();
    connection.send([&*first, &*first].concat());
    assert!((0..2).all(|_| connection.answer().status == 200), "two calls in one packet are two calls");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 200, "each answer has an id of its own");
}

#[test]
fn an_endpoint_may_have_a_prefix_and_a_slash() {
    let server = Process::start();
    for prefix in ["", "/w/blue", "/pre/fix", "/w/green/pre/fix", "/Users", "/service", "/sp%20ace"] {
        for call in calls() {
            let path = call.path.clone();
            let (path, query) =
                path.split_once('?').map_or((&*path, String::new()), |(path, query)| (path, format!("?{query}")));
            for slash in ["", "/"] {
                let target = format!("{prefix}{}{slash}{query}", path.trim_end_matches('/'));
                if !target.starts_with('/') {
                    continue;
                }
                let answer = call.clone().at(&target).to(server.address);
                assert_complete(&answer);
                let text = answer.text();
                let expected = answer.status == 200
                    || text.contains("AlreadyInOrganizationException")
                    || answer.header("x-amzn-errortype") == Some("AccessDeniedException");
                assert!(expected, "{target}: {} {text}", answer.status);
            }
        }
    }
    let worlds = Request::new("GET", "/_orgdir/worlds", "").to(server.address).ok();
    assert_eq!(worlds, serde_json::json!({"worlds": [{"name": "blue"}, {"name": "default"}, {"name": "green"}]}));
}

#[test]
fn the_answer_to_update_trust_names_its_request() {
    let server = Process::start();
    let create = |name: &str| {
        let vpc = r#"{"VpcId":"vpc-12345678","SubnetIds":["subnet-11111111","subnet-22222222"]}"#;
        let input = format!(r#"{{"Name":"{name}","Password":"Sup3rSecret!","VpcSettings":{vpc}}}"#);
        Request::json("ds:CreateMicrosoftAD", input).to(server.address).ok()["DirectoryId"].clone()
    };
    let trust = |directory: &serde_json::Value, remote: &str| {
        let half = r#""TrustPassword":"x","TrustDirection":"Two-Way""#;
        let input = format!(r#"{{"DirectoryId":{directory},"RemoteDomainName":"{remote}",{half}}}"#);
        Request::json("ds:CreateTrust", input).to(server.address).ok()["TrustId"].clone()
    };
    let (a, b) = (create("a.example.com"), create("b.example.com"));
    trust(&b, "a.example.com");
    let input = format!(r#"{{"TrustId":{},"SelectiveAuth":"Enabled"}}"#, trust(&a, "b.example.com"));
    // Whatever the pace, the trust is verified before the next request.
    let answer = Request::json("ds:UpdateTrust", input).to(server.address);
    let id = answer.header("x-amzn-requestid").unwrap().to_owned();
    assert_eq!(answer.ok()["RequestId"], serde_json::json!(id));
}

#[test]
fn nothing_is_ever_compressed() {
    let server = Process::start();
    for call in calls() {
        let answer = call.with("Accept-Encoding", "gzip, deflate, br, zstd").to(server.address);
        assert_complete(&answer);
    }
    let health = Request::new("GET", "/_orgdir/health", "").with("Accept-Encoding", "gzip").to(server.address);
    assert_eq!(health.header("content-encoding"), None);
    health.ok();
}

#[test]
fn requests_of_no_operation_get_the_front_ends_answers() {
    let server = Process::start();
    let missing = "<MissingAuthenticationTokenException>\n  <Message>Missing Authentication Token</Message>\n\
                   </MissingAuthenticationTokenException>\n";
    let denied = "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be \
    authorized</Message>\n\
                  </AccessDeniedException>\n";
    for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let answer = Request::new(method, "/", "").to(server.address);
        assert_complete(&answer);
        assert_eq!((answer.status, &*answer.text()), (403, missing), "{method}");
        assert_eq!(answer.header("content-type"), None);
        let answer = Request::new(method, "/some/where", "").signed("111111111111", "organizations").to(server.address);
        assert_complete(&answer);
        assert_eq!((answer.status, &*answer.text()), (403, denied), "{method}");
    }
    let unknown = Request::rest("/Users/Unknown?DirectoryId=d-1234567890", "{}").to(server.address);
    assert_complete(&unknown);
    assert_eq!((unknown.status, &*unknown.text()), (404, "<UnknownOperationException/>\n"));
    let head = Connection::to(server.address).send(Request::new("HEAD", "/", "").bytes()).head();
    assert_complete(&head);
    assert_eq!(head.status, 403);
}

#[test]
fn a_presigned_get_is_good_until_it_expires() {
    let server = Process::start();
    let presigned = |expires: &str| {
        let path = format!(
            "/?{IDENTITY}&X-Amz-Algorithm=AWS4-HMAC-SHA256\
             &X-Amz-Credential=222222222222%2F20260101%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Date=20260101T000000Z\
             &X-Amz-Expires={expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=00"
        );
        Request::new("GET", &path, "")
    };
    let good = presigned("4000000000").to(server.address);
    assert_complete(&good);
    assert!(good.status == 200 && good.text().contains("<Account>222222222222</Account>"), "{}", good.text());
    assert_eq!(Request { method: "POST", ..presigned("4000000000") }.to(server.address).status, 200);
    let expired = presigned("60").to(server.address);
    assert_complete(&expired);
    assert_eq!(expired.status, 403);
    for part in ["<Code>SignatureDoesNotMatch</Code>", "Signature expired: 20260101T000000Z is now earlier than "] {
        assert!(expired.text().contains(part), "{}", expired.text());
    }
}

#[test]
fn old_and_unusual_http_is_understood() {
    let server = Process::start();
    let call = Request::query(IDENTITY);
    let mut old = Connection::to(server.address);
    old.send(format!("{}Content-Length: {}\r\n\r\n{IDENTITY}", call.head("1.0"), IDENTITY.len()));
    let answer = old.answer();
    assert_complete(&answer);
    assert_eq!((answer.status, &*old.rest()), (200, ""), "HTTP/1.0 closes after the answer");

    let mut whole_url = Connection::to(server.address);
    let bytes = call.clone().at("http://localhost/w/blue").bytes();
    assert_eq!(whole_url.send(bytes).answer().status, 200);

    let mut chunked = Connection::to(server.address);
    let (first, second) = IDENTITY.split_at(10);
    let chunks = format!("{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n", first.len(), second.len());
    chunked.send(format!("{}Transfer-Encoding: chunked\r\n\r\n{chunks}", call.head("1.1")));
    assert_eq!(chunked.answer().status, 200);

    let mut careful = Connection::to(server.address);
    let head = call.clone().with("Expect", "100-continue").head("1.1");
    careful.send(format!("{head}Content-Length: {}\r\n\r\n", IDENTITY.len()));
    assert_eq!(careful.head().status, 100);
    assert_eq!(careful.send(IDENTITY).answer().status, 200);

    for broken in ["nonsense\r\n\r\n", "GET / HTTP/3.0\r\n\r\n", "GET  / HTTP/1.1\r\nno header\r\n\r\n"] {
        let mut connection = Connection::to(server.address);
        let answer = connection.send(broken).finish().rest();
        assert!(answer.starts_with("HTTP/1.1 400 "), "{broken:?}: {answer}");
    }
    let huge = Connection::to(server.address).send(call.clone().with("X-Huge", &"x".repeat(300_000)).bytes()).answer();
    assert!([200, 431].contains(&huge.status), "{huge:?}");
    assert_eq!(call.to(server.address).status, 200, "it still runs");
}

#[test]
fn an_invalid_name_of_a_world_is_refused_in_the_protocol_of_the_call() {
    let server = Process::start();
    for path in ["/w/a%20b", "/w//", "/w/a%2Fb/", &format!("/w/{}/", "x".repeat(65))] {
        let answer = Request::query(IDENTITY).at(path).to(server.address);
        assert_eq!((answer.status, answer.header("content-type")), (400, Some("text/xml")), "{path}");
        assert!(answer.text().contains("1 to 64 letters"), "{path}");
        let answer = Request::json("organizations:DescribeOrganization", "{}").at(path).to(server.address);
        assert_eq!((answer.status, answer.json()["__type"].as_str()), (400, Some("ValidationException")), "{path}");
        assert!(answer.json()["message"].as_str().unwrap().contains("1 to 64 letters"), "{path}");
        let answer = Request::new("GET", path, "").to(server.address);
        assert_eq!((answer.status, answer.header("content-type")), (400, Some("application/problem+json")), "{path}");
    }
}
