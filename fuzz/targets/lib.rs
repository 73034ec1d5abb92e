//! What every target does with its bytes.

use std::cell::RefCell;

use engine::{Call, LiveWorld, Signer, reject};
use http::{HeaderMap, Method};
use model::{FrontEnd, Operation, Refusal, ServiceModel, Timestamp};
use wire::{Protocol, Received, Route, Undecodable};
use world::{Settings, World};

/// 2026-01-01T00:00:00Z.
const AT: Timestamp = Timestamp::from_millis(1_767_225_600_000);

thread_local! {
    static WORLD: RefCell<(LiveWorld, u32)> = RefCell::new((empty(), 0));
}

fn empty() -> LiveWorld {
    LiveWorld::new(World::new(Settings::default()))
}

/// Feeds one decoder: the first byte chooses the operation, the rest is the body (and, for the REST protocol, the query
/// string up to a line feed). What decodes is sent into a world; a refusal must leave that world as it was, and the
/// answer must be written.
pub fn feed(protocol: Protocol, service: &'static ServiceModel, data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    let operation: &'static Operation = &service.operations[usize::from(*choice) % service.operations.len()];
    let (query, body) = match protocol {
        Protocol::RestJson => split_query(rest),
        _ => (None, rest),
    };
    let route = Route { protocol, operation };
    let (method, headers) = (Method::POST, HeaderMap::new());
    let received = Received { method: &method, path: operation.path, query, headers: &headers, body };
    let input = route.decode(&received).map_err(|undecodable| match undecodable {
        Undecodable::Malformed => Refusal::FrontEnd(FrontEnd::Serialization, "".into()),
        Undecodable::Mistyped(text) => Refusal::FrontEnd(FrontEnd::Serialization, text.into()),
        Undecodable::Violations(all) => reject(operation, &all),
    });
    WORLD.with_borrow_mut(|(world, calls)| {
        let before = world.settled(AT);
        let signer = Signer { access_key_id: "111111111111", session_token: None, region: "us-east-1" };
        let call = Call { signer, input, upstream: None, at: AT };
        match world.call(call).result {
            Ok(response) => drop(route.encode(&response, "00000000-0000-0000-0000-000000000000")),
            Err(refusal) => {
                // A member that accepts an invitation is refused, and the invitation counts as accepted.
                let is_same = operation.name == "AcceptHandshake" || before == world.settled(AT);
                assert!(is_same, "a refused call changed the world");
                drop(route.refuse(&refusal, "00000000-0000-0000-0000-000000000000"));
            }
        }
        assert_eq!(world.settled(AT).broken_invariants(), Vec::<String>::new());
        *calls += 1;
        if *calls % 1000 == 0 {
            *world = empty();
        }
    });
}

fn split_query(data: &[u8]) -> (Option<&str>, &[u8]) {
    let line = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let body = data.get(line + 1..).unwrap_or_default();
    (std::str::from_utf8(&data[..line]).ok(), body)
}
