//! A client without a socket: JSON in, through the decoder and the engine, JSON out. It can also use CBOR for Directory
//! Service.

use std::borrow::Cow;

use engine::{Call, LiveWorld, Signer, reject};
use http::{HeaderMap, Method};
use model::{FrontEnd, Operation, Refusal, Timestamp};
use serde_json::Value;
use wire::{Protocol, Received, Route, Undecodable};
use world::{Settings, World};

use crate::cbor;

/// 2026-01-01T00:00:00Z, the time at which every test begins.
pub const BEGIN: Timestamp = Timestamp::from_millis(1_767_225_600_000);

/// The id of every request.
const REQUEST_ID: &str = "00000000-0000-4000-8000-000000000000";

/// A world, and the time of the real clock, which stands still unless the test moves it.
pub struct Client {
    /// The world.
    pub world: LiveWorld,
    /// The time.
    pub at: Timestamp,
    /// AWS JSON or CBOR. It holds for services that speak it. Calls of the others are in JSON.
    pub protocol: Protocol,
}

/// The caller's credentials.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// The access key id. An account's id stands for its administrator.
    pub access_key_id: String,
    /// The token of a session.
    pub session_token: Option<String>,
    /// The Region.
    pub region: String,
}

impl Credentials {
    /// The credentials of an account's administrator, in us-east-1.
    pub fn of(account: &str) -> Self {
        Self { access_key_id: account.to_owned(), session_token: None, region: "us-east-1".to_owned() }
    }
}

impl Client {
    /// A client of a new world.
    pub fn new(settings: Settings) -> Self {
        Self { world: LiveWorld::new(World::new(settings)), at: BEGIN, protocol: Protocol::AwsJson }
    }

    /// Calls an operation with a JSON body.
    ///
    /// # Errors
    /// When the call is refused.
    pub fn call(&self, who: &Credentials, operation: &'static Operation, body: &[u8]) -> Result<Value, Refusal> {
        self.call_at(self.at, who, operation, body)
    }

    /// Calls an operation at a time of the real clock.
    ///
    /// # Errors
    /// When the call is refused.
    pub fn call_at(
        &self,
        at: Timestamp,
        who: &Credentials,
        operation: &'static Operation,
        body: &[u8],
    ) -> Result<Value, Refusal> {
        let route = self.route(operation);
        let headers = HeaderMap::new();
        let body = match route.protocol {
            Protocol::RpcCbor => {
                serde_json::from_slice(body).map_or(Cow::Borrowed(body), |value| cbor::write(&value).into())
            }
            _ => Cow::Borrowed(body),
        };
        let received = Received { method: &Method::POST, path: "/", query: None, headers: &headers, body: &body };
        let input = route.decode(&received).map_err(|undecodable| match undecodable {
            Undecodable::Malformed => Refusal::FrontEnd(FrontEnd::Serialization, "".into()),
            Undecodable::Mistyped(text) => Refusal::FrontEnd(FrontEnd::Serialization, text.into()),
            Undecodable::Violations(all) => reject(operation.service, &all),
        });
        let call = Call {
            signer: Signer {
                access_key_id: &who.access_key_id,
                session_token: who.session_token.as_deref(),
                region: &who.region,
            },
            input,
            upstream: None,
            at,
        };
        let mut response = self.world.call(call).result?;
        response.set_request_id(REQUEST_ID);
        Ok(self.read(operation, &route.encode(&response, REQUEST_ID)))
    }

    /// A refusal as the caller reads it. The code has no namespace.
    pub fn refusal(&self, operation: &'static Operation, refusal: &Refusal) -> Value {
        let mut body = self.read(operation, &self.route(operation).refuse(refusal, REQUEST_ID));
        if let Some(code) = body.get_mut("__type")
            && let Some(bare) = code.as_str().and_then(|code| code.split('#').next_back())
        {
            *code = Value::from(bare);
        }
        body
    }

    fn route(&self, operation: &'static Operation) -> Route {
        let protocol = if operation.service.speaks(self.protocol) { self.protocol } else { Protocol::AwsJson };
        Route { protocol, operation }
    }

    /// Reads an answer. For unreadable bytes it is the error's text.
    fn read(&self, operation: &'static Operation, answer: &http::Response<Vec<u8>>) -> Value {
        match self.route(operation).protocol {
            Protocol::RpcCbor => cbor::read(answer.body()).unwrap_or_else(Value::from),
            _ => serde_json::from_slice(answer.body()).unwrap_or_else(|wrong| wrong.to_string().into()),
        }
    }
}
