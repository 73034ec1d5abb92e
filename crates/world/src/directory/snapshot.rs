//! Snapshots: the state of a directory at one time.

use std::sync::Arc;

use model::ds::types::{SnapshotStatus, SnapshotType};
use model::{DirectoryId, SnapshotId, Timestamp};

use crate::directory::schema::Schema;
use crate::domain::Domain;

/// A snapshot of a directory. It can be restored onto that directory only.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    pub id: SnapshotId,
    pub sequence: u64,
    pub directory: DirectoryId,
    /// Whether a caller requested it, or the service took it.
    pub kind: SnapshotType,
    pub name: Option<String>,
    pub status: SnapshotStatus,
    /// When it was started. It holds the state at that time.
    pub started_at: Timestamp,
    /// None where the domain of the directory is not kept here.
    pub domain: Option<Arc<Domain>>,
    pub schema: Schema,
}
