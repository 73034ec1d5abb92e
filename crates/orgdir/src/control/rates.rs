//! AWS's request rates: what they are, and whether a world keeps to them.

use axum::Json;
use engine::{LiveWorld, REQUEST_RATES, Rate, directory_data_rates};
use model::Access;
use model::ds::types::DirectoryEdition;
use serde::{Deserialize, Serialize};

use super::{Body, Sent, Target};

/// Whether to keep to the rates.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enforced {
    enforced: bool,
}

impl Sent for Enforced {
    const SAMPLE: &str = r#"{"enforced":true}"#;
}

/// Whether the world keeps to the rates, and to which.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    enforced: bool,
    rates: Vec<Row>,
    directory_data: DirectoryData,
}

/// The rates of an operation: of one account, and of all accounts of an organization together where there is such a
/// rate.
#[derive(Serialize)]
struct Row {
    operation: &'static str,
    account: Bucket,
    organization: Option<Bucket>,
}

/// The rates of Directory Service Data, which its operations share: all of them that of an account, and all reads and
/// all writes those of a directory.
#[derive(Serialize)]
struct DirectoryData {
    account: Bucket,
    standard: Edition,
    enterprise: Edition,
}

/// The rates of one directory.
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

/// Keeps to the rates from here on, with nothing used up, or no longer.
pub async fn set(Target(world): Target, Body(wanted): Body<Enforced>) -> Json<Shown> {
    world.enforce_rates(wanted.enforced);
    shown(&world)
}

fn shown(world: &LiveWorld) -> Json<Shown> {
    let rows = REQUEST_RATES.iter().flat_map(|row| {
        row.operations.iter().map(|operation| Row {
            operation,
            account: bucket(row.account),
            organization: row.organization.map(bucket),
        })
    });
    let mut rates: Vec<_> = rows.collect();
    rates.sort_by_key(|row| row.operation);
    let directory_data = DirectoryData {
        account: per_second(directory_data_rates::OF_ACCOUNT),
        standard: edition(DirectoryEdition::Standard),
        enterprise: edition(DirectoryEdition::Enterprise),
    };
    Json(Shown { enforced: world.enforces_rates(), rates, directory_data })
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
