//! Work that is due.

use model::Timestamp;
use world::{OrganizationsWork, RemoveAccountWork, Work, World};

/// Finishes all due work in order of time. Finished work may set timers for more work.
pub fn tick(world: &mut World, now: Timestamp) {
    while let Some((at, work)) = world.take_due(now) {
        world.changed_at = world.changed_at.max(at);
        finish(world, at, work);
    }
}

fn finish(world: &mut World, at: Timestamp, work: Work) {
    match work {
        // The resources of a closed account in other services are removed with it.
        Work::Organizations(work @ OrganizationsWork::RemoveAccount(RemoveAccountWork { account })) => {
            directory::remove_account(world, at, account);
            organizations::finish(world, at, work);
        }
        Work::Organizations(work) => organizations::finish(world, at, work),
        Work::Directory(work) => directory::finish(world, at, work),
    }
}
