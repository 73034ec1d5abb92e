//! A frozen clock, moved by hand: slow work goes stage by stage, and what happened is dated to the millisecond.

use aws_sdk_directory::primitives::DateTime;
use aws_sdk_directory::types::{DirectoryDescription, DirectoryStage};
use aws_sdk_organizations::types::{CreateAccountState, CreateAccountStatus};

use crate::caller::Caller;
use crate::cast::M;
use crate::world::World;

#[tokio::test]
async fn a_directory_is_requested_then_creating_then_active() {
    let (world, m) = at_real_pace_with_a_frozen_clock("clock-directory");
    let asked = world.now();
    let corp = m.create_microsoft_ad("corp.example.com").await;
    let requested = describe(&m, &corp).await;
    assert_eq!(requested.stage, Some(DirectoryStage::Requested));
    assert_same_time(requested.launch_time, asked);
    world.advance("2m");
    assert_eq!(describe(&m, &corp).await.stage, Some(DirectoryStage::Creating));
    world.advance("60m");
    let active = describe(&m, &corp).await;
    assert_eq!(active.stage, Some(DirectoryStage::Active));
    assert_same_time(active.launch_time, asked);
}

#[tokio::test]
async fn an_account_is_in_progress_for_two_minutes() {
    let (world, m) = at_real_pace_with_a_frozen_clock("clock-account");
    m.organizations.create_organization().send().await.expect("an organization");
    let asked = world.now();
    let request = m.organizations.create_account().account_name("dev").email("dev@example.com").send().await;
    let status = request.expect("a request").create_account_status.expect("a status");
    let request = status.id.expect("a request has an id");
    assert_eq!(creation(&m, &request).await.state, Some(CreateAccountState::InProgress));
    world.advance("2m");
    let made = creation(&m, &request).await;
    assert_eq!(made.state, Some(CreateAccountState::Succeeded));
    assert_same_time(made.requested_timestamp, asked);
    let account = m.organizations.describe_account().account_id(made.account_id.expect("an id")).send().await;
    let joined = account.expect("the account").account.expect("an account").joined_timestamp;
    assert!(joined.is_some());
    assert_eq!(made.completed_timestamp, joined);
}

#[test]
fn the_clock_moves_by_what_it_is_advanced_by() {
    let world = World::of("clock-advance");
    world.freeze();
    let before = world.now();
    world.advance("90d");
    assert_eq!(world.now().secs() - before.secs(), 90 * 24 * 60 * 60);
}

/// Checks that two times are equal to the millisecond. The SDK reads a time as a floating-point number of seconds, and
/// may be a microsecond off.
fn assert_same_time(found: Option<DateTime>, expected: DateTime) {
    let off = found.expect("a time").as_nanos() - expected.as_nanos();
    assert!(off.abs() < 500_000, "{found:?} is not {expected}");
}

fn at_real_pace_with_a_frozen_clock(name: &str) -> (World, Caller) {
    let world = World::of(name);
    world.freeze();
    world.pace("real");
    let m = world.caller(M);
    (world, m)
}

async fn describe(m: &Caller, id: &str) -> DirectoryDescription {
    let found = m.directory.describe_directories().directory_ids(id).send().await.expect("the directory");
    found.directory_descriptions.expect("directories").remove(0)
}

async fn creation(m: &Caller, request: &str) -> CreateAccountStatus {
    let answer = m.organizations.describe_create_account_status().create_account_request_id(request).send().await;
    answer.expect("the request is known").create_account_status.expect("a status")
}
