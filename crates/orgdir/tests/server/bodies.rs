//! Bodies that are too long, and connections on which nothing arrives.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use orgdir::Limits;

use crate::serving::{Connection, Process, Request, within};

const IDENTITY: &str = "Action=GetCallerIdentity&Version=2011-06-15";
const MEGABYTE: usize = 1024 * 1024;

fn assert_up(address: SocketAddr) {
    assert_eq!(Request::query(IDENTITY).to(address).status, 200, "it still runs");
}

/// A call in each protocol, and the error code for a body that is too long.
fn calls(body: &[u8]) -> [(Request, &'static str); 4] {
    [
        (Request::json("organizations:CreateOrganization", body), "\"__type\":\"RequestEntityTooLarge\""),
        (Request::cbor("DescribeDirectories", body), "com.amazon.coral.service#RequestEntityTooLarge"),
        (Request::rest("/Users/ListUsers?DirectoryId=d-1234567890", body), "The body is longer than "),
        (Request::query(body), "<Code>RequestEntityTooLarge</Code>"),
    ]
}

#[test]
fn a_body_over_the_limit_is_refused_in_its_protocol() {
    let server = Process::start();
    let limit = Limits::default().body_bytes;
    for (call, part) in calls(&vec![b' '; 8 * MEGABYTE]) {
        let declared = call.to(server.address);
        assert!(declared.status == 413 && declared.text().contains(part), "{} {}", declared.status, declared.text());
        assert!(declared.header("x-amzn-requestid").is_some() && declared.header("date").is_some());
        let mut chunked = Connection::to(server.address);
        chunked.send(format!("{}Transfer-Encoding: chunked\r\n\r\n", call.head("1.1")));
        for _ in 0..8 {
            chunked.send(format!("{MEGABYTE:x}\r\n")).send(vec![b' '; MEGABYTE]).send("\r\n");
        }
        assert_eq!(chunked.send("0\r\n\r\n").answer().status, 413, "{part}");
    }
    let of_nobody = Request::new("POST", "/", vec![0; limit + 1]).to(server.address);
    assert_eq!((of_nobody.status, &*of_nobody.text()), (413, ""));
    assert_up(server.address);
    let longest = Request::json("organizations:CreateOrganization", vec![b' '; limit]).to(server.address);
    assert_eq!((longest.status, &*longest.text()), (400, "{\"__type\":\"SerializationException\"}"));
    let control = Request::new("POST", "/_orgdir/worlds", vec![b' '; limit + 1]).to(server.address);
    assert_eq!((control.status, control.header("content-type")), (413, Some("application/problem+json")));
    let untouched = Request::json("organizations:DescribeOrganization", "{}").to(server.address);
    assert_eq!(untouched.json()["__type"], "AWSOrganizationsNotInUseException");
}

#[test]
fn a_long_body_that_is_only_announced_is_answered() {
    let server = Process::start();
    let call = Request::json("organizations:CreateOrganization", "");
    let mut connection = Connection::to(server.address);
    connection.send(format!("{}Content-Length: 99999999999999\r\n\r\n{{", call.head("1.1")));
    assert_eq!(connection.answer().status, 413);
    let mut absurd = Connection::to(server.address);
    let answer = absurd.send(format!("{}Content-Length: 99999999999999999999\r\n\r\n", call.head("1.1"))).answer();
    assert_eq!(answer.status, 400, "more than 64 bits");
    assert_up(server.address);
}

fn impatient() -> (SocketAddr, Duration) {
    let wait = Duration::from_millis(400);
    (within(Limits { head_wait: wait, body_wait: wait, ..Limits::default() }), wait)
}

#[test]
fn a_connection_without_a_whole_head_is_dropped() {
    let (address, wait) = impatient();
    let half = "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-";
    for sent in ["", "P", half] {
        let mut connection = Connection::to(address);
        let begun = Instant::now();
        let rest = connection.send(sent).rest();
        assert!(rest.is_empty() || rest.starts_with("HTTP/1.1 408 "), "{rest}");
        assert!(begun.elapsed() >= wait / 2, "too early: {:?}", begun.elapsed());
    }
    let mut after_a_call = Connection::to(address);
    after_a_call.send(Request::query(IDENTITY).bytes()).answer();
    assert_eq!(after_a_call.rest(), "");
    assert_up(address);
}

#[test]
fn half_a_body_is_answered_and_dropped() {
    let (address, _) = impatient();
    for (call, refused) in [
        (Request::json("organizations:CreateOrganization", ""), "RequestTimeoutException"),
        (Request::cbor("DescribeDirectories", ""), "com.amazon.coral.service#RequestTimeoutException"),
        (Request::rest("/Users/ListUsers?DirectoryId=d-1234567890", ""), "did not arrive"),
        (Request::query(""), "<Code>RequestTimeout</Code>"),
    ] {
        let mut connection = Connection::to(address);
        let answer = connection.send(format!("{}Content-Length: 20\r\n\r\n{{\"Feature", call.head("1.1"))).answer();
        assert!(answer.status == 400 && answer.text().contains(refused), "{} {}", answer.status, answer.text());
        assert_eq!(connection.rest(), "", "the connection is of no use any more");
    }
    let mut control = Connection::to(address);
    let answer = control.send("POST /_orgdir/worlds HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{\"na").answer();
    assert_eq!((answer.status, answer.header("content-type")), (408, Some("application/problem+json")));
    assert_up(address);
}

#[test]
fn a_body_that_is_cut_off_is_refused() {
    let server = Process::start();
    for (call, refused) in [
        (Request::json("organizations:CreateOrganization", ""), "{\"__type\":\"SerializationException\""),
        (Request::cbor("DescribeDirectories", ""), "com.amazon.coral.service#SerializationException"),
        (Request::rest("/Users/ListUsers?DirectoryId=d-1234567890", ""), "HTTP/1.1 400 "),
        (Request::query(""), "<Code>MalformedInput</Code>"),
    ] {
        let mut connection = Connection::to(server.address);
        connection.send(format!("{}Content-Length: 20\r\n\r\n{{}}", call.head("1.1"))).finish();
        let rest = connection.rest();
        assert!(rest.contains(refused), "{rest}");
        let mut chunked = Connection::to(server.address);
        chunked.send(format!("{}Transfer-Encoding: chunked\r\n\r\n5\r\n{{}}", call.head("1.1"))).finish();
        let rest = chunked.rest();
        assert!(rest.is_empty() || rest.contains(refused), "{rest}");
        let mut nonsense = Connection::to(server.address);
        let answer =
            nonsense.send(format!("{}Transfer-Encoding: chunked\r\n\r\nno chunk\r\n", call.head("1.1"))).rest();
        assert!(answer.contains(refused), "{answer}");
    }
    let untouched = Request::json("organizations:DescribeOrganization", "{}").to(server.address);
    assert_eq!(untouched.json()["__type"], "AWSOrganizationsNotInUseException");
}
