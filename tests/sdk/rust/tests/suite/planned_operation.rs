//! Planned operations are refused in a way that makes no client retry.

use std::time::Duration;

use aws_sdk_directory::client::Waiters;
use aws_sdk_sts::error::ProvideErrorMetadata;

use crate::cast::M;
use crate::refused::refused_with_code;
use crate::world::World;

const PLANNED: &str = "OrgdirOperationPlanned";

#[tokio::test]
async fn a_planned_operation_is_called_exactly_once() {
    let world = World::of("planned");
    refused_with_code!(world.caller(M).sts.get_session_token(), PLANNED);
    assert_eq!(world.outcomes("GetSessionToken"), [PLANNED]);
}

/// The SDK has one waiter for these services, on `DescribeHybridADUpdate`. A refusal ends it, planned or not.
#[tokio::test]
async fn a_waiter_gives_up_at_the_first_refusal() {
    let world = World::of("waiter");
    let m = world.caller(M).directory;
    let ended = m.wait_until_hybrid_ad_updated().directory_id("d-1234567890").wait(Duration::from_mins(10)).await;
    assert!(ended.is_err());
    assert_eq!(world.outcomes("DescribeHybridADUpdate").len(), 1);
}
