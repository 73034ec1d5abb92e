//! A world of a server, and its control API.

use std::sync::Arc;

use aws_sdk_organizations::primitives::{DateTime, DateTimeFormat};
use serde_json::{Value, json};
use ureq::Agent;

use crate::caller::Caller;
use crate::server::Server;

/// A world, with its callers and its control API.
pub struct World {
    endpoint: String,
    control: Agent,
    // Keeps the server running while the world is used.
    _server: Arc<Server>,
}

impl World {
    /// A world of its own for the test that gives its name.
    pub fn of(test: &str) -> Self {
        Server::shared().world(test)
    }

    pub fn new(server: Arc<Server>, endpoint: String) -> Self {
        let control = Agent::config_builder().proxy(None).build().into();
        Self { endpoint, control, _server: server }
    }

    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The administrator of an account.
    pub fn caller(&self, account: &str) -> Caller {
        Caller::administrator(&self.endpoint, account)
    }

    /// Moves the clock by a duration such as `90d` or `2m`.
    pub fn advance(&self, by: &str) {
        self.post("clock/advance", &json!({ "by": by }));
    }

    /// Stops the clock. Only `advance` moves it from then on.
    pub fn freeze(&self) {
        self.post("clock/freeze", &json!({}));
    }

    /// Sets the pace: `instant`, `real` or a factor such as `60x`.
    pub fn pace(&self, pace: &str) {
        let url = self.control_url("clock/pace");
        self.control.put(&url).send_json(json!({ "pace": pace })).expect("the pace is set");
    }

    pub fn now(&self) -> DateTime {
        let now = &self.get("clock")["now"];
        DateTime::from_str(now.as_str().expect("now is a text"), DateTimeFormat::DateTime).expect("now is a time")
    }

    /// The outcomes of the calls of an operation, the newest last: `ok` or the error code.
    pub fn outcomes(&self, operation: &str) -> Vec<String> {
        let journal = self.get("events?limit=1000");
        let events = journal["events"].as_array().expect("the journal is a list");
        let calls = events.iter().filter(|event| event["operation"] == operation);
        calls.map(|event| event["outcome"].as_str().expect("an outcome is a text").to_owned()).collect()
    }

    fn get(&self, path: &str) -> Value {
        let mut answer = self.control.get(&self.control_url(path)).call().expect("the control API answers");
        answer.body_mut().read_json().expect("the answer is JSON")
    }

    fn post(&self, path: &str, body: &Value) {
        self.control.post(&self.control_url(path)).send_json(body).expect("the control API agrees");
    }

    fn control_url(&self, path: &str) -> String {
        format!("{}/_orgdir/{path}", self.endpoint)
    }
}
