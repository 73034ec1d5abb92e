//! Every operation, implemented or planned.

use axum::Json;
use model::{Operation, SERVICES, State};
use serde::Serialize;

#[derive(Serialize)]
pub struct Operations {
    total: usize,
    implemented: usize,
    planned: usize,
    services: Vec<Service>,
}

#[derive(Serialize)]
struct Service {
    id: &'static str,
    implemented: usize,
    planned: usize,
    operations: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    state: &'static str,
}

/// Lists the operations of all services.
pub async fn list() -> Json<Operations> {
    let all = || SERVICES.iter().flat_map(|service| service.operations);
    let (implemented, planned) = count(all());
    let services = SERVICES.iter().map(|service| {
        let (implemented, planned) = count(service.operations.iter());
        let operations =
            service.operations.iter().map(|operation| Row { name: operation.name, state: operation.state.as_str() });
        Service { id: service.id.as_str(), implemented, planned, operations: operations.collect() }
    });
    Json(Operations { total: all().count(), implemented, planned, services: services.collect() })
}

fn count<'a>(operations: impl Iterator<Item = &'a Operation>) -> (usize, usize) {
    operations.fold((0, 0), |(implemented, planned), operation| match operation.state {
        State::Implemented => (implemented + 1, planned),
        State::Planned => (implemented, planned + 1),
    })
}
