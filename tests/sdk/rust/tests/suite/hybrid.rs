//! The SDK's waiter waits until the update of a hybrid directory is done or has failed.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_directory::client::Waiters;
use aws_sdk_directory::config::{AsyncSleep, Sleep};
use aws_sdk_directory::types::HybridCustomerInstancesSettings;
use aws_sdk_directory::{Client, waiters};

use crate::cast::M;
use crate::directories::assessed;
use crate::refused::refused;
use crate::world::World;

/// Where the waiter would sleep its two minutes, the clock of the world is advanced by them. Shorter sleeps are the
/// SDK's timeouts.
struct Patience(Arc<World>);

impl fmt::Debug for Patience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patience")
    }
}

impl AsyncSleep for Patience {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration.as_secs() < 60 {
            return Sleep::new(tokio::time::sleep(duration));
        }
        let world = Arc::clone(&self.0);
        Sleep::new(async move { world.advance(&format!("{}s", duration.as_secs())) })
    }
}

#[tokio::test]
async fn the_waiter_ends_when_the_update_is_done() {
    let (world, hybrid) = with_a_hybrid_directory("hybrid-updated").await;
    let addresses = ["10.24.34.101", "10.24.34.201"];
    let ended = update_and_wait(&world, &hybrid, addresses).await;
    assert!(ended.is_ok(), "{ended:?}");
    assert!(world.outcomes("DescribeHybridADUpdate").len() > 10);
    let shown = world.caller(M).directory.describe_directories().send().await.expect("directories");
    let settings = shown.directory_descriptions()[0].hybrid_settings().expect("a hybrid directory has settings");
    assert_eq!(settings.self_managed_dns_ip_addrs(), addresses);
}

#[tokio::test]
async fn the_waiter_fails_when_the_update_does() {
    let (world, hybrid) = with_a_hybrid_directory("hybrid-update-failed").await;
    // No server has an address that is reserved for documentation.
    let ended = update_and_wait(&world, &hybrid, ["10.24.34.101", "192.0.2.201"]).await;
    let error = ended.expect_err("the update fails");
    assert!(format!("{error:?}").starts_with("FailureState"), "{error:?}");
    assert!(world.outcomes("DescribeHybridADUpdate").len() > 10);
}

/// A world at AWS's own pace whose clock stands still, and a hybrid directory in it.
async fn with_a_hybrid_directory(test: &str) -> (Arc<World>, String) {
    let world = Arc::new(World::of(test));
    world.freeze();
    world.pace("real");
    let ds = world.caller(M).directory;
    let assessment = ds.start_ad_assessment().assessment_configuration(assessed()).send().await;
    let assessment = assessment.expect("an assessment").assessment_id.expect("an assessment has an id");
    let secret = format!("arn:aws:secretsmanager:us-east-1:{M}:secret:hybrid-AbCdEf");
    let create = || ds.create_hybrid_ad().assessment_id(&assessment).secret_arn(&secret);
    refused!(create(), is_invalid_parameter_exception);
    world.advance("31m");
    let hybrid = create().send().await.expect("the directory is made").directory_id.expect("a directory has an id");
    world.advance("31m");
    (world, hybrid)
}

async fn update_and_wait(
    world: &Arc<World>,
    hybrid: &str,
    addresses: [&str; 2],
) -> Result<
    waiters::hybrid_ad_updated::HybridAdUpdatedFinalPoll,
    waiters::hybrid_ad_updated::WaitUntilHybridAdUpdatedError,
> {
    let ds = world.caller(M).directory;
    let patient = ds.config().to_builder().sleep_impl(Patience(Arc::clone(world))).build();
    let settings = HybridCustomerInstancesSettings::builder()
        .customer_dns_ips(addresses[0])
        .customer_dns_ips(addresses[1])
        .instance_ids("i-33333333")
        .instance_ids("i-44444444")
        .build()
        .expect("the settings are complete");
    let update = ds.update_hybrid_ad().directory_id(hybrid).self_managed_instances_settings(settings);
    update.send().await.expect("the update is begun");
    let waiting = Client::from_conf(patient);
    waiting.wait_until_hybrid_ad_updated().directory_id(hybrid).wait(Duration::from_hours(2)).await
}
