//! Errors of the control API: problem details (RFC 9457).

use std::convert::Infallible;

use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode, Uri, header};
use serde::Serialize;

use crate::body::Unread;
use crate::world_prefix::WORLD_NAME;

/// An error. Its detail says what to do about it.
#[derive(Debug, Serialize)]
pub struct Problem {
    title: String,
    status: u16,
    detail: String,
}

impl Problem {
    /// A request that cannot be understood.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// A problem of that status.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        Self { title, status: status.as_u16(), detail: detail.into() }
    }
}

impl From<Unread> for Problem {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::TooLong(most) => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the body is longer than {most} bytes; send a shorter one"),
            ),
            Unread::TooSlow(wait) => {
                let seconds = wait.as_secs_f32();
                Self::new(
                    StatusCode::REQUEST_TIMEOUT,
                    format!("the body did not arrive within {seconds} seconds; send it again"),
                )
            }
            Unread::Broken(what) => Self::bad_request(format!("the body cannot be read ({what}); send it again")),
        }
    }
}

impl From<Problem> for Response {
    fn from(problem: Problem) -> Self {
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.into()
    }
}

/// The answer to an unknown path.
pub async fn not_found(uri: Uri) -> Problem {
    let detail = format!(
        "the control API has no {}; it has health, operations, reset, clock, clock/freeze, clock/resume, \
         clock/advance, clock/pace, \
         events, faults, quotas and rates, and /_orgdir/worlds",
        uri.path()
    );
    Problem::new(StatusCode::NOT_FOUND, detail)
}

/// The answer to a known path with an unknown method.
pub async fn method_not_allowed(method: Method, uri: Uri) -> Problem {
    let detail = format!("{} does not take {method}; the Allow header says what it takes", uri.path());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail)
}

/// The answer to a path with an invalid name of a world.
pub fn invalid_world_name() -> Response {
    Problem::bad_request(WORLD_NAME).into()
}

/// The result of a handler of the control API.
pub type Answer<T> = Result<T, Problem>;

/// The result of a change that cannot fail.
pub fn infallible<T>(changed: Result<T, Infallible>) -> T {
    match changed {
        Ok(value) => value,
        Err(never) => match never {},
    }
}
