//! The recent calls of a world.

use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use engine::JOURNAL_EVENTS;
use serde::{Deserialize, Serialize};
use world::Caller;

use super::extract::Target;
use super::problem::{Answer, Problem};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    limit: Option<usize>,
}

#[derive(Serialize)]
pub struct Events {
    events: Vec<Event>,
}

/// One call. Unknown parts are null.
#[derive(Serialize)]
struct Event {
    at: String,
    account: Option<String>,
    principal: Option<String>,
    service: Option<&'static str>,
    operation: Option<&'static str>,
    outcome: &'static str,
}

/// Lists the last calls, the newest last.
pub async fn list(Target(world): Target, window: Result<Query<Window>, QueryRejection>) -> Answer<Json<Events>> {
    let unreadable = |rejection: QueryRejection| {
        Problem::bad_request(format!(
            "the query may hold limit, a number of calls, as in ?limit=10: {}",
            rejection.body_text()
        ))
    };
    let Query(window) = window.map_err(unreadable)?;
    let recent = world.recent(window.limit.unwrap_or(JOURNAL_EVENTS));
    Ok(Json(Events { events: recent.iter().map(event).collect() }))
}

fn event(recorded: &engine::Event) -> Event {
    Event {
        at: recorded.at.to_string(),
        account: recorded.caller.as_ref().map(|caller| caller.account.to_string()),
        principal: recorded.caller.as_ref().map(Caller::arn),
        service: recorded.operation.map(|operation| operation.service.id.as_str()),
        operation: recorded.operation.map(|operation| operation.name),
        outcome: recorded.outcome,
    }
}
