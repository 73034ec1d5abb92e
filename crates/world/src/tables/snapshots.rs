//! The snapshots of a world.

use std::sync::Arc;

use model::SnapshotId;
use model::ds::types::SnapshotStatus;

use crate::directory::Directory;
use crate::directory::snapshot::Snapshot;
use crate::world::World;

impl World {
    pub fn snapshot(&self, id: &SnapshotId) -> Option<&Snapshot> {
        self.snapshots.get(id).map(Arc::as_ref)
    }

    /// The snapshots of a directory, in the order in which they were started.
    pub fn snapshots_of(&self, directory: &Directory) -> impl DoubleEndedIterator<Item = &Snapshot> {
        directory.global.snapshots.values().filter_map(|id| self.snapshot(id))
    }

    pub fn add_snapshot(&mut self, snapshot: Snapshot) {
        if let Some(directory) = self.directory_mut(&snapshot.directory) {
            directory.global.snapshots.insert(snapshot.sequence, snapshot.id.clone());
            self.snapshots.insert(snapshot.id.clone(), Arc::new(snapshot));
        }
    }

    pub fn set_snapshot_status(&mut self, id: &SnapshotId, status: SnapshotStatus) {
        if let Some(snapshot) = self.snapshots.get_mut(id) {
            Arc::make_mut(snapshot).status = status;
        }
    }

    pub fn remove_snapshot(&mut self, id: &SnapshotId) {
        let Some(snapshot) = self.snapshots.remove(id) else { return };
        if let Some(directory) = self.directory_mut(&snapshot.directory) {
            directory.global.snapshots.remove(&snapshot.sequence);
        }
    }

    pub(crate) fn snapshot_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for snapshot in self.snapshots.values() {
            let directory = self.directory(&snapshot.directory);
            let listed = directory.and_then(|found| found.global.snapshots.get(&snapshot.sequence));
            hold(listed == Some(&snapshot.id), &|| format!("{} is unknown to its directory", snapshot.id));
        }
        let listed: usize = self.directories.values().map(|directory| directory.global.snapshots.len()).sum();
        hold(listed == self.snapshots.len(), &|| "a directory lists a snapshot that is gone".into());
    }
}
