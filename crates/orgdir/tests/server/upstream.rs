//! Calls of other services, passed on to an upstream.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::fake::{Fake, nobody};
use crate::serving::{ACCOUNT, Connection, Process, Request};

const IDENTITY: &str = "Action=GetCallerIdentity&Version=2011-06-15";
const OK: &[u8] = b"200 OK\r\nContent-Length: 2\r\n\r\nok";

fn with_upstream(url: &str) -> Process {
    Process::with(&["--listen", "127.0.0.1:0", "--upstream", url], &[])
}

/// A call that puts an object into S3.
fn put(path: &str, body: impl Into<Vec<u8>>) -> Request {
    Request::new("PUT", path, body).signed(ACCOUNT, "s3")
}

#[test]
fn a_call_arrives_as_it_was_sent_and_so_does_its_answer() {
    let body: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let expected = body.clone();
    let fake = Fake::answering(move |_| {
        let head = "206 Partial Content\r\nContent-Type: x/y\r\nX-Amz-Meta-A: \u{e9}\r\nX-Twice: 1\r\nX-Twice: \
        2\r\nDate: then\r\n\
                    Connection: close, X-Hop\r\nX-Hop: 1\r\nContent-Length: 300000\r\n\r\n";
        [head.as_bytes(), &expected].concat()
    });
    let server = with_upstream(&fake.url());
    let path = "/bucket//a%20b%2Fc+d/~e?list-type=2&prefix=%7e%2F&empty=&X-Amz-Expires=1";
    let call = put(path, body.clone())
        .with("Content-MD5", "x==")
        .with("X-Amz-Content-SHA256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
        .with("X-Amz-Meta-A", "b, c")
        .with("Connection", "keep-alive, X-Own")
        .with("X-Own", "1")
        .with("TE", "trailers");
    let answer = call.to(server.address);
    let heard = fake.next();
    assert_eq!(heard.line, format!("PUT {path} HTTP/1.1"));
    assert!(heard.body == body, "the body is another");
    for (name, value) in &call.headers {
        let arrived = heard.header(&name.to_lowercase());
        let is_for_the_next_one = ["Connection", "X-Own", "TE"].contains(name);
        assert_eq!(arrived, Some(value.as_str()).filter(|_| !is_for_the_next_one), "{name}");
    }
    assert_eq!((heard.header("host"), heard.header("via")), (Some("localhost"), Some("1.1 orgdir")));
    assert_eq!(heard.headers.len(), call.headers.len() - 3 + 3, "host, length and via: {:?}", heard.headers);
    assert_eq!((answer.status, answer.header("content-type")), (206, Some("x/y")));
    assert_eq!((answer.header("date"), answer.header("x-hop")), (Some("then"), None));
    assert!(answer.body == body, "the answer's body is another");
}

#[test]
fn bodies_stream_both_ways() {
    let fake = Fake::talking(|_, stream| {
        let mut received = [0; 10];
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").unwrap();
        // Each part is answered before the next one is sent. A chunk is its length, the part, and two line ends.
        for part in ["first", "other"] {
            stream.read_exact(&mut received).unwrap();
            assert_eq!(received, *format!("5\r\n{part}\r\n").as_bytes());
            stream.write_all(&received).unwrap();
        }
        stream.write_all(b"0\r\n\r\n").unwrap();
    });
    let server = with_upstream(&fake.url());
    let mut connection = Connection::to(server.address);
    connection.send(format!("{}Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n", put("/b/k", "").head("1.1")));
    assert_eq!(connection.head().header("transfer-encoding"), Some("chunked"));
    assert_eq!(connection.read(10), b"5\r\nfirst\r\n");
    connection.send("5\r\nother\r\n");
    assert_eq!(connection.read(10), b"5\r\nother\r\n");
    connection.send("0\r\n\r\n");
    assert_eq!(connection.read(5), b"0\r\n\r\n");
}

#[test]
fn a_body_may_be_longer_than_those_of_orgdirs_own_services() {
    let fake = Fake::answering(|_| OK.to_vec());
    let server = with_upstream(&fake.url());
    let body = vec![7; 20 * 1024 * 1024];
    assert_eq!(put("/bucket/key", body.clone()).to(server.address).status, 200);
    assert!(fake.next().body == body);
    let own = Request::json("organizations:CreateOrganization", vec![b' '; 6 * 1024 * 1024]);
    assert_eq!(own.to(server.address).status, 413);
}

#[test]
fn a_client_that_expects_100_continue_gets_it() {
    let fake = Fake::answering(|_| OK.to_vec());
    let server = with_upstream(&fake.url());
    let mut connection = Connection::to(server.address);
    let head = put("/b/k", "").with("Expect", "100-continue").head("1.1");
    connection.send(format!("{head}Content-Length: 4\r\n\r\n"));
    assert_eq!(connection.head().status, 100);
    assert_eq!(connection.send("body").answer().status, 200);
    assert_eq!(fake.next().body, b"body");
    let server = with_upstream(&format!("http://{}", nobody()));
    let mut connection = Connection::to(server.address);
    connection.send(format!("{head}Content-Length: 4\r\n\r\n"));
    assert_eq!(connection.head().status, 424, "nothing has to be sent in vain");
}

#[test]
fn the_answer_to_head_keeps_its_content_length() {
    let fake = Fake::answering(|_| b"200 OK\r\nContent-Length: 12345\r\nETag: x\r\n\r\n".to_vec());
    let server = with_upstream(&fake.url());
    let call = Request::new("HEAD", "/bucket/key", "").signed(ACCOUNT, "s3");
    let answer = Connection::to(server.address).send(call.bytes()).head();
    assert_eq!(
        (answer.status, answer.header("content-length"), answer.header("etag")),
        (200, Some("12345"), Some("x"))
    );
}

#[test]
fn the_prefix_of_a_world_is_taken_off_and_makes_no_world() {
    let fake = Fake::answering(|_| OK.to_vec());
    let server = with_upstream(&format!("{}/base/", fake.url()));
    for (path, arrives) in [
        ("/w/blue/bucket/key?x=1", "/base/bucket/key?x=1"),
        ("/w/blue", "/base/"),
        ("/w//bucket", "/base/w//bucket"),
        ("/bucket/w/blue", "/base/bucket/w/blue"),
        ("/", "/base/"),
    ] {
        assert_eq!(put(path, "").to(server.address).status, 200);
        assert_eq!(fake.next().line, format!("PUT {arrives} HTTP/1.1"));
    }
    let worlds = Request::new("GET", "/_orgdir/worlds", "").to(server.address).ok();
    assert_eq!(worlds, json!({"worlds": [{"name": "default"}]}));
}

#[test]
fn an_unsigned_call_goes_where_it_names_its_service() {
    let fake = Fake::answering(|_| OK.to_vec());
    let server = with_upstream(&fake.url());
    let form = |text: &str| Request::new("POST", "/", text).with("Content-Type", "application/x-www-form-urlencoded");
    let web_identity = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn:aws:iam::111111111111:role/r\
                        &RoleSessionName=session&WebIdentityToken=token";
    for own in
        [form(web_identity), form(IDENTITY), Request::json("ds:DescribeDirectories", "{}").without("Authorization")]
    {
        let answer = own.to(server.address);
        assert!(answer.status != 200 && answer.header("x-amzn-requestid").is_some(), "{}", answer.text());
    }
    assert!(fake.rest().is_empty());
    for (other, body) in [
        (
            form("Action=ConfirmSubscription&Version=2010-03-31&Token=t"),
            "Action=ConfirmSubscription&Version=2010-03-31&Token=t",
        ),
        (Request::new("GET", "/bucket/key", ""), ""),
        (Request::new("POST", "/", "{}").with("X-Amz-Target", "AWSCognitoIdentityProviderService.SignUp"), "{}"),
    ] {
        assert_eq!(other.to(server.address).status, 200);
        assert_eq!(fake.next().text(), body);
    }
}

#[test]
fn calls_of_orgdirs_own_services_do_not_reach_the_upstream() {
    let fake = Fake::answering(|_| OK.to_vec());
    let server = with_upstream(&fake.url());
    for own in [
        Request::json("organizations:CreateOrganization", "{}"),
        Request::json("ds:DescribeDirectories", "{}"),
        Request::cbor("DescribeDirectories", [0xa0]),
        Request::query(IDENTITY),
        Request::new("GET", "/_orgdir/health", ""),
        Request::new("POST", "/moto-api/reset", ""),
    ] {
        let status = own.to(server.address).status;
        assert!([200, 204].contains(&status), "{own:?}: {status}");
    }
    let wrong =
        Request::json("organizations:CreateOrganization", "{}").with("X-Amz-Target", "AWSOrganizationsV20161128.No");
    assert_eq!(wrong.to(server.address).json()["__type"], "UnknownOperationException");
    assert!(fake.rest().is_empty());
}

/// A call in each protocol, and a part of its error answer.
fn others() -> [(Request, &'static str); 7] {
    let form = |service| {
        let call = Request::new("POST", "/", "Action=DescribeVpcs&Version=2016-11-15").signed(ACCOUNT, service);
        call.with("Content-Type", "application/x-www-form-urlencoded")
    };
    let json = Request::new("POST", "/", "{}").with("X-Amz-Target", "Logs_20140328.DescribeLogGroups");
    let cbor = Request::new("POST", "/service/GraniteServiceVersion20100801/operation/ListMetrics", [0xa0]);
    [
        (form("ec2"), "<Response><Errors><Error><Code>OrgdirUpstreamUnreachable</Code><Message>"),
        (form("iam"), "<Code>OrgdirUpstreamUnreachable</Code>"),
        (json.signed(ACCOUNT, "logs"), "{\"__type\":\"OrgdirUpstreamUnreachable\",\"message\":\""),
        (cbor.with("smithy-protocol", "rpc-v2-cbor").signed(ACCOUNT, "monitoring"), "orgdir#OrgdirUpstreamUnreachable"),
        (put("/bucket/key", "x"), "<Error><Code>OrgdirUpstreamUnreachable</Code><Message>"),
        (Request::new("GET", "/2015-03-31/functions/", "").signed(ACCOUNT, "lambda"), "{\"message\":\""),
        (Request::new("GET", "/bucket/key", ""), "<Error><Code>OrgdirUpstreamUnreachable</Code><Message>"),
    ]
}

#[test]
fn a_dead_upstream_is_reported_at_once_and_nothing_else_suffers() {
    let nobody = nobody();
    let server = with_upstream(&format!("http://{nobody}"));
    for (call, part) in others() {
        let begun = Instant::now();
        let answer = call.to(server.address);
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        assert_eq!(answer.status, 424, "no SDK tries that again");
        let text = answer.text();
        for part in [part, &nobody.to_string(), "--upstream"] {
            assert!(text.contains(part), "{call:?}: {text}");
        }
    }
    let rest = others()[5].0.to(server.address);
    assert_eq!(rest.header("x-amzn-errortype"), Some("OrgdirUpstreamUnreachable"));
    Request::json("organizations:CreateOrganization", "{}").to(server.address).ok();
    assert_eq!(Request::query(IDENTITY).to(server.address).status, 200);
}

#[test]
fn an_upstream_that_breaks_off_or_leads_back_is_reported() {
    for talk in ["", "nonsense\r\n\r\n"] {
        let fake = Fake::talking(move |_, stream| stream.write_all(talk.as_bytes()).unwrap());
        let server = with_upstream(&fake.url());
        assert_eq!(put("/bucket/key", "").to(server.address).status, 424);
    }
    let halfway = Fake::answering(|_| b"200 OK\r\nContent-Length: 10\r\n\r\nhalf".to_vec());
    let server = with_upstream(&halfway.url());
    let rest = Connection::to(server.address).send(put("/bucket/key", "").bytes()).rest();
    assert!(rest.ends_with("half"), "half an answer is not made a whole one: {rest}");
    let (here, there) = (nobody(), Process::start());
    let server = Process::with(&["--listen", &here.to_string(), "--upstream", &format!("http://{here}")], &[]);
    let answer = put("/bucket/key", "").to(server.address);
    assert!(answer.status == 424 && answer.text().contains("it leads back to orgdir"), "{}", answer.text());
    drop(there);
}

#[test]
fn without_an_upstream_the_refusal_says_how_to_name_one() {
    let server = Process::start();
    for (call, _) in
        others().into_iter().filter(|(call, _)| call.headers.iter().any(|(name, _)| *name == "Authorization"))
    {
        let answer = call.to(server.address);
        assert!([400, 403, 404].contains(&answer.status), "{}", answer.status);
        assert!(answer.text().contains("--upstream URL"), "{call:?}: {}", answer.text());
    }
}
