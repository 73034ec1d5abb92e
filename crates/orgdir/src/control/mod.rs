//! The control API, for what AWS has no call. Each path below `/_orgdir` acts on the default world, and below
//! `/w/<name>/_orgdir` on the world with that name.

mod clock;
mod events;
mod faults;
mod health;
mod operations;
mod problem;
mod quotas;
mod rates;
mod worlds;

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use axum::routing::{any, delete, get, post, put};
use engine::LiveWorld;
use http::request::Parts;
use serde::de::DeserializeOwned;

pub use problem::Problem;

use crate::app::App;
use crate::world_prefix::WORLD_NAME;
use crate::{body, world_prefix};

/// The routes of the control API.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(routes_below("/_orgdir"))
        .merge(routes_below("/w/{world}/_orgdir"))
        .route("/_orgdir/worlds", get(worlds::list).post(worlds::create))
        .route("/_orgdir/worlds/{name}", delete(worlds::delete))
        // Scripts for other tools call these.
        .route("/moto-api/reset", post(worlds::reset))
        .route("/_localstack/health", get(health::health))
        .method_not_allowed_fallback(problem::method_not_allowed)
}

/// Whether a path may be one of the routes: a quick test before the router looks it up.
pub fn may_serve(path: &str) -> bool {
    path.contains("/_") || path.starts_with("/moto-api/")
}

fn routes_below(prefix: &str) -> Router<App> {
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
        .route(&at("/faults"), get(faults::list).post(faults::order).delete(faults::delete_all))
        .route(&at("/faults/{id}"), delete(faults::delete))
        .route(&at("/quotas"), get(quotas::read).patch(quotas::set))
        .route(&at("/rates"), get(rates::read).put(rates::set))
        .route(&at(""), any(problem::not_found))
        .route(&at("/"), any(problem::not_found))
        .route(&at("/{*rest}"), any(problem::not_found))
}

/// The world that a path names.
struct Target(Arc<LiveWorld>);

impl FromRequestParts<App> for Target {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let named = world_prefix::split(parts.uri.path()).map_err(|_| invalid_world_name())?;
        Ok(Self(app.engine.world(named.world)))
    }
}

/// A body of the control API.
trait Sent: DeserializeOwned {
    /// A valid body, for the error text that refuses another.
    const SAMPLE: &str;
}

/// Reads a JSON body. The content type does not matter, so that `curl -d` alone is enough.
struct Body<T>(T);

impl<T: Sent> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let bytes = body::read(request.into_body(), app.limits).await.map_err(Problem::from)?;
        let unreadable = |error| Problem::bad_request(format!("send a body such as {}: {error}", T::SAMPLE));
        serde_json::from_slice(&bytes).map(Self).map_err(unreadable)
    }
}

/// The answer to a path with an invalid name of a world.
pub fn invalid_world_name() -> Response {
    Problem::bad_request(WORLD_NAME).into()
}

/// The result of a handler of the control API.
type Answer<T> = Result<T, Problem>;

/// The result of a change that cannot fail.
fn infallible<T>(changed: Result<T, Infallible>) -> T {
    match changed {
        Ok(value) => value,
        Err(never) => match never {},
    }
}
