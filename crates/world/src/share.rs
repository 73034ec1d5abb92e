//! Shares: a directory of one account, seen by another.

use std::sync::Arc;

use model::ds::types::{ShareMethod, ShareStatus};
use model::{AccountId, DirectoryId, Timestamp};

use crate::context::Region;
use crate::tags::Tags;
use crate::world::World;

/// A directory's share with one account. In the consumer's account it is a directory of its own, with its own id.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The shared directory's id, in the consumer's account.
    pub id: DirectoryId,
    /// Its place in the lists of both sides.
    pub sequence: u64,
    /// The directory that is shared.
    pub directory: DirectoryId,
    /// The account that owns it.
    pub owner: AccountId,
    /// The account that it is shared with.
    pub consumer: AccountId,
    /// The Region of both.
    pub region: Region,
    /// Inside the organization, or by asking.
    pub method: ShareMethod,
    /// How far it is.
    pub status: ShareStatus,
    /// The owner's words.
    pub notes: Option<String>,
    /// When it was shared.
    pub created_at: Timestamp,
    /// When it got its status.
    pub updated_at: Timestamp,
    /// The consumer's tags.
    pub tags: Tags,
}

impl Share {
    /// Whether it stands in the way of another share of the directory with the same account, and of the directory's deletion.
    /// Rejected, failed and deleted shares do not.
    pub fn is_live(&self) -> bool {
        !matches!(self.status, ShareStatus::Rejected | ShareStatus::ShareFailed | ShareStatus::Deleted)
    }

    /// Whether the consumer still sees it among its directories.
    pub fn is_visible(&self) -> bool {
        self.is_live()
    }
}

impl World {
    /// A share, by the id of the shared directory.
    pub fn share(&self, id: &DirectoryId) -> Option<&Share> {
        self.shares.get(id).map(Arc::as_ref)
    }

    /// Adds a share to the lists of both sides.
    pub fn add_share(&mut self, share: Share) {
        self.list_directory(share.consumer, &share.region, share.sequence, &share.id);
        if let Some(directory) = self.directory_mut(&share.directory) {
            directory.shares.insert(share.sequence, share.id.clone());
            directory.shared_with.insert(share.consumer, share.id.clone());
            directory.n_live_shares += usize::from(share.is_live());
        }
        self.shares.insert(share.id.clone(), Arc::new(share));
    }

    /// Gives a share a status; one that ends it takes it out of the consumer's list. No status makes an ended share live again.
    pub fn set_share_status(&mut self, id: &DirectoryId, status: ShareStatus, now: Timestamp) {
        let Some(kept) = self.shares.get_mut(id) else { return };
        let was_live = kept.is_live();
        let share = Arc::make_mut(kept);
        share.status = status;
        share.updated_at = now;
        let share = Arc::clone(kept);
        if was_live && !share.is_live() {
            self.unlist_directory(share.consumer, &share.region, share.sequence);
            if let Some(directory) = self.directory_mut(&share.directory) {
                directory.n_live_shares -= 1;
            }
        }
    }

    /// Changes a share's tags.
    pub fn share_tags_mut(&mut self, id: &DirectoryId) -> Option<&mut Tags> {
        self.shares.get_mut(id).map(|share| &mut Arc::make_mut(share).tags)
    }

    /// Takes a share out of all lists and forgets it.
    pub fn forget_share(&mut self, id: &DirectoryId) {
        let Some(share) = self.shares.remove(id) else { return };
        self.unlist_directory(share.consumer, &share.region, share.sequence);
        if let Some(directory) = self.directory_mut(&share.directory) {
            directory.shares.remove(&share.sequence);
            directory.n_live_shares -= usize::from(share.is_live());
            if directory.shared_with.get(&share.consumer) == Some(id) {
                directory.shared_with.remove(&share.consumer);
            }
        }
    }
}
