//! Compares two domains and their trusts with a second, simpler model. After any sequence of creating, verifying and
//! deleting trusts, both agree on the state of each side, and on which side reads the other's users.

#![allow(clippy::unwrap_used)]

use model::{DirectoryId, SERVICES};
use proptest::prelude::*;
use serde_json::{Value, json};
use testkit::{Client, Credentials};
use world::Settings;

const ACCOUNTS: [&str; 2] = ["111111111111", "222222222222"];
const DOMAINS: [&str; 2] = ["corp.example.com", "other.example.com"];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Direction {
    Outgoing,
    Incoming,
    TwoWay,
}

impl Direction {
    fn name(self) -> &'static str {
        match self {
            Self::Outgoing => "One-Way: Outgoing",
            Self::Incoming => "One-Way: Incoming",
            Self::TwoWay => "Two-Way",
        }
    }

    fn opposite(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
            Self::TwoWay => Self::TwoWay,
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Command {
    Create(usize, Direction, bool),
    Verify(usize),
    Delete(usize),
}

#[derive(Clone, Copy, Debug)]
struct Half {
    direction: Direction,
    password: bool,
    state: &'static str,
}

/// The model: each side's half of the trust.
#[derive(Debug, Default)]
struct Expected([Option<Half>; 2]);

impl Expected {
    fn apply(&mut self, command: Command) {
        match command {
            Command::Create(side, direction, password) => {
                if self.0[side].is_none() {
                    self.0[side] = Some(Half { direction, password, state: "Created" });
                    self.verify(side);
                    let waits = |half: &Half| half.state == "VerifyFailed" && half.direction == direction.opposite();
                    if self.0[1 - side].as_ref().is_some_and(waits) {
                        self.verify(1 - side);
                    }
                }
            }
            Command::Verify(side) => self.verify(side),
            Command::Delete(side) => self.0[side] = None,
        }
    }

    fn verify(&mut self, side: usize) {
        let matches = self.matches(side);
        if let Some(half) = self.0[side].as_mut().filter(|half| half.direction != Direction::Incoming) {
            half.state = if matches { "Verified" } else { "VerifyFailed" };
        }
    }

    fn matches(&self, side: usize) -> bool {
        let [one, other] = [self.0[side], self.0[1 - side]];
        let fits =
            |(one, other): (Half, Half)| one.direction == other.direction.opposite() && one.password == other.password;
        one.zip(other).is_some_and(fits)
    }
}

struct Actual {
    client: Client,
    directories: [String; 2],
}

impl Actual {
    fn new() -> Self {
        let mut actual = Self { client: Client::new(Settings::default()), directories: Default::default() };
        for (side, name) in DOMAINS.iter().enumerate() {
            let vpc = json!({ "VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"] });
            let input = json!({ "Name": name, "Password": "Sup3rSecret!", "VpcSettings": vpc });
            let created = actual.call(side, "CreateMicrosoftAD", &input).unwrap();
            actual.directories[side] = created["DirectoryId"].as_str().unwrap().into();
        }
        actual
    }

    fn call(&self, side: usize, operation: &str, input: &Value) -> Option<Value> {
        let operation = SERVICES[1].operation(operation).unwrap();
        self.client.call(&Credentials::of(ACCOUNTS[side]), operation, input.to_string().as_bytes()).ok()
    }

    fn half(&self, side: usize) -> Option<Value> {
        self.call(side, "DescribeTrusts", &json!({})).unwrap()["Trusts"].as_array().unwrap().first().cloned()
    }

    fn apply(&self, command: Command) {
        match command {
            Command::Create(side, direction, password) => {
                let input = json!({
                    "DirectoryId": self.directories[side],
                    "RemoteDomainName": DOMAINS[1 - side],
                    "TrustDirection": direction.name(),
                    "TrustPassword": if password { "one" } else { "other" },
                });
                self.call(side, "CreateTrust", &input);
            }
            Command::Verify(side) => self.on(side, "VerifyTrust"),
            Command::Delete(side) => self.on(side, "DeleteTrust"),
        }
    }

    fn on(&self, side: usize, operation: &str) {
        if let Some(half) = self.half(side) {
            self.call(side, operation, &json!({ "TrustId": half["TrustId"] }));
        }
    }

    /// The domain whose users a side reads.
    fn reads(&self, side: usize) -> Option<String> {
        let world = self.client.world.settled(self.client.at);
        let directory = world.directory(&DirectoryId::from(self.directories[side].as_str())).unwrap();
        world.verified_trust(directory, DOMAINS[1 - side]).map(|found| found.name.to_string())
    }
}

fn command() -> impl Strategy<Value = Command> {
    let side = || 0..2_usize;
    let direction =
        prop_oneof![1 => Just(Direction::Outgoing), 1 => Just(Direction::Incoming), 2 => Just(Direction::TwoWay)];
    prop_oneof![
        4 => (side(), direction, prop::bool::weighted(0.8)).prop_map(|(side, of, one)| Command::Create(side, of, one)),
        2 => side().prop_map(Command::Verify),
        2 => side().prop_map(Command::Delete),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn server_and_model_agree(commands in prop::collection::vec(command(), 1..30)) {
        let (mut expected, actual) = (Expected::default(), Actual::new());
        for command in commands {
            expected.apply(command);
            actual.apply(command);
            for side in 0..2 {
                let expected_state = expected.0[side].map(|half| half.state);
                let half = actual.half(side);
                let state = half.as_ref().and_then(|half| half["TrustState"].as_str());
                prop_assert_eq!(state, expected_state, "{:?} on side {}: {:?}", command, side, half);
                let is_verified = expected_state == Some("Verified") && expected.matches(side);
                let reads = is_verified.then(|| DOMAINS[1 - side].to_owned());
                prop_assert_eq!(actual.reads(side), reads);
            }
            let world = actual.client.world.settled(actual.client.at);
            prop_assert!(world.broken_invariants().is_empty());
        }
    }
}
