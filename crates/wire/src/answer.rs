//! The parts of answers that all protocols share.

use std::borrow::Cow;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use model::{FrontEnd, Protocol, Refusal, ServiceModel};

/// The header that carries the request's id; the server adds `Date`.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// 424 Failed Dependency. No SDK tries again after it.
const UNREACHABLE: u16 = 424;

/// The capacity that most answers fit in, a page of accounts included.
pub const USUAL_LENGTH: usize = 8 * 1024;

/// An answer without a content type.
pub fn untyped(status: u16, request_id: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(value) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// An answer with a content type.
pub fn typed(status: u16, content_type: &'static str, request_id: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = untyped(status, request_id, body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// The front end's answer to a request without a known protocol. It is XML without a content type.
pub fn bare(status: u16, request_id: &str, text: &str) -> Response<Vec<u8>> {
    untyped(status, request_id, text.as_bytes().to_vec())
}

/// An error, before its protocol writes it.
pub struct ErrorBody<'a> {
    /// The code on the wire.
    pub code: &'static str,
    /// Who defines the code.
    pub origin: Origin,
    /// The HTTP status.
    pub status: u16,
    /// The message. Empty for errors without one.
    pub message: Cow<'a, str>,
    /// The reason, for errors that carry one.
    pub reason: Option<&'static str>,
    /// The request's id, for errors that repeat it as a member.
    pub request_id: Option<&'a str>,
}

/// Who defines an error's code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// The service's model.
    Service(&'static ServiceModel),
    /// AWS's front end.
    FrontEnd,
    /// Orgdir. AWS has no such code.
    Orgdir,
}

impl<'a> ErrorBody<'a> {
    /// Makes the error of a refusal in a protocol.
    pub fn new(refusal: &'a Refusal, service: &'static ServiceModel, protocol: Protocol, request_id: &'a str) -> Self {
        match refusal {
            Refusal::Service(error) => {
                let repeats_id = service.errors_repeat_request_id;
                let message = if repeats_id {
                    format!("{} : RequestId: {request_id}", error.message).into()
                } else {
                    Cow::Borrowed(&*error.message)
                };
                let request_id = repeats_id.then_some(request_id);
                let (code, status, reason) = (error.code, error.status, error.reason);
                Self { code, origin: Origin::Service(service), status, message, reason, request_id }
            }
            Refusal::FrontEnd(kind, message) => Self::of_front_end(*kind, message, protocol),
            Refusal::Planned(operation) => Self {
                code: Refusal::PLANNED,
                origin: Origin::Orgdir,
                status: 400,
                message: format!(
                    "orgdir does not answer {operation} yet. GET /_orgdir/operations lists every operation and its \
                     state."
                )
                .into(),
                reason: None,
                request_id: None,
            },
            Refusal::Unreachable(message) => Self::unreachable(message),
        }
    }

    /// Makes the error for another service that did not answer.
    pub fn unreachable(message: &'a str) -> Self {
        Self {
            code: Refusal::UNREACHABLE,
            origin: Origin::Orgdir,
            status: UNREACHABLE,
            message: message.into(),
            reason: None,
            request_id: None,
        }
    }

    /// Makes an error of the front end.
    pub fn of_front_end(kind: FrontEnd, message: &'a str, protocol: Protocol) -> Self {
        let code = if protocol == Protocol::AwsQuery { kind.query_code() } else { kind.code() };
        Self {
            code,
            origin: Origin::FrontEnd,
            status: front_end_status(kind, protocol),
            message: message.into(),
            reason: None,
            request_id: None,
        }
    }

    /// The members besides the code. Errors of a model and `SerializationException` spell `Message` with a capital
    /// letter. boto3 shows the member under exactly that name.
    pub fn members(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let modeled = matches!(self.origin, Origin::Service(_)) || self.code == FrontEnd::Serialization.code();
        let key = if modeled { "Message" } else { "message" };
        let message = (!self.message.is_empty()).then(|| (key, &*self.message));
        let reason = self.reason.map(|reason| ("Reason", reason));
        message.into_iter().chain(reason).chain(self.request_id.map(|id| ("RequestId", id)))
    }
}

/// The HTTP status. JSON 1.1 and CBOR answer 400 to every error of the client. REST and Query answer 403 to bad
/// credentials.
fn front_end_status(kind: FrontEnd, protocol: Protocol) -> u16 {
    let (rest, query) = (protocol == Protocol::RestJson, protocol == Protocol::AwsQuery);
    match kind {
        FrontEnd::RequestEntityTooLarge => 413,
        FrontEnd::InternalFailure => 500,
        FrontEnd::MissingAuthenticationToken
        | FrontEnd::InvalidSignature
        | FrontEnd::UnrecognizedClient
        | FrontEnd::ExpiredToken
        | FrontEnd::AccessDenied
            if rest || query =>
        {
            403
        }
        FrontEnd::IncompleteSignature if rest => 403,
        FrontEnd::UnknownOperation if rest => 404,
        _ => 400,
    }
}
