//! Decodes requests for tests.

#![allow(dead_code, unreachable_pub)] // Each test file uses a part of it.

use http::HeaderMap;
use http::Method;
use model::{Operation, Request, SERVICES, Violation};
use wire::{Protocol, Received, Route, Undecodable};

/// The operation with this name, such as `ds:DescribeDirectories`.
pub fn operation(name: &str) -> &'static Operation {
    let (service, operation) = name.split_once(':').expect("service:operation");
    let service = SERVICES.iter().find(|candidate| candidate.id.as_str() == service).expect("a service");
    service.operation(operation).expect("an operation")
}

/// JSON if the service speaks it, or else its first protocol.
pub fn usual_protocol(operation: &Operation) -> Protocol {
    let service = operation.service;
    if service.speaks(Protocol::AwsJson) { Protocol::AwsJson } else { service.protocols[0] }
}

/// Decodes a body in the service's usual protocol.
pub fn decode(name: &str, query: Option<&str>, body: &[u8]) -> Result<Request, Undecodable> {
    let operation = operation(name);
    decode_as(Route { protocol: usual_protocol(operation), operation }, query, body)
}

/// Decodes a body by a route.
pub fn decode_as(route: Route, query: Option<&str>, body: &[u8]) -> Result<Request, Undecodable> {
    let mut headers = HeaderMap::new();
    if route.protocol == Protocol::AwsQuery {
        let form = http::HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert("content-type", form);
    }
    route.decode(&Received { method: &Method::POST, path: "/", query, headers: &headers, body })
}

/// The message for a member of a wrong type.
pub fn mistyped(name: &str, body: &str) -> String {
    match decode(name, Some("DirectoryId=d-1234567890"), body.as_bytes()) {
        Err(Undecodable::Mistyped(text)) => text,
        other => panic!("{name} {body}: {other:?}"),
    }
}

/// The text of each violation.
pub fn violations(name: &str, body: &str) -> Vec<String> {
    match decode(name, Some("DirectoryId=d-1234567890"), body.as_bytes()) {
        Err(Undecodable::Violations(all)) => all.iter().map(Violation::to_string).collect(),
        other => panic!("{name} {body}: {other:?}"),
    }
}
