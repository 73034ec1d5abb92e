//! Worlds: list, create, delete, reset.

use axum::Json;
use axum::extract::{Path, State};
use engine::Engine;
use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::world_prefix::WORLD_NAME;

use super::extract::{Body, Sent, Target};
use super::problem::{Answer, Problem};
use crate::app::App;

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

impl Sent for WorldName {
    const SAMPLE: &str = r#"{"name":"blue"}"#;
}

/// Lists the worlds.
pub async fn list(State(app): State<App>) -> Json<Worlds> {
    Json(Worlds { worlds: app.engine.names().into_iter().map(|name| WorldName { name }).collect() })
}

/// Creates a world. Where it exists, the call is refused and the world stays as it is.
pub async fn create(State(app): State<App>, Body(world): Body<WorldName>) -> Answer<(StatusCode, Json<WorldName>)> {
    if Engine::check_name(&world.name).is_err() {
        return Err(Problem::bad_request(WORLD_NAME));
    }
    if !app.engine.create_world(&world.name) {
        let detail = format!("there is a world {} already; POST /w/{0}/_orgdir/reset empties it", world.name);
        return Err(Problem::new(StatusCode::CONFLICT, detail));
    }
    Ok((StatusCode::CREATED, Json(world)))
}

/// Deletes a world.
pub async fn delete(State(app): State<App>, Path(name): Path<String>) -> Answer<StatusCode> {
    if app.engine.delete_world(&name) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::new(StatusCode::NOT_FOUND, format!("there is no world {name}; GET /_orgdir/worlds lists them")))
    }
}

/// Resets a world to the seed.
pub async fn reset(Target(world): Target) -> StatusCode {
    world.reset();
    StatusCode::NO_CONTENT
}
