//! Faults: errors and bad endings that a user orders for calls to come, lists, and cancels.

use axum::Json;
use axum::extract::Path;
use engine::{Fault, FaultEffect, FaultOrder};
use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::extract::{Body, Sent, Target};
use super::problem::{Answer, Problem};

/// The fault to order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Order {
    service: Option<String>,
    operation: String,
    account: Option<String>,
    #[serde(alias = "email")]
    target: Option<String>,
    error: Option<String>,
    reason: Option<String>,
    message: Option<String>,
    failure_reason: Option<String>,
    status: Option<String>,
    times: Option<u32>,
}

impl Sent for Order {
    const SAMPLE: &str = r#"{"operation":"CreateAccount","error":"ConcurrentModificationException","times":2}"#;
}

/// The faults that wait for calls.
#[derive(Serialize)]
pub struct Faults {
    faults: Vec<Row>,
}

/// A fault that waits for calls. A condition that it does not have, and a text that it does not send, is null.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    id: u64,
    operation: String,
    account: Option<String>,
    target: Option<String>,
    error: Option<&'static str>,
    reason: Option<&'static str>,
    message: Option<String>,
    failure_reason: Option<&'static str>,
    status: Option<&'static str>,
    left: u32,
}

/// A fault's id in a path.
#[derive(Deserialize)]
pub struct FaultId {
    id: String,
}

/// Orders a fault.
pub async fn order(Target(world): Target, Body(order): Body<Order>) -> Answer<(StatusCode, Json<Row>)> {
    let operation = match order.service {
        Some(service) => format!("{service}:{}", order.operation),
        None => order.operation,
    };
    let Order { account, target, error, reason, message, failure_reason, status, times, .. } = order;
    let order = FaultOrder { operation, account, target, error, reason, message, failure_reason, status, times };
    let fault = Fault::new(order).map_err(Problem::bad_request)?;
    let id = world.order(fault.clone());
    Ok((StatusCode::CREATED, Json(row(id, fault))))
}

/// Lists the faults that wait for calls, in the order in which they were ordered.
pub async fn list(Target(world): Target) -> Json<Faults> {
    Json(Faults { faults: world.faults().into_iter().map(|(id, fault)| row(id, fault)).collect() })
}

/// Cancels all faults.
pub async fn delete_all(Target(world): Target) -> StatusCode {
    world.cancel_all();
    StatusCode::NO_CONTENT
}

/// Cancels a fault.
pub async fn delete(Target(world): Target, Path(fault): Path<FaultId>) -> Answer<StatusCode> {
    if fault.id.parse().is_ok_and(|id| world.cancel(id)) {
        return Ok(StatusCode::NO_CONTENT);
    }
    let detail = format!("no fault {} waits for calls; GET /_orgdir/faults lists those that do", fault.id);
    Err(Problem::new(StatusCode::NOT_FOUND, detail))
}

fn row(id: u64, fault: Fault) -> Row {
    let (error, failure_reason, status, reason_of_ending) = match fault.effect {
        FaultEffect::Refuse(error) => (Some(error), None, None, None),
        FaultEffect::NoAccount(reason) => (None, Some(reason), None, None),
        FaultEffect::Ending(status, reason) => (None, None, Some(status), reason),
    };
    Row {
        id,
        operation: fault.operations.to_string(),
        account: fault.account.map(|account| account.to_string()),
        target: fault.target,
        error: error.as_ref().map(|error| error.name),
        reason: error.as_ref().and_then(|error| error.reason),
        message: error.map(|error| error.message.into_owned()).or(reason_of_ending),
        failure_reason,
        status,
        left: fault.left,
    }
}
