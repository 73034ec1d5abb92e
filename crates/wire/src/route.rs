//! The protocol and operation of a request, and the calls into its protocol.

use model::{Operation, Protocol, Refusal, Request, Response};

use crate::protocol::{aws_json, aws_query, rest_json, rpc_cbor};
use crate::received::Received;
use crate::undecodable::Undecodable;

/// The protocol and the operation of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Route {
    /// The protocol of request and answer.
    pub protocol: Protocol,
    /// The operation that the request names.
    pub operation: &'static Operation,
}

impl Route {
    /// Decodes the typed input. All its members are within their limits.
    pub fn decode(&self, received: &Received<'_>) -> Result<Request, Undecodable> {
        match self.protocol {
            Protocol::AwsJson => aws_json::decode(self.operation, received),
            Protocol::RpcCbor => rpc_cbor::decode(self.operation, received),
            Protocol::RestJson => rest_json::decode(self.operation, received),
            Protocol::AwsQuery => aws_query::decode(self.operation, received),
        }
    }

    /// The answer to a request that succeeded.
    pub fn encode(&self, response: &Response, request_id: &str) -> http::Response<Vec<u8>> {
        match self.protocol {
            Protocol::AwsJson => aws_json::encode(self.operation, response, request_id),
            Protocol::RpcCbor => rpc_cbor::encode(self.operation, response, request_id),
            Protocol::RestJson => rest_json::encode(self.operation, response, request_id),
            Protocol::AwsQuery => aws_query::encode(self.operation, response, request_id),
        }
    }

    /// The answer to a refused request.
    pub fn refuse(&self, refusal: &Refusal, request_id: &str) -> http::Response<Vec<u8>> {
        match self.protocol {
            Protocol::AwsJson => aws_json::refuse(self.operation, refusal, request_id),
            Protocol::RpcCbor => rpc_cbor::refuse(self.operation, refusal, request_id),
            Protocol::RestJson => rest_json::refuse(self.operation, refusal, request_id),
            Protocol::AwsQuery => aws_query::refuse(self.operation, refusal, request_id),
        }
    }
}
