//! Requests and answers as bytes, without a socket.

use engine::{Call, LiveWorld, Outcome, Signer};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use model::{Request, Timestamp};
use serde_json::Value;
use wire::{Credentials, Received, Route};
use world::{Settings, World};

/// 2026-01-01T00:00:00Z; the time stands still.
const NOW: Timestamp = Timestamp::from_millis(1_767_225_600_000);
const REQUEST_ID: &str = "00000000-0000-4000-8000-000000000000";
/// Every caller is this account.
pub const CALLER: &str = "111111111111";

/// A request as it comes.
pub struct Sent {
    headers: HeaderMap,
    body: String,
}

impl Sent {
    /// One in AWS JSON 1.1.
    pub fn json(service: &str, target: &str, body: impl Into<String>) -> Self {
        let mut sent = Self::signed(service, "application/x-amz-json-1.1", body.into());
        sent.headers.insert(HeaderName::from_static("x-amz-target"), value(target));
        sent
    }

    /// One of the Query protocol.
    pub fn form(service: &str, body: impl Into<String>) -> Self {
        Self::signed(service, "application/x-www-form-urlencoded", body.into())
    }

    /// The headers that boto3 sends.
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

    /// What it says: its route, its input and its signature.
    pub fn decoded(&self) -> (Route, Request, Credentials) {
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

/// A world that answers.
pub struct Server {
    world: LiveWorld,
}

impl Server {
    /// A server of an empty world.
    pub fn new() -> Self {
        Self { world: LiveWorld::new(World::new(Settings::default())) }
    }

    /// A server of a world of its own that begins as this one is.
    pub fn fork(&self) -> Self {
        Self { world: LiveWorld::new(self.world()) }
    }

    /// Its world.
    pub fn world(&self) -> World {
        World::clone(&self.world.settled(NOW))
    }

    /// What becomes of a request that was read.
    pub fn called(&self, input: Request, credentials: &Credentials) -> Outcome {
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

    /// The whole way of a request, from bytes to bytes.
    pub fn answered(&self, sent: &Sent) -> Vec<u8> {
        let (route, input, credentials) = sent.decoded();
        let mut outcome = self.called(input, &credentials);
        self.world.record(route.operation, &outcome);
        match &mut outcome.result {
            Ok(response) => encoded(&route, response),
            Err(refusal) => panic!("{:?} was refused: {refusal:?}", route.operation),
        }
    }

    /// What an answer in JSON says.
    pub fn told(&self, sent: &Sent) -> Value {
        serde_json::from_slice(&self.answered(sent)).expect("the answer is JSON")
    }
}

/// The bytes of an answer.
pub fn encoded(route: &Route, response: &mut model::Response) -> Vec<u8> {
    response.set_request_id(REQUEST_ID);
    route.encode(response, REQUEST_ID).into_body()
}
