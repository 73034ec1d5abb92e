//! Shares: a directory of one account (the owner), seen by another (the consumer).

use imbl::OrdMap;
use model::ds::types::{ShareMethod, ShareStatus};
use model::{AccountId, DirectoryId, Timestamp};

use crate::region::Region;
use crate::tags::Tags;

/// A directory's share with one account. In the consumer's account it is a directory with an id of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The id of the shared directory in the consumer's account.
    pub id: DirectoryId,
    /// Orders the lists of both sides.
    pub sequence: u64,
    /// The owner's directory.
    pub directory: DirectoryId,
    pub owner: AccountId,
    pub consumer: AccountId,
    pub region: Region,
    /// Inside the organization, or by a request to the consumer.
    pub method: ShareMethod,
    pub status: ShareStatus,
    /// Whether it was rejected or failed. It is then no longer a directory in the consumer's account.
    pub is_void: bool,
    pub notes: Option<String>,
    pub created_at: Timestamp,
    /// When it got its status.
    pub updated_at: Timestamp,
    /// The tags that the consumer gave it.
    pub tags: Tags,
}

impl Share {
    /// Whether it prevents another share of the directory with the same account, and the deletion of the directory.
    /// Shares that are rejected, failed or deleted do not, nor does one that was rejected or failed and is being
    /// deleted.
    pub fn is_live(&self) -> bool {
        !self.is_void && self.status != ShareStatus::Deleted
    }

    /// Whether the consumer still sees it among its directories.
    pub fn is_visible(&self) -> bool {
        self.is_live()
    }
}

/// The shares of a directory in one Region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares {
    /// Those that are still listed, by sequence.
    pub(crate) listed: OrdMap<u64, DirectoryId>,
    /// The latest with each account.
    pub(crate) latest: OrdMap<AccountId, DirectoryId>,
    /// How many are live; see [`Share::is_live`].
    pub(crate) n_live: usize,
}

impl Shares {
    /// Those that are still listed, by sequence.
    pub fn listed(&self) -> &OrdMap<u64, DirectoryId> {
        &self.listed
    }

    /// The latest share with an account.
    pub fn latest(&self, consumer: AccountId) -> Option<&DirectoryId> {
        self.latest.get(&consumer)
    }

    /// How many are live; see [`Share::is_live`].
    pub fn n_live(&self) -> usize {
        self.n_live
    }
}
