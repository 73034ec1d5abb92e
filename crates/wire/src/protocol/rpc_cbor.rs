//! Smithy RPC v2 CBOR: the operation in the path, input and output as CBOR, errors by `__type`.

use http::Response;
use http::header::{HeaderName, HeaderValue};
use model::{Checked, Decoder, FrontEnd, Operation, Protocol, Refusal, Request};
use serde::de::DeserializeOwned;

use crate::answer::{self, ErrorBody, Origin};
use crate::cbor;
use crate::received::Received;
use crate::undecodable::Undecodable;
use crate::walk;

const CONTENT_TYPE: &str = "application/cbor";
const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
const EMPTY_MAP: &[u8] = &[0xa0];

/// Decodes the typed input. Where there is none, the specification has no body, and clients send an empty map. Both are
/// accepted.
pub fn decode(operation: &'static Operation, received: &Received<'_>) -> Result<Request, Undecodable> {
    let takes_nothing = matches!(operation.input.kind, model::schema::Kind::Structure([]));
    let bytes = if takes_nothing && received.body.is_empty() { EMPTY_MAP } else { received.body };
    Request::decode(operation, Input { operation, bytes })
}

struct Input<'a> {
    operation: &'static Operation,
    bytes: &'a [u8],
}

impl Decoder for Input<'_> {
    type Error = Undecodable;

    fn decode<T: DeserializeOwned + Checked>(self) -> Result<T, Undecodable> {
        match cbor::read::<T>(self.bytes) {
            Ok(input) if input.holds() => Ok(input),
            _ => walk::typed(self.operation, cbor::read(self.bytes).map_err(|_| Undecodable::Malformed)?),
        }
    }
}

/// The answer to a request that succeeded.
pub fn encode(operation: &Operation, response: &model::Response, request_id: &str) -> Response<Vec<u8>> {
    match cbor::write(response, answer::USUAL_LENGTH) {
        Ok(body) => typed(200, request_id, body),
        Err(_) => refuse(operation, &Refusal::FrontEnd(FrontEnd::InternalFailure, "".into()), request_id),
    }
}

/// The answer to a refused request.
pub fn refuse(operation: &Operation, refusal: &Refusal, request_id: &str) -> Response<Vec<u8>> {
    render(&ErrorBody::new(refusal, operation.service, Protocol::RpcCbor, request_id), request_id)
}

/// Writes an error. The code is an absolute shape id.
pub fn render(error: &ErrorBody<'_>, request_id: &str) -> Response<Vec<u8>> {
    let namespace = match error.origin {
        Origin::Service(service) => service.namespace,
        // Inferred: nothing public shows this front end; these are the codes of its JSON counterpart.
        Origin::FrontEnd => "com.amazon.coral.service",
        Origin::Orgdir => "orgdir",
    };
    let code = format!("{namespace}#{}", error.code);
    let members: Vec<(&str, &str)> = std::iter::once(("__type", &*code)).chain(error.members()).collect();
    typed(error.status, request_id, cbor::object(&members))
}

fn typed(status: u16, request_id: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = answer::typed(status, CONTENT_TYPE, request_id, body);
    response.headers_mut().insert(PROTOCOL, HeaderValue::from_static("rpc-v2-cbor"));
    response
}
