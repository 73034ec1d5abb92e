//! Worlds: list, create, delete, reset.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use engine::Engine;
use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::{Answer, Body, Problem, Target};

#[derive(Serialize)]
pub struct Worlds {
    worlds: Vec<WorldName>,
}

/// A world's name.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WorldName {
    name: String,
}

/// Lists the worlds.
pub async fn list(State(engine): State<Arc<Engine>>) -> Json<Worlds> {
    Json(Worlds { worlds: engine.names().into_iter().map(|name| WorldName { name }).collect() })
}

/// Makes a world; one that is there already stays as it is, and is refused.
pub async fn create(
    State(engine): State<Arc<Engine>>,
    Body(wanted): Body<WorldName>,
) -> Answer<(StatusCode, Json<WorldName>)> {
    if Engine::check_name(&wanted.name).is_err() {
        return Err(Problem::bad_request("a world's name has 1 to 64 letters, digits, '-', '_' and '.'"));
    }
    if engine.has_world(&wanted.name) {
        let detail = format!("there is a world {} already; POST /w/{0}/_orgdir/reset empties it", wanted.name);
        return Err(Problem::new(StatusCode::CONFLICT, detail));
    }
    engine.world(&wanted.name);
    Ok((StatusCode::CREATED, Json(wanted)))
}

/// Takes a world away.
pub async fn delete(State(engine): State<Arc<Engine>>, Path(name): Path<String>) -> Answer<StatusCode> {
    if engine.delete_world(&name) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::new(StatusCode::NOT_FOUND, format!("there is no world {name}; GET /_orgdir/worlds lists them")))
    }
}

/// Empties a world.
pub async fn reset(Target(world): Target) -> StatusCode {
    world.reset();
    StatusCode::NO_CONTENT
}
