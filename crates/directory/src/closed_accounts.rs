//! What Directory Service lets go of when an account is gone.

use model::{AccountId, DirectoryId, Timestamp};
use world::World;

use crate::sharing::shares;

/// An account that is closed for good takes its directories and assessments with it, and its side of other accounts'
/// shares.
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
