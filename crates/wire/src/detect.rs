//! Detects the protocol and the operation of a request.
//!
//! Headers and body decide, never the host. Only the end of the path counts, so any endpoint prefix works.

use http::{HeaderName, Method};
use model::{FrontEnd, Operation, Protocol, ServiceModel};

use crate::form;
use crate::received::Received;
use crate::route::Route;
use crate::services::{choose, signed_for, with_protocol, xml_namespace};
use crate::unroutable::Unroutable;

const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// Finds protocol and operation. The most explicit sign comes first.
pub fn detect(received: &Received<'_>) -> Result<Route, Unroutable> {
    let headers = received.headers;
    if headers.contains_key(PROTOCOL) {
        return rpc_cbor(received);
    }
    if let Some(target) = headers.get(TARGET) {
        return aws_json(received, target.to_str().unwrap_or(""));
    }
    if let Some(operation) = rest_operation(received) {
        return Ok(Route { protocol: Protocol::RestJson, operation });
    }
    if received.is_form() || received.query_parameter("Action").is_some() {
        return aws_query(received);
    }
    Err(unnamed(received))
}

/// Reads `…/service/<target prefix>/operation/<Operation>`. An absolute shape id may stand for the target prefix.
fn rpc_cbor(received: &Received<'_>) -> Result<Route, Unroutable> {
    let speaks_cbor = received.headers.get(PROTOCOL).is_some_and(|value| value == "rpc-v2-cbor");
    if received.method != Method::POST || !speaks_cbor {
        return Err(Unroutable::of_bare_request(received));
    }
    let has_target = [TARGET.as_str(), "x-amzn-target"].iter().any(|name| received.headers.contains_key(*name));
    let operation = if has_target { None } else { cbor_operation(received.path) };
    let operation = operation.ok_or(Unroutable::CborOperation)?;
    Ok(Route { protocol: Protocol::RpcCbor, operation })
}

fn cbor_operation(path: &str) -> Option<&'static Operation> {
    let mut segments = without_trailing_slash(path).rsplit('/');
    let (name, operation, service, word) = (segments.next()?, segments.next()?, segments.next()?, segments.next()?);
    if operation != "operation" || word != "service" {
        return None;
    }
    with_protocol(Protocol::RpcCbor).find(|candidate| is_cbor_name(candidate, service))?.operation(name)
}

/// Whether a text is the name of a service in the path of CBOR: its target prefix, or its absolute shape id.
pub fn is_cbor_name(service: &ServiceModel, text: &str) -> bool {
    let absolute = text.strip_prefix(service.namespace).and_then(|rest| rest.strip_prefix('.'));
    absolute.unwrap_or(text) == service.target_prefix
}

fn aws_json(received: &Received<'_>, target: &str) -> Result<Route, Unroutable> {
    if received.method != Method::POST || !received.is_json() {
        return Err(Unroutable::of_bare_request(received));
    }
    let (prefix, name) = target.split_once('.').unwrap_or(("", ""));
    let service = with_protocol(Protocol::AwsJson).find(|service| service.target_prefix == prefix);
    let operation = service.and_then(|service| service.operation(name)).ok_or(Unroutable::JsonOperation)?;
    Ok(Route { protocol: Protocol::AwsJson, operation })
}

fn rest_operation(received: &Received<'_>) -> Option<&'static Operation> {
    let path = without_trailing_slash(received.path);
    let is_asked_for = |operation: &&Operation| {
        operation.path.len() > 1 && path.ends_with(operation.path) && received.method == operation.method
    };
    // Several paths of one service may match. The longest one counts.
    let of_service = |service: &'static ServiceModel| {
        service.operations.iter().filter(is_asked_for).max_by_key(|operation| operation.path.len())
    };
    let operation = choose(received, with_protocol(Protocol::RestJson).filter_map(of_service))?;
    // An endpoint prefix may look like a path of this service. Query has calls on any path, so a signature for a
    // service that speaks Query decides.
    let signed_for = signed_for(received).filter(|service| service.speaks(Protocol::AwsQuery));
    signed_for.is_none_or(|service| service == operation.service).then_some(operation)
}

fn aws_query(received: &Received<'_>) -> Result<Route, Unroutable> {
    let refuse = |kind, text| Unroutable::Query { kind, text, namespace: xml_namespace(received) };
    let body = if received.is_form() { received.body } else { &[] };
    let broken = form::broken_escape(received.query.unwrap_or("").as_bytes()).or_else(|| form::broken_escape(body));
    if let Some(text) = broken {
        return Err(refuse(FrontEnd::MalformedQueryString, text));
    }
    if ![Method::POST, Method::GET].contains(received.method) {
        return Err(Unroutable::of_bare_request(received));
    }
    let parameter = |name: &str| received.parameters().find(|(key, _)| key == name).map(|(_, value)| value);
    let Some(action) = parameter("Action").filter(|action| !action.is_empty()) else {
        // Inferred: a text in AWS's style; no record of it was found.
        let text = "The request names no action in its parameter Action.";
        return Err(refuse(FrontEnd::MissingAction, text.to_owned()));
    };
    // Inferred: this word for an absent version is AWS's in other Query services.
    let version = parameter("Version").unwrap_or("NO_VERSION_SPECIFIED".into());
    let services = with_protocol(Protocol::AwsQuery).filter(|service| service.version == version);
    let operation = choose(received, services.filter_map(|service| service.operation(&action)));
    let unknown =
        || refuse(FrontEnd::UnknownOperation, format!("Could not find operation {action} for version {version}"));
    Ok(Route { protocol: Protocol::AwsQuery, operation: operation.ok_or_else(unknown)? })
}

/// The answer to a request that names no operation. The signature's scope says which form its sender can read.
fn unnamed(received: &Received<'_>) -> Unroutable {
    if signed_for(received).is_some_and(|service| service.speaks(Protocol::RestJson)) {
        Unroutable::RestOperation
    } else if received.method == Method::POST && received.is_json() {
        Unroutable::JsonOperation
    } else {
        Unroutable::of_bare_request(received)
    }
}

fn without_trailing_slash(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}
