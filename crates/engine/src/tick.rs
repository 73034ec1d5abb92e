//! What time itself does to a world.

use model::Timestamp;
use world::{Timer, World};

/// Fires every timer that is due, each at its own time, in order; a timer may set others.
pub fn tick(world: &mut World, now: Timestamp) {
    while let Some((at, timer)) = world.take_due(now) {
        world.changed_at = world.changed_at.max(at);
        fire(world, at, timer);
    }
}

fn fire(world: &mut World, at: Timestamp, timer: Timer) {
    match timer {
        Timer::CreateAccount(_)
        | Timer::AccountClosed(_)
        | Timer::HandshakeExpired(_)
        | Timer::HandshakeForgotten(_) => organizations::fire(world, at, timer),
        // What a closed account owned goes with it, in both services.
        Timer::AccountRemoved(_) => {
            directory::fire(world, at, timer.clone());
            organizations::fire(world, at, timer);
        }
        _ => directory::fire(world, at, timer),
    }
}
