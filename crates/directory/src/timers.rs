//! What finishes later.

use model::{AccountId, DirectoryId, Timestamp};
use world::{Timer, World};

use crate::{data_access, directories, schema_extensions, settings, shares, snapshots, updates};

/// Does what a timer of this service is set for; other timers are none of its business.
pub fn fire(world: &mut World, at: Timestamp, timer: Timer) {
    match timer {
        Timer::Directory(id, stage) => directories::enter(world, at, &id, stage),
        Timer::Share(id, status) => shares::settle(world, at, &id, status),
        Timer::ShareForgotten(id) => world.forget_share(&id),
        Timer::DataAccess(id, status) => data_access::settle(world, &id, status),

        Timer::Snapshot(id, status) => snapshots::settle(world, &id, status),
        Timer::DailySnapshot(id) => snapshots::take_daily(world, at, &id),
        Timer::Restored(id) => snapshots::restored(world, at, &id),
        Timer::SchemaExtension(id, place, status) => schema_extensions::enter(world, at, &id, place, status),
        Timer::Settings(id, status) => settings::settle(world, at, &id, status),
        Timer::DirectoryUpdated(id, region, place) => updates::finish(world, at, &id, &region, place),

        Timer::AccountRemoved(account) => leave(world, at, account),
        _ => {}
    }
}

/// An account that is closed for good takes its directories with it, and its side of other accounts' shares.
// Inferred: AWS documents that content of a closed account is deleted after 90 days, and nothing on shares.
fn leave(world: &mut World, at: Timestamp, account: AccountId) {
    let ids: Vec<DirectoryId> = world.listed_in_all_regions(account).cloned().collect();
    for id in &ids {
        if world.share(id).is_some() {
            shares::delete(world, at, id);
        } else {
            world.remove_directory(id);
        }
    }
}
