//! The way of one AWS request, from its bytes to the bytes of the answer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use engine::{Call, LiveWorld, Outcome, reject};
use http::{Response, request::Parts};
use model::{FrontEnd, Refusal, Request, Timestamp};
use tracing::debug;
use uuid::Uuid;
use wire::{Received, Route, Undecodable};
use world::Surroundings;

use crate::body::Unread;
use crate::world_prefix::WORLD_NAME;

/// Answers a request in a world. `path` is the request's path without the world's prefix; `told` is what other services
/// told about what the request names.
pub fn answer(
    world: &LiveWorld,
    parts: &Parts,
    path: &str,
    body: &[u8],
    told: Option<&Surroundings>,
    real: Timestamp,
) -> Response<Vec<u8>> {
    let request_id = Uuid::new_v4().to_string();
    let received = Received { method: &parts.method, path, query: parts.uri.query(), headers: &parts.headers, body };
    // 1. Which protocol, which operation.
    let route = match wire::detect(&received) {
        Ok(route) => route,
        Err(unroutable) => {
            world.record_unroutable(real, unroutable.code());
            debug!(code = unroutable.code(), "refused a request of no operation");
            return match wire::other_service(&received) {
                Some(service) => unroutable.hint(&hint(&service), &request_id),
                None => unroutable.answer(&request_id),
            };
        }
    };
    // 2. to 6. Decode, identify, tick, authorize, hinder, apply.
    let mut outcome = catch_unwind(AssertUnwindSafe(|| call(world, &route, &received, told, real)))
        .unwrap_or_else(|_| refused(world, real, fault()));
    // 7. Remember, and write the answer.
    world.record(route.operation, &outcome);
    debug!(operation = ?route.operation, caller = ?outcome.caller, error = ?outcome.result.as_ref().err(), "answered");
    match &mut outcome.result {
        Ok(response) => {
            response.set_request_id(&request_id);
            route.encode(response, &request_id)
        }
        Err(refusal) => route.refuse(refusal, &request_id),
    }
}

/// The answer to a request whose body did not come whole.
pub fn refuse_unread(
    world: &LiveWorld,
    parts: &Parts,
    path: &str,
    unread: Unread,
    real: Timestamp,
) -> Response<Vec<u8>> {
    let request_id = Uuid::new_v4().to_string();
    let received =
        Received { method: &parts.method, path, query: parts.uri.query(), headers: &parts.headers, body: &[] };
    let (kind, text) = match unread {
        Unread::TooLong(most) => (FrontEnd::RequestEntityTooLarge, format!("The body is longer than {most} bytes.")),
        Unread::TooSlow(wait) => {
            (FrontEnd::RequestTimeout, format!("The body did not arrive within {} seconds.", wait.as_secs_f32()))
        }
        // AWS has no text for what it cannot read.
        Unread::Broken(what) => {
            debug!(what, "a body broke off");
            (FrontEnd::Serialization, String::new())
        }
    };
    debug!(code = kind.code(), "refused a request without its body");
    match wire::detect(&received) {
        Ok(route) => {
            let refusal = Refusal::FrontEnd(kind, text.into());
            world.record(route.operation, &refused(world, real, refusal.clone()));
            route.refuse(&refusal, &request_id)
        }
        Err(unroutable) => {
            world.record_unroutable(real, kind.code());
            unroutable.refuse(kind, &text, &request_id)
        }
    }
}

/// The answer to a request below `/w/` whose world cannot be, in the form that its sender reads. None where it speaks
/// no protocol.
pub fn refuse_world_name(parts: &Parts, body: Option<Bytes>) -> Option<Response<Vec<u8>>> {
    let body = body.unwrap_or_default();
    let (path, query) = (parts.uri.path(), parts.uri.query());
    let received = Received { method: &parts.method, path, query, headers: &parts.headers, body: &body };
    let route = wire::detect(&received).ok()?;
    let refusal = Refusal::FrontEnd(FrontEnd::Validation, WORLD_NAME.into());
    Some(route.refuse(&refusal, &Uuid::new_v4().to_string()))
}

fn call(
    world: &LiveWorld,
    route: &Route,
    received: &Received<'_>,
    told: Option<&Surroundings>,
    real: Timestamp,
) -> Outcome {
    let input = match route.decode(received) {
        Ok(request) => Ok(request),
        // Bytes that cannot be read are refused before anybody asks who sent them.
        Err(Undecodable::Malformed) => {
            return refused(world, real, Refusal::FrontEnd(FrontEnd::Serialization, "".into()));
        }
        Err(Undecodable::Mistyped(text)) => Err(Refusal::FrontEnd(FrontEnd::Serialization, text.into())),
        Err(Undecodable::Violations(all)) => Err(reject(route.operation.service, &all)),
    };
    match wire::credentials(received, route, real) {
        Ok(credentials) => world.call(Call {
            access_key_id: &credentials.access_key_id,
            session_token: credentials.session_token.as_deref(),
            region: &credentials.region,
            input: input as Result<Request, Refusal>,
            told,
            at: real,
        }),
        Err(refusal) => refused(world, real, refusal),
    }
}

/// How calls of another service get an answer.
fn hint(service: &str) -> String {
    let is_name = service.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let service = if is_name { service } else { "that service" };
    format!("orgdir does not serve {service}: start it with --upstream URL to pass such calls on to a server that does")
}

fn refused(world: &LiveWorld, real: Timestamp, refusal: Refusal) -> Outcome {
    Outcome { caller: None, at: world.settled(real).now(real), result: Err(refusal) }
}

fn fault() -> Refusal {
    let text = "orgdir failed inside; this is a fault of orgdir, not of the request. Its log says where.";
    Refusal::FrontEnd(FrontEnd::InternalFailure, text.into())
}
