//! Requests and answers as bytes, without a socket.

use engine::{Call, LiveWorld, Outcome, Signer};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use model::{Request, Timestamp};
use serde_json::Value;
use wire::{Credentials, Received, Route};
use world::{Settings, World};

/// 2026-01-01T00:00:00Z. The time stands still.
const NOW: Timestamp = Timestamp::from_millis(1_767_225_600_000);
const REQUEST_ID: &str = "00000000-0000-4000-8000-000000000000";
/// The account of every caller.
pub const CALLER: &str = "111111111111";

/// A request as bytes.
pub struct Sent {
    headers: HeaderMap,
    body: String,
}

impl Sent {
    /// Makes a request in AWS JSON 1.1.
    pub fn json(service: &str, target: &str, body: impl Into<String>) -> Self {
        let mut sent = Self::signed(service, "application/x-amz-json-1.1", body.into());
        sent.headers.insert(HeaderName::from_static("x-amz-target"), value(target));
        sent
    }

    /// Makes a request in AWS Query.
    pub fn form(service: &str, body: impl Into<String>) -> Self {
        Self::signed(service, "application/x-www-form-urlencoded", body.into())
    }

    /// Adds the headers that boto3 sends.
    fn signed(service: &str, content_type: &'static str, body: String) -> Self {
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={CALLER}/20260101/us-east-1/{service}/aws4_request, \
             SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature={}",
            "0".repeat(64)
        );
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(AUTHORIZATION, value(&authorization));
        headers.insert(HeaderName::from_static("x-amz-date"), HeaderValue::from_static("20260101T000000Z"));
        Self { headers, body }
    }

    /// Decodes the route, the input and the credentials.
    pub fn decode(&self) -> (Route, Request, Credentials) {
        let (method, path, body) = (&Method::POST, "/", self.body.as_bytes());
        let received = Received { method, path, query: None, headers: &self.headers, body };
        let route = wire::detect(&received).expect("the request has an operation");
        let input = route.decode(&received).expect("the request is well-formed");
        let credentials = wire::credentials(&received, &route, NOW).expect("the request is signed");
        (route, input, credentials)
    }
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("the text can be a header's")
}

/// A server without a socket.
pub struct Server {
    world: LiveWorld,
}

impl Server {
    /// Makes a server of an empty world.
    pub fn new() -> Self {
        Self { world: LiveWorld::new(World::new(Settings::default())) }
    }

    /// Makes a server of a copy of this world.
    pub fn fork(&self) -> Self {
        Self { world: LiveWorld::new(self.world()) }
    }

    /// The world.
    pub fn world(&self) -> World {
        World::clone(&self.world.settled(NOW))
    }

    /// Calls a decoded request.
    pub fn call(&self, input: Request, credentials: &Credentials) -> Outcome {
        self.world.call(Call {
            signer: Signer {
                access_key_id: &credentials.access_key_id,
                session_token: credentials.session_token.as_deref(),
                region: &credentials.region,
            },
            input: Ok(input),
            upstream: None,
            at: NOW,
        })
    }

    /// Answers a request, from bytes to bytes.
    pub fn answer(&self, sent: &Sent) -> Vec<u8> {
        let (route, input, credentials) = sent.decode();
        let mut outcome = self.call(input, &credentials);
        self.world.record(route.operation, &outcome);
        match &mut outcome.result {
            Ok(response) => encode(&route, response),
            Err(refusal) => panic!("{:?} was refused: {refusal:?}", route.operation),
        }
    }

    /// Answers a request whose answer is JSON.
    pub fn answer_json(&self, sent: &Sent) -> Value {
        serde_json::from_slice(&self.answer(sent)).expect("the answer is JSON")
    }
}

/// Encodes an answer.
pub fn encode(route: &Route, response: &mut model::Response) -> Vec<u8> {
    response.set_request_id(REQUEST_ID);
    route.encode(response, REQUEST_ID).into_body()
}
