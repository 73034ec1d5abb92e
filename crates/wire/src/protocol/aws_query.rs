//! AWS Query: operation and input as form parameters, in the body or in the query string; answers in XML.

use http::Response;
use model::{Checked, Decoder, FrontEnd, Operation, Protocol, Refusal, Request};
use serde::de::DeserializeOwned;

use crate::answer::{self, ErrorBody};
use crate::form;
use crate::received::Received;
use crate::undecodable::Undecodable;
use crate::walk;
use crate::xml;

const CONTENT_TYPE: &str = "text/xml";

/// Decodes the typed input.
pub fn decode(operation: &'static Operation, received: &Received<'_>) -> Result<Request, Undecodable> {
    Request::decode(operation, Input { operation, received })
}

struct Input<'a> {
    operation: &'static Operation,
    received: &'a Received<'a>,
}

impl Decoder for Input<'_> {
    type Error = Undecodable;

    fn decode<T: DeserializeOwned + Checked>(self) -> Result<T, Undecodable> {
        match T::deserialize(form::tree(self.received.parameters())) {
            Ok(input) if input.holds() => Ok(input),
            _ => walk::typed(self.operation, form::tree(self.received.parameters())),
        }
    }
}

/// The answer to a request that succeeded.
pub fn encode(operation: &Operation, response: &model::Response, request_id: &str) -> Response<Vec<u8>> {
    match xml::success(operation, response, request_id) {
        Ok(body) => answer::typed(200, CONTENT_TYPE, request_id, body.into_bytes()),
        Err(_) => refuse(operation, &Refusal::FrontEnd(FrontEnd::InternalFailure, "".into()), request_id),
    }
}

/// The answer to a refused request.
pub fn refuse(operation: &Operation, refusal: &Refusal, request_id: &str) -> Response<Vec<u8>> {
    let error = ErrorBody::new(refusal, operation.service, Protocol::AwsQuery, request_id);
    render(&error, operation.service.xml_namespace, request_id)
}

/// Writes an error. Its type is `Sender` for statuses below 500.
pub fn render(error: &ErrorBody<'_>, namespace: &str, request_id: &str) -> Response<Vec<u8>> {
    let error_type = if error.status < 500 { "Sender" } else { "Receiver" };
    let body = xml::error_response(namespace, [error_type, error.code, &error.message], request_id);
    answer::typed(error.status, CONTENT_TYPE, request_id, body.into_bytes())
}
