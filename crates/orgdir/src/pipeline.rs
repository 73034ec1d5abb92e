//! The steps of one AWS request, from its bytes to the bytes of the answer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use engine::{Call, LiveWorld, Outcome, Signer, reject};
use http::{Response, request::Parts};
use model::{FrontEnd, Refusal, Request, Timestamp};
use tracing::debug;
use uuid::Uuid;
use wire::{Credentials, Received, Route, Undecodable, Unroutable};
use world::Surroundings;

use crate::body::Unread;
use crate::world_prefix::WORLD_NAME;

/// A request after reading: detected, decoded, its signature read.
pub struct Prepared {
    request_id: String,
    routed: Result<Routed, Unrouted>,
}

/// The operation, the signer and the input of a request.
struct Routed {
    route: Route,
    /// The signer and the typed input. Either may be a refusal. AWS checks the signature first.
    signed: Result<(Credentials, Result<Request, Refusal>), Refusal>,
}

/// A request that names no known operation, and the service that it is signed for, unless orgdir serves it.
struct Unrouted {
    unroutable: Unroutable,
    other_service: Option<String>,
}

impl Prepared {
    /// Reads a request. `path` is the request's path without the world's prefix.
    pub fn of(parts: &Parts, path: &str, body: &[u8], real: Timestamp) -> Self {
        let received =
            Received { method: &parts.method, path, query: parts.uri.query(), headers: &parts.headers, body };
        // 1. Detect protocol and operation.
        let routed = match wire::detect(&received) {
            // 2. and 3. Decode the input, and read the signature.
            Ok(route) => {
                let signed = guarded(|| read_signed(&route, &received, real)).and_then(|signed| signed);
                Ok(Routed { route, signed })
            }
            Err(unroutable) => Err(Unrouted { unroutable, other_service: wire::other_service(&received) }),
        };
        Self { request_id: Uuid::new_v4().to_string(), routed }
    }

    /// The signer and the input, unless either is a refusal.
    pub fn request(&self) -> Option<(Signer<'_>, &Request)> {
        let (credentials, input) = self.routed.as_ref().ok()?.signed.as_ref().ok()?;
        Some((signer(credentials), input.as_ref().ok()?))
    }
}

/// Answers a request in a world. `upstream` has the upstream's answers about the request's needs.
pub fn answer(
    world: &LiveWorld,
    prepared: Prepared,
    upstream: Option<&Surroundings>,
    real: Timestamp,
) -> Response<Vec<u8>> {
    let request_id = prepared.request_id;
    let Routed { route, signed } = match prepared.routed {
        Ok(routed) => routed,
        Err(unrouted) => return refuse_unrouted(world, &unrouted, &request_id, real),
    };
    // 4. to 6. Tick, identify, authorize, check rates and faults, apply.
    let outcome = signed.and_then(|(credentials, input)| {
        guarded(|| world.call(Call { signer: signer(&credentials), input, upstream, at: real }))
    });
    let mut outcome = outcome.unwrap_or_else(|refusal| refused_outcome(world, real, refusal));
    // 7. Record the event, and write the answer.
    world.record(route.operation, &outcome);
    debug!(operation = %route.operation, caller = ?outcome.caller, error = ?outcome.result.as_ref().err(), "answered");
    match &mut outcome.result {
        Ok(response) => {
            response.set_request_id(&request_id);
            route.encode(response, &request_id)
        }
        Err(refusal) => route.refuse(refusal, &request_id),
    }
}

fn refuse_unrouted(world: &LiveWorld, unrouted: &Unrouted, request_id: &str, real: Timestamp) -> Response<Vec<u8>> {
    let Unrouted { unroutable, other_service } = unrouted;
    world.record_unroutable(real, unroutable.code());
    debug!(code = unroutable.code(), "refused a request of no operation");
    match other_service {
        Some(service) => unroutable.hint(&hint(service), request_id),
        None => unroutable.answer(request_id),
    }
}

/// The answer to a request whose body did not arrive whole.
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
        // AWS's error for an unreadable body has no message.
        Unread::Broken(what) => {
            debug!(what, "a body broke off");
            (FrontEnd::Serialization, String::new())
        }
    };
    debug!(code = kind.code(), "refused a request without its body");
    match wire::detect(&received) {
        Ok(route) => {
            let refusal = Refusal::FrontEnd(kind, text.into());
            world.record(route.operation, &refused_outcome(world, real, refusal.clone()));
            route.refuse(&refusal, &request_id)
        }
        Err(unroutable) => {
            world.record_unroutable(real, kind.code());
            unroutable.refuse(kind, &text, &request_id)
        }
    }
}

/// The answer to a request below `/w/` with an invalid name of a world, in the request's protocol. None where no
/// protocol is detected.
pub fn refuse_world_name(parts: &Parts, body: Option<Bytes>) -> Option<Response<Vec<u8>>> {
    let body = body.unwrap_or_default();
    let (path, query) = (parts.uri.path(), parts.uri.query());
    let received = Received { method: &parts.method, path, query, headers: &parts.headers, body: &body };
    let route = wire::detect(&received).ok()?;
    let refusal = Refusal::FrontEnd(FrontEnd::Validation, WORLD_NAME.into());
    Some(route.refuse(&refusal, &Uuid::new_v4().to_string()))
}

fn read_signed(
    route: &Route,
    received: &Received<'_>,
    real: Timestamp,
) -> Result<(Credentials, Result<Request, Refusal>), Refusal> {
    let input = match route.decode(received) {
        Ok(request) => Ok(request),
        // AWS refuses unreadable bytes before it checks the signature.
        Err(Undecodable::Malformed) => return Err(Refusal::FrontEnd(FrontEnd::Serialization, "".into())),
        Err(Undecodable::Mistyped(text)) => Err(Refusal::FrontEnd(FrontEnd::Serialization, text.into())),
        Err(Undecodable::Violations(all)) => Err(reject(route.operation.service, &all)),
    };
    Ok((wire::credentials(received, route, real)?, input))
}

/// The parts of the credentials that the engine needs.
fn signer(credentials: &Credentials) -> Signer<'_> {
    Signer {
        access_key_id: &credentials.access_key_id,
        session_token: credentials.session_token.as_deref(),
        region: &credentials.region,
    }
}

/// Runs a step. A panic becomes an internal failure.
fn guarded<T>(step: impl FnOnce() -> T) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(step)).map_err(|_| {
        let text = "orgdir failed inside; this is an error of orgdir, not of the request. Its log says where.";
        Refusal::FrontEnd(FrontEnd::InternalFailure, text.into())
    })
}

/// The advice in answers to calls of services that orgdir does not serve.
fn hint(service: &str) -> String {
    let is_name = service.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let service = if is_name { service } else { "that service" };
    format!("orgdir does not serve {service}: start it with --upstream URL to pass such calls on to a server that does")
}

fn refused_outcome(world: &LiveWorld, real: Timestamp, refusal: Refusal) -> Outcome {
    Outcome { caller: None, at: world.settled(real).now(real), result: Err(refusal) }
}
