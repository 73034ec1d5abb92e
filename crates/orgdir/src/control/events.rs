//! The recent calls of a world.

use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use engine::{Entry, JOURNAL_ENTRIES};
use serde::{Deserialize, Serialize};
use world::Caller;

use super::{Answer, Problem, Target};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Which {
    limit: Option<usize>,
}

#[derive(Serialize)]
pub struct Events {
    events: Vec<Event>,
}

/// One call: who, what, how it ended and when. What could not be told is null.
#[derive(Serialize)]
struct Event {
    at: String,
    account: Option<String>,
    principal: Option<String>,
    service: Option<&'static str>,
    operation: Option<&'static str>,
    outcome: &'static str,
}

/// Lists the last calls, the newest at the end.
pub async fn list(Target(world): Target, which: Result<Query<Which>, QueryRejection>) -> Answer<Json<Events>> {
    let unreadable = |wrong: QueryRejection| {
        Problem::bad_request(format!(
            "the query may hold limit, a number of calls, as in ?limit=10: {}",
            wrong.body_text()
        ))
    };
    let Query(which) = which.map_err(unreadable)?;
    let recent = world.recent(which.limit.unwrap_or(JOURNAL_ENTRIES));
    Ok(Json(Events { events: recent.iter().map(event).collect() }))
}

fn event(entry: &Entry) -> Event {
    Event {
        at: entry.at.to_string(),
        account: entry.caller.as_ref().map(|caller| caller.account.to_string()),
        principal: entry.caller.as_ref().map(Caller::arn),
        service: entry.operation.map(|operation| operation.service.id.as_str()),
        operation: entry.operation.map(|operation| operation.name),
        outcome: entry.outcome,
    }
}
