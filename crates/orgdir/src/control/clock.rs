//! A world's clock and pace.

use std::sync::Arc;

use axum::Json;
use engine::LiveWorld;
use model::Timestamp;
use serde::{Deserialize, Serialize};
use world::{Pace, World, parse_duration};

use super::extract::{Body, Sent, Target};
use super::problem::{Answer, Problem, infallible};
use crate::real_time;

/// The clock and pace of a world.
#[derive(Serialize)]
pub struct Reading {
    now: String,
    frozen: bool,
    pace: String,
}

/// How far to move the clock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    by: String,
}

impl Sent for Advance {
    const SAMPLE: &str = r#"{"by":"4d"}"#;
}

/// The pace to set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPace {
    pace: String,
}

impl Sent for NewPace {
    const SAMPLE: &str = r#"{"pace":"60x"}"#;
}

/// Reads clock and pace.
pub async fn read(Target(world): Target) -> Json<Reading> {
    reading(&world)
}

/// Stops the clock.
pub async fn freeze(Target(world): Target) -> Json<Reading> {
    set(&world, |world| world.clock.freeze(real_time::now()))
}

/// Lets the clock run again.
pub async fn resume(Target(world): Target) -> Json<Reading> {
    set(&world, |world| world.clock.resume(real_time::now()))
}

/// Moves the clock ahead. Work that becomes due happens, in order.
pub async fn advance(Target(world): Target, Body(advance): Body<Advance>) -> Answer<Json<Reading>> {
    let by = parse_duration(&advance.by).map_err(Problem::bad_request)?;
    world.change(real_time::now(), |next, now| {
        if now.after(by) > END {
            return Err(Problem::bad_request(
                "no clock goes beyond the year 9900; POST /_orgdir/reset takes it back to today",
            ));
        }
        next.clock.advance(by);
        Ok(())
    })?;
    Ok(reading(&world))
}

/// Sets the pace, for work that starts from now on.
pub async fn pace(Target(world): Target, Body(new): Body<NewPace>) -> Answer<Json<Reading>> {
    let pace: Pace = new.pace.parse().map_err(Problem::bad_request)?;
    Ok(set(&world, |world| Arc::make_mut(&mut world.settings).pace = pace))
}

fn set(world: &LiveWorld, change: impl FnOnce(&mut World)) -> Json<Reading> {
    infallible(world.change(real_time::now(), |next, _| {
        change(next);
        Ok(())
    }));
    reading(world)
}

fn reading(world: &LiveWorld) -> Json<Reading> {
    let real = real_time::now();
    let world = world.settled(real);
    Json(Reading {
        now: world.now(real).to_string(),
        frozen: world.clock.is_frozen(),
        pace: world.settings.pace.to_string(),
    })
}

/// 9900-01-01T00:00:00Z. Years are written with four digits, and some dates are deadlines in the future.
const END: Timestamp = Timestamp::from_millis(250_246_627_200_000);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_in_the_year_9900() {
        assert_eq!(END.to_string(), "9900-01-01T00:00:00.000Z");
    }
}
