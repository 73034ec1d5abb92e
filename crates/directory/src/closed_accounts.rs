//! The end of an account that was closed 90 days ago.

use model::{AccountId, DirectoryId, Timestamp};
use world::World;

use crate::sharing::shares;

/// Removes the directories and assessments of an account, and deletes the shares of which it is the consumer.
// Inferred: AWS documents that content of a closed account is deleted after 90 days, and nothing on shares.
pub fn remove_account(world: &mut World, at: Timestamp, account: AccountId) {
    let ids: Vec<DirectoryId> = world.listed_in_all_regions(account).cloned().collect();
    world.remove_assessments_of(account);
    for id in &ids {
        if world.share(id).is_some() {
            shares::delete(world, at, id);
        } else {
            world.remove_directory(id);
        }
    }
}
