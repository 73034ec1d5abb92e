//! REST JSON: the operation in the path, some members in the query string, the others in a JSON body.

use http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};
use model::schema::{Kind, Member};
use model::{Checked, Decoder, FrontEnd, Operation, Protocol, Refusal, Request};
use serde::de::DeserializeOwned;

use crate::answer::{self, ErrorBody};
use crate::json::{self, Bound};
use crate::received::Received;
use crate::tree::Tree;
use crate::undecodable::Undecodable;
use crate::walk;

const CONTENT_TYPE: &str = "application/json";
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// The seconds until a throttled caller may try again. The model has the header for it.
// Inferred: the rates are per second.
const RETRY_AFTER_SECONDS: &str = "1";

/// Decodes the typed input.
pub fn decode(operation: &'static Operation, received: &Received<'_>) -> Result<Request, Undecodable> {
    let text = std::str::from_utf8(received.body).map_err(|_| Undecodable::Malformed)?;
    // Inferred: as in other REST services, a request needs no body when it carries all members elsewhere.
    let text = if text.is_empty() { "{}" } else { text };
    let query = query_members(operation).filter_map(|(member, name)| {
        received.query_parameter(name).map(|value| Bound { name: member.name, value: value.into_owned() })
    });
    let input = Input { operation, query: query.collect(), text };
    Request::decode(operation, input)
}

/// The members that come in the query string, with their names there.
fn query_members(operation: &'static Operation) -> impl Iterator<Item = (&'static Member, &'static str)> {
    let members: &[Member] = if let Kind::Structure(members) = &operation.input.kind { members } else { &[] };
    members.iter().filter_map(|member| member.query.map(|name| (member, name)))
}

struct Input<'a> {
    operation: &'static Operation,
    query: Vec<Bound>,
    text: &'a str,
}

impl Decoder for Input<'_> {
    type Error = Undecodable;

    fn decode<T: DeserializeOwned + Checked>(self) -> Result<T, Undecodable> {
        match json::read_bound::<T>(&self.query, self.text) {
            Some(input) if input.holds() => Ok(input),
            _ => {
                let mut tree = json::tree(self.text).ok_or(Undecodable::Malformed)?;
                if let Tree::Map(members) = &mut tree {
                    query_members(self.operation).for_each(|(member, _)| drop(members.remove(member.name)));
                    let bound = self.query.into_iter().map(|bound| (bound.name.to_owned(), Tree::Text(bound.value)));
                    members.extend(bound);
                }
                walk::typed(self.operation, tree)
            }
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
    render(&ErrorBody::new(refusal, operation.service, Protocol::RestJson, request_id), request_id)
}

/// Writes an error, with the code in a header and the members in the body.
pub fn render(error: &ErrorBody<'_>, request_id: &str) -> Response<Vec<u8>> {
    let mut response = answer::typed(error.status, CONTENT_TYPE, request_id, json::object(error.members()));
    response.headers_mut().insert(ERROR_TYPE, HeaderValue::from_static(error.code));
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
    }
    response
}
