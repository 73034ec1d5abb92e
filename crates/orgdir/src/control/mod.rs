//! The control API: what AWS has no call for. Each path below `/_orgdir` acts on the default world, and below
//! `/w/<name>/_orgdir` on that one.

mod clock;
mod events;
mod health;
mod operations;
mod problem;
mod worlds;

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use axum::routing::{any, delete, get, post, put};
use engine::{Engine, LiveWorld};
use http::request::Parts;
use serde::de::DeserializeOwned;

pub use problem::Problem;

use crate::world_prefix;

/// The routes of the control API, which need nothing but the engine.
pub fn routes<S: Clone + Send + Sync + 'static>(engine: Arc<Engine>) -> Router<S> {
    Router::new()
        .merge(below("/_orgdir"))
        .merge(below("/w/{world}/_orgdir"))
        .route("/_orgdir/worlds", get(worlds::list).post(worlds::create))
        .route("/_orgdir/worlds/{name}", delete(worlds::delete))
        // What scripts written for other tools already call.
        .route("/moto-api/reset", post(worlds::reset))
        .route("/_localstack/health", get(health::health))
        .method_not_allowed_fallback(problem::method_not_allowed)
        .with_state(engine)
}

fn below(prefix: &str) -> Router<Arc<Engine>> {
    let at = |path: &str| format!("{prefix}{path}");
    Router::new()
        .route(&at("/health"), get(health::health))
        .route(&at("/operations"), get(operations::list))
        .route(&at("/reset"), post(worlds::reset))
        .route(&at("/clock"), get(clock::read))
        .route(&at("/clock/freeze"), post(clock::freeze))
        .route(&at("/clock/resume"), post(clock::resume))
        .route(&at("/clock/advance"), post(clock::advance))
        .route(&at("/clock/pace"), put(clock::pace))
        .route(&at("/events"), get(events::list))
        .route(&at(""), any(problem::not_found))
        .route(&at("/{*rest}"), any(problem::not_found))
}

/// The world that a path names.
struct Target(Arc<LiveWorld>);

impl FromRequestParts<Arc<Engine>> for Target {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, engine: &Arc<Engine>) -> Result<Self, Response> {
        let named = world_prefix::split(parts.uri.path()).map_err(|_| invalid_world_name())?;
        Ok(Self(engine.world(named.world)))
    }
}

/// A JSON body, whatever its content type says: `curl -d` alone is enough.
struct Body<T>(T);

impl<T: DeserializeOwned> FromRequest<Arc<Engine>> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, engine: &Arc<Engine>) -> Result<Self, Problem> {
        let wrong = |what: String| Problem::bad_request(format!("the body cannot be read: {what}"));
        let bytes = Bytes::from_request(request, engine).await.map_err(|rejection| wrong(rejection.body_text()))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| wrong(error.to_string()))
    }
}

/// The answer to a path whose world cannot be.
pub fn invalid_world_name() -> Response {
    Problem::bad_request("a world's name has 1 to 64 letters, digits, '-', '_' and '.'").into()
}

/// What a handler of the control API answers.
type Answer<T> = Result<T, Problem>;

/// A change of a world that cannot fail.
fn always<T>(changed: Result<T, Infallible>) -> T {
    match changed {
        Ok(value) => value,
        Err(never) => match never {},
    }
}
