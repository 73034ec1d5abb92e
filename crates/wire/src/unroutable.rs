//! Answers to requests that name no known operation. They come before any check of credentials.

use model::{FrontEnd, Protocol};

use crate::answer::{self, ErrorBody};
use crate::protocol::{aws_json, aws_query, rpc_cbor};
use crate::received::Received;

/// The error for a request without a route. Each variant has its own form of answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unroutable {
    /// No part names an operation, and the request is not signed.
    Unsigned,
    /// No part names an operation, and the request is signed.
    Signed,
    /// The target of JSON 1.1 is missing or unknown.
    JsonOperation,
    /// The path of CBOR names no operation, or the request has a target as well.
    CborOperation,
    /// No REST service has the path.
    RestOperation,
    /// The Query protocol has no action, an unknown one, or unreadable parameters.
    Query {
        /// The code.
        kind: FrontEnd,
        /// The message.
        text: String,
        /// The XML namespace of the answer.
        namespace: &'static str,
    },
}

const BARE_UNSIGNED: &str = "<MissingAuthenticationTokenException>\n  <Message>Missing Authentication Token</Message>\n\
                             </MissingAuthenticationTokenException>\n";
const BARE_SIGNED: &str = "<AccessDeniedException>\
    \n  <Message>Unable to determine service/operation name to be authorized\
                           </Message>\n</AccessDeniedException>\n";
const BARE_UNKNOWN: &str = "<UnknownOperationException/>\n";

impl Unroutable {
    /// The error for a request that no protocol claims.
    pub(crate) fn of_bare_request(received: &Received<'_>) -> Self {
        if received.is_signed() { Self::Signed } else { Self::Unsigned }
    }

    /// The code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unsigned => FrontEnd::MissingAuthenticationToken.code(),
            Self::Signed => FrontEnd::AccessDenied.code(),
            Self::JsonOperation | Self::CborOperation | Self::RestOperation => FrontEnd::UnknownOperation.code(),
            Self::Query { kind, .. } => kind.query_code(),
        }
    }

    /// The answer in the form of AWS's front end.
    pub fn answer(&self, request_id: &str) -> http::Response<Vec<u8>> {
        match self {
            Self::Unsigned => answer::bare(403, request_id, BARE_UNSIGNED),
            Self::Signed => answer::bare(403, request_id, BARE_SIGNED),
            Self::RestOperation => answer::bare(404, request_id, BARE_UNKNOWN),
            Self::JsonOperation | Self::CborOperation => self.refuse(FrontEnd::UnknownOperation, "", request_id),
            Self::Query { kind, text, .. } => self.refuse(*kind, text, request_id),
        }
    }

    /// The answer with a hint, where its form has room for text.
    pub fn hint(&self, hint: &str, request_id: &str) -> http::Response<Vec<u8>> {
        match self {
            Self::JsonOperation | Self::CborOperation => self.refuse(FrontEnd::UnknownOperation, hint, request_id),
            Self::Query { kind, text, .. } => self.refuse(*kind, &format!("{text}. {hint}"), request_id),
            Self::Signed => {
                let text = BARE_SIGNED.replace("</Message>", &format!(". {hint}</Message>"));
                answer::bare(403, request_id, &text)
            }
            Self::Unsigned | Self::RestOperation => self.answer(request_id),
        }
    }

    /// The answer with another error, such as a body that did not arrive and may have named the operation.
    pub fn refuse(&self, kind: FrontEnd, text: &str, request_id: &str) -> http::Response<Vec<u8>> {
        let body = |protocol| ErrorBody::of_front_end(kind, text, protocol);
        match self {
            Self::JsonOperation => aws_json::render(&body(Protocol::AwsJson), request_id),
            Self::CborOperation => rpc_cbor::render(&body(Protocol::RpcCbor), request_id),
            Self::Query { namespace, .. } => aws_query::render(&body(Protocol::AwsQuery), namespace, request_id),
            Self::Unsigned | Self::Signed | Self::RestOperation => {
                answer::untyped(body(Protocol::RestJson).status, request_id, Vec::new())
            }
        }
    }
}
