//! The shares of a world, on the lists of both sides.

use std::sync::Arc;

use model::ds::types::ShareStatus;
use model::{DirectoryId, Timestamp};

use crate::directory::share::{Share, Shares};
use crate::tags::Tags;
use crate::world::World;

impl World {
    pub fn share(&self, id: &DirectoryId) -> Option<&Share> {
        self.shares.get(id).map(Arc::as_ref)
    }

    pub fn add_share(&mut self, share: Share) {
        self.list_directory(share.consumer, &share.region, share.sequence, &share.id);
        if let Some(shares) = self.siblings(&share) {
            shares.listed.insert(share.sequence, share.id.clone());
            shares.latest.insert(share.consumer, share.id.clone());
            shares.n_live += usize::from(share.is_live());
        }
        self.shares.insert(share.id.clone(), Arc::new(share));
    }

    /// Gives a share a status. A share that is no longer live leaves the consumer's list. No status makes it live
    /// again.
    pub fn set_share_status(&mut self, id: &DirectoryId, status: ShareStatus, now: Timestamp) {
        let Some(kept) = self.shares.get_mut(id) else { return };
        let was_live = kept.is_live();
        let share = Arc::make_mut(kept);
        share.status = status;
        share.is_void |= matches!(status, ShareStatus::Rejected | ShareStatus::ShareFailed);
        share.updated_at = now;
        let share = Arc::clone(kept);
        if was_live && !share.is_live() {
            self.unlist_directory(share.consumer, &share.region, share.sequence);
            if let Some(shares) = self.siblings(&share) {
                shares.n_live -= 1;
            }
        }
    }

    pub fn share_tags_mut(&mut self, id: &DirectoryId) -> Option<&mut Tags> {
        self.shares.get_mut(id).map(|share| &mut Arc::make_mut(share).tags)
    }

    /// Removes a share, also from the lists of both sides.
    pub fn forget_share(&mut self, id: &DirectoryId) {
        let Some(share) = self.shares.remove(id) else { return };
        self.unlist_directory(share.consumer, &share.region, share.sequence);
        if let Some(shares) = self.siblings(&share) {
            shares.listed.remove(&share.sequence);
            shares.n_live -= usize::from(share.is_live());
            if shares.latest.get(&share.consumer) == Some(id) {
                shares.latest.remove(&share.consumer);
            }
        }
    }

    /// The shares of a share's directory in its Region.
    fn siblings(&mut self, share: &Share) -> Option<&mut Shares> {
        self.directory_mut(&share.directory)?.regional_mut(&share.region).map(|regional| &mut regional.shares)
    }

    pub(crate) fn share_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for share in self.shares.values() {
            let key = (share.consumer, share.region.clone(), share.sequence);
            let listed = self.directory_lists.get(&key) == Some(&share.id);
            hold(listed == share.is_visible(), &|| format!("{} is {:?} and listed: {listed}", share.id, share.status));
            let regional = self.directory(&share.directory).and_then(|found| found.regional(&share.region));
            let known = regional.is_some_and(|found| found.shares.listed.get(&share.sequence) == Some(&share.id));
            hold(known, &|| format!("{} is unknown to its directory", share.id));
        }
        for directory in self.directories.values() {
            for (region, regional) in &directory.regions {
                let (id, shares) = (&directory.id, &regional.shares);
                for share in shares.listed.values().chain(shares.latest.values()) {
                    let here = self.share(share).is_some_and(|found| found.region == *region && found.directory == *id);
                    hold(here, &|| format!("{id} lists {share} in {region}"));
                }
                let n_live =
                    shares.listed.values().filter(|share| self.share(share).is_some_and(Share::is_live)).count();
                hold(shares.n_live == n_live, &|| format!("{id} has {n_live} live shares in {region}"));
            }
        }
    }
}
