//! What time itself does to a world.

use model::{SERVICES, Timestamp};
use world::{OrganizationsWork, RemoveAccountWork, Work, World};

use crate::dispatch;

/// Finishes all work that is due, each at its own time, in order; work may set timers for more.
pub fn tick(world: &mut World, now: Timestamp) {
    while let Some((at, work)) = world.take_due(now) {
        world.changed_at = world.changed_at.max(at);
        finish(world, at, work);
    }
}

fn finish(world: &mut World, at: Timestamp, work: Work) {
    match work {
        // Every service lets go of the account before the organization does.
        Work::Organizations(work @ OrganizationsWork::RemoveAccount(RemoveAccountWork { account })) => {
            for service in SERVICES {
                dispatch::remove_account(service.id, world, at, account);
            }
            organizations::finish(world, at, work);
        }
        Work::Organizations(work) => organizations::finish(world, at, work),
        Work::Directory(work) => directory::finish(world, at, work),
    }
}
