//! What orgdir does not answer yet is refused in a way that no client tries again.

use std::time::Duration;

use aws_sdk_directory::client::Waiters;
use aws_sdk_organizations::error::ProvideErrorMetadata;
use aws_sdk_organizations::types::PolicyType;

use crate::refused::refused_with_code;
use crate::world::World;

const PLANNED: &str = "OrgdirOperationPlanned";
/// The operations of Organizations that can be called without an input, and then one that cannot.
const CANDIDATES: [&str; 7] = [
    "DeleteResourcePolicy",
    "DescribeResourcePolicy",
    "EnableAllFeatures",
    "LeaveOrganization",
    "ListDelegatedAdministrators",
    "ListHandshakesForOrganization",
    "CreatePolicy",
];

#[tokio::test]
async fn a_planned_operation_is_called_exactly_once() {
    let world = World::of("planned");
    let Some(operation) = CANDIDATES.into_iter().find(|name| world.is_planned("organizations", name)) else {
        eprintln!("none of {CANDIDATES:?} is planned any more");
        return;
    };
    let m = world.caller("111111111111").organizations;
    match operation {
        "DeleteResourcePolicy" => refused_with_code!(m.delete_resource_policy(), PLANNED),
        "DescribeResourcePolicy" => refused_with_code!(m.describe_resource_policy(), PLANNED),
        "EnableAllFeatures" => refused_with_code!(m.enable_all_features(), PLANNED),
        "LeaveOrganization" => refused_with_code!(m.leave_organization(), PLANNED),
        "ListDelegatedAdministrators" => refused_with_code!(m.list_delegated_administrators(), PLANNED),
        "ListHandshakesForOrganization" => refused_with_code!(m.list_handshakes_for_organization(), PLANNED),
        _ => {
            let create = m.create_policy().name("all").description("all").content("{}");
            refused_with_code!(create.r#type(PolicyType::ServiceControlPolicy), PLANNED);
        }
    }
    assert_eq!(world.outcomes(operation), [PLANNED]);
}

/// The SDK has one waiter for these services, on `DescribeHybridADUpdate`. A refusal ends it, planned or not.
#[tokio::test]
async fn a_waiter_gives_up_at_the_first_refusal() {
    let world = World::of("waiter");
    let m = world.caller("111111111111").directory;
    let ended = m.wait_until_hybrid_ad_updated().directory_id("d-1234567890").wait(Duration::from_mins(10)).await;
    assert!(ended.is_err());
    assert_eq!(world.outcomes("DescribeHybridADUpdate").len(), 1);
}
