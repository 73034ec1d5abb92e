//! What time itself does to a world.

use model::Timestamp;
use world::{OrganizationsWork, Work, World};

/// Finishes all work that is due, each at its own time, in order; work may set timers for more.
pub fn tick(world: &mut World, now: Timestamp) {
    while let Some((at, work)) = world.take_due(now) {
        world.changed_at = world.changed_at.max(at);
        finish(world, at, work);
    }
}

fn finish(world: &mut World, at: Timestamp, work: Work) {
    match work {
        Work::Organizations(work) => {
            // What a closed account owned goes with it, in both services.
            if let OrganizationsWork::RemoveAccount(account) = work {
                directory::remove_account(world, at, account);
            }
            organizations::finish(world, at, work);
        }
        Work::Directory(work) => directory::finish(world, at, work),
    }
}
