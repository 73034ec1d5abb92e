//! What time itself does to a world.

use model::Timestamp;
use world::{OrganizationsWork, RemoveAccountWork, Work, World};

/// Finishes all work that is due, each at its own time, in order; work may set timers for more.
pub fn tick(world: &mut World, now: Timestamp) {
    while let Some((at, work)) = world.take_due(now) {
        world.changed_at = world.changed_at.max(at);
        finish(world, at, work);
    }
}

fn finish(world: &mut World, at: Timestamp, work: Work) {
    match work {
        // What a closed account had in other services goes with it.
        Work::Organizations(work @ OrganizationsWork::RemoveAccount(RemoveAccountWork { account })) => {
            directory::remove_account(world, at, account);
            organizations::finish(world, at, work);
        }
        Work::Organizations(work) => organizations::finish(world, at, work),
        Work::Directory(work) => directory::finish(world, at, work),
    }
}
