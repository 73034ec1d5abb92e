//! Calls `settled`, `change`, `call` and `reset` of one world from several threads, in interleavings that a scheduler
//! chooses.
//!
//! `cargo test -p testkit --features shuttle --test interleavings` runs them. A failing schedule is printed, and can be
//! replayed.

use std::sync::Arc;
use std::time::Duration;

use engine::{Call, Signer};
use model::organizations::types::CreateOrganizationInput;
use model::{Operation, Request, operation_named, organizations};
use serde_json::Value;
use shuttle::scheduler::{PctScheduler, RandomScheduler};
use shuttle::{Config, Runner, thread};
use testkit::{Client, Credentials};
use world::{Pace, Principal, Settings};

/// The number of schedules for each test.
const SCHEDULES: usize = 1_000;
/// The number of arbitrary changes of thread in a schedule of the second scheduler.
const DEPTH: usize = 3;

/// Runs a test in random schedules, and in schedules with few but nasty changes of thread.
fn in_all_orders(test: fn()) {
    let config = || {
        let mut config = Config::new();
        // A call decodes, validates and merges on its stack.
        config.stack_size = 1 << 20;
        config
    };
    Runner::new(RandomScheduler::new(SCHEDULES), config()).run(test);
    Runner::new(PctScheduler::new(DEPTH, SCHEDULES), config()).run(test);
}

fn operation(name: &str) -> &'static Operation {
    operation_named(None, name).expect("the model has the operation")
}

fn call(client: &Client, who: &Credentials, name: &str, body: &str) -> Option<Value> {
    client.call(who, operation(name), body.as_bytes()).ok()
}

/// The management account of the tests.
fn management() -> Credentials {
    Credentials::of("111111111111")
}

/// Runs the closures at once, and returns their results.
fn together<T: Send + 'static>(all: Vec<Box<dyn FnOnce() -> T + Send>>) -> Vec<T> {
    let threads: Vec<_> = all.into_iter().map(thread::spawn).collect();
    threads.into_iter().map(|thread| thread.join().expect("the thread ends")).collect()
}

#[test]
fn no_change_is_lost_and_none_is_seen_in_part() {
    in_all_orders(|| {
        let client = Arc::new(Client::new(Settings::default()));
        let before = client.world.settled(client.at).last_sequence();
        let writer = || {
            let client = Arc::clone(&client);
            Box::new(move || {
                let changed = client.world.change(client.at, |world, _| {
                    world.next_sequence();
                    world.next_sequence();
                    Ok::<u64, ()>(world.last_sequence())
                });
                changed.expect("the change is made")
            }) as Box<dyn FnOnce() -> u64 + Send>
        };
        let reader = {
            let client = Arc::clone(&client);
            Box::new(move || client.world.settled(client.at).last_sequence()) as Box<dyn FnOnce() -> u64 + Send>
        };
        let seen = together(vec![writer(), reader, writer()]);
        assert!(seen.iter().all(|sequence| (sequence - before) % 2 == 0), "{seen:?}");
        assert_eq!(client.world.settled(client.at).last_sequence(), before + 4);
    });
}

#[test]
fn a_refused_change_publishes_nothing() {
    in_all_orders(|| {
        let client = Arc::new(Client::new(Settings::default()));
        let before = client.world.settled(client.at);
        let refused = || {
            let client = Arc::clone(&client);
            Box::new(move || {
                let refused = client.world.change(client.at, |world, _| {
                    world.next_sequence();
                    Err::<(), ()>(())
                });
                assert_eq!(refused, Err(()));
            }) as Box<dyn FnOnce() + Send>
        };
        together(vec![refused(), refused()]);
        assert!(before == client.world.settled(client.at));
    });
}

#[test]
fn what_is_due_happens_once_whoever_looks_first() {
    in_all_orders(|| {
        let client = || {
            let client = Client::new(Settings { pace: Pace::Factor(1), ..Settings::default() });
            call(&client, &management(), "CreateOrganization", "{}").expect("the organization is made");
            let asked = r#"{"AccountName":"a","Email":"a@example.com"}"#;
            call(&client, &management(), "CreateAccount", asked).expect("the account is asked for");
            client
        };
        let (alone, shared) = (client(), Arc::new(client()));
        let later = shared.at.after(Duration::from_secs(60));
        let look = || {
            let client = Arc::clone(&shared);
            Box::new(move || {
                let settled = client.world.settled(later);
                assert!(settled.next_due().is_none_or(|due| due > later));
                let page =
                    client.call_at(later, &management(), operation("ListAccounts"), b"{}").expect("it is listed");
                assert_eq!(page["Accounts"].as_array().map(Vec::len), Some(2));
            }) as Box<dyn FnOnce() + Send>
        };
        together(vec![look(), look()]);
        assert!(alone.world.settled(later) == shared.world.settled(later));
    });
}

/// The credentials of the session in an answer of AssumeRole.
fn session(answer: &Value) -> Credentials {
    let text = |name: &str| answer["Credentials"][name].as_str().expect("it is text").to_owned();
    Credentials { access_key_id: text("AccessKeyId"), session_token: Some(text("SessionToken")), ..Credentials::of("") }
}

#[test]
fn a_session_that_a_reset_ends_changes_nothing_any_more() {
    in_all_orders(|| {
        let client = Arc::new(Client::new(Settings::default()));
        call(&client, &management(), "CreateOrganization", "{}").expect("the organization is made");
        let asked = r#"{"AccountName":"a","Email":"a@example.com"}"#;
        call(&client, &management(), "CreateAccount", asked).expect("the account is made");
        let page = call(&client, &management(), "ListAccounts", "{}").expect("it is listed");
        let member = page["Accounts"].as_array().into_iter().flatten().filter_map(|account| account["Id"].as_str());
        let member = member.filter(|id| *id != "111111111111").next_back().expect("the account is listed");
        let asked = format!(
            r#"{{"RoleArn":"arn:aws:iam::{member}:role/OrganizationAccountAccessRole","RoleSessionName":"race"}}"#
        );
        let session = session(&call(&client, &management(), "AssumeRole", &asked).expect("the role is assumed"));
        let write = {
            let client = Arc::clone(&client);
            Box::new(move || {
                let input = CreateOrganizationInput { feature_set: None };
                let outcome = client.world.call(Call {
                    signer: Signer {
                        access_key_id: &session.access_key_id,
                        session_token: session.session_token.as_deref(),
                        region: "us-east-1",
                    },
                    input: Ok(Request::Organizations(organizations::Request::CreateOrganization(input))),
                    upstream: None,
                    at: client.at,
                });
                // A member cannot create an organization. In the new world the key names an account and no session.
                let caller = outcome.caller.expect("somebody calls");
                assert_eq!(
                    outcome.result.is_ok(),
                    caller.principal == Principal::Administrator,
                    "{:?}",
                    outcome.result
                );
            }) as Box<dyn FnOnce() + Send>
        };
        let reset = {
            let client = Arc::clone(&client);
            Box::new(move || client.world.reset()) as Box<dyn FnOnce() + Send>
        };
        together(vec![write, reset]);
    });
}
