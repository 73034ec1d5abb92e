//! AWS JSON 1.1: the operation in a header, input and output as JSON, errors by `__type`.

use http::Response;
use model::{Checked, Decoder, FrontEnd, Operation, Protocol, Refusal, Request};
use serde::de::DeserializeOwned;

use crate::answer::{self, ErrorBody};
use crate::json;
use crate::received::Received;
use crate::undecodable::Undecodable;
use crate::walk;

const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// Decodes the typed input. An empty body is malformed even for operations without input: every client sends `{}` for
/// these.
pub fn decode(operation: &'static Operation, received: &Received<'_>) -> Result<Request, Undecodable> {
    let text = std::str::from_utf8(received.body).map_err(|_| Undecodable::Malformed)?;
    Request::decode(operation, Input { operation, text })
}

struct Input<'a> {
    operation: &'static Operation,
    text: &'a str,
}

impl Decoder for Input<'_> {
    type Error = Undecodable;

    fn decode<T: DeserializeOwned + Checked>(self) -> Result<T, Undecodable> {
        match json::read::<T>(self.text) {
            Some(input) if input.holds() => Ok(input),
            _ => walk::typed(self.operation, json::tree(self.text).ok_or(Undecodable::Malformed)?),
        }
    }
}

/// The answer to a request that succeeded.
pub fn encode(operation: &Operation, response: &model::Response, request_id: &str) -> Response<Vec<u8>> {
    match json::write(response, answer::USUAL_LENGTH) {
        Ok(body) => answer::typed(200, CONTENT_TYPE, request_id, body),
        Err(_) => refuse(operation, &Refusal::FrontEnd(FrontEnd::InternalFailure, "".into()), request_id),
    }
}

/// The answer to a refused request.
pub fn refuse(operation: &Operation, refusal: &Refusal, request_id: &str) -> Response<Vec<u8>> {
    render(&ErrorBody::new(refusal, operation.service, Protocol::AwsJson, request_id), request_id)
}

/// Writes an error. The code has no namespace, and is only in the body: botocore does not read it from a header, and
/// the Rust SDK prefers the header to the body.
pub fn render(error: &ErrorBody<'_>, request_id: &str) -> Response<Vec<u8>> {
    let members = std::iter::once(("__type", error.code)).chain(error.members());
    answer::typed(error.status, CONTENT_TYPE, request_id, json::object(members))
}
