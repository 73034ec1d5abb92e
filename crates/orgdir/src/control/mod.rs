//! The control API, for what AWS has no call. Each path below `/_orgdir` acts on the default world, and below
//! `/w/<name>/_orgdir` on the world with that name.

mod clock;
mod events;
mod extract;
mod faults;
mod health;
mod operations;
mod problem;
mod quotas;
mod rates;
mod worlds;

use axum::Router;
use axum::routing::{any, delete, get, post, put};

pub use problem::{Problem, invalid_world_name};

use crate::app::App;

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
