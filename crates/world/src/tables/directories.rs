//! The directories of a world, and the lists of each account and Region.

use std::sync::Arc;

use model::ds::types::DirectoryStage;
use model::{AccountId, DirectoryId, Timestamp};

use crate::context::Tx;
use crate::directory::security::Security;
use crate::directory::trust::DomainKey;
use crate::directory::{Directory, ListedDirectory, Regional};
use crate::memoized::Memoized;
use crate::region::Region;
use crate::world::World;

impl Tx<'_> {
    /// A directory that the handler looked up, to be changed.
    ///
    /// # Panics
    /// Where there is none: a handler that changes nothing must not answer that it did.
    pub fn directory_mut(&mut self, id: &DirectoryId) -> &mut Directory {
        self.world.directory_mut(id).expect("the handler looked the directory up before it changes it")
    }

    /// What it has in the caller's Region, to be changed.
    ///
    /// # Panics
    /// Where there is nothing, like [`Tx::directory_mut`].
    pub fn regional_mut(&mut self, id: &DirectoryId) -> &mut Regional {
        let region = &self.caller.region;
        let directory = self.world.directory_mut(id);
        let regional = directory.and_then(|directory| directory.regional_mut(region));
        regional.expect("the handler looked the directory up in the caller's Region before it changes it")
    }
}

impl World {
    pub(crate) fn conditional_forwarder_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for directory in self.directories.values() {
            for (key, forwarder) in &directory.global.conditional_forwarders {
                let name = &forwarder.remote_domain_name;
                hold(*key == DomainKey::new(name), &|| format!("{} forwards {name} as {key:?}", directory.id));
            }
        }
    }

    /// A directory, in any account and Region.
    pub fn directory(&self, id: &DirectoryId) -> Option<&ListedDirectory> {
        self.directories.get(id).map(Arc::as_ref)
    }

    pub fn directory_mut(&mut self, id: &DirectoryId) -> Option<&mut Directory> {
        self.directories.get_mut(id).map(|directory| Arc::make_mut(directory).value_mut())
    }

    /// Puts a directory into a stage in one of its Regions.
    pub fn set_stage(
        &mut self,
        id: &DirectoryId,
        region: &Region,
        stage: DirectoryStage,
        reason: Option<String>,
        now: Timestamp,
    ) {
        if let Some(regional) = self.directory_mut(id).and_then(|directory| directory.regional_mut(region)) {
            regional.enter(stage, reason, now);
        }
    }

    /// Adds a directory, and lists it in each of its Regions.
    pub fn add_directory(&mut self, directory: Directory) {
        for region in directory.regions.keys() {
            self.list_directory(directory.owner, region, directory.sequence, &directory.id);
        }
        let key = (directory.owner, directory.region.clone(), directory.sequence);
        self.owned_directories.insert(key, directory.id.clone());
        self.directories.insert(directory.id.clone(), Arc::new(Memoized::new(directory)));
    }

    /// Removes a directory with its shares, snapshots and trusts.
    pub fn remove_directory(&mut self, id: &DirectoryId) {
        let regions: Vec<Region> =
            self.directory(id).into_iter().flat_map(|found| found.regions.keys().cloned()).collect();
        for region in &regions {
            self.forget_shares(id, region);
        }
        let trusts: Vec<_> =
            self.directory(id).into_iter().flat_map(|found| found.global.trusts.values().cloned()).collect();
        for trust in &trusts {
            self.forget_trust(trust);
        }
        let snapshots: Vec<_> =
            self.directory(id).into_iter().flat_map(|found| found.global.snapshots.values().cloned()).collect();
        for snapshot in &snapshots {
            self.remove_snapshot(snapshot);
        }
        if let Some(directory) = self.directories.remove(id) {
            directory.regions.values().for_each(|left| self.free_alias(left));
            self.remove_system_assessments(directory.owner, &directory.region, id);
            for region in &regions {
                self.unlist_directory(directory.owner, region, directory.sequence);
            }
            self.owned_directories.remove(&(directory.owner, directory.region.clone(), directory.sequence));
        }
    }

    /// Adds a Region to a directory, and lists the directory there.
    pub fn add_region(&mut self, id: &DirectoryId, region: &Region, regional: Regional) {
        let Some(directory) = self.directory_mut(id) else { return };
        directory.regions.insert(region.clone(), regional);
        let (owner, sequence) = (directory.owner, directory.sequence);
        self.list_directory(owner, region, sequence, id);
    }

    /// Removes a Region of a directory, with its shares there. The primary Region stays.
    pub fn remove_region(&mut self, id: &DirectoryId, region: &Region) {
        if self.directory(id).is_none_or(|directory| directory.region == *region) {
            return;
        }
        self.forget_shares(id, region);
        let Some(directory) = self.directory_mut(id) else { return };
        let (owner, sequence) = (directory.owner, directory.sequence);
        let left = directory.regions.remove(region);
        self.unlist_directory(owner, region, sequence);
        if let Some(left) = &left {
            self.free_alias(left);
        }
    }

    fn forget_shares(&mut self, id: &DirectoryId, region: &Region) {
        let regional = self.directory(id).and_then(|directory| directory.regional(region));
        let shares: Vec<DirectoryId> =
            regional.into_iter().flat_map(|found| found.shares.listed.values().cloned()).collect();
        for share in &shares {
            self.forget_share(share);
        }
    }

    /// The directories of an account whose primary Region this is, in the order of their creation. Quotas keep them
    /// few.
    pub fn owned_directories(&self, account: AccountId, region: &Region) -> impl Iterator<Item = &ListedDirectory> {
        let range = (account, region.clone(), 0)..=(account, region.clone(), u64::MAX);
        self.owned_directories.range(range).filter_map(|(_, id)| self.directory(id))
    }

    /// The ids of an account's directories in all Regions, shared ones included. One id may come several times.
    pub fn listed_in_all_regions(&self, account: AccountId) -> impl Iterator<Item = &DirectoryId> {
        let from = (account, Region::from(""), 0);
        self.directory_lists.range(from..).take_while(move |((owner, ..), _)| *owner == account).map(|(_, id)| id)
    }

    /// The ids of an account's directories in a Region, shared ones included, after a sequence.
    pub fn listed_directories(
        &self,
        account: AccountId,
        region: &Region,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &DirectoryId)> {
        let from = after.map_or(0, |last| last + 1);
        let range = (account, region.clone(), from)..=(account, region.clone(), u64::MAX);
        self.directory_lists.range(range).map(|((_, _, sequence), id)| (*sequence, id))
    }

    pub(crate) fn list_directory(&mut self, account: AccountId, region: &Region, sequence: u64, id: &DirectoryId) {
        self.directory_lists.insert((account, region.clone(), sequence), id.clone());
    }

    pub(crate) fn unlist_directory(&mut self, account: AccountId, region: &Region, sequence: u64) {
        self.directory_lists.remove(&(account, region.clone(), sequence));
    }

    pub fn security_mut(&mut self, directory: &DirectoryId, region: &Region) -> Option<&mut Security> {
        self.directory_mut(directory)?.regional_mut(region).map(|regional| &mut regional.security)
    }
}
