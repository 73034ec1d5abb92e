//! What happens later by itself: each timer goes to the file of its resource.

use model::Timestamp;
use world::{Timer, World};

use crate::account::accounts;
use crate::handshake::handshakes;

/// Does what is due. Timers of other services are left alone.
pub fn fire(world: &mut World, at: Timestamp, timer: Timer) {
    match timer {
        Timer::CreateAccount(id) => accounts::finish_creation(world, at, &id),
        Timer::AccountClosed(id) => accounts::finish_closure(world, at, id),
        Timer::AccountRemoved(id) => accounts::clean_up(world, at, id),
        Timer::HandshakeExpired(id) => handshakes::expire(world, at, &id),
        Timer::HandshakeForgotten(id) => handshakes::forget(world, &id),
        _ => {}
    }
}
