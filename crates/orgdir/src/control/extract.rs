//! The parts of a request that handlers of the control API take: the world and the body.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use engine::LiveWorld;
use http::request::Parts;
use serde::de::DeserializeOwned;

use super::problem::{self, Problem};
use crate::app::App;
use crate::{body, world_prefix};

/// The world that a path names.
pub struct Target(pub Arc<LiveWorld>);

impl FromRequestParts<App> for Target {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let named = world_prefix::split(parts.uri.path()).map_err(|_| problem::invalid_world_name())?;
        Ok(Self(app.engine.world(named.world)))
    }
}

/// A body of the control API.
pub trait Sent: DeserializeOwned {
    /// A valid body, for the error text that refuses another.
    const SAMPLE: &str;
}

/// Reads a JSON body. The content type does not matter, so that `curl -d` alone is enough.
pub struct Body<T>(pub T);

impl<T: Sent> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let bytes = body::read(request.into_body(), app.limits).await.map_err(Problem::from)?;
        let unreadable = |error| Problem::bad_request(format!("send a body such as {}: {error}", T::SAMPLE));
        serde_json::from_slice(&bytes).map(Self).map_err(unreadable)
    }
}
