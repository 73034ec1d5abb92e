//! Whether the server runs.

use axum::Json;
use model::SERVICES;
use serde_json::{Value, json};

/// Says that the server runs, in the form that scripts for other tools expect.
pub async fn health() -> Json<Value> {
    let services: serde_json::Map<String, Value> =
        SERVICES.iter().map(|service| (service.id.to_string(), json!("available"))).collect();
    Json(json!({ "status": "running", "version": env!("CARGO_PKG_VERSION"), "services": services }))
}
