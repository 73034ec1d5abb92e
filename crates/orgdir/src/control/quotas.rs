//! A world's quotas as JSON. Names and values come from the table of the crate `world`.

use std::sync::Arc;

use axum::Json;
use engine::LiveWorld;
use serde::Deserialize;
use serde_json::{Map, Value};
use world::Quota;

use super::extract::{Body, Sent, Target};
use super::problem::{Answer, Problem};
use crate::real_time;

/// Quotas to set, with their new values.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Changes(Map<String, Value>);

impl Sent for Changes {
    const SAMPLE: &str = r#"{"accounts":10,"minimumAge":"4d","policyTypes":{"TAG_POLICY":{"attached":2}}}"#;
}

/// Shows all quotas.
pub async fn read(Target(world): Target) -> Json<Value> {
    Json(shown(&world))
}

/// Sets some quotas. Where one of them is refused, none is set.
pub async fn set(Target(world): Target, Body(Changes(changes)): Body<Changes>) -> Answer<Json<Value>> {
    let mut values = Vec::new();
    flatten("", &changes, &mut values);
    world.change(real_time::now(), |world, _| {
        let quotas = &mut Arc::make_mut(&mut world.settings).quotas;
        values.iter().try_for_each(|(name, value)| quotas.set(name, value).map_err(Problem::bad_request))
    })?;
    Ok(Json(shown(&world)))
}

fn shown(world: &LiveWorld) -> Value {
    let mut all = Map::new();
    for (name, quota) in world.settled(real_time::now()).settings.quotas.entries() {
        let value = match quota {
            Quota::Count(count) => count.into(),
            Quota::Time(_) => quota.to_string().into(),
        };
        put(&mut all, &name, value);
    }
    all.into()
}

/// Puts a value under a dotted name.
fn put(all: &mut Map<String, Value>, name: &str, value: Value) {
    let Some((first, rest)) = name.split_once('.') else {
        all.insert(name.to_owned(), value);
        return;
    };
    if let Value::Object(inner) = all.entry(first).or_insert_with(|| Map::new().into()) {
        put(inner, rest, value);
    }
}

/// Collects every value as text, under its dotted name. The table refuses what is no value.
fn flatten(prefix: &str, values: &Map<String, Value>, found: &mut Vec<(String, String)>) {
    for (name, value) in values {
        let name = format!("{prefix}{name}");
        match value {
            Value::Object(inner) if !inner.is_empty() => flatten(&format!("{name}."), inner, found),
            Value::String(text) => found.push((name, text.clone())),
            other => found.push((name, other.to_string())),
        }
    }
}
