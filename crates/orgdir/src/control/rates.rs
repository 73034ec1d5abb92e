//! AWS's request rates, and whether a world enforces them.

use axum::Json;
use engine::{LiveWorld, OperationRate, Rate, directory_data_rates, operation_rates};
use model::Access;
use model::ds::types::DirectoryEdition;
use serde::{Deserialize, Serialize};

use super::extract::{Body, Sent, Target};

/// Whether to enforce the rates.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enforced {
    enforced: bool,
}

impl Sent for Enforced {
    const SAMPLE: &str = r#"{"enforced":true}"#;
}

/// The rates, and whether the world enforces them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    enforced: bool,
    rates: Vec<Row>,
    directory_data: DirectoryData,
}

/// The rates of an operation: for one account, and for all accounts of an organization together. The latter is null
/// where there is no such rate.
#[derive(Serialize)]
struct Row {
    operation: &'static str,
    account: Bucket,
    organization: Option<Bucket>,
}

/// The rates of Directory Service Data. All operations share the rate of an account. All reads share a rate of a
/// directory, and so do all writes.
#[derive(Serialize)]
struct DirectoryData {
    account: Bucket,
    standard: Edition,
    enterprise: Edition,
}

/// The rates of one directory of an edition.
#[derive(Serialize)]
struct Edition {
    reads: Bucket,
    writes: Bucket,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bucket {
    per_second: f64,
    burst: u32,
}

/// Shows the rates.
pub async fn read(Target(world): Target) -> Json<Shown> {
    shown(&world)
}

/// Turns the enforcement of the rates on, with nothing used up, or off.
pub async fn set(Target(world): Target, Body(change): Body<Enforced>) -> Json<Shown> {
    world.enforce_rates(change.enforced);
    shown(&world)
}

fn shown(world: &LiveWorld) -> Json<Shown> {
    let mut rates: Vec<Row> = operation_rates().into_iter().map(row).collect();
    rates.sort_by_key(|row| row.operation);
    let directory_data = DirectoryData {
        account: per_second(directory_data_rates::OF_ACCOUNT),
        standard: edition(DirectoryEdition::Standard),
        enterprise: edition(DirectoryEdition::Enterprise),
    };
    Json(Shown { enforced: world.enforces_rates(), rates, directory_data })
}

fn row(rate: OperationRate) -> Row {
    Row { operation: rate.operation, account: bucket(rate.account), organization: rate.organization.map(bucket) }
}

fn edition(edition: DirectoryEdition) -> Edition {
    let of = |access| per_second(directory_data_rates::of_edition(edition, access));
    Edition { reads: of(Access::Read), writes: of(Access::Write) }
}

fn per_second(requests: u32) -> Bucket {
    bucket(Rate::per_second(requests))
}

fn bucket(rate: Rate) -> Bucket {
    Bucket { per_second: f64::from(rate.per_1000_s) / 1000.0, burst: rate.burst }
}
