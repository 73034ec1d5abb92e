//! Work that is due.

use model::{SERVICES, Timestamp};
use world::{OrganizationsWork, RemoveAccountWork, Work, World};

use crate::dispatch;

/// Finishes all due work in order of time. Finished work may set timers for more work.
pub fn tick(world: &mut World, now: Timestamp) {
    while let Some((at, work)) = world.take_due(now) {
        world.changed_at = world.changed_at.max(at);
        finish(world, at, work);
    }
}

fn finish(world: &mut World, at: Timestamp, work: Work) {
    match work {
        // Every service removes its resources of the account before the organization removes the account.
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
